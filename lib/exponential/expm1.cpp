// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// e^x − 1 done properly: subtracted before the exponential is rounded, not after. Rounded first,
// e^x has lost all that matters near 0: at x = 2^-30, 23 bits of e^x − 1 are left of 53.
//
// For |x| < ln2/64, where the table's index n is 0, e^r − 1 is what exp_pair.hpp computes on the
// way. Elsewhere |e^x − 1| > 0.0107, and one is taken from the two words of e^x without an error.
//
// The claim. e^x in two words is off by less than 2^-70 (2^-41) of itself in every mode. For n ≠ 0
// that is most, next to e^x − 1, for x just below −ln2/64: 2^-70/0.0107 = 2^-63.4 (2^-34.4) of the
// result, 2^-10.4 ulp. For n = 0 the errors listed there are of the size of x³, and those of r.lo
// are nothing, since it is 0: less than 2^-12 ulp. The rest is one rounding. −1, returned below
// −(p + 2)·ln2, is off by e^x < 2^(−p−2), a quarter of an ulp of the numbers just inside of −1.
// For |x| < 2^-p, x + x²/2 lacks x³/6 < 2^-2p·|x|, and no other x has a subnormal result. In all
// 0.5 + 2^-10.4 ulp, and 1 + 2^-10.4 in a directed mode.
#include <cmath>

#include "lib/exponential/exp_pair.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace {

using shelf::precision;

template <shelf::Working T>
T expm1(T x) {
  constexpr T ln2 = static_cast<T>(0x1.62e42fefa39efp-1);
  if (x == 0) return x;
  // Below, the products of a directed mode would add up least subnormals. In up the square of the
  // least one is as large as it, and their sum +0: the sign is that of x.
  if (x > -shelf::power_of_two<T>(-precision<T>) && x < shelf::power_of_two<T>(-precision<T>))
    return std::copysign(x + x * x / 2, x);
  if (x == -shelf::infinity<T>) return -1;
  if (x < (precision<T> + 2) * -ln2) return std::numeric_limits<T>::min() - 1;
  if (!shelf::exp_is_ordinary(x)) return shelf::exp_limit(x);
  if (x > -ln2 / 64 && x < ln2 / 64) {
    const auto [hi, lo] = shelf::expm1_pair<T>({x, 0});
    return hi + lo;
  }
  const auto [power, k] = shelf::exp_pair(x);
  // Next to 2^k, one is less than both words hold.
  if (k > 2 * precision<T>) return shelf::times_power_of_two(power.hi + power.lo, k);
  const auto [hi, lo] = shelf::two_sum(power.hi, -shelf::power_of_two<T>(-k));
  return shelf::times_power_of_two(hi + (lo + power.lo), k);
}

template <class T>
void add(Catalogue& catalogue) {
  const shelf::Promise promise{
      .max_ulp = "0.501", .max_ulp_directed = "1.001", .special_values = true};
  ship(catalogue, {.method = "one_less",
                   .idea = "one taken from the exponential before it is rounded",
                   .function = &functions::expm1,
                   .format = native_format<T>,
                   .code = Unary<T>(expm1<T>),
                   .claim = claim_of(promise, *native_format<T>, "lib/exponential/expm1.cpp")});
}

}  // namespace

void contribute_expm1(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
