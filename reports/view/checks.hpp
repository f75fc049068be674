// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/report.hpp"
#include "reports/view/view.hpp"

namespace napier {

/// A property of one target in one mode, with all that was found about it: what a test case is to
/// other tools.
struct Check {
  std::string name;      ///< unique in its target: "law 1.1 product, rounding up"
  std::string property;  ///< "product"
  Rounding rounding = Rounding::nearest;
  Tone state = Tone::quiet;  ///< the gravest of its rows; quiet: it does not apply
  std::uint64_t cases = 0;
  std::string why;  ///< why it is no verdict: left open, measured only, not applicable
  std::vector<NumberedFinding> findings;
  bool known = false;  ///< refuted, as was expected
};

/// The checks of a target: laws first, then the other properties as they stand in the report. A
/// finding without a row (what merely loading a library did) has a check of its own.
std::vector<Check> checks_of(const Report& report, const TargetResult& target);

/// Why the values of a finding are likely wrong: "one table entry: …"; empty where it is no values
/// that are, or no cause is known.
std::string likely_cause(const TargetResult& target, const Finding& finding);

/// All that is known of a check's findings, in several lines: what was broken, the witnesses in
/// decimal and in hex, the explanation, the likely cause, the replay line.
std::string findings_text(const Check& check);

}  // namespace napier
