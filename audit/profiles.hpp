// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/target/claim.hpp"
#include "lib/target/function.hpp"

// Accuracy as standards and libraries promise it: the files of profiles/, part of this program.
namespace napier {

/// A profile in a few words.
struct ProfileNote {
  std::string name;   ///< as after --profile
  std::string title;  ///< "OpenCL C 3.0, full profile"
  std::string source;
  std::string note;      ///< how it was read, and what it leaves out
  std::string promises;  ///< "exp:binary32, exp2:binary32"
};
std::vector<ProfileNote> profiles();

/// Throws std::invalid_argument, with the nearest names, if there is no such profile.
void check_profile(const std::string& name);

/// What the profile promises of a function in a format, with its source. Throws
/// std::invalid_argument with one line: no such profile (with the nearest names), or nothing of
/// this function.
Claim profile_claim(const std::string& name, const Function& function, const Format& format);

}  // namespace napier
