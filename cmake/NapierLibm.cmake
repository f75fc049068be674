# napier_libm(<target>)
#
# Tells the target which functions and formats this machine's libm has beyond those of C++: 10^x,
# the functions of C23 less one, and those of long double (if it is the x87's) and binary128.
include(CheckCXXSourceCompiles)

function(napier_libm target)
  set(CMAKE_REQUIRED_LIBRARIES m)
  set(CMAKE_REQUIRED_QUIET ON)
  # Called through a pointer: a prototype, or a call that folds away, is no function.
  set(template "#include <cmath>\nTYPE (*volatile f)(TYPE) = NAME;\nint main() { return f(1) > 0; }")
  set(found_EXP10 ::exp10l "long double")
  set(found_EXP2M1 ::exp2m1l "long double")
  set(found_BINARY80 ::expl "long double")
  set(found_BINARY128 ::exp10f128 __float128)
  foreach(feature IN ITEMS EXP10 EXP2M1 BINARY80 BINARY128)
    list(GET found_${feature} 0 name)
    list(GET found_${feature} 1 type)
    string(REPLACE NAME "${name}" source "${template}")
    string(REPLACE TYPE "${type}" source "${source}")
    if(feature STREQUAL BINARY80)
      string(APPEND source "\nstatic_assert(__LDBL_MANT_DIG__ == 64);")
    endif()
    check_cxx_source_compiles("${source}" NAPIER_LIBM_${feature})
    if(NAPIER_LIBM_${feature})
      target_compile_definitions(${target} PRIVATE NAPIER_LIBM_${feature})
    endif()
  endforeach()
endfunction()
