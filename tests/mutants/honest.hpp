// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>

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

template <class T>
T honest_pow(T x, T y) {
  // glibc's powl(-inf, -2^63) is -0: of special values the format's own pow knows more.
  if (is_special(x) || is_special(y)) return std::pow(x, y);
  return static_cast<T>(std::pow(Wide<T>(x), Wide<T>(y)));
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
  row.target.claim.max_ulp = parse_limit(ulps, *native_format<T>, false);
  row.target.claim.special_values = true;
  row.target.claim.source = "tests/mutants";
  row.target.open = [code] { return direct_caller(code); };
  return row;
}

}  // namespace napier::mutants
