// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The chord form: of a pure exponential (f(x + h) − f(x))/h = f(x)(a^h − 1)/h for every h, so that
// (f(x + h) − f(x))·ln a/(a^h − 1) is the slope, with a step as long as one likes. No difference of
// neighbours, no error of the step: h = 1, or ¼ for base 10.
//
// The claim, in ulp, with ε = 2k·u of a value: of a^h·ε + ε and of the rounding of x + h, ln
// a·u(|x| + h), a^h times, 1/(a^h − 1) is left; the difference 1, the constant 1, the product ½.
// Subnormal values, off by k least subnormals each, add what the constant makes of them.
//
//                       values    x + h     the rest    subnormal    sum     times |x|
//   e^x      binary64   2.30      1.59      2.5         0.62         7.01    1.583
//            binary32   2.47      1.59      2.5         0.67         7.23    1.583
//   2^x                 3.01      1.39      2.5         0.70         7.60    1.387
//   10^x                3.58      1.32      2.5         left out     7.40    5.27
//   x^y, 2 ≤ x ≤ 1024   3.1       90.3      3.6         left out     97
#include "lib/derivative/row.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method method{"chord",
                               "a chord of length 1, which of a pure exponential is the slope",
                               "lib/derivative/chord.cpp"};

/// 1/(e − 1), rounded; below, ln 10/(10^¼ − 1).
template <Working T>
T d_exp(T x) {
  return (shelf::tang_exp(x + 1) - shelf::tang_exp(x)) * static_cast<T>(0x1.29f8d9d61337ep-1);
}

template <Working T>
T d_exp2(T x) {
  return (shelf::own_base_exp2(x + 1) - shelf::own_base_exp2(x)) * shelf::ln2<T>.hi;
}

template <Working T>
T d_exp10(T x) {
  const T rise = shelf::own_base_exp10(x + T(0.25)) - shelf::own_base_exp10(x);
  return rise * static_cast<T>(0x1.7ab20abca0725p+1);
}

template <Working T>
T d_pow_y(T x, T y) {
  const auto [log, log_lo] = shelf::log_pair(x);
  return (shelf::power(x, y + 1) - shelf::power(x, y)) * ((log + log_lo) / (x - 1));
}

template <Working T>
void add(Catalogue& catalogue) {
  shelf::add_derivative<T>(
      catalogue, method, functions::d_exp, Unary<T>(d_exp<T>),
      {"ulp <= 7.3 + 1.583*|x| on [-120, 87]", "ulp <= 7.1 + 1.583*|x| on [-800, 708]"});
  shelf::add_derivative<T>(
      catalogue, method, functions::d_exp2, Unary<T>(d_exp2<T>),
      {"ulp <= 7.7 + 1.387*|x| on [-160, 126]", "ulp <= 7.7 + 1.387*|x| on [-1200, 1022]"});
  shelf::add_derivative<T>(
      catalogue, method, functions::d_exp10, Unary<T>(d_exp10<T>),
      {"ulp <= 7.5 + 5.27*|x| on [-37, 38]", "ulp <= 7.5 + 5.27*|x| on [-307, 308]"});
  constexpr std::string_view power = "ulp <= 98 on x in [2, 0x1p10], y in [-12, 11]";
  shelf::add_derivative<T>(catalogue, method, functions::d_pow_y, Binary<T>(d_pow_y<T>),
                           {power, power});
}

}  // namespace

void contribute_chord(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
