// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "lib/fp/hexfloat.hpp"
#include "reports/view/checks.hpp"
#include "reports/view/errors.hpp"
#include "reports/view/figures.hpp"

namespace napier {
namespace {

constexpr std::array gravest_first{Change::worse,  Change::open,  Change::gone,
                                   Change::better, Change::fresh, Change::same};

/// The largest error of a measurement over all arguments, where one was made.
const Measurement* bound_of(const TargetResult& target, const Check& check) {
  for (const Measurement& m : target.measurements)
    if (is_bound(m) && !m.at.empty() && m.property == check.property &&
        m.rounding == check.rounding)
      return &m;
  return nullptr;
}

/// The largest error that was seen of a check, in the domain that is judged.
std::optional<Measurement> seen_of(const TargetResult& target, const Check& check) {
  if (!measures_errors(check.property)) return std::nullopt;
  for (LargestError& largest : largest_errors(target))
    if (largest.rounding == check.rounding) return std::move(largest.inside);
  return std::nullopt;
}

std::string_view state_words(Tone state) {
  switch (state) {
    case Tone::refuted:
      return "refuted";
    case Tone::inconclusive:
      return "left open";
    case Tone::stands:
      return "standing";
    case Tone::measured:
      return "measured only";
    default:
      return "not applicable";
  }
}

/// Bounds of one property over one domain; nothing where there are no two of them.
struct Bounds {
  Change change = Change::same;
  std::string words;
};
Bounds compared_bounds(const Standing& before, const Standing& now) {
  if (!before.bound || !now.bound || before.domain != now.domain) return {};
  const double a = *before.bound, b = *now.bound;
  if (a == b) return {};
  return {b > a ? Change::worse : Change::better,
          fmt::format("bound {} ulp at {}, was {}", ulp_text(Ulp{b}, Rounding::up), now.at,
                      ulp_text(Ulp{a}, Rounding::up))};
}

Change changed_state(Tone before, Tone now) {
  if (before == now) return Change::same;
  if (now == Tone::refuted) return Change::worse;
  if (before == Tone::refuted) return now == Tone::stands ? Change::better : Change::gone;
  if (before == Tone::stands) return now == Tone::inconclusive ? Change::open : Change::gone;
  return now == Tone::stands ? Change::better : Change::same;
}

/// The error where it was largest, asked again.
Bounds compared_worst(const Standing& before, const Standing& now, const AskedAgain& again) {
  if (!again || !before.seen || before.seen_at.empty()) return {};
  const UlpRange error = again(now, before.seen_at);
  const bool is_worse = error.lo > before.seen->hi;
  if (!is_worse && error.hi >= before.seen->lo) return {};
  return {is_worse ? Change::worse : Change::better,
          fmt::format("{} where it erred most before, at {}, was {}", ulp_text(error),
                      before.seen_at, ulp_text(*before.seen))};
}

Compared compared(const Standing& before, const Standing& now, const AskedAgain& again) {
  Compared result{changed_state(before.state, now.state), now.target, now.check, {}};
  if (before.state != now.state)
    result.words = fmt::format("{}, was {}", state_words(now.state), state_words(before.state));
  for (const Bounds& found : {compared_bounds(before, now), compared_worst(before, now, again)}) {
    if (result.change == Change::same) result.change = found.change;
    if (!found.words.empty()) result.words += (result.words.empty() ? "" : "; ") + found.words;
  }
  return result;
}

/// A side of a comparison: who was tried, and what is known of each check.
struct Side {
  explicit Side(std::span<const Standing> all) {
    for (const Standing& one : all) {
      targets.insert(one.target);
      checks.emplace(std::pair(one.target, one.check), &one);
    }
  }
  bool has(const std::string& target) const { return targets.contains(target); }
  const Standing* find(const Standing& one) const {
    const auto found = checks.find({one.target, one.check});
    return found == checks.end() ? nullptr : found->second;
  }
  std::set<std::string> targets;
  std::map<std::pair<std::string, std::string>, const Standing*> checks;
};

/// What the older side does not have.
Compared fresh(const Standing& now, bool is_known_target) {
  if (now.state == Tone::failed) return {Change::open, now.target, now.check, now.remark};
  const bool refuted = now.state == Tone::refuted;
  const std::string words = !is_known_target ? "a new target"
                            : refuted        ? "refuted, was not asked"
                                             : "was not asked";
  return {refuted ? Change::worse : Change::fresh, now.target, now.check, words};
}

}  // namespace

std::string_view name(Change change) {
  switch (change) {
    case Change::worse:
      return "worse";
    case Change::gone:
      return "gone";
    case Change::open:
      return "left open";
    case Change::better:
      return "better";
    case Change::fresh:
      return "new";
    case Change::same:
      return "the same";
  }
  return {};
}

std::vector<Standing> standings_of(const Report& report) {
  std::vector<Standing> all;
  for (const TargetResult& target : report.targets) {
    const std::string name = verdict_line(target).target;
    if (!was_tried(target.verdict))
      all.push_back({name, "audit", Tone::failed, {}, {}, {}, target.failure});
    for (const Check& check : checks_of(report, target)) {
      if (check.state == Tone::quiet) continue;
      Standing one{name, check.name, check.state, {}, {}, {}, {}, check.rounding};
      if (const Measurement* m = bound_of(target, check)) {
        one.bound = m->max_ulp.hi.value;
        one.at = both_spellings(m->at);
        one.domain = m->domain;
      } else if (const auto seen = seen_of(target, check)) {
        one.seen = seen->max_ulp;
        one.seen_at = to_hex(seen->at);
      }
      all.push_back(std::move(one));
    }
  }
  return all;
}

std::vector<Compared> compare(std::span<const Standing> base, std::span<const Standing> newer,
                              const AskedAgain& asked_again) {
  const Side before(base), after(newer);
  std::vector<Compared> all;
  for (const Standing& now : newer) {
    const bool is_known_target = before.has(now.target);
    if (const Standing* old = before.find(now); old != nullptr)
      all.push_back(compared(*old, now, asked_again));
    else if (is_known_target || now.state != Tone::failed)
      all.push_back(fresh(now, is_known_target));
  }
  for (const Standing& old : base) {
    if (old.state == Tone::failed || after.find(old) != nullptr) continue;
    const std::string words = after.has(old.target)
                                  ? fmt::format("not asked, was {}", state_words(old.state))
                                  : "the target was not tried";
    all.push_back({Change::gone, old.target, old.check, words});
  }
  std::ranges::stable_sort(all, {}, [](const Compared& one) {
    return std::ranges::find(gravest_first, one.change) - gravest_first.begin();
  });
  return all;
}

std::vector<Compared> compare(const Report& base, const Report& newer) {
  return compare(standings_of(base), standings_of(newer));
}

int exit_code(const std::vector<Compared>& all) {
  const auto any = [&](Change change) {
    return std::ranges::find(all, change, &Compared::change) != all.end();
  };
  if (any(Change::worse)) return 1;
  return any(Change::gone) || any(Change::open) || all.empty() ? 3 : 0;
}

Table comparison_table(const std::vector<Compared>& all) {
  Table table{{{"change"}, {"target"}, {"property"}, {"what"}}, {}};
  for (const Compared& one : all) {
    if (one.change == Change::same) continue;
    const Tone tone = one.change == Change::worse    ? Tone::refuted
                      : one.change == Change::better ? Tone::stands
                      : one.change == Change::fresh  ? Tone::measured
                                                     : Tone::inconclusive;
    table.rows.push_back({{{std::string(name(one.change)), tone},
                           {one.target, Tone::plain, true},
                           {one.check},
                           {one.words}},
                          {}});
  }
  return table;
}

std::string comparison_text(const std::vector<Compared>& all) {
  std::string text;
  for (const Change change : gravest_first)
    if (const auto count = std::ranges::count(all, change, &Compared::change); count != 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ",
                          count_text(static_cast<std::uint64_t>(count)), name(change));
  return text.empty() ? "Nothing to compare." : text + ".";
}

}  // namespace napier
