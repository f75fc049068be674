// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "reports/report.hpp"

// What is wrong with a target, each fault once. Findings are many: one for each property and mode
// that saw it.
namespace napier {

/// Findings that show one fault: they say that the same promise was broken, or the same property.
/// A law is only ever refuted because a call broke the promise of accuracy (Property::blame), so
/// that findings of laws and of limits are more evidence of what accuracy found.
struct Fault {
  NumberedFinding shown;                ///< accuracy's if it has one, else the gravest
  std::vector<NumberedFinding> others;  ///< the rest, in the order of the report
};

/// The faults of one target of the report, in the order in which they first occur.
std::vector<Fault> faults(const Report& report, const TargetResult& target);

/// Puts the findings of a target in the order of its faults, the one that is shown first: so their
/// numbers in a report are in the order in which a reader meets them.
void order_by_fault(TargetResult& target);

/// Where else the fault shows: "law 1.1 product in 431 cases (#2), accuracy, rounding up, in 12
/// cases (#3)"; empty if nowhere.
std::string elsewhere(const Fault& fault);

/// A case in decimal and in hex: "exp(3): got 20.085536923187675, right is 20.085536923187668, off
/// by 3.2 ulp". `hex` is empty where it would say the same.
struct SpelledCase {
  std::string decimal;
  std::string hex;
};
SpelledCase spelled(const TargetResult& target, const Finding& finding, const Witness& witness);

}  // namespace napier
