# napier_layer(<name> BELOW <target>... [USES <target>...])
#
# One static library per folder of the house. Every .cpp below the folder belongs to it, except
# props/suite, audit/embedded and folders whose name starts with "test". BELOW is what the layer
# builds on and hands on; USES stays its own affair, and so do our warnings, sanitizers and other
# flags. The code may become part of a shared library, whose only symbols are those it exports. A
# folder that is still empty makes an empty library.
function(napier_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 layer "" "" "BELOW;USES")
  napier_sources(sources EXCEPT "^(.*/)?(suite|embedded|test[^/]*)/")
  if(NOT sources)
    set(sources "${CMAKE_CURRENT_BINARY_DIR}/empty.cpp")
    file(CONFIGURE OUTPUT "${sources}" CONTENT "")
  endif()
  add_library(napier_${name} STATIC ${sources})
  add_library(napier::${name} ALIAS napier_${name})
  set_target_properties(napier_${name} PROPERTIES CXX_EXTENSIONS OFF
    POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_link_libraries(napier_${name}
    PUBLIC napier_language ${layer_BELOW} PRIVATE napier_options ${layer_USES})
endfunction()

# napier_sources(<variable> [EXCEPT <regex>]): the .cpp files below this folder, relative to it.
function(napier_sources variable)
  cmake_parse_arguments(PARSE_ARGV 1 sources "" "EXCEPT" "")
  file(GLOB_RECURSE found CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}" *.cpp)
  if(sources_EXCEPT)
    list(FILTER found EXCLUDE REGEX "${sources_EXCEPT}")
  endif()
  set(${variable} ${found} PARENT_SCOPE)
endfunction()
