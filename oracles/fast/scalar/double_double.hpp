// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#ifdef __FAST_MATH__
#error "double-double arithmetic is meaningless under -ffast-math"
#endif

/// Inlined into whatever calls it, so that it is compiled for the caller's instruction set.
#define NAPIER_INLINE [[gnu::always_inline]] inline

namespace napier::fast {

/// Unit roundoff of binary64: fl(a op b) = (a op b)(1 + d), |d| ≤ u, barring over- and underflow.
inline constexpr double u = 0x1p-53;

/// The unevaluated sum hi + lo with |lo| ≤ ulp(hi)/2 (so |lo| ≤ u·|hi|), about 106 bits.
///
/// All operations below assume round to nearest and, unless said otherwise, no over- or underflow.
/// Sources: Dekker, "A floating-point technique for extending the available precision", Numer.
/// Math. 18 (1971); Joldes, Muller & Popescu, "Tight and rigorous error bounds for basic building
/// blocks of double-word arithmetic", ACM TOMS 44 (2017), in short JMP.
struct DoubleDouble {
  double hi = 0;
  double lo = 0;
};

NAPIER_INLINE double absolute(double a) { return __builtin_fabs(a); }

/// hi + lo = a + b exactly (Knuth, Møller; JMP algorithm 2).
NAPIER_INLINE DoubleDouble two_sum(double a, double b) {
  const double sum = a + b;
  const double b_seen = sum - a;
  const double a_seen = sum - b_seen;
  return {sum, (a - a_seen) + (b - b_seen)};
}

/// hi + lo = a + b exactly, where a = 0 or exponent(a) ≥ exponent(b), as when |a| ≥ |b| (Dekker;
/// JMP algorithm 1).
NAPIER_INLINE DoubleDouble fast_two_sum(double a, double b) {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

/// How products are made exact. A kernel is compiled once with each, and the processor decides at
/// run time: a software fma would cost more than everything else together.
struct Fused {  // for functions with NAPIER_TARGET_FMA only, or where fma is always there
  /// hi + lo = a·b exactly (JMP algorithm 3).
  NAPIER_INLINE static DoubleDouble product(double a, double b) {
    const double p = a * b;
    return {p, __builtin_fma(a, b, -p)};
  }
  /// a·b + c, an error of at most u|result|.
  NAPIER_INLINE static double multiply_add(double a, double b, double c) {
    return __builtin_fma(a, b, c);
  }
};

struct Split {
  /// a = hi + lo exactly, 26 bits each (Veltkamp). |a| < 2^995.
  NAPIER_INLINE static DoubleDouble halves(double a) {
    const double c = 0x1.0000002p27 * a;  // 2^27 + 1
    const double hi = c - (c - a);
    return {hi, a - hi};
  }
  /// hi + lo = a·b exactly (Dekker). |a|, |b| < 2^995, and a·b above 2^-967.
  NAPIER_INLINE static DoubleDouble product(double a, double b) {
    const double p = a * b;
    const DoubleDouble x = halves(a);
    const DoubleDouble y = halves(b);
    return {p, ((x.hi * y.hi - p) + x.hi * y.lo + x.lo * y.hi) + x.lo * y.lo};
  }
  /// a·b + c, an error of at most u|a·b| + u|result|.
  NAPIER_INLINE static double multiply_add(double a, double b, double c) { return a * b + c; }
};

/// x·y, not normalised. Where |x.lo| ≤ λu|x.hi| and |y.lo| ≤ μu|y.hi|, the result has
/// |lo| ≤ (1 + λ + μ)u|hi| and an error of at most (1 + 3λ + 3μ + λμ)u²|xy|: 8u² for normalised
/// operands. (JMP algorithms 10 and 11, DWTimesDW1 and 2, without their last step; 7u² and 6u²
/// there.)
///
/// In units of u²|xy|: rounding x.hi·y.lo costs μ; adding x.lo·y.hi costs λ + μ, and λ more without
/// an fma; x.lo·y.lo, left out, is λμ; the last addition costs 1 + λ + μ.
template <class Product>
NAPIER_INLINE DoubleDouble multiply(DoubleDouble x, DoubleDouble y) {
  const DoubleDouble p = Product::product(x.hi, y.hi);
  const double cross = Product::multiply_add(x.lo, y.hi, x.hi * y.lo);
  return {p.hi, p.lo + cross};
}

/// c + x·y, not normalised, one step of a Horner scheme: normalised c and x, |x·y| ≤ |c|/100, and
/// |y.lo| ≤ 2.1u|y.hi|. The result keeps |lo| ≤ 2.1u|hi| and errs by less than 6.2u²|c|.
///
/// hi is a chain of one product and one sum a step, and lo one of its own that joins late. In units
/// of u²|c|: s.lo + c.lo is rounded at a cost of 2.02, the next two sums at 2.04 each; p.lo, x.lo·y
/// and x.lo·y.lo are a hundred times smaller.
template <class Product>
NAPIER_INLINE DoubleDouble horner(DoubleDouble c, DoubleDouble x, DoubleDouble y) {
  const DoubleDouble p = Product::product(x.hi, y.hi);
  const DoubleDouble s = fast_two_sum(c.hi, p.hi);
  const double low = (s.lo + c.lo) + Product::multiply_add(x.lo, y.hi, p.lo);
  return {s.hi, Product::multiply_add(x.hi, y.lo, low)};
}

}  // namespace napier::fast
