// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/profile/heat_maps.hpp"

#include <algorithm>
#include <cmath>

#include "audit/profile/observe.hpp"
#include "lib/fp/ordinal.hpp"
#include "props/law/law_block.hpp"
#include "props/tally/short_figure.hpp"

namespace napier {
namespace {

constexpr int few_digits = 2;

/// A cell has a case or so.
constexpr std::size_t least_cases = map_side * map_side;

/// A case in the plane.
struct Spot {
  Float x, y;
  double figure = 0;
};

/// A datum of few bits that is not above another one.
Float short_datum_below(Float x) {
  constexpr int bits = 10;
  const Dyadic value = exact_value(x).reduced();
  if (value.is_zero()) return x;  // of either sign, which are two places
  const std::int64_t excess = top_bit(value.significand) + 1 - bits;
  if (excess <= 0) return x;
  const Bits kept = value.significand >> excess;
  const Dyadic made{value.negative, kept + (value.negative ? 1 : 0), value.exponent + excess};
  return round_to(*x.format, made, Rounding::down);  // exact, unless it overflows
}

/// Ends between which about as many of some arguments lie as between any others; the last is above
/// all of them.
std::vector<Float> even_ends(std::vector<Float> arguments) {
  std::ranges::sort(arguments, {}, ordinal);
  std::vector<Float> ends;
  for (std::size_t i = 0; i < map_side; ++i) {
    const Float end = short_datum_below(arguments[i * arguments.size() / map_side]);
    if (ends.empty() || ordinal(end) > ordinal(ends.back())) ends.push_back(end);
  }
  ends.push_back(next_up(arguments.back()));
  return ends;
}

std::size_t place(const std::vector<Float>& ends, Float x) {
  const auto above = std::ranges::upper_bound(ends, ordinal(x), {}, ordinal);
  return static_cast<std::size_t>(above - ends.begin()) - 1;
}

std::optional<HeatMap> map_of(std::string_view property, Rounding rounding,
                              const std::vector<Spot>& spots) {
  if (spots.size() < least_cases) return std::nullopt;
  const auto of = [&](Float Spot::*coordinate) {
    std::vector<Float> all;
    for (const Spot& spot : spots) all.push_back(spot.*coordinate);
    return even_ends(std::move(all));
  };
  HeatMap map{std::string(property), rounding, of(&Spot::x), of(&Spot::y), {}, spots.size()};
  map.largest.resize(map.columns() * map.rows());
  for (const Spot& spot : spots) {
    auto& cell = map.largest[place(map.y_ends, spot.y) * map.columns() + place(map.x_ends, spot.x)];
    cell = std::max(cell.value_or(0), spot.figure);
  }
  for (auto& cell : map.largest)
    if (cell) cell = short_below(*cell, few_digits);
  return map;
}

bool is_in_the_plane(const Point& point, std::size_t last) {
  return point.count > last && is_finite(point.args[last - 1]) && is_finite(point.args[last]);
}

/// What a case uses of what its claim allows; none if it tells nothing.
std::optional<double> share_of(const Verdict& verdict) {
  if (const auto* refuted = std::get_if<Refuted>(&verdict)) return refuted->share;
  const auto* kept = std::get_if<Consistent>(&verdict);
  if (kept == nullptr || !std::isfinite(kept->resolution)) return std::nullopt;
  return kept->share;
}

/// The two exponents of a law's case are the last of its arguments: of a function of two a base
/// comes before them.
std::vector<Spot> spots_of_law(const Property& law, const Subject& subject, Seed seed,
                               std::uint64_t cases, Callers callers, SeenCases& seen) {
  const std::size_t last = subject.target->function->arity;
  const Domain domain = law.where.domain(subject);
  std::vector<Point> points;
  for (const Portion& portion : portions(domain, cases))
    for (std::uint64_t i = 0; i < portion.count; ++i) {
      const auto point =
          domain.at(seed, {property_key(law.where.name), portion.stratum, portion.first + i});
      if (point && is_in_the_plane(*point, last) && law.where.asks(subject, *point))
        points.push_back(*point);
    }
  Tally tally;
  const std::vector<Verdict> verdicts = judge_points(law, subject, points, callers, tally);
  seen.add(law, subject, tally);
  std::vector<Spot> spots;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (const auto share = share_of(verdicts[i]))
      spots.push_back({points[i].args[last - 1], points[i].args[last], *share});
  return spots;
}

std::vector<Spot> spots_of_accuracy(const Subject& subject, Seed seed, std::uint64_t cases,
                                    Caller& caller, SeenCases& seen) {
  std::vector<Spot> spots;
  for (const Observation& one :
       observe(subject, spread_points(subject, seed, cases), caller, &seen))
    if (is_in_the_plane(one.point, 1))
      spots.push_back({one.point.args[0], one.point.args[1], one.size()});
  return spots;
}

/// Of x and y: a^x a^y, a^y / a^x, (a^x)^y.
bool has_two_exponents(const Property& property) {
  const auto* law = std::get_if<LawInBlocks>(&property.judging);
  if (law == nullptr || property.family != Family::law) return false;
  using enum PointShape;
  const PointShape shape = law->law->shape;
  return shape == sum || shape == difference || shape == product;
}

}  // namespace

std::vector<HeatMap> heat_maps(const Subject& subject, Seed seed, std::uint64_t cases,
                               Callers callers, SeenCases& seen,
                               const std::function<bool(const Property&)>& was_asked) {
  std::vector<HeatMap> maps;
  if (cases < least_cases) return maps;
  const auto add = [&](std::string_view property, const std::vector<Spot>& spots) {
    if (auto map = map_of(property, subject.rounding, spots)) maps.push_back(std::move(*map));
  };
  if (subject.target->function->arity == 2)
    add(accuracy_row().name, spots_of_accuracy(subject, seed, cases, *callers.target, seen));
  for (const Property& law : all_properties())
    if (has_two_exponents(law) && was_asked(law) && law.inapplicable(subject).empty() &&
        law.judges(subject))
      add(law.name, spots_of_law(law, subject, seed, cases, callers, seen));
  return maps;
}

}  // namespace napier
