// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The machine's own arithmetic on the results of a law: products, quotients and the distance of
// both sides in ulps; compiled once for each instruction set.
#if defined(NAPIER_SET_MACHINE) == defined(HWY_TARGET_TOGGLE)
#ifdef NAPIER_SET_MACHINE
#undef NAPIER_SET_MACHINE
#else
#define NAPIER_SET_MACHINE
#endif

#include "oracles/fast/sets/set_readings-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace napier::HWY_NAMESPACE {

/// A finite result of two finite numbers, rounded.
HWY_INLINE V machine_number(const Format& format, V p, V q, V result) {
  const int precision = format.precision;
  const V rounded = rounded_to(result, precision);
  const M told = hn::And(hn::IsFinite(p), hn::IsFinite(q));
  const M over = hn::And(told, hn::Ge(hn::Abs(rounded), beyond(format)));
  V value = hn::IfThenElse(over, all(not_known), rounded);
  if (precision != 53) {  // a subnormal result has fewer bits than was rounded to
    const M small = hn::Lt(hn::Abs(result), all(std::ldexp(1.0, format.min_exponent())));
    value = hn::IfThenElse(hn::And(small, hn::Ne(result, all(0))), all(unbounded), value);
  }
  const M absent = hn::Or(hn::IsNaN(p), hn::IsNaN(q));
  return hn::IfThenElse(absent, all(not_known), hn::IfThenElse(told, value, all(unbounded)));
}

HWY_INLINE void machine_multiply(const Format& format, const double* p, const double* q,
                                 double* product) {
  const D d;
  each_vector([&](std::size_t i) HWY_ATTR {
    const V a = hn::Load(d, p + i), b = hn::Load(d, q + i);
    hn::Store(machine_number(format, a, b, hn::Mul(a, b)), d, product + i);
  });
}

HWY_INLINE void machine_divide(const Format& format, const double* p, const double* q,
                               double* quotient) {
  const D d;
  each_vector([&](std::size_t i) HWY_ATTR {
    const V a = hn::Load(d, p + i), b = hn::Load(d, q + i);
    hn::Store(machine_number(format, a, b, hn::Div(a, b)), d, quotient + i);
  });
}

/// Exponents have no end here before the last product: factors from 1 up never make one smaller,
/// nor those below 1 one larger, so where any has left the normal numbers the last one has. What
/// rounds to the least of them does so on the coarser grid below it, too.
HWY_INLINE void machine_repeat_product(const Format& format, const double* factors,
                                       const double* counts, double* products) {
  const D d;
  each_vector([&](std::size_t i) HWY_ATTR {
    const V factor = hn::Load(d, factors + i), count = hn::Load(d, counts + i);
    V result = all(1);
    for (int made = 0; made < most_factors; ++made) {
      const M goes_on = hn::Lt(all(made), count);
      if (hn::AllFalse(d, goes_on)) break;
      const V next = rounded_to(hn::Mul(result, factor), format.precision);
      result = hn::IfThenElse(goes_on, next, result);
    }
    const V known = hn::IfThenElse(is_count(count), factor, all(unbounded));
    hn::Store(machine_number(format, known, all(1), result), d, products + i);
  });
}

HWY_INLINE void machine_results(const Format& format, const double* y, double* results) {
  const D d;
  const V least = all(std::ldexp(1.0, format.min_exponent()));
  each_vector([&](std::size_t i) HWY_ATTR {
    const V value = hn::Load(d, y + i);
    const V size = hn::Abs(value);
    const M normal = hn::And(hn::Ge(size, least), hn::Lt(size, all(unbounded)));
    hn::Store(hn::IfThenElse(normal, value, all(not_known)), d, results + i);
  });
}

HWY_INLINE void machine_points(const Format& format, const SetBlock& points, double* data) {
  const D d;
  const int p = format.precision;
  each_vector([&](std::size_t i) HWY_ATTR {
    const Set point = load(points, i);
    const V low = rounded_to(hn::Mul(point.anchor, all(1 - 0x1p-50)), p);
    const V high = rounded_to(hn::Mul(point.anchor, all(1 + 0x1p-50)), p);
    M certain = hn::Eq(low, high);
    if (p == 53) {  // half the distance to the next number, on the denser side
      const V reach = hn::IfThenElse(hn::Eq(point.anchor, all(1)), all(0x1p-54), all(0x1p-53));
      const V offset = hn::Add(hn::Abs(point.lo), point.error);
      certain = hn::Lt(offset, hn::Mul(reach, all(1 - 0x1p-20)));
    }
    const M normal = hn::And(hn::Ge(point.n, all(format.min_exponent())),
                             hn::Le(point.n, all(format.max_exponent - 1)));
    const M over = hn::Gt(point.n, all(format.max_exponent));
    const V value =
        hn::Mul(p == 53 ? point.anchor : low, two_to(hn::IfThenElse(normal, point.n, all(0))));
    const V told = hn::IfThenElse(hn::And(certain, normal), value, all(unbounded));
    hn::Store(hn::IfThenElse(over, all(not_known), told), d, data + i);
  });
}

/// |l − r| in ulps of the binade `low`.
HWY_INLINE V apart_in_ulps(const Format& format, V l, V r, V low) {
  const V apart = rounded_to(hn::Abs(hn::Sub(l, r)), format.precision);
  const V binade = hn::Min(hn::Max(low, all(format.min_exponent())), all(format.max_exponent));
  const V power = hn::Sub(all(format.precision - 1), binade);
  const V some = hn::Floor(hn::Mul(power, all(0.5)));
  const V value = hn::Mul(hn::Mul(apart, two_to(some)), two_to(hn::Sub(power, some)));
  const M absent = hn::Or(hn::IsNaN(l), hn::IsNaN(r));
  const M told = hn::And(hn::And(hn::IsFinite(l), hn::IsFinite(r)), hn::Eq(low, low));
  return hn::IfThenElse(absent, all(0), hn::IfThenElse(told, value, all(unbounded)));
}

HWY_INLINE void machine_apart(const Format& format, const double* left, const double* right,
                              const double* binades, double* ulps) {
  const D d;
  // A logarithm is off by 2^-45 of itself, and its exponent by what rounding left out of it.
  const V slack = all(0x1p-40 + std::ldexp(1.0, 1 - format.precision));
  each_vector([&](std::size_t i) HWY_ATTR {
    const V l = hn::Load(d, left + i), r = hn::Load(d, right + i);
    const V place = hn::Load(d, binades + i);
    const V low = hn::Floor(hn::Sub(place, hn::Mul(hn::Abs(place), slack)));
    hn::Store(apart_in_ulps(format, l, r, low), d, ulps + i);
  });
}

}  // namespace napier::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
