// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "reports/report.hpp"

namespace napier {

/// Findings that are expected of a target, as a file of known issues states them
/// (docs/manifests.md). Nothing else is: another property, another mode, arguments outside of the
/// intervals, a larger error or another machine makes a finding of its own.
struct ExpectedIssue {
  std::string target;                   ///< its whole name
  std::vector<std::string> properties;  ///< the first has the witness
  std::vector<Rounding> roundings{Rounding::nearest};
  std::vector<std::string> at;                               ///< hex floats, a base first
  Range x;                                                   ///< the argument, or the base
  Range y;                                                   ///< the exponent
  std::string got;                                           ///< a hex float; empty: whatever
  double at_most = std::numeric_limits<double>::infinity();  ///< ulps
  std::vector<std::string> libm;                             ///< "glibc 2.36"; empty: whichever
  std::vector<std::string> architecture;                     ///< "x86_64"; empty: whichever
  std::string why;
  std::string source;
};

/// What a file says, told apart from others by its name in what is thrown: std::invalid_argument
/// with one line that has file, line and key.
std::vector<ExpectedIssue> parse_known_issues(std::string_view text, const std::string& file);
std::vector<ExpectedIssue> read_known_issues(const std::string& file);
/// What is known of C libraries: part of this program.
std::vector<ExpectedIssue> shipped_known_issues();

/// Those that are about this target, on this machine.
std::vector<ExpectedIssue> known_issues_of(const std::vector<ExpectedIssue>& all,
                                           const std::string& target);

}  // namespace napier
