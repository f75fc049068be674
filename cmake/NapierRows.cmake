# napier_rows(<target> TABLE <function> TYPE <type> HEADER <header> FILES <file>...)
#
# The files are the registry: each defines contribute_<file>(<type>&). The generated
# <function>(<type>&) calls them all in order, so none is lost as an unreferenced object of a static
# library; a file that defines none fails the link. The header declares type and function.
function(napier_rows target)
  cmake_parse_arguments(PARSE_ARGV 1 rows "" "TABLE;TYPE;HEADER" "FILES")
  set(declarations "")
  set(calls "")
  set(seen "")
  foreach(file IN LISTS rows_FILES)
    cmake_path(GET file STEM stem)
    if(stem IN_LIST seen)
      message(FATAL_ERROR "${file}: another file that contributes has this name")
    endif()
    list(APPEND seen "${stem}")
    string(APPEND declarations "void contribute_${stem}(${rows_TYPE}& all);\n")
    string(APPEND calls "  contribute_${stem}(all);\n")
  endforeach()
  set(table "${CMAKE_CURRENT_BINARY_DIR}/${rows_TABLE}.cpp")
  file(CONFIGURE OUTPUT "${table}" @ONLY CONTENT [=[
// Written by the build from the files that contribute.
#include "@rows_HEADER@"

namespace napier {

@declarations@
void @rows_TABLE@([[maybe_unused]] @rows_TYPE@& all) {
@calls@}

}  // namespace napier
]=])
  target_sources(${target} PRIVATE "${table}")
endfunction()

# napier_shelf(<target> <folder>...)
#
# Each .cpp directly in one of the folders is an implementation. What implementations share belongs
# in a header or in a folder below.
function(napier_shelf target)
  set(files "")
  foreach(folder IN LISTS ARGN)
    file(GLOB found CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp")
    list(APPEND files ${found})
  endforeach()
  napier_rows(${target} TABLE contribute_shipped TYPE Catalogue
    HEADER lib/target/contributions.hpp FILES ${files})
endfunction()

# napier_files_without_header(<variable> <folder>...): each .cpp directly in one of the folders that
# has no header of its own.
function(napier_files_without_header variable)
  set(files "")
  foreach(folder IN LISTS ARGN)
    file(GLOB found CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp")
    file(GLOB headers CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.hpp")
    foreach(file IN LISTS found)
      string(REGEX REPLACE "cpp$" "hpp" header "${file}")
      if(NOT header IN_LIST headers)
        list(APPEND files "${file}")
      endif()
    endforeach()
  endforeach()
  set(${variable} "${files}" PARENT_SCOPE)
endfunction()

# napier_compositions(<target> <folder>...)
#
# Each .cpp directly in one of the folders that has no header of its own is a composed function.
function(napier_compositions target)
  napier_files_without_header(files ${ARGN})
  napier_rows(${target} TABLE contribute_compositions TYPE Compositions
    HEADER oracles/compositions/composition.hpp FILES ${files})
endfunction()

# napier_properties(<target> <folder>...)
#
# Each .cpp directly in one of the folders that has no header of its own is a property's, or those
# of a family; what they share has one.
function(napier_properties target)
  napier_files_without_header(files ${ARGN})
  napier_rows(${target} TABLE contribute_properties TYPE Properties
    HEADER props/property/property.hpp FILES ${files})
endfunction()
