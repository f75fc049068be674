# Highway 1.0 refuses to compile for a processor with AVX-512's later extensions (-march=native
# there) unless they are a target of their own, which is the same code once more. Without it the
# widest target is that of AVX-512, as in every other build.
include(CheckCXXSourceCompiles)
find_package(hwy REQUIRED)
set(CMAKE_REQUIRED_LIBRARIES hwy::hwy)
check_cxx_source_compiles("#include <hwy/highway.h>\nint main() {}" NAPIER_HIGHWAY_COMPILES)
unset(CMAKE_REQUIRED_LIBRARIES)
if(NOT NAPIER_HIGHWAY_COMPILES)
  add_compile_definitions(HWY_DISABLED_TARGETS=HWY_AVX3_DL)
endif()
