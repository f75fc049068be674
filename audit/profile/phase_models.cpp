// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Errors that repeat with every power of 2: the argument is reduced well, and what is computed of
// the rest is not.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <set>
#include <vector>

#include "audit/profile/diagnose.hpp"
#include "audit/profile/profile.hpp"
#include "props/domain/exponent_range.hpp"
#include "reports/view/figures.hpp"

namespace napier {
namespace {

/// A result of ordinary size: the part between two powers of 2 in which it lies, and its error.
struct Placed {
  std::size_t part;
  double ratio;  ///< (got - t)/t
  double ulps;
};

double median(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

/// Calls at every place between two powers of 2, in binades of all sizes.
std::vector<Point> points_of_all_phases(const Evidence& e) {
  const Function& power = *e.subject.target->function;
  const Format& format = e.subject.format();
  const double log_a = log_of_fixed_base(power.base);
  const ExponentRange range =
      within(exponent_range(power, format), e.subject.claim->domain.x, log_a);
  const double lo = std::ceil(range.lo / std::numbers::ln2),
               hi = std::floor(range.hi / std::numbers::ln2) - 1;
  std::vector<Point> points;
  if (!(lo < hi)) return points;
  Draw draw(e.seed, {property_key("all phases"), 0, 0});
  constexpr std::size_t each = 16;
  for (std::size_t i = 0; i < each * profile_phases; ++i) {
    const double phase = (static_cast<double>(i % profile_phases) + draw.unit()) / profile_phases;
    const double log2 = std::floor(draw.uniform(lo, hi)) + phase;
    Point point;
    point.push(draw.datum(format, log2 * std::numbers::ln2 / log_a));
    if (covers(e.subject.claim->domain, point.args[0], point.args[1])) points.push_back(point);
  }
  return points;
}

/// What the parts between two powers of 2 tell of errors.
struct ByPlace {
  std::array<double, profile_phases> told{};  ///< their medians
  double share = 0;  ///< of the squared distances from the median of all, how much they explain
};

/// Nothing where a part has hardly any call.
std::optional<ByPlace> by_place(const std::vector<Placed>& placed, double Placed::*error) {
  std::array<std::vector<double>, profile_phases> parts;
  std::vector<double> whole;
  for (const Placed& one : placed) {
    parts.at(one.part).push_back(one.*error);
    whole.push_back(one.*error);
  }
  constexpr std::size_t least_calls = 3;
  if (std::ranges::any_of(parts, [](const auto& part) { return part.size() < least_calls; }))
    return std::nullopt;
  ByPlace result;
  std::ranges::transform(parts, result.told.begin(), median);
  const double middle = median(whole);
  double all = 0, rest = 0;
  for (const Placed& one : placed) {
    const double away = one.*error - result.told.at(one.part);
    all += (one.*error - middle) * (one.*error - middle);
    rest += away * away;
  }
  result.share = 1 - rest / all;
  return result;
}

/// The place between two powers of 2 tells nearly all of the error, in many binades and at many
/// places. What one place alone shows is an entry of a table, and what all show alike, relative to
/// the result or in ulps, is another cause.
std::string coarse_between_powers(const Evidence& e) {
  const Function& function = *e.subject.target->function;
  if (function.kind != Kind::power || function.arity != 1) return {};
  const Format& format = e.subject.format();
  std::vector<Placed> placed;
  std::set<double> binades;
  for (const Observation& one : e.ask(points_of_all_phases(e))) {
    if (!is_finite(one.got) || !is_finite(one.want) || !std::isfinite(one.middle())) continue;
    if (!std::isfinite(one.log2) || one.log2 < static_cast<double>(format.min_exponent())) continue;
    const double ulp = std::exp2(one.binade - format.precision + 1 - one.log2);
    const auto part = static_cast<std::size_t>(phase_of(one.log2) * profile_phases);
    placed.push_back({std::min(part, profile_phases - 1), one.middle() * ulp, one.middle()});
    binades.insert(one.binade);
  }
  constexpr std::size_t least_binades = 8;
  if (binades.size() < least_binades) return {};
  const auto of_ratios = by_place(placed, &Placed::ratio),
             of_ulps = by_place(placed, &Placed::ulps);
  if (!of_ratios || !of_ulps) return {};
  constexpr double least_share = 0.75, most_ratio = 0.125;
  const double share = std::min(of_ratios->share, of_ulps->share);
  const auto& told = of_ratios->told;
  const auto size = [](double x, double y) { return std::abs(x) < std::abs(y); };
  const auto largest = std::ranges::max_element(told, size);
  if (!(share >= least_share) || !(std::abs(*largest) < most_ratio)) return {};
  const double unit = std::exp2(1 - format.precision);  // an ulp of 1
  const auto is_off = [&](double ratio) { return std::abs(ratio) > e.limit * unit; };
  const auto places = static_cast<std::size_t>(std::ranges::count_if(told, is_off));
  constexpr std::size_t least_places = profile_phases / 8;
  if (places < least_places) return {};
  return fmt::format(
      "of {} in {} binades the place between two powers of 2 tells {:.0f} % of the errors' "
      "squares; at {} of {} places they are off, the most by {:.3g} ulp of 1 where the fraction of "
      "log2 of the result is {:.2g}",
      counted(placed.size(), "call", "calls"), binades.size(), std::floor(100 * share), places,
      profile_phases, std::abs(*largest) / unit,
      (static_cast<double>(largest - told.begin()) + 0.5) / profile_phases);
}

}  // namespace

std::span<const Model> phase_models() {
  static constexpr std::array<Model, 1> models{
      {{"the polynomial, its interval or its table", coarse_between_powers}}};
  return models;
}

}  // namespace napier
