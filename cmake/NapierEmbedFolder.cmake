# napier_embed_folder(<target> <list> <folder>): each .toml file of the folder becomes a part of the
# target, and manifests::<list>() names them. The folder is the registry.
include(NapierEmbed)
function(napier_embed_folder target list folder)
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
  set(table "${CMAKE_CURRENT_BINARY_DIR}/${list}.cpp")
  file(CONFIGURE OUTPUT "${table}" @ONLY CONTENT [=[
// Written by the build from the files of a folder.
#include <array>

#include "audit/manifest/embedded.hpp"

namespace napier::manifests {

@declarations@
std::span<const Embedded> @list@() {
  static const std::array<Embedded, @count@> all{
@rows@  };
  return all;
}

}  // namespace napier::manifests
]=])
  target_sources(${target} PRIVATE "${table}")
endfunction()
