// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "reports/view/checks.hpp"
#include "reports/view/errors.hpp"
#include "reports/view/figures.hpp"

namespace napier {
namespace {

constexpr std::array gravest_first{Change::worse,  Change::open,  Change::gone,
                                   Change::better, Change::fresh, Change::same};

bool is_same_target(const TargetResult& a, const TargetResult& b) {
  return a.name == b.name && a.function == b.function && a.format == b.format &&
         a.environment == b.environment;
}

/// The largest error of a measurement over all arguments, where one was made.
const Measurement* bound_of(const TargetResult& target, const Check& check) {
  for (const Measurement& m : target.measurements)
    if (is_bound(m) && !m.at.empty() && m.property == check.property &&
        m.rounding == check.rounding)
      return &m;
  return nullptr;
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
Bounds compared_bounds(const Measurement* before, const Measurement* now) {
  if (before == nullptr || now == nullptr || before->domain != now->domain) return {};
  const Ulp a = before->max_ulp.hi, b = now->max_ulp.hi;
  if (a == b) return {};
  return {b > a ? Change::worse : Change::better,
          fmt::format("bound {} ulp at {}, was {}", ulp_text(b, Rounding::up),
                      arguments_text(now->at), ulp_text(a, Rounding::up))};
}

Change changed_state(Tone before, Tone now) {
  if (before == now) return Change::same;
  if (now == Tone::refuted) return Change::worse;
  if (before == Tone::refuted) return now == Tone::stands ? Change::better : Change::gone;
  if (before == Tone::stands) return now == Tone::inconclusive ? Change::open : Change::gone;
  return now == Tone::stands ? Change::better : Change::same;
}

Compared compared(const TargetResult& before, const Check& old, const TargetResult& target,
                  const Check& check) {
  Compared result{
      changed_state(old.state, check.state), verdict_line(target).target, check.name, {}};
  if (old.state != check.state)
    result.words = fmt::format("{}, was {}", state_words(check.state), state_words(old.state));
  const Bounds bounds = compared_bounds(bound_of(before, old), bound_of(target, check));
  if (result.change == Change::same) result.change = bounds.change;
  if (!bounds.words.empty()) result.words += (result.words.empty() ? "" : "; ") + bounds.words;
  return result;
}

/// Every check of a target that the other report does not have.
void add_all(std::vector<Compared>& all, const Report& report, const TargetResult& target,
             Change change, const std::string& words) {
  for (const Check& check : checks_of(report, target))
    if (check.state != Tone::quiet)
      all.push_back(
          {change == Change::fresh && check.state == Tone::refuted ? Change::worse : change,
           verdict_line(target).target, check.name, words});
}

void compare_target(std::vector<Compared>& all, const Report& base, const TargetResult& before,
                    const Report& newer, const TargetResult& target) {
  const std::vector<Check> old = checks_of(base, before), checks = checks_of(newer, target);
  const std::string name = verdict_line(target).target;
  if (!was_tried(target.verdict) && was_tried(before.verdict))
    all.push_back({Change::open, name, "audit", target.failure});
  for (const Check& check : checks) {
    const auto known = std::ranges::find(old, check.name, &Check::name);
    if (known != old.end())
      all.push_back(compared(before, *known, target, check));
    else if (check.state == Tone::refuted)
      all.push_back({Change::worse, name, check.name, "refuted, was not asked"});
    else if (check.state != Tone::quiet)
      all.push_back({Change::fresh, name, check.name, "was not asked"});
  }
  for (const Check& check : old)
    if (check.state != Tone::quiet &&
        std::ranges::find(checks, check.name, &Check::name) == checks.end())
      all.push_back({Change::gone, name, check.name,
                     fmt::format("not asked, was {}", state_words(check.state))});
}

const TargetResult* same_in(const Report& report, const TargetResult& target) {
  const auto found = std::ranges::find_if(
      report.targets, [&](const TargetResult& other) { return is_same_target(other, target); });
  return found == report.targets.end() ? nullptr : &*found;
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

std::vector<Compared> compare(const Report& base, const Report& newer) {
  std::vector<Compared> all;
  for (const TargetResult& target : newer.targets) {
    if (const TargetResult* before = same_in(base, target))
      compare_target(all, base, *before, newer, target);
    else
      add_all(all, newer, target, Change::fresh, "a new target");
  }
  for (const TargetResult& before : base.targets)
    if (same_in(newer, before) == nullptr)
      add_all(all, base, before, Change::gone, "the target was not tried");
  std::ranges::stable_sort(all, {}, [](const Compared& one) {
    return std::ranges::find(gravest_first, one.change) - gravest_first.begin();
  });
  return all;
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
