// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "reports/report.hpp"
#include "reports/view/view.hpp"

namespace napier {

/// What became of a property of a target between two reports.
enum class Change {
  worse,   ///< newly refuted, a bound rose, or the recorded worst case got worse
  gone,    ///< the newer report does not ask it any more
  open,    ///< it stood, and is left undecided now
  better,  ///< no longer refuted, or a bound fell
  fresh,   ///< the older report did not ask it
  same,
};
std::string_view name(Change change);

/// What is known of one property of one target in one mode: what reports are compared by.
struct Standing {
  std::string target;  ///< "libm/exp:binary64"
  std::string check;   ///< "accuracy, rounding up"; "audit" of a target that could not be audited
  Tone state = Tone::quiet;
  std::optional<double> bound;  ///< no argument of the domain has a larger error, in ulps
  std::string at;               ///< where it is reached
  std::string domain;           ///< of the bound
  std::string remark;           ///< why the target could not be audited
  Rounding rounding = Rounding::nearest;
  std::optional<UlpRange> seen{};  ///< the largest error seen, where it is no bound
  std::string seen_at{};           ///< its arguments in hex, with commas
};
/// In the order of the report, without what does not apply.
std::vector<Standing> standings_of(const Report& report);

/// One property of one target in one mode, in both reports.
struct Compared {
  Change change = Change::same;
  std::string target;
  std::string check;  ///< "accuracy, rounding up"
  std::string words;  ///< "stood, and is refuted now; bound 0.51 ulp, was 0.502"
};

/// The error of a target, as it is now, where it erred most before.
using AskedAgain = std::function<UlpRange(const Standing& now, const std::string& at)>;

/// Two reports, check by check. What counts is proof: a refutation, a maximum over all arguments
/// of the same domain, or more error at the very arguments where the older side erred most, if that
/// may be asked. A larger error in a sample is no news about the target: other points may have been
/// drawn, so it is never worse. Targets are matched by their names, functions and formats.
std::vector<Compared> compare(std::span<const Standing> base, std::span<const Standing> newer,
                              const AskedAgain& asked_again = {});
std::vector<Compared> compare(const Report& base, const Report& newer);

/// The exit status that the comparison deserves: 1 if anything is worse, else 3 if anything is gone
/// or was left open, else 0.
int exit_code(const std::vector<Compared>& all);

/// What differs, gravest first: a row a check; what is the same is only counted.
Table comparison_table(const std::vector<Compared>& all);
/// "1 worse, 2 better, 310 the same".
std::string comparison_text(const std::vector<Compared>& all);

}  // namespace napier
