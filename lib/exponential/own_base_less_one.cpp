// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// 2^x − 1 and 10^x − 1: each reduced in its own base (own_base.hpp), and one taken away before the
// power is rounded, as in expm1.cpp. e^(x·ln a) − 1 would spoil one end, a^x − 1 the other.
//
// Where the table's index n is 0, for |x| < 1/64 (log10(2)/64), a^x − 1 = e^r − 1 is what
// exp_pair.hpp computes on the way. Elsewhere |a^x − 1| > 0.0107, and one is taken from the two
// words of a^x without an error. 2^n − 1 is exact so for |n| ≤ p, and 10^n − 1 for as long as it
// fits, since the two words are within 2^-17 ulp of 10^n and the last rounding finds it.
//
// The claim. As in expm1.cpp: for n ≠ 0 the two words, off by 2^-70 (2^-41) of a^x in every mode,
// are off by 2^-63.4 (2^-34.4) of a^x − 1, 2^-10.4 ulp. For n = 0, r has a second word; what is
// left out, r.lo·r²/2, and the rounding of r.lo beside r³/6 are each below 2^-13 ulp. −1, returned
// below −(p + 2)·log_a 2, is off by a quarter of an ulp. For |x| < 2^-2p, x·ln a lacks (x·ln a)²/2
// < 2^(1−2p)·|x·ln a|, 2^(1−p) ulp; it is taken at an exponent where its two words fit, and rounded
// once on the way back, also where it is subnormal (scaled loses 2^-p ulp there). In all
// 0.5 + 2^-10.4 ulp. In a directed mode the roundings on the way double, and a result that lands
// just above a power of two counts by the smaller ulp below it: 2 + 2^-9.4.
//
// Formats of 16 bits take it from binary32, whose ulp v is at most 2^-13 (binary16) or 2^-16
// (bfloat16) of theirs, and round once more. Where the true value t and the y of binary32 lie in
// one binade, that adds half an ulp to 0.501·v. Where a power of two lies between them, y is so
// near to it that it is the result, and nearer to t than y. 0.50007 and 0.50001; none for directed
// modes, for binary16 is converted to nearest in all of them.
#include "lib/exponential/own_base_less_one.hpp"

#include <cmath>

#include "lib/exponential/promise.hpp"
#include "lib/fp/narrow.hpp"

namespace napier {
namespace {

using shelf::precision;

/// How a base is reduced and scaled: ln a, log_a 2, and a shift that puts 2^shift·ln a·z into
/// [1/2, 2) for √½ ≤ z < √2.
template <shelf::Working T>
struct Two {
  static constexpr shelf::Pair<T> log = shelf::ln2<T>;
  static constexpr T log_of_two = 1;
  static constexpr int shift = 1;
  static shelf::OwnCell<T> cell(T x) { return shelf::cell_of_two(x); }
};
template <shelf::Working T>
struct Ten {
  static constexpr shelf::Pair<T> log = shelf::ln10<T>;
  static constexpr T log_of_two = static_cast<T>(0x1.34413509f79ffp-2);
  static constexpr int shift = -1;
  static shelf::OwnCell<T> cell(T x) { return shelf::cell_of_ten(x); }
};

/// x·ln a, rounded once.
template <class Base, shelf::Working T>
T nearly_linear(T x) {
  const auto [fraction, exponent] = shelf::normalised(std::fabs(x));
  const T size = fraction * shelf::power_of_two<T>(Base::shift);
  const auto [hi, lo] = shelf::product(size, Base::log);
  return shelf::scaled(hi, lo, exponent - Base::shift, x < 0 ? T(-1) : T(1));
}

template <class Base, shelf::Working T>
T less_one(T x) {
  if (x == 0) return x;
  if (x == -shelf::infinity<T>) return -1;
  if (std::fabs(x) < shelf::power_of_two<T>(-2 * precision<T>)) return nearly_linear<Base>(x);
  if (x < (precision<T> + 2) * -Base::log_of_two) return std::numeric_limits<T>::min() - 1;
  if (!shelf::exp_is_ordinary(x * Base::log.hi)) return shelf::exp_limit(x);
  const auto [n, r] = Base::cell(x);
  const auto growth = shelf::expm1_pair(r);
  if (n == 0) return growth.hi + growth.lo;
  const auto [power, k] = shelf::times_table(n, growth);
  // Next to 2^k, one is less than both words hold.
  if (k > 2 * precision<T>) return shelf::times_power_of_two(power.hi + power.lo, k);
  const auto [hi, lo] = shelf::two_sum(power.hi, -shelf::power_of_two<T>(-k));
  return shelf::times_power_of_two(hi + (lo + power.lo), k);
}

}  // namespace

namespace shelf {

template <Working T>
T own_base_exp2m1(T x) {
  return less_one<Two<T>>(x);
}
template <Working T>
T own_base_exp10m1(T x) {
  return less_one<Ten<T>>(x);
}
template <Working T>
Claim own_base_less_one_claim() {
  return claim_of({.max_ulp = "0.501", .max_ulp_directed = "2.002", .special_values = true},
                  *native_format<T>, "lib/exponential/own_base_less_one.cpp");
}
template float own_base_exp2m1<float>(float);
template double own_base_exp2m1<double>(double);
template float own_base_exp10m1<float>(float);
template double own_base_exp10m1<double>(double);
template Claim own_base_less_one_claim<float>();
template Claim own_base_less_one_claim<double>();

}  // namespace shelf

namespace {

template <class T, Unary<float> code>
T rounded_once_more(T x) {
  return narrowed<T>(code(widened(x)));
}

template <class T>
void add(Catalogue& catalogue, const Function& function, Unary<T> code, const Claim& claim,
         std::string_view idea) {
  ship(catalogue, {.method = "own_base_less_one",
                   .idea = idea,
                   .function = &function,
                   .format = native_format<T>,
                   .code = code,
                   .claim = claim});
}

template <shelf::Working T>
void add_both(Catalogue& catalogue) {
  const Claim claim = shelf::own_base_less_one_claim<T>();
  const std::string_view idea = "reduced in its own base, one taken away before the last rounding";
  add<T>(catalogue, functions::exp2m1, less_one<Two<T>>, claim, idea);
  add<T>(catalogue, functions::exp10m1, less_one<Ten<T>>, claim, idea);
}

template <class T>
void add_both_narrow(Catalogue& catalogue, std::string_view max_ulp) {
  const Claim claim = shelf::claim_of({.max_ulp = max_ulp, .special_values = true},
                                      *native_format<T>, "lib/exponential/own_base_less_one.cpp");
  const std::string_view idea = "the same in binary32, rounded once more";
  add<T>(catalogue, functions::exp2m1, rounded_once_more<T, less_one<Two<float>>>, claim, idea);
  add<T>(catalogue, functions::exp10m1, rounded_once_more<T, less_one<Ten<float>>>, claim, idea);
}

}  // namespace

void contribute_own_base_less_one(Catalogue& catalogue) {
  add_both<float>(catalogue);
  add_both<double>(catalogue);
  add_both_narrow<BFloat16>(catalogue, "0.50001");
#ifdef __FLT16_MAX__
  add_both_narrow<_Float16>(catalogue, "0.50007");
#endif
}

}  // namespace napier
