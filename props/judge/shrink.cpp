// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <tuple>

#include "lib/fp/ordinal.hpp"
#include "props/judge/judge.hpp"

namespace napier {
namespace {

/// How much it takes to write a datum down: significand bits first, then distance from 1 in
/// binades, then the sign.
std::tuple<int, std::int64_t, bool> complexity(Float x) {
  if (!is_finite(x) || is_zero(x)) return {0, 0, is_negative(x)};
  const Dyadic v = exact_value(x).reduced();
  return {top_bit(v.significand), std::abs(v.binade()), v.negative};
}

bool simpler(Float a, Float b) { return complexity(a) < complexity(b); }

std::vector<Float> simpler_values(Float x) {
  std::vector<Float> values;
  if (!is_finite(x) || is_zero(x)) return values;
  const Format& format = *x.format;
  const auto offer = [&](Float y) {
    if (is_finite(y) && simpler(y, x) && std::ranges::find(values, y) == values.end())
      values.push_back(y);
  };
  offer(from_integer(format, 1));
  offer(absolute(x));
  const Float size = absolute(x);
  const Ordinal n = ordinal(size);
  for (int j = format.precision + 2; j >= 0; --j) {  // coarser to finer grids of ordinals
    const Ordinal grid = Ordinal(1) << j;
    for (const Ordinal m : {n / grid * grid, (n / grid + 1) * grid}) {
      const Float y = from_ordinal(format, m);
      offer(is_negative(x) ? negated(y) : y);
    }
  }
  // The same significand nearer to 1: halve the distance in binades.
  const Dyadic v = exact_value(x);
  for (std::int64_t shift = v.binade(); shift != 0; shift /= 2)
    if (const auto y = exactly(format, v.scaled(-shift))) offer(*y);
  return values;
}

}  // namespace

std::vector<Point> simpler_points(const Point& point) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < point.count; ++i)
    for (const Float value : simpler_values(point.args[i])) {
      points.push_back(point);
      points.back().args[i] = value;
    }
  return points;
}

Point shrink(const Property& property, const Subject& subject, const Domain& domain, Point point,
             Callers callers) {
  // A child that dies at every step is expensive to restart: spend less on those.
  int attempts = property.about == About::no_return ? 16 : 2000;
  for (bool progress = true; progress;) {
    progress = false;
    for (const Point& candidate : simpler_points(point)) {
      if (attempts-- <= 0) return point;
      if (!domain.admits(candidate) || !property.where.asks(subject, candidate)) continue;
      const JudgedCase judged = judge_point(property, subject, candidate, callers);
      if (!std::holds_alternative<Refuted>(judged.verdict)) continue;
      point = candidate;
      progress = true;
      break;
    }
  }
  return point;
}

}  // namespace napier
