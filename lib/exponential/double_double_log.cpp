// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// x^y = e^(y·ln x) with the logarithm and its product with y in two words: the cure for naive_pow.
//
// The claim. ln x is off by 2^-68.6 (2^-39.6) of itself (log_pair.hpp), so z = y·ln x by as much,
// and that is a relative error of e^z: for |z| < 710 (89) 2^-59.1 (2^-33.1). The products are off
// by 4u², and e^z in two words by another 2^-70 (2^-41). In ulp, with t < 2^p·ulp(t): 0.0147 +
// 2^-17 in binary64 and 0.0019 + 2^-17 in binary32, beside the one rounding. For a subnormal result
// |z| is a little larger and an ulp twice as large or more. In a directed mode all of it doubles.
#include <cmath>

#include "lib/exponential/log_pair.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace {

/// sign·x^y for finite x > 0, x ≠ 1, and finite y.
template <shelf::Working T>
T signed_power(T x, T y, T sign) {
  const auto log = shelf::log_pair(x);
  // Beyond the limits y may be too large to be split into halves.
  if (const T z = y * log.hi; !shelf::exp_is_ordinary(z)) return shelf::exp_limit(z, sign);
  const auto [z, z_lo] = shelf::product(y, log);
  return shelf::exp_pair(z, z_lo).rounded(sign);
}

/// The power of ±0 or ±inf, without its sign.
template <shelf::Working T>
T power_of_limit(T size, T y) {
  if (y < 0) return 1 / size;
  return size;
}

template <shelf::Working T>
T power(T x, T y) {
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y) return x + y;
  const T size = std::fabs(x);
  if (std::fabs(y) == shelf::infinity<T>)
    return size == 1 ? T(1) : (size > 1) == (y > 0) ? shelf::infinity<T> : T(0);
  const bool whole = y == std::trunc(y);
  const T sign = std::signbit(x) && whole && y / 2 != std::trunc(y / 2) ? T(-1) : T(1);
  if (size == 0 || size == shelf::infinity<T>) return sign * power_of_limit(size, y);
  if (x < 0 && !whole) return (x - x) / (x - x);
  return size == 1 ? sign : signed_power(size, y, sign);
}

template <class T>
void add(Catalogue& catalogue, std::string_view max_ulp, std::string_view max_ulp_directed) {
  const shelf::Promise promise{
      .max_ulp = max_ulp, .max_ulp_directed = max_ulp_directed, .special_values = true};
  ship(catalogue,
       {.method = "double_double_log",
        .idea = "x^y = e^(y ln x) with the logarithm in two words",
        .function = &functions::pow,
        .format = native_format<T>,
        .code = Binary<T>(power<T>),
        .claim = claim_of(promise, *native_format<T>, "lib/exponential/double_double_log.cpp")});
}

}  // namespace

void contribute_double_double_log(Catalogue& catalogue) {
  // Just below 1 in up, the one ulp above 1 is two of the binade that the true value is in.
  add<float>(catalogue, "0.503", "2.006");
  add<double>(catalogue, "0.516", "2.032");
}

}  // namespace napier
