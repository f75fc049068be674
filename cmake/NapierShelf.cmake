# napier_shelf(<target> <folder>...)
#
# The folder is the registry: each .cpp directly in one of the folders is an implementation and
# defines contribute_<file>(Catalogue&). The generated contribute_shipped calls them all in order,
# so none is lost as an unreferenced object of a static library; a file that defines none fails
# the link. What implementations share belongs in a header or in a folder below.
function(napier_shelf target)
  set(declarations "")
  set(calls "")
  set(seen "")
  foreach(folder IN LISTS ARGN)
    file(GLOB files CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp")
    foreach(file IN LISTS files)
      cmake_path(GET file STEM stem)
      if(stem IN_LIST seen)
        message(FATAL_ERROR "${folder}/${stem}.cpp: another implementation has this file name")
      endif()
      list(APPEND seen "${stem}")
      string(APPEND declarations "void contribute_${stem}(Catalogue& catalogue);\n")
      string(APPEND calls "  contribute_${stem}(catalogue);\n")
    endforeach()
  endforeach()
  set(table "${CMAKE_CURRENT_BINARY_DIR}/contribute_shipped.cpp")
  file(CONFIGURE OUTPUT "${table}" @ONLY CONTENT [=[
// Written by the build from the folders of lib.
#include "lib/target/contributions.hpp"

namespace napier {

@declarations@
void contribute_shipped([[maybe_unused]] Catalogue& catalogue) {
@calls@}

}  // namespace napier
]=])
  target_sources(${target} PRIVATE "${table}")
endfunction()
