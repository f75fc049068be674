// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// a^x ln a, y x^(y−1) and x^y ln x with both factors in two words, multiplied before anything is
// scaled or rounded. What a product of rounded factors loses is kept: next to a = 1, where the
// logarithm is small; where the power alone is subnormal or infinite and its slope is not.
//
// The claim. The power in two words is off by 2^-70 (2^-41 in binary32) of itself (own_base.cpp),
// ln 2 and ln 10 in two words by 2^-104 (2^-52), their product by 6u², u = 2^-p: together below
// 2^-16.9 ulp beside the one rounding, 0.50001; scaled loses 2^-p ulp in subnormal results.
//
// Of x^y the exponent z is off by 2^-68.6 (2^-39.6) of itself (double_double_log.cpp). A finite
// slope has |z| < 760 (122): the other factor, |ln x| > 2^-p or y in its domain, makes up for at
// most 37 (17). So e^z is off by 2^-59.0 (2^-32.6), 0.0165 ulp (0.0026). With ln x, off by 2^-68.6
// of itself, and the lines above: 0.517 and 0.503. In y x^(y−1) the exponent y − 1 is exact in two
// words, and y is exact.
#include <algorithm>

#include "lib/derivative/row.hpp"

namespace napier {
namespace {

using shelf::Pair;
using shelf::Working;

constexpr shelf::Method method{"two_words", "both factors in two words, rounded once at the end",
                               "lib/derivative/two_words.cpp"};

/// a·b within 6u² of it.
template <Working T>
Pair<T> product(Pair<T> a, Pair<T> b) {
  const auto [hi, lo] = shelf::two_product(a.hi, b.hi);
  return shelf::fast_two_sum(hi, lo + (a.hi * b.lo + a.lo * b.hi));
}

/// sign·power·factor·2^k, rounded once, for a factor in [1/√2, √2).
template <Working T>
T rounded(const shelf::ScaledPair<T>& power, Pair<T> factor, int k, T sign) {
  auto [hi, lo] = product(power.value, factor);
  const bool large = hi >= 2;
  if (large) hi /= 2, lo /= 2;
  const int binade = power.k + k + (large ? 1 : 0);
  if (binade < 2 * shelf::min_exponent<T>) return sign * 0;
  return shelf::scaled(hi, lo, binade, sign);
}

/// Past the exponents where x·ln a alone decides; the slope of 2^x overflows half a unit later than
/// 2^x.
template <Working T>
constexpr bool is_ordinary(T z) {
  return z > shelf::exp_vanishes<T> && z < shelf::exp_overflows<T> + 1;
}

template <Working T>
T d_exp2(T x) {
  if (!is_ordinary(x * shelf::ln2<T>.hi)) return shelf::exp_limit(x);
  const auto [n, r] = shelf::cell_of_two(x);
  return rounded(shelf::times_table(n, shelf::expm1_pair(r)), shelf::ln2<T>, 0, T(1));
}

template <Working T>
T d_exp10(T x) {
  if (!is_ordinary(x * shelf::ln10<T>.hi)) return shelf::exp_limit(x);
  const auto [n, r] = shelf::cell_of_ten(x);
  const auto [hi, lo] = shelf::ln10<T>;
  return rounded(shelf::times_table(n, shelf::expm1_pair(r)), Pair<T>{hi / 2, lo / 2}, 1, T(1));
}

/// How far the exponent of a power may be past overflow or underflow where its slope is finite.
template <Working T>
inline constexpr T beyond = std::same_as<T, float> ? T(17) : T(37);

/// e^z·|factor| with the factor's sign.
template <Working T>
T slope(Pair<T> z, Pair<T> factor) {
  const T sign = factor.hi < 0 ? T(-1) : T(1);
  if (factor.hi == 0) return 0;
  if (!(z.hi > shelf::exp_vanishes<T> - beyond<T> && z.hi < shelf::exp_overflows<T> + beyond<T>))
    return shelf::exp_limit(z.hi, sign);
  const auto [fraction, k] = shelf::normalised(sign * factor.hi);
  const T lo = shelf::times_power_of_two(sign * factor.lo, -k);
  return rounded(shelf::exp_pair(z.hi, z.lo), Pair<T>{fraction, lo}, k, sign);
}

template <Working T>
bool is_positive(T x) {
  return x > 0 && x < shelf::infinity<T>;
}

/// x^y ln x; of x = 0 and infinities what the product of the limits is.
template <Working T>
T d_pow_y(T x, T y) {
  if (x == 0 && y > 0) return 0;
  if (!is_positive(x) || y - y != 0) return shelf::power(x, y) * (x < 0 ? (x - x) / T(0) : x - 1);
  if (x == 1) return 0;
  const Pair<T> log = shelf::log_pair(x);
  if (std::fabs(y * log.hi) > 2 * shelf::exp_overflows<T>)
    return shelf::exp_limit(y * log.hi, log.hi < 0 ? T(-1) : T(1));
  return slope(shelf::product(y, log), log);
}

/// y x^(y−1) for finite x > 0.
template <Working T>
T d_pow_x(T x, T y) {
  if (!is_positive(x) || y - y != 0) return (x - x) / T(0);
  if (x == 1) return y;
  const Pair<T> log = shelf::log_pair(x);
  const Pair<T> less = shelf::two_sum(y, T(-1));
  if (std::fabs(less.hi * log.hi) > 2 * shelf::exp_overflows<T>)
    return shelf::exp_limit(less.hi * log.hi, y < 0 ? T(-1) : T(1));
  const auto [hi, lo] = shelf::product(less.hi, log);
  return slope(shelf::fast_two_sum(hi, lo + less.lo * log.hi), Pair<T>{y, 0});
}

template <Working T>
void add(Catalogue& catalogue) {
  shelf::add_derivative<T>(catalogue, method, functions::d_exp2, Unary<T>(d_exp2<T>),
                           {"ulp <= 0.50001", "ulp <= 0.50001"});
  shelf::add_derivative<T>(catalogue, method, functions::d_exp10, Unary<T>(d_exp10<T>),
                           {"ulp <= 0.50001", "ulp <= 0.50001"});
  // Of a^x − 1 the same: it goes on where that is −1.
  shelf::add_derivative<T>(catalogue, method, functions::d_exp2m1, Unary<T>(d_exp2<T>),
                           {"ulp <= 0.50001", "ulp <= 0.50001"});
  shelf::add_derivative<T>(catalogue, method, functions::d_exp10m1, Unary<T>(d_exp10<T>),
                           {"ulp <= 0.50001", "ulp <= 0.50001"});
  shelf::add_derivative<T>(
      catalogue, method, functions::d_pow_y, Binary<T>(d_pow_y<T>),
      {"ulp <= 0.503 on x in [0x1p-149, 0x1p127]", "ulp <= 0.517 on x in [0x1p-1074, 0x1p1023]"});
  shelf::add_derivative<T>(catalogue, method, functions::d_pow_x, Binary<T>(d_pow_x<T>),
                           {"ulp <= 0.503 on x in [0x1p-120, 0x1p120], y in [-1000, 1000]",
                            "ulp <= 0.517 on x in [0x1p-1000, 0x1p1000], y in [-1000, 1000]"});
}

}  // namespace

void contribute_two_words(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
