# napier_build_info: #include "napier_build_info.hpp" gives a report its provenance
# (napier::build::version, commit, compiler, flags). The commit is read at build time, and the
# header is rewritten only when it changed; without git it says "unknown".
set(info_folder "${PROJECT_BINARY_DIR}/generated/build_info")
get_target_property(info_flags napier_options INTERFACE_COMPILE_OPTIONS)
list(FILTER info_flags INCLUDE REGEX "^-[fm]")
list(FILTER info_flags EXCLUDE REGEX "prefix-map")
string(TOUPPER "CMAKE_CXX_FLAGS_${CMAKE_BUILD_TYPE}" info_config_flags)
list(JOIN info_flags " " info_flags)
string(STRIP "${CMAKE_CXX_FLAGS} ${${info_config_flags}} ${info_flags}" info_flags)

add_custom_target(napier_build_info_header
  COMMAND ${CMAKE_COMMAND}
    -D "source=${PROJECT_SOURCE_DIR}" -D "header=${info_folder}/napier_build_info.hpp"
    -D "version=${PROJECT_VERSION}" -D "flags=${info_flags}"
    -D "compiler=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
    -P "${PROJECT_SOURCE_DIR}/cmake/write_build_info.cmake"
  BYPRODUCTS "${info_folder}/napier_build_info.hpp"
  COMMENT "" VERBATIM)
add_library(napier_build_info INTERFACE)
add_dependencies(napier_build_info napier_build_info_header)
target_include_directories(napier_build_info INTERFACE "${info_folder}")
