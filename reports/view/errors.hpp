// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <vector>

#include "reports/view/view.hpp"

// What a measurement and a law's row amount to: the words that the verdict lines and the tables
// share.
namespace napier {

/// Whether the measurements of a property are measurements of errors.
bool measures_errors(std::string_view property);

/// The state of a row: refuted, inconclusive, stands, measured (not judged) or quiet (the law says
/// nothing here). Inconclusive as CONTRACT has it: no case decided, or more than one in a million
/// undecided, of an exhaustive run any.
Tone state_of(const LawRow& row);
Tone state_of(const Measurement& measurement);
/// The state as a mark of one column: ✗ ? ✓ · –
std::string_view mark_of(Tone state);

/// "3 at the precision cap and 1 without an answer".
std::string undecided_text(const Measurement& measurement);

/// Whether the maximum holds for the whole domain: every argument was tried and decided.
bool is_bound(const Measurement& measurement);
/// Its maximum as a cell, in ulps: "bound 0.5021" or "≥ 0.5107"; a dash if no error was measured.
Cell largest_error_cell(const Measurement& measurement, const Claim& claim);

/// Where a target is judged: the domain of its claim, or of what this audit asks where the author
/// claims nothing.
const ClaimDomain& judged_domain(const TargetResult& target);
/// Whether the arguments of a call lie there.
bool is_judged_at(const TargetResult& target, const std::vector<Float>& at);

/// The largest error of a target in one mode: what every headline, table and picture shows. Errors
/// are measured everywhere, and those where the target is judged come first; what is larger beyond
/// is told apart.
struct LargestError {
  Rounding rounding = Rounding::nearest;
  std::optional<Measurement> inside;  ///< its figure and its place; none if none was kept
  std::optional<Measurement> beyond;  ///< if that is larger, where nobody claims anything
  bool bound = true;                  ///< all measurements in that mode are bounds

  /// Where the largest of all lies beyond, of those inside only some were kept.
  bool inside_is_bound() const { return bound && !beyond; }
};
/// Of each mode that was tried, nearest first.
std::vector<LargestError> largest_errors(const TargetResult& target);

/// The largest error in a range of arguments or results, over all measurements of a mode.
struct RangeError {
  BinadeError range;
  const Measurement* measurement = nullptr;  ///< the one that found it
};
/// Of all measurements of accuracy in that mode, ascending, a range once.
std::vector<RangeError> errors_by_range(const TargetResult& target, Rounding rounding);
/// Its figure as a cell.
Cell largest_error_cell(const RangeError& error, const Claim& claim);

/// "bound 0.5021 ulp at 1", "observed ≥ 0.5107 ulp at 1; ≥ 3.2 ulp at 2, rounding up": the worst of
/// each mode; empty if there is none. What is larger beyond the domain that is judged comes last:
/// "observed ≥ 12 ulp at 3; measured beyond it: inf ulp at 88.2".
std::string largest_error_text(const TargetResult& target);
/// In the first mode that was tried, alone: "= 0.5021" for a bound, "≥ 0.5107"; empty if none was.
std::string largest_error_figure(const TargetResult& target);
/// As a cell: "bound 0.5021", "≥ 0.5107; up ≥ 3.2", with the places beside.
Cell largest_error_cell(const TargetResult& target);

}  // namespace napier
