// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "audit/replay.hpp"
#include "props/subject/result.hpp"

// A case of a function of this program, in words that find it again: "accuracy nearest 0x1.8p+0",
// and in the environment, where many functions are, behind the function's name.
namespace napier {

/// The variable of the environment that names a case; then the audit of that property of that
/// function judges this case alone.
inline constexpr const char* replay_variable = "NAPIER_REPLAY";

/// How a case is written.
std::string case_text(const Finding& finding);

/// What a user types to see it again: the variable, and the command if there is one.
std::string replay_line(std::string_view function, const Finding& finding,
                        std::string_view command);

/// Which case of that function the environment names; nullopt if none of it, or none of the
/// properties that are asked (all if there are none). Throws std::invalid_argument for text of
/// another form.
std::optional<std::string> named_in_environment(std::string_view function,
                                                const std::vector<std::string>& properties);

/// Judges a case of the target again. Throws as replay() does, and std::invalid_argument with one
/// line for text that is no case.
struct NamedCase {
  std::string property;
  Rounding rounding;
  ReplayedCase replayed;
};
NamedCase replay_case(const Target& target, std::string_view text);

}  // namespace napier
