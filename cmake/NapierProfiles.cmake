# napier_profiles(<target> <folder>): each .toml file of the folder becomes a part of the target,
# and manifests::profiles() lists them. The folder is the registry.
function(napier_profiles target folder)
  file(GLOB files CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}"
    "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.toml")
  napier_embed(${target} napier::manifests ${files})
  set(declarations "")
  set(rows "")
  list(LENGTH files count)
  foreach(file IN LISTS files)
    cmake_path(GET file STEM stem)
    cmake_path(GET file FILENAME filename)
    string(MAKE_C_IDENTIFIER "${filename}" name)
    string(APPEND declarations "extern const std::string_view ${name};\n")
    string(APPEND rows "      Embedded{\"${stem}\", ${name}},\n")
  endforeach()
  set(table "${CMAKE_CURRENT_BINARY_DIR}/profiles.cpp")
  file(CONFIGURE OUTPUT "${table}" @ONLY CONTENT [=[
// Written by the build from the files of profiles/.
#include <array>

#include "audit/manifest/embedded.hpp"

namespace napier::manifests {

@declarations@
std::span<const Embedded> profiles() {
  static const std::array<Embedded, @count@> all{
@rows@  };
  return all;
}

}  // namespace napier::manifests
]=])
  target_sources(${target} PRIVATE "${table}")
endfunction()
