# Run at build time by napier_build_info_header: see NapierBuildInfo.cmake.
set(commit "unknown")
find_program(git git)
# Only this tree's own history counts, not that of a checkout which happens to contain it.
if(git AND EXISTS "${source}/.git")
  execute_process(COMMAND "${git}" -C "${source}" describe --always --dirty --abbrev=12 --exclude=*
    OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed)
    set(commit "${described}")
  endif()
endif()
file(CONFIGURE OUTPUT "${header}" @ONLY CONTENT [[
// Written by the build.
#pragma once
#include <string_view>
namespace napier::build {
inline constexpr std::string_view version = "@version@";
inline constexpr std::string_view commit = "@commit@";
inline constexpr std::string_view compiler = "@compiler@";
inline constexpr std::string_view flags = "@flags@";
}  // namespace napier::build
]])
