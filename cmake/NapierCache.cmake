# Compilations go through ccache where there is one, unless the caller chose a launcher. It has to
# be told that a precompiled header stands for what it was made from.
find_program(NAPIER_CCACHE ccache)
mark_as_advanced(NAPIER_CCACHE)
if(NAPIER_CCACHE)
  foreach(language IN ITEMS C CXX)
    if(NOT DEFINED CMAKE_${language}_COMPILER_LAUNCHER)
      set(CMAKE_${language}_COMPILER_LAUNCHER
        "${CMAKE_COMMAND}" -E env "CCACHE_SLOPPINESS=pch_defines,time_macros" "${NAPIER_CCACHE}")
    endif()
  endforeach()
endif()
