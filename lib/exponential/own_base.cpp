// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// 2^x and 10^x, reduced in their own base. Taken as e^(x·ln 10), the rounding of x·ln 10 alone
// would cost hundreds of ulp at the ends of the range. So the whole powers of 2^(1/32) are taken
// off x itself, n/32 without any error or n·log10(2)/32 in three words, and only what is left, at
// most 1/64 of an octave, is turned into a natural exponent, in two words.
//
// Exact cases come out exact, without being looked for. 2^n leaves r = 0 and a table entry 1. And
// for 10^n, n = 0 … 22 (10 in binary32), the two words are within 2^-17 ulp of a number of the
// format, so that is what the last rounding returns.
//
// The claim. r = (x − n·c)·ln(base) in two words is off by less than 2^-100 (2^-46): the rest
// n·c.lo, rounded, and the product, 4u². Beyond that it is exp_pair.hpp: below 2^-70 (2^-41) of the
// power in every mode, 2^-17 ulp, and one rounding.
#include "lib/exponential/exp_pair.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace {

using shelf::Pair;
using shelf::ThreeWords;

// All constants by scripts/exp_pair.sollya.
template <shelf::Working T>
constexpr Pair<T> ln2{};
template <>
constexpr Pair<double> ln2<double>{0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
template <>
constexpr Pair<float> ln2<float>{0x1.62e43p-1f, -0x1.05c61p-29f};

template <shelf::Working T>
constexpr Pair<T> ln10{};
template <>
constexpr Pair<double> ln10<double>{0x1.26bb1bbb55516p1, -0x1.f48ad494ea3e9p-53};
template <>
constexpr Pair<float> ln10<float>{0x1.26bb1cp1f, -0x1.12aabap-25f};

template <shelf::Working T>
constexpr ThreeWords<T> log10_2_by_32{};
template <>
constexpr ThreeWords<double> log10_2_by_32<double>{0x1.34413509fp-7, 0x1.e7fbcc47cp-45,
                                                   0x1.2b35816f922fp-83};
template <>
constexpr ThreeWords<float> log10_2_by_32<float>{0x1.344p-7f, 0x1.35p-23f, 0x1.3ef3fep-36f};

template <shelf::Working T>
T exp2(T x) {
  if (!shelf::exp_is_ordinary(x * ln2<T>.hi)) return shelf::exp_limit(x);
  const int n = shelf::nearest_integer(x * 32);
  const T rest = x - static_cast<T>(n) / 32;  // exact: both are multiples of the smaller last place
  return shelf::times_table(n, shelf::expm1_pair(shelf::product(rest, ln2<T>))).rounded();
}

template <shelf::Working T>
T exp10(T x) {
  if (!shelf::exp_is_ordinary(x * ln10<T>.hi)) return shelf::exp_limit(x);
  constexpr T per_cell = static_cast<T>(0x1.a934f0979a371p+6);
  const int n = shelf::nearest_integer(x * per_cell);
  const auto [rest, rest_lo] = shelf::minus_multiple(x, static_cast<T>(n), log10_2_by_32<T>);
  const auto [hi, lo] = shelf::product(rest, ln10<T>);
  const Pair<T> r = shelf::fast_two_sum(hi, lo + rest_lo * ln10<T>.hi);
  return shelf::times_table(n, shelf::expm1_pair(r)).rounded();
}

template <class T>
void add(Catalogue& catalogue, const Function& function, Unary<T> code) {
  // Just below 1 in up, the one ulp above 1 is two of the binade that the true value is in.
  const shelf::Promise promise{
      .max_ulp = "0.50001", .max_ulp_directed = "2.00001", .special_values = true};
  ship(catalogue, {.method = "own_base",
                   .idea = "reduced in its own base, so that exact powers stay exact",
                   .function = &function,
                   .format = native_format<T>,
                   .code = code,
                   .claim = claim_of(promise, *native_format<T>, "lib/exponential/own_base.cpp")});
}

}  // namespace

void contribute_own_base(Catalogue& catalogue) {
  add<float>(catalogue, functions::exp2, exp2<float>);
  add<double>(catalogue, functions::exp2, exp2<double>);
  add<float>(catalogue, functions::exp10, exp10<float>);
  add<double>(catalogue, functions::exp10, exp10<double>);
}

}  // namespace napier
