// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string_view>
#include <tuple>

namespace napier {

/// Which arguments a law's points are made of; the sampler draws by shape.
enum class PointShape {
  none,        ///< only the base
  single,      ///< x, with −x allowed too
  sum,         ///< x, y with x + y in range
  difference,  ///< x, y with y − x in range
  product,     ///< x, y with x·y in range; of a logarithm a, x with x·ln a in range
  chord,       ///< x, h with h·ln a > 0; of a logarithm x, x + h > 0
  integer,     ///< a positive integer n
};

/// How many arguments besides the base are drawn. The others are the constants 0 and 1.
constexpr std::size_t drawn_arguments(PointShape shape) {
  switch (shape) {
    case PointShape::none:
      return 0;
    case PointShape::single:
    case PointShape::integer:
      return 1;
    case PointShape::sum:
    case PointShape::difference:
    case PointShape::product:
    case PointShape::chord:
      break;
  }
  return 2;
}

/// Of which bases a law speaks.
enum class Bases { all, all_but_e, e };

/// Of which derivatives of a^x a law speaks, beside the value.
enum class Derivatives { none, first_along_exponent, higher_along_exponent, along_base, mixed };
constexpr bool is_along_exponent(Derivatives derivatives) {
  return derivatives == Derivatives::first_along_exponent ||
         derivatives == Derivatives::higher_along_exponent;
}

/// A fact about a^x, said once as two sides over an algebra k and read by every algebra:
/// plan (which calls?), claim (is the target refuted?), machine (what does a user see?) and
/// exact (is it true at all?).
template <class Left, class Right>
struct Law {
  std::string_view number;  ///< "1.1"; empty for the anchors
  std::string_view name;
  std::string_view statement;
  PointShape shape;
  Left left;
  Right right;
  Bases bases = Bases::all;
  Derivatives derivatives = Derivatives::none;
};
template <class Left, class Right>
Law(std::string_view, std::string_view, std::string_view, PointShape, Left, Right,
    Bases = Bases::all, Derivatives = Derivatives::none) -> Law<Left, Right>;

// The words of an algebra:
//   power(x)     a^x by the target under audit (expm1 is read as 1 + M)
//   slope(x)     a derivative target's own result, of its order n
//   one()        1                       growth(h)  a^h, by the oracle
//   base()       a, by the oracle        log_base() ln a, by the oracle
//   log_power()  (ln a)^n                base_power()  a^n
//   falling(x)   x(x−1)…(x−n+1), and mixed(x) (1 + x ln a)/a, by the oracle as those are
//   raise(P, y)  P^y: a second call of a pow, the oracle's on the interval where there is none
//   log(x)       ln x by the target    rise(x, h)  the integral of 1/t from x to x + h, by the
//                                      oracle
//   power(a, x)  a^x by the oracle     times(x, L)  x·L
// Arguments add, subtract and multiply with rounding, and carry what it left out.

/// Every law and anchor. A new one is a new row.
///
/// The slope laws stand in chord form, free of truncation: E(x+h) = E(x)·a^h is
/// (E(x+h) − E(x))/h = E(x)·(a^h − 1)/h with E(x) brought to one side, so nothing cancels.
/// d/dx a^x = a^x ln a is what makes a^h the right factor, for no other base has it.
inline constexpr std::tuple law_table{
    Law{"1.1", "product", "a^x a^y = a^(x+y)", PointShape::sum,
        [](auto& k, const auto& x, const auto& y) { return k.power(x) * k.power(y); },
        [](auto& k, const auto& x, const auto& y) { return k.power(x + y); }},
    Law{"1.2", "reciprocal", "1/a^x = a^(-x)", PointShape::single,
        [](auto& k, const auto& x, const auto&) { return k.one() / k.power(x); },
        [](auto& k, const auto& x, const auto&) { return k.power(-x); }},
    Law{"1.3", "quotient", "a^y / a^x = a^(y-x)", PointShape::difference,
        [](auto& k, const auto& x, const auto& y) { return k.power(y) / k.power(x); },
        [](auto& k, const auto& x, const auto& y) { return k.power(y - x); }},
    Law{"1.4", "tower", "(a^x)^y = a^(xy)", PointShape::product,
        [](auto& k, const auto& x, const auto& y) { return k.raise(k.power(x), y); },
        [](auto& k, const auto& x, const auto& y) { return k.power(x * y); }},
    Law{"1.5", "slope", "(a^x)' = a^x ln a", PointShape::chord,
        [](auto& k, const auto& x, const auto& h) { return k.power(x + h); },
        [](auto& k, const auto& x, const auto& h) { return k.power(x) * k.growth(h); },
        Bases::all_but_e},
    Law{"1.6", "own_slope", "(e^x)' = e^x", PointShape::chord,
        [](auto& k, const auto& x, const auto& h) { return k.power(x + h); },
        [](auto& k, const auto& x, const auto& h) { return k.power(x) * k.growth(h); }, Bases::e},
    Law{"", "zeroth_power", "a^0 = 1", PointShape::none,
        [](auto& k, const auto& zero, const auto&) { return k.power(zero); },
        [](auto& k, const auto&, const auto&) { return k.one(); }},
    Law{"", "first_power", "a^1 = a", PointShape::none,
        [](auto& k, const auto&, const auto& one) { return k.power(one); },
        [](auto& k, const auto&, const auto&) { return k.base(); }},
    Law{"", "integer_power", "a^n = a a ... a", PointShape::integer,
        [](auto& k, const auto& n, const auto&) { return k.power(n); },
        [](auto& k, const auto& n, const auto&) { return k.repeated_product(k.base(), n); }},
};

/// The slope laws as a derivative target is asked them, directly: same numbers, same names. Then
/// derivatives of other orders, and along the base, against the value that they belong to.
inline constexpr std::tuple derivative_law_table{
    Law{"1.5", "slope", "(a^x)' = a^x ln a", PointShape::single,
        [](auto& k, const auto& x, const auto&) { return k.slope(x); },
        [](auto& k, const auto& x, const auto&) { return k.power(x) * k.log_base(); },
        Bases::all_but_e, Derivatives::first_along_exponent},
    Law{"1.6", "own_slope", "(e^x)' = e^x", PointShape::single,
        [](auto& k, const auto& x, const auto&) { return k.slope(x); },
        [](auto& k, const auto& x, const auto&) { return k.power(x) * k.log_base(); }, Bases::e,
        Derivatives::first_along_exponent},
    Law{"", "higher_slope", "d^n/dx^n a^x = a^x (ln a)^n", PointShape::single,
        [](auto& k, const auto& x, const auto&) { return k.slope(x); },
        [](auto& k, const auto& x, const auto&) { return k.power(x) * k.log_power(); }, Bases::all,
        Derivatives::higher_along_exponent},
    Law{"", "power_rule", "a^n d^n/da^n a^x = x (x-1) ... (x-n+1) a^x", PointShape::single,
        [](auto& k, const auto& x, const auto&) { return k.slope(x) * k.base_power(); },
        [](auto& k, const auto& x, const auto&) { return k.power(x) * k.falling(x); }, Bases::all,
        Derivatives::along_base},
    // One row for both orders of differentiation, which agree: ∂(a^x ln a)/∂a and ∂(x a^(x−1))/∂x.
    Law{"", "mixed_slope", "d^2/da dx a^x = a^x (1 + x ln a)/a", PointShape::single,
        [](auto& k, const auto& x, const auto&) { return k.slope(x); },
        [](auto& k, const auto& x, const auto&) { return k.power(x) * k.mixed(x); }, Bases::all,
        Derivatives::mixed},
};

/// What ties a logarithm to the powers: the inverse of law 1.4, and of 1.6. The first is blind to
/// another base, c·ln x, and the second to another origin, c + ln x; together they leave ln x
/// alone.
inline constexpr std::tuple log_law_table{
    Law{"", "log_of_power", "ln a^x = x ln a", PointShape::product,
        [](auto& k, const auto& a, const auto& x) { return k.log(k.power(a, x)); },
        [](auto& k, const auto& a, const auto& x) { return k.times(x, k.log(a)); }},
    Law{"", "log_slope", "(ln x)' = 1/x", PointShape::chord,
        [](auto& k, const auto& x, const auto& h) { return k.log(x + h); },
        [](auto& k, const auto& x, const auto& h) { return k.log(x) + k.rise(x, h); }},
};

}  // namespace napier
