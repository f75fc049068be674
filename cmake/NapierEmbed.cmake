# napier_embed(<target> <namespace> <file>...): each text file becomes a
# `const std::string_view NAMESPACE::stem_extension`, and is read anew when it changes.
function(napier_embed target namespace)
  foreach(file IN LISTS ARGN)
    cmake_path(GET file FILENAME filename)
    string(MAKE_C_IDENTIFIER "${filename}" name)
    set(source "${CMAKE_CURRENT_BINARY_DIR}/embedded/${name}.cpp")
    add_custom_command(OUTPUT "${source}"
      COMMAND ${CMAKE_COMMAND} -D "text=${CMAKE_CURRENT_SOURCE_DIR}/${file}"
        -D "source=${source}" -D "namespace=${namespace}" -D "name=${name}"
        -P "${PROJECT_SOURCE_DIR}/cmake/write_embedded.cmake"
      DEPENDS "${file}" "${PROJECT_SOURCE_DIR}/cmake/write_embedded.cmake"
      COMMENT "" VERBATIM)
    target_sources(${target} PRIVATE "${source}")
  endforeach()
endfunction()
