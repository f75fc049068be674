// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// a^x − 1 without a table, in formats that have too many bits for one: with x·ln a = k·ln 2 + r,
// the growth E = e^s − 1 of s = r/2^8 by a short Taylor series, then eight times what doubling the
// exponent does to it,
//
//   e^2s − 1 = E·(2 + E),
//
// which loses nothing where E is small, unlike the squaring of e^s; all of it in two words. Last,
// 2^k·(1 + E) − 1, rounded once. 2^x and 10^x are reduced in their own base, as in own_base.hpp.
//
// The claim, with u = 2^-p. |r| < 0.3467 and |s| < 2^-9.5. In units of s the series leaves out
// s^12/13! < 2^-146, rounds its tail s²/6 < 2^-21.5 in five operations and the sums that take it in
// in three, and leaves out r.lo·s²/2: below u·2^-18.1. r itself, the products and the doublings, a
// few u² each, are nothing beside it. An error of E_0 reaches E multiplied by r/(1 − e^-r) < 1.19:
// u·2^-17.8. For k ≠ 0, |a^x − 1| is at least 0.7·2^k·|E|: u·2^-17.3 of the result, 2^-17.3 ulp.
// And 10^n − 1 and 2^n − 1 are exact for as long as they fit, since the last rounding finds them.
// −1, returned below −(p + 2)·log_a 2, is off by a quarter of an ulp. For |x| < 2^-2p, x·ln a lacks
// (x·ln a)²/2, 2^(2−p) ulp. In all 0.5 + 2^-17 ulp; in a directed mode errors double, and a result
// that lands just above a power of two counts by the smaller ulp below it: 2 + 2^-15.
#include "lib/exponential/extended.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace {

using shelf::Extended;
using shelf::extended_max_exponent;
using shelf::extended_min_exponent;
using shelf::Pair;
using shelf::power_of_two;
using shelf::precision;

/// x·ln a = k·ln 2 + r.
template <Extended T>
struct Reduced {
  int k;
  Pair<T> r;
};

/// A base: its logarithm, log_a 2, and how an x of ordinary size is reduced.
template <Extended T>
struct Natural {
  static constexpr Pair<T> log{1, 0};
  static constexpr double log_of_two = 0x1.62e42fefa39efp-1;
  static Reduced<T> reduced(T x) {
    const int k = shelf::nearest_integer(x * T(0x1.71547652b82fep0));
    return {k, shelf::minus_multiple(x, T(k), shelf::three_words<T>(shelf::ln2_pieces))};
  }
};
template <Extended T>
struct Two {
  static constexpr Pair<T> log = shelf::two_words<T>(shelf::ln2_pieces);
  static constexpr double log_of_two = 1;
  static Reduced<T> reduced(T x) {
    // Just below 1/2 the nearest integer may come out as 1, and x − 1 has a bit too many.
    const int k = x > T(-0.5) && x < T(0.5) ? 0 : shelf::nearest_integer(x);
    return {k, shelf::product(x - T(k), log)};
  }
};
template <Extended T>
struct Ten {
  static constexpr Pair<T> log = shelf::two_words<T>(shelf::ln10_pieces);
  static constexpr double log_of_two = 0x1.34413509f79ffp-2;
  static Reduced<T> reduced(T x) {
    const int k = shelf::nearest_integer(x * T(0x1.a934f0979a371p1));
    const auto [rest, rest_lo] =
        shelf::minus_multiple(x, T(k), shelf::three_words<T>(shelf::log10_2_pieces));
    const auto [hi, lo] = shelf::product(rest, log);
    return {k, shelf::fast_two_sum(hi, lo + rest_lo * log.hi)};
  }
};

/// e^s − 1 = s + s²/2 + s³·(1/3! + s/4! + … + s^9/12!).
template <Extended T>
Pair<T> taylor(Pair<T> s) {
  T term = 1;  // of e^s: 3!/n!·s^(n − 3), backwards
  for (int n = 12; n > 3; --n) term = 1 + s.hi * term / T(n);
  const auto [square, square_lo] = shelf::two_product(s.hi, s.hi);
  const auto [hi, lo] = shelf::fast_two_sum(s.hi, square / 2);
  return shelf::fast_two_sum(hi,
                             lo + (s.lo + (square_lo / 2 + s.hi * (s.lo + square * (term / 6)))));
}

/// E(2 + E).
template <Extended T>
Pair<T> doubled(Pair<T> growth) {
  const T twice = 2 * growth.hi;
  const auto [square, square_lo] = shelf::two_product(growth.hi, growth.hi);
  const auto [hi, lo] = shelf::fast_two_sum(twice, square);
  return shelf::fast_two_sum(hi, lo + (2 * growth.lo + (square_lo + twice * growth.lo)));
}

/// x·ln a, rounded once: taken where its two words fit. A result that is subnormal on the way back
/// is rounded in a sum with the least normal number, whose last place is that of subnormals.
template <class Base, Extended T>
T nearly_linear(T x) {
  constexpr int shift = 4 * precision<T>;
  const auto [hi, lo] = shelf::product(x * power_of_two<T>(shift), Base::log);
  T result = hi + lo;
  const T least_normal = power_of_two<T>(extended_min_exponent + shift);
  if (result < least_normal && result > -least_normal) {
    const T anchor = x < 0 ? -least_normal : least_normal;
    const T sum = anchor + hi;
    result = (sum + ((hi - (sum - anchor)) + lo)) - anchor;
  }
  return result == 0 ? 0 * x : result * power_of_two<T>(-shift);
}

/// 2^k·(1 + E) − 1 for k ≠ 0.
template <Extended T>
T less_one(int k, Pair<T> growth) {
  auto [hi, lo] = shelf::fast_two_sum(T(1), growth.hi);
  lo += growth.lo;
  // Next to 2^k, one is less than both words hold.
  if (k <= 2 * precision<T>) {
    const auto [rest, rest_lo] = shelf::two_sum(hi, -power_of_two<T>(-k));
    hi = rest;
    lo += rest_lo;
  }
  const int half = k / 2;
  return (hi + lo) * power_of_two<T>(half) * power_of_two<T>(k - half);
}

template <class Base, Extended T>
T growth(T x) {
  constexpr int halvings = 8;
  if (x == 0) return x;
  if (x == -shelf::infinity<T>) return -1;
  const T linear = power_of_two<T>(-2 * precision<T>);
  if (x < linear && x > -linear) return nearly_linear<Base>(x);
  if (x < T(-(precision<T> + 2) * Base::log_of_two))
    return power_of_two<T>(extended_min_exponent) - 1;
  if (!(x < T((extended_max_exponent + 2) * Base::log_of_two)))
    return x * power_of_two<T>(extended_max_exponent);
  const auto [k, r] = Base::reduced(x);
  const T part = power_of_two<T>(-halvings);
  Pair<T> e = taylor<T>({r.hi * part, r.lo * part});
  for (int i = 0; i < halvings; ++i) e = doubled(e);
  return k == 0 ? e.hi + e.lo : less_one(k, e);
}

template <Extended T>
void add(Catalogue& catalogue, const Function& function, Unary<T> code) {
  const shelf::Promise promise{
      .max_ulp = "0.50001", .max_ulp_directed = "2.0001", .special_values = true};
  ship(catalogue,
       {.method = "doubled_growth",
        .idea = "a short series for e^s - 1, doubled by E(2 + E) until s is x ln a",
        .function = &function,
        .format = native_format<T>,
        .code = code,
        .claim = claim_of(promise, *native_format<T>, "lib/exponential/doubled_growth.cpp")});
}

template <Extended T>
void add_all(Catalogue& catalogue) {
  add<T>(catalogue, functions::expm1, growth<Natural<T>>);
  add<T>(catalogue, functions::exp2m1, growth<Two<T>>);
  add<T>(catalogue, functions::exp10m1, growth<Ten<T>>);
}

}  // namespace

void contribute_doubled_growth(Catalogue& catalogue) {
  add_all<long double>(catalogue);
  add_all<Quad>(catalogue);
}

}  // namespace napier
