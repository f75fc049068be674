// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "tests/honest/places.hpp"

#include <vector>

#include "lib/fp/ordinal.hpp"
#include "tests/honest/mpfr_numbers.hpp"

namespace napier::honest {
namespace {

/// The datum nearest to a number.
Float nearest_datum(const Format& f, const Number& value) {
  Number rounded(f.precision);
  {
    const ExponentsOf format(f);
    const int ternary = mpfr_set(rounded, value, MPFR_RNDN);
    mpfr_subnormalize(rounded, mpfr_check_range(rounded, ternary, MPFR_RNDN), MPFR_RNDN);
  }
  return datum(f, rounded);
}

/// Where results are 2^e for these e.
std::vector<int> results(const Format& f) {
  return {f.max_exponent + 1, f.max_exponent,         f.min_exponent(),
          f.least_exponent(), f.least_exponent() - 1, -f.precision - 1,
          -f.precision,       1 - f.precision,        1};
}

/// 2^e as a power of the base: its exponent.
Float exponent_for(const Format& f, Base base, int e) {
  Number x(f.precision + 64), log(f.precision + 64);
  mpfr_set_si(x, e, MPFR_RNDN);
  if (base == Base::two) return nearest_datum(f, x);
  mpfr_const_log2(log, MPFR_RNDN);
  mpfr_mul(x, x, log, MPFR_RNDN);
  if (base == Base::ten) mpfr_log_ui(log, 10, MPFR_RNDN), mpfr_div(x, x, log, MPFR_RNDN);
  return nearest_datum(f, x);
}

/// The n-th root of 2^e.
Float base_for(const Format& f, int n, int e) {
  Number x(f.precision + 64);
  mpfr_set_si(x, e, MPFR_RNDN);
  mpfr_div_si(x, x, n, MPFR_RNDN);
  mpfr_exp2(x, x, MPFR_RNDN);
  return nearest_datum(f, x);
}

constexpr Ordinal reach = 3;

void add_exponents(std::vector<Point>& points, const Function& function, const Format& f) {
  std::vector<Float> places{zero(f), min_subnormal(f), min_normal(f)};
  for (const int e : results(f)) {
    const Float x = exponent_for(f, function.base, e);
    places.push_back(x);
    if (function.kind == Kind::power_minus_one) places.push_back(negated(x));
  }
  for (const Float place : places)
    for (Ordinal away = -reach; away <= reach; ++away) {
      Point point;
      point.push(step(place, away));
      points.push_back(point);
    }
}

void add_powers(std::vector<Point>& points, const Format& f) {
  const auto add_around = [&](Float base, Float exponent) {
    for (Ordinal away = -reach; away <= reach; ++away)
      for (const bool negative : {false, true}) {
        Point point;
        const Float x = step(base, away);
        point.push(negative ? negated(x) : x);
        point.push(exponent);
        points.push_back(point);
      }
  };
  for (const int n : {1, 2, 3, -1, -2, -3})
    for (const int e : results(f)) add_around(base_for(f, n, e), from_integer(f, n));
  add_around(max_finite(f), from_integer(f, 1));
  add_around(min_subnormal(f), from_integer(f, 1));
  // An exponent next to 1 turns the largest number into one just beyond it.
  for (const Ordinal away : {-1, 1, 2}) add_around(max_finite(f), step(from_integer(f, 1), away));
}

void add_logarithms(std::vector<Point>& points, const Format& f) {
  const Float one = from_integer(f, 1);
  for (const Float place : {zero(f), min_subnormal(f), min_normal(f), one, negated(one),
                            power_of_two(f, f.max_exponent), infinity(f)})
    for (Ordinal away = -reach; away <= reach; ++away) {
      Point point;
      point.push(step(place, away));
      points.push_back(point);
    }
}

}  // namespace

Domain places_that_matter(const Function& function, const Format& format) {
  const Quietly quietly;
  std::vector<Point> points;
  if (function.kind == Kind::logarithm)
    add_logarithms(points, format);
  else if (function.arity == 2)
    add_powers(points, format);
  else
    add_exponents(points, function, format);
  Domain domain;
  const std::uint64_t size = points.size();
  domain.strata.push_back({"places", size, 1, [points = std::move(points)](Draw&, std::uint64_t i) {
                             return std::optional(points[i]);
                           }});
  return domain;
}

}  // namespace napier::honest
