// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/candidate.hpp"
#include "reports/report.hpp"

// Witnesses of refutations that were written down, a line each, to be asked again by every later
// audit in that folder: .napier/failures.txt, which is meant to be kept with the code.
namespace napier {

/// Where they are, below the folder that the command runs in.
inline constexpr std::string_view failures_file = ".napier/failures.txt";

/// A witness: a line of TARGET, FUNCTION:FORMAT, PROPERTY, ROUNDING and inputs, between tabs, and
/// behind # what came and what is right.
struct Failure {
  std::string target;
  std::string computes;  ///< "exp:binary64"
  std::string property;
  std::string rounding;
  std::string inputs;  ///< hex floats with commas
  std::string told;    ///< "# got inf, right is 0x1.5bf0a8b145769p+1": it is no part of the key
  auto operator<=>(const Failure&) const = default;
};

/// The text of such a file; throws std::invalid_argument with file and line for what is none.
std::vector<Failure> parse_failures(std::string_view text, const std::string& file);
/// … of a file; of one that is not there none.
std::vector<Failure> read_failures(const std::string& file);
/// Sorted, each witness once: the same for the same failures, whoever found them first.
std::string failures_text(std::vector<Failure> failures);
/// The smallest and the worst witness of each finding that repeats and has inputs.
std::vector<Failure> failures_of(const Report& report);

/// Hands the candidate those that are its own. Of how many?
std::size_t recall(const std::vector<Failure>& failures, Candidate& candidate);

}  // namespace napier
