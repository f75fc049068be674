// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Where the bad calls are, and no good one is to blame: a table's entry, a stretch, single ones.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <set>

#include "audit/profile/diagnose.hpp"
#include "audit/profile/profile.hpp"
#include "lib/fp/ordinal.hpp"
#include "lib/target/composition.hpp"
#include "oracles/oracle.hpp"
#include "props/domain/exponent_range.hpp"
#include "reports/view/figures.hpp"

namespace napier {
namespace {

std::string of_calls(std::size_t part, std::size_t whole) {
  return fmt::format("{} of {}", count_text(part), counted(whole, "call", "calls"));
}

/// A logarithm to base 2 whose fraction is the place in a table: of the power's exponent, of log's
/// argument, of the base of a pow.
double table_log(const Function& function, const Point& point) {
  const Function& power = function.primal != nullptr ? *function.primal : function;
  if (function.kind == Kind::logarithm || power.base == Base::argument)
    return log2_of(point.args[0]);
  return about(point.args[0]) * (log_of_fixed_base(power.base) / std::numbers::ln2);
}

/// Points at and around a phase, in binades of all sizes.
std::vector<Point> points_near(const Evidence& e, double phase, bool negative_base) {
  const Function& function = *e.subject.target->function;
  const Function& power = e.subject.power();
  const Format& format = e.subject.format();
  Draw draw(e.seed, {property_key("phases"), 0, 0});
  std::vector<Point> points;
  constexpr int count = 1500, finest = 16;
  for (int i = 0; i < count; ++i) {
    const double width = std::exp2(-1 - draw.unit() * finest);
    const double at = phase + draw.uniform(-width, width);
    Point point;
    if (function.kind == Kind::logarithm) {
      const int most = static_cast<int>(format.max_exponent) - 2;
      const double small = draw.coin() ? 4 : static_cast<double>(std::min(most, 1000));
      point.push(draw.datum(format, std::exp2(std::round(draw.uniform(-small, small)) + at)));
    } else if (power.base == Base::argument) {
      // Half of them in the binade from 1 on, whose powers have the largest exponents.
      const double log2 = (draw.coin() ? 0 : std::round(draw.uniform(-8, 8))) + at;
      point.push(draw.datum(format, std::exp2(log2)));
      const ExponentRange range = exponent_range(functions::exp, format);
      const double y = draw.uniform(range.lo, range.hi) / std::numbers::ln2 / log2;
      if (negative_base) point.args[0] = negated(point.args[0]);
      point.push(draw.datum(format, negative_base ? std::round(y) : y));
    } else {
      const double per_binade = std::numbers::ln2 / log_of_fixed_base(power.base);
      const ExponentRange range = exponent_range(power, format);
      const double lo = std::ceil(range.lo / std::numbers::ln2),
                   hi = std::floor(range.hi / std::numbers::ln2) - 1;
      point.push(draw.datum(format, (std::round(draw.uniform(lo, hi)) + at) * per_binade));
    }
    if (covers(e.subject.claim->domain, point.args[0], point.args[1])) points.push_back(point);
  }
  return points;
}

/// All bad calls have one phase: the arc of the circle that holds them.
std::string table_entry(const Evidence& e) {
  const auto bad = e.bad();
  const Function& function = *e.subject.target->function;
  if (bad.empty() || is_composed(function)) return {};
  const Observation* worst = bad.front();
  for (const Observation* one : bad)
    if (std::isfinite(one->size()) && one->size() > worst->size()) worst = one;
  const double middle = table_log(function, worst->point);
  if (!std::isfinite(middle)) return {};
  const bool of_base = e.subject.has_base_argument();
  const bool negative = of_base && is_negative(worst->point.args[0]);
  std::vector<Observation> seen = e.seen;
  for (Observation& one : e.ask(points_near(e, phase_of(middle), negative)))
    seen.push_back(std::move(one));
  // Distances from the worst along the circle, from -1/2 to 1/2.
  double least = 0, most = 0;
  std::set<double> turns;
  std::size_t off = 0;
  const auto distance = [&](const Observation& one) {
    const double away = table_log(function, one.point) - middle;
    return away - std::round(away);
  };
  for (const Observation& one : seen) {
    if (!e.is_bad(one)) continue;
    const double away = distance(one);
    if (!std::isfinite(away)) return {};
    least = std::min(least, away);
    most = std::max(most, away);
    turns.insert(std::round(table_log(function, one.point) - middle));
    ++off;
  }
  const double width = most - least;
  // Large exponents belong to bases near 1.
  const std::size_t least_turns = of_base ? 1 : 3;
  constexpr std::size_t least_bad = 8;
  // So few bases are no entry of a table, but next to something.
  const double least_width = of_base ? 0x1p-14 : 0;
  if (!(width < 0.3) || width < least_width || turns.size() < least_turns || off < least_bad)
    return {};
  std::size_t inside = 0, outside = 0;
  for (const Observation& one : seen) {
    const double away = distance(one);
    ++(away >= least && away <= most ? inside : outside);
  }
  if (off * 8 < inside || outside * 4 < inside) return {};
  const double from = phase_of(middle + least);
  return fmt::format(
      "{} are off where the fraction of log2 {} is in {:.6g} + [0, {:.3g}], in {} binades; none of "
      "{} elsewhere",
      of_calls(off, inside),
      of_base                            ? "of the base"
      : function.kind == Kind::logarithm ? "x"
                                         : "of the power",
      from, width, turns.size(), counted(outside, "call", "calls"));
}

/// The bad ones lie in one stretch of sizes, with good ones on both of its sides or at one.
template <class Key>
std::string stretch_along(const Evidence& e, std::string_view what, Key key) {
  double lo = INFINITY, hi = 0;
  const auto bad = e.bad();
  constexpr std::size_t least_bad = 4;
  if (bad.size() < least_bad) return {};
  for (const Observation* one : bad) {
    const double at = key(*one);
    if (!std::isfinite(at)) return {};
    lo = std::min(lo, at);
    hi = std::max(hi, at);
  }
  std::size_t inside = 0, outside = 0;
  for (const Observation& one : e.seen) {
    const double at = key(one);
    if (std::isfinite(at)) ++(at >= lo && at <= hi ? inside : outside);
  }
  if (bad.size() * 4 < inside || outside < inside || !(hi > 0)) return {};
  return fmt::format("{} are off with {} from {:.6g} to {:.6g}; none of {} elsewhere",
                     of_calls(bad.size(), inside), what, lo, hi, counted(outside, "call", "calls"));
}

double size_of_argument(const Observation& one) { return std::abs(one.place); }
double size_of_result(const Observation& one) { return std::exp2(one.log2); }
double size_of_base(const Observation& one) { return std::abs(about(one.point.args[0])); }

std::string one_stretch(const Evidence& e) {
  const bool binary = e.subject.target->function->arity == 2;
  std::string words = stretch_along(e, "|x|", binary ? size_of_base : size_of_argument);
  if (words.empty() && binary) words = stretch_along(e, "|y|", size_of_argument);
  if (words.empty()) words = stretch_along(e, "|result|", size_of_result);
  return words;
}

/// The same, and no longer than a binade.
struct WithinABinade {
  std::string words;
  bool whole;  ///< nothing of it is known to be good, or nearly nothing
};
WithinABinade within_a_binade(const Evidence& e) {
  double lo = INFINITY, hi = 0;
  for (const Observation* one : e.bad())
    lo = std::min(lo, size_of_argument(*one)), hi = std::max(hi, size_of_argument(*one));
  const bool one = lo > 0 && std::isfinite(hi) && std::ilogb(lo) == std::ilogb(hi);
  if (!one || e.subject.target->function->arity != 1) return {"", false};
  const double least = std::exp2(std::ilogb(lo));
  constexpr double nearly_all = 0.75;
  const bool good_ones = std::ranges::any_of(e.seen, [&](const Observation& seen) {
    const double at = size_of_argument(seen);
    return at >= least && at < 2 * least && (at < lo || at > hi);
  });
  return {stretch_along(e, "|x|", size_of_argument), !good_ones || hi - lo >= nearly_all * least};
}

std::string one_binade(const Evidence& e) {
  const WithinABinade found = within_a_binade(e);
  return found.whole ? found.words : "";
}
std::string part_of_a_binade(const Evidence& e) { return within_a_binade(e).words; }

/// Whoever is off has neighbours on both sides that are not.
std::string single_arguments(const Evidence& e) {
  const auto bad = e.bad();
  constexpr std::size_t most_asked = 40;
  const std::size_t each = bad.size() / most_asked + 1;
  const Function& function = *e.subject.target->function;
  std::size_t exact = 0, asked = 0;
  for (std::size_t i = 0; i < bad.size(); i += each) {
    const Observation* one = bad[i];
    ++asked;
    const std::size_t last = one->point.count - 1;
    std::vector<Point> beside(2, one->point);
    beside[0].args[last] = step(one->point.args[last], 1);
    beside[1].args[last] = step(one->point.args[last], -1);
    // A hair beyond the limit is where many are that are a hair within it.
    constexpr double clearly = 0.25;
    const bool is_exact = TrueValue(function, one->point.call()).is_exact();
    for (const Observation& other : e.ask(beside))
      if (e.is_bad(other) || (!is_exact && other.size() > one->size() - clearly)) return {};
    exact += is_exact ? 1 : 0;
  }
  // Beside a wrong rounding there are right ones everywhere.
  const bool nearest = e.subject.rounding == Rounding::nearest;
  if (asked == 0 || (!nearest && exact != asked)) return {};
  return fmt::format("{} are off, and none beside them{}", of_calls(bad.size(), e.seen.size()),
                     exact == asked ? "; the true results are exact" : "");
}

}  // namespace

std::span<const Model> location_models() {
  static constexpr std::array<Model, 5> models{{
      {"single arguments", single_arguments},
      {"one table entry", table_entry},
      {"one binade", one_binade},
      {"part of one binade", part_of_a_binade},
      {"one stretch of arguments", one_stretch},
  }};
  return models;
}

}  // namespace napier
