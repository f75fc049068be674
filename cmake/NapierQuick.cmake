# napier_quick(<target> [<header>...])
#
# For code that is compiled more often than it is hot: -O1 in a release, and the third-party headers
# named are read once for the whole target.
function(napier_quick target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
  if(ARGN)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()
