# What nearly every file includes; reading them takes longer than most files do.
set(NAPIER_STANDARD_HEADERS
  <algorithm> <array> <cmath> <cstdint> <functional> <limits> <map> <memory> <optional> <span>
  <stdexcept> <string> <string_view> <utility> <variant> <vector>)

# napier_precompile(<target> [<header>...])
#
# The headers named, and the standard ones above, are read once for the whole target.
function(napier_precompile target)
  target_precompile_headers(${target} PRIVATE ${NAPIER_STANDARD_HEADERS} ${ARGN})
endfunction()

# napier_quick(<target>)
#
# For code that is compiled more often than it is hot: -O1 in a release.
function(napier_quick target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
endfunction()
