// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/explained_call.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "lib/fp/decimal.hpp"
#include "lib/fp/hexfloat.hpp"
#include "lib/fp/ordinal.hpp"
#include "lib/target/pipe.hpp"
#include "oracles/oracle.hpp"
#include "props/claim/beyond_bound.hpp"
#include "props/claim/promises.hpp"
#include "props/subject/wrong_rounding.hpp"
#include "reports/view/figures.hpp"
#include "reports/view/number_line.hpp"

namespace napier {
namespace {

std::string ending_text(const Answer& answer) {
  switch (answer.ending) {
    case Ending::crashed:
      return fmt::format("no answer: killed by signal {}", answer.detail);
    case Ending::exited:
      return fmt::format("no answer: it ended its process with status {}", answer.detail);
    case Ending::hung:
      return "no answer in time";
    case Ending::unwritten:
      return answer.detail == nothing_written ? "no answer: it returned and wrote no result"
                                              : "no answer: it wrote something else";
    case Ending::not_called:
      return "not called any more";
    case Ending::returned:
      break;
  }
  return to_decimal_and_hex(answer.value);
}

/// |y − t| in absolute terms and as a share of |t|, to three digits: words beside the figure in
/// ulps, which alone is judged. Empty where the distance is 0 or beyond binary64.
std::string distances_text(TrueValue& truth, Float y, const Format& format) {
  if (!is_finite(y) || truth.is_infinite() || truth.sign() == 0) return {};
  const Enclosure t = truth.enclosure(default_refinement(format).start);
  const Enclosure apart = Enclosure(default_refinement(format).start, exact_value(y)) - t;
  const double absolute = std::abs(upper(apart));
  const double relative = std::abs(upper(apart / t));
  if (!std::isnormal(absolute) || !std::isnormal(relative)) return {};
  return fmt::format(" (relative {:.3g}, absolute {:.3g})", relative, absolute);
}

std::string arguments_of(const Request& request) {
  const std::string x = to_decimal_and_hex(request.call.x);
  return request.call.y.format == nullptr ? x : x + ", " + to_decimal_and_hex(request.call.y);
}

/// (y − t)/ulp(t), where it is finite.
std::optional<double> distance(TrueValue& truth, Float y, Rounding rounding) {
  if (!is_finite(y)) return std::nullopt;
  const SignedUlpRange error = truth.signed_error(y, rounding);
  const double middle = error.lo + (error.hi - error.lo) / 2;
  return std::isfinite(middle) ? std::optional(middle) : std::nullopt;
}

/// The farthest result on that side of the right one that breaks no promise, where those that break
/// none lie together; an infinity, where there is no end to them.
Float farthest_kept(const Subject& subject, const Call& call, Float right, int side,
                    TrueValue& truth) {
  const auto kept = [&](Ordinal steps) {
    return reference_keeps(subject, call, step(right, side * steps), truth) == Truth::yes;
  };
  constexpr Ordinal far = Ordinal(1) << 40;
  Ordinal reached = 0;
  Ordinal stride = 1;
  while (reached < far && kept(reached + stride)) reached += std::exchange(stride, 2 * stride);
  for (; stride != 0; stride /= 2)
    if (kept(reached + stride)) reached += stride;
  return reached < far ? step(right, side * reached) : infinity(subject.format(), side < 0);
}

/// Steps to the neighbours, in encodings: from the next one to a large part of a binade.
std::vector<Ordinal> steps_around(const Format& format) {
  std::vector<Ordinal> steps;
  for (const int power : {0, 8, 16, 24, 32, 44})
    if (power < format.precision) steps.push_back(Ordinal(1) << power);
  return steps;
}

std::string neighbour_text(const Function& function, const Subject& subject, const Request& request,
                           const Answer& answer) {
  if (answer.ending != Ending::returned) return ending_text(answer);
  TrueValue truth(function, request.call);
  if (truth.is_nan()) return "no real value";
  const UlpRange error = truth.error(answer.value, subject.rounding);
  if (!std::isfinite(error.hi.value)) return "gave " + to_decimal(answer.value);
  return ulp_text(error, landmarks(*subject.claim, subject.rounding));
}

}  // namespace

std::string call_text(const Function& function, const Subject& subject, const Request& request,
                      const Answer& answer) {
  std::string text = fmt::format("\n  {}({})\n    got    {}", function.name, arguments_of(request),
                                 ending_text(answer));
  TrueValue truth(function, request.call);
  if (truth.is_nan()) return text + "\n    right  no real value";
  if (const auto right = truth.rounded(subject.format(), subject.rounding))
    text += "\n    right  " + to_decimal_and_hex(*right);
  if (answer.ending != Ending::returned) return text;
  const UlpRange error = truth.error(answer.value, subject.rounding);
  if (!std::isfinite(error.hi.value)) return text;
  std::string wrong = wrong_rounding(truth, answer.value, subject.rounding);
  if (wrong.empty()) wrong = wrong_side_of_truth(subject, request, truth, answer.value);
  text += "\n    error  " + ulp_text(error, landmarks(*subject.claim, subject.rounding)) +
          distances_text(truth, answer.value, subject.format()) +
          (wrong.empty() ? "" : ": " + wrong);
  return text;
}

std::string call_picture(const Function& function, const Subject& subject, const Request& request,
                         const Answer& answer) {
  if (answer.ending != Ending::returned) return {};
  TrueValue truth(function, request.call);
  if (truth.is_nan() || truth.is_infinite()) return {};
  const auto got = distance(truth, answer.value, subject.rounding);
  if (!got) return {};
  std::vector<LineItem> items;
  if (const auto right = truth.rounded(subject.format(), subject.rounding)) {
    const auto reach = [&](int side) {
      return distance(truth, farthest_kept(subject, request.call, *right, side, truth),
                      subject.rounding);
    };
    const auto low = reach(-1);
    const auto high = reach(1);
    if (!subject.promises(request.role).empty())
      items.push_back({"allowed", low.value_or(-HUGE_VAL), high.value_or(HUGE_VAL)});
    if (const auto at = distance(truth, *right, subject.rounding))
      items.push_back({"right", *at, *at});
  }
  items.push_back({"got", *got, *got});
  std::string text = number_line(items, "ulp", "    ");
  text.pop_back();
  return "\n  Distances from the true value:\n" + text;
}

std::string neighbours_text(const Function& function, const Subject& subject,
                            const Request& request, Caller& caller) {
  std::string text;
  const auto along = [&](Float Call::*argument, std::string_view name) {
    const Float centre = request.call.*argument;
    if (is_nan(centre)) return;
    const ClaimDomain& domain = subject.claim->domain;
    // Of a function that is to be asked at one base alone, the others tell nothing.
    const Range& ends = argument == &Call::y ? domain.y : domain.x;
    if (ends.lo == ends.hi) return;
    std::vector<Ordinal> steps = steps_around(*centre.format);
    std::vector<Ordinal> both(steps.rbegin(), steps.rend());
    for (Ordinal& step : both) step = -step;
    both.push_back(0);
    both.insert(both.end(), steps.begin(), steps.end());
    text += fmt::format("\n  Errors around {}, so many encodings away:", name);
    for (const Ordinal steps_away : both) {
      Request there = request;
      there.call.*argument = step(centre, steps_away);
      if (!is_finite(there.call.*argument)) continue;
      Answer answer;
      caller.call(subject.rounding, Observe::values, {&there.call, 1}, {&answer, 1});
      text += fmt::format("\n    {:>+15}  {:<14}  {}", static_cast<std::int64_t>(steps_away),
                          neighbour_text(function, subject, there, answer),
                          to_decimal_and_hex(there.call.*argument));
      if (answer.ending != Ending::returned) return;
    }
  };
  if (request.call.y.format == nullptr) {
    along(&Call::x, "the argument");
  } else {
    along(&Call::x, "the base");
    along(&Call::y, "the exponent");
  }
  return text;
}

}  // namespace napier
