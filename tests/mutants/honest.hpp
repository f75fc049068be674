// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <limits>
#include <numbers>

#include "tests/mutants/mutants.hpp"

// What mutants are made from: libm in a wider format, rounded once, so that everything but the sin
// is within 0.51 ulp.
namespace napier::mutants {

template <class T>
struct WiderOf;
template <>
struct WiderOf<float> {
  using Type = double;
};
template <>
struct WiderOf<double> {
  using Type = long double;
};
/// A format with at least 11 bits more and, for double, a far wider exponent.
template <class T>
using Wide = typename WiderOf<T>::Type;

template <class T>
T honest_exp(T x) {
  return static_cast<T>(std::exp(Wide<T>(x)));
}
template <class T>
T honest_exp2(T x) {
  return static_cast<T>(std::exp2(Wide<T>(x)));
}
template <class T>
T honest_expm1(T x) {
  return static_cast<T>(std::expm1(Wide<T>(x)));
}
/// Whether C23 Annex F fixes the value of an exponential there.
template <class T>
bool is_special(T x) {
  return x == 0 || !std::isfinite(x);
}

// glibc 2.36 has no exp10 better than 2 ulp: the wider format is taken from the power.
template <class T>
T honest_exp10(T x) {
  if (is_special(x)) return static_cast<T>(std::pow(T(10), x));
  return static_cast<T>(std::pow(Wide<T>(10), Wide<T>(x)));
}

/// b^x - 1 from the power where that is 1/8 or more away from 1, else from e^(x ln b) - 1, whose
/// argument is then below 1 and its rounding harmless.
template <class T>
T less_one(T x, Wide<T> power, Wide<T> log_b) {
  if (is_special(x)) return std::expm1(x);
  return static_cast<T>(std::abs(power - 1) < Wide<T>(0.125) ? std::expm1(Wide<T>(x) * log_b)
                                                             : power - 1);
}
template <class T>
T honest_exp2m1(T x) {
  return less_one(x, std::exp2(Wide<T>(x)), std::numbers::ln2_v<Wide<T>>);
}
template <class T>
T honest_exp10m1(T x) {
  return less_one(x, std::pow(Wide<T>(10), Wide<T>(x)), std::numbers::ln10_v<Wide<T>>);
}
template <class T>
T honest_log(T x) {
  return static_cast<T>(std::log(Wide<T>(x)));
}

template <class T>
T honest_pow(T x, T y) {
  // glibc's powl(-inf, -2^63) is -0: of special values the format's own pow knows more.
  if (is_special(x) || is_special(y)) return std::pow(x, y);
  return static_cast<T>(std::pow(Wide<T>(x), Wide<T>(y)));
}

/// n ulps up, or down if n is negative.
template <class T>
T moved(T y, int n) {
  const T towards =
      n < 0 ? -std::numeric_limits<T>::infinity() : std::numeric_limits<T>::infinity();
  for (; n != 0; n += n < 0 ? 1 : -1) y = std::nextafter(y, towards);
  return y;
}

/// 2^double_bits for binary64, 29 bits less for binary32: as large a sin, in ulps.
template <class T>
Wide<T> part(int double_bits) {
  return std::ldexp(Wide<T>(1), sizeof(T) == sizeof(float) ? double_bits + 29 : double_bits);
}

/// A row of a family.
template <class T>
Mutant mutant(std::string_view name, std::string_view sin, const Function& function,
              ScalarFunction code, std::string_view ulps = "1", bool keeps_special_values = true) {
  Mutant row;
  row.name = name;
  row.sin = sin;
  row.keeps_special_values = keeps_special_values;
  row.target.name = "mutant/" + row.name + "/" + std::string(function.name) + ":" +
                    std::string(native_format<T>->name);
  row.target.function = &function;
  row.target.format = native_format<T>;
  row.target.claim.max_ulp = parse_limit(ulps, *native_format<T>);
  row.target.claim.special_values = true;
  row.target.claim.source = "tests/mutants";
  row.target.open = [code] { return direct_caller(code); };
  return row;
}

}  // namespace napier::mutants
