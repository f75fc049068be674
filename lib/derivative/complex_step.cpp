// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The complex step (Squire & Trapp 1998): f′(x) = Im f(x + ih)/h + O(h²). Nothing is subtracted, so
// h may be as small as one likes, and only E's own error enters: Im e^(x + ih) = e^x·sin h. The
// sine is v − v³/6, for |v| < 2^-12.
//
// h = 2^-30 (2^-16 in binary32): small enough for h²/6 to be nothing beside u = 2^-p, and no
// smaller, since e^x·h must not be subnormal. With h = 1e-200, as is often advised, that would cost
// more than half of the domain.
//
// The claims. In e^(x + ih) sin h rounds to h, and e^x·h/h is tang's e^x. In 2^x = e^(x·L) it
// rounds to fl(hL), and the slope is fl(e^z·L), the same as by dual numbers. In units of u
// otherwise:
//
//   along the exponent of x^y: e^z 120.3, ln x 1.2 (dual.cpp), the sine and the product 2, and what
//     it leaves out, (h ln x)²/6 = 0.06u (0.04u): 123.6
//   along the base, a step of xh: its logarithm is ln x + h²/2 + i·atan h, and atan h rounds to h.
//   e^z
//     120.3 and 0.02 for h²/2; the sine, the product and the quotient 2.5; (yh)²/6 < 0.2u: 123.1
#include <cmath>

#include "lib/derivative/row.hpp"
#include "lib/exponential/naive_pow.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method method{"complex_step", "Im f(x + ih)/h: a step without a difference",
                               "lib/derivative/complex_step.cpp"};

template <Working T>
inline constexpr T h = shelf::power_of_two<T>(std::same_as<T, float> ? -16 : -30);

template <Working T>
struct Complex {
  T re;
  T im;

  friend Complex operator*(Complex a, Complex b) {
    return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
  }
};

/// e^re·(cos im + i·sin im) for a small im.
template <Working T>
Complex<T> exp(Complex<T> z) {
  const T size = shelf::tang_exp(z.re);
  const T square = z.im * z.im;
  return {size * (1 - square / 2), size * (z.im - z.im * square / 6)};
}

/// ln x + h²/2 and h, the logarithm of x(1 + ih) up to h³/3.
template <Working T>
Complex<T> log_of_step(T x) {
  return {shelf::series_log(x) + h<T> * h<T> / 2, h<T> - h<T> * h<T> * h<T> / 3};
}

template <Working T>
T d_exp(T x) {
  return exp(Complex<T>{x, h<T>}).im / h<T>;
}

template <Working T>
T d_exp2(T x) {
  return exp(Complex<T>{x, h<T>} * Complex<T>{shelf::ln2<T>.hi, 0}).im / h<T>;
}

template <Working T>
T d_pow_y(T x, T y) {
  return exp(Complex<T>{y, h<T>} * Complex<T>{shelf::series_log(x), 0}).im / h<T>;
}

template <Working T>
T d_pow_x(T x, T y) {
  return exp(Complex<T>{y, 0} * log_of_step(x)).im / (x * h<T>);
}

template <Working T>
void add(Catalogue& catalogue) {
  shelf::add_derivative<T>(catalogue, method, functions::d_exp, Unary<T>(d_exp<T>),
                           {"ulp <= 0.57 on [-76, 88.7]", "ulp <= 0.53 on [-687, 709.7]"});
  shelf::add_derivative<T>(
      catalogue, method, functions::d_exp2, Unary<T>(d_exp2<T>),
      {"ulp <= 1.7 + 0.726*|x| on [-108, 127]", "ulp <= 1.88 + 0.903*|x| on [-990, 1023]"});
  const shelf::Value value{Binary<T>(shelf::naive_pow<T>), shelf::naive_pow_claim<T>()};
  constexpr std::string_view along_exponent = "ulp <= 124 on x in [0x1p-8, 0x1p8], y in [-12, 12]";
  shelf::add_derivative<T>(catalogue, method, functions::d_pow_y, Binary<T>(d_pow_y<T>),
                           {along_exponent, along_exponent}, value);
  constexpr std::string_view along_base = "ulp <= 124 on x in [0x1p-8, 0x1p8], y in [0.125, 12]";
  shelf::add_derivative<T>(catalogue, method, functions::d_pow_x, Binary<T>(d_pow_x<T>),
                           {along_base, along_base}, value);
}

}  // namespace

void contribute_complex_step(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
