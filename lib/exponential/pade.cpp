// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Padé's approximant: of all quotients of polynomials of degree m the one that agrees with the
// series of e^r longest, to r^(2m). Its denominator is its numerator at −r,
//
//   e^r ≈ N(r)/N(−r),   N(r) = Σ_i (2m − i)!/(i!·(m − i)!)·r^i,
//
// and with N = even + odd, of r² and r times r², it is 1 + 2·odd/(even − odd): small errors of the
// polynomials only touch what is added to 1. It is off by (m!)²/((2m)!·(2m + 1)!)·r^(2m+1):
// 2^-62 for m = 6 and 2^-38 for m = 4, |r| ≤ ln2/2.
//
// The claim. The worst r is −ln2/2, t = 0.707, even − odd = 790·10³; in ulp of t:
//
//   r = hi + lo                                0.18
//   odd(r²) = 334·10³, r·odd = −116·10³        0.20 + 0.14   binary32: 0.15 + 0.22
//   even(r²) = 674·10³                         0.19                     0.15
//   even − odd; the quotient −0.293            0.19 + 0.25              0.13 + 0.25
//   the last 1 + …                             0.5
//   inside even and odd                        0.01
//
// 1.67 in all, a little less in binary32. In a subnormal result all but the last rounding are at
// least halved and that is 0.5 + 1/8 (see scaled). A directed mode doubles it all.
#include "lib/exponential/modulo_ln2.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace {

/// N(r) = even(r²) + r·odd(r²), with small integers for coefficients after a common divisor.
template <shelf::Working T>
struct Numerator;

template <>
struct Numerator<double> {  // m = 6
  static double even(double s) { return 665280 + s * (75600 + s * (840 + s)); }
  static double odd(double s) { return 332640 + s * (10080 + s * 42); }
};

template <>
struct Numerator<float> {  // m = 4
  static float even(float s) { return 1680 + s * (180 + s); }
  static float odd(float s) { return 840 + s * 20; }
};

template <shelf::Working T>
T pade(T x) {
  if (!shelf::exp_is_ordinary(x)) return shelf::exp_limit(x);
  const auto reduced = shelf::modulo_ln2(x);
  const T r = reduced.r();
  const T odd = r * Numerator<T>::odd(r * r);
  const T even = Numerator<T>::even(r * r);
  return shelf::scaled(T(1), 2 * odd / (even - odd), reduced.k);
}

template <class T>
void add(Catalogue& catalogue) {
  const shelf::Promise promise{
      .max_ulp = "1.68", .max_ulp_directed = "3.36", .special_values = true};
  ship(catalogue, {.method = "pade",
                   .idea = "the quotient N(r)/N(-r) that agrees with the series longest",
                   .function = &functions::exp,
                   .format = native_format<T>,
                   .code = Unary<T>(pade<T>),
                   .claim = claim_of(promise, *native_format<T>, "lib/exponential/pade.cpp")});
}

}  // namespace

void contribute_pade(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
