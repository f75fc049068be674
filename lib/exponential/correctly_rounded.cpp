// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The one right answer, in all four rounding modes, after Ziv (1991): compute with a known error,
// see whether both ends of the doubt round to the same number, and only if not, compute again with
// 192 bits. Once in 2^14 arguments or less it takes that second step.
//
// That it never takes a third: e^x is irrational for x ≠ 0 and so no breakpoint, a number of p + 1
// bits, where a rounding changes. How near it comes to one Lefèvre and Muller found by exhaustive
// search ("Worst cases for correct rounding of the elementary functions in double precision",
// ARITH-15, 2001): for binary64 and |x| ≥ 2^-54 never within 2^-158 of itself, for |x| ≥ 2^-30
// never within 2^-113. The integers below are off by 2^-181, and assert that they have decided.
#include <array>
#include <cassert>
#include <cfenv>
#include <utility>

#include "lib/exponential/exp_pair.hpp"
#include "lib/exponential/fixed_point.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace {

/// A number 0 ≤ f < 2^64 (or modulo 2^64) with 192 bits beyond the point; least word first.
using Fixed = std::array<std::uint64_t, 4>;

/// By scripts/fixed_point.py.
constexpr Fixed ln2{0x40f343267298b62e, 0xc9e3b39803f2f6af, 0xb17217f7d1cf79ab, 0};

Fixed sum(const Fixed& a, const Fixed& b) {
  Fixed result;
  Bits carry = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    carry += Bits(a[i]) + b[i];
    result[i] = static_cast<std::uint64_t>(carry);
    carry >>= 64;
  }
  return result;
}

Fixed difference(const Fixed& a, const Fixed& b) {
  Fixed result;
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Bits d = Bits(a[i]) - b[i] - borrow;
    result[i] = static_cast<std::uint64_t>(d);
    borrow = static_cast<std::uint64_t>(d >> 64) & 1;
  }
  return result;
}

/// n·a.
Fixed multiple(const Fixed& a, unsigned n) {
  Fixed result;
  Bits carry = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    carry += Bits(a[i]) * n;
    result[i] = static_cast<std::uint64_t>(carry);
    carry >>= 64;
  }
  return result;
}

/// a·b for a, b < 1, cut off.
Fixed product(const Fixed& a, const Fixed& b) {
  std::array<std::uint64_t, 6> words{};
  for (std::size_t i = 0; i < 3; ++i) {
    std::uint64_t carry = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      const Bits t = Bits(a[i]) * b[j] + words[i + j] + carry;
      words[i + j] = static_cast<std::uint64_t>(t);
      carry = static_cast<std::uint64_t>(t >> 64);
    }
    words[i + 3] = carry;
  }
  return {words[3], words[4], words[5], 0};
}

/// a/n, cut off.
Fixed quotient(const Fixed& a, unsigned n) {
  Fixed result;
  Bits rest = 0;
  for (std::size_t i = 4; i-- > 0;) {
    rest = (rest << 64) + a[i];
    result[i] = static_cast<std::uint64_t>(rest / n);
    rest %= n;
  }
  return result;
}

/// |x| for 2^-55 ≤ |x| < 2^11, exactly.
template <shelf::Working T>
Fixed fixed(const shelf::Scattered<T>& x) {
  const auto place = static_cast<std::size_t>(std::int64_t(x.exponent) + 192);
  const Bits shifted = Bits(x.significand) << (place % 64);
  Fixed result{};
  result[place / 64] = static_cast<std::uint64_t>(shifted);
  result[place / 64 + 1] = static_cast<std::uint64_t>(shifted >> 64);
  return result;
}

Rounding current_rounding() {
  switch (std::fegetround()) {
    case FE_UPWARD:
      return Rounding::up;
    case FE_DOWNWARD:
      return Rounding::down;
    case FE_TOWARDZERO:
      return Rounding::zero;
    default:
      return Rounding::nearest;
  }
}

/// e^r − 1 for 0 ≤ r < ln 2, from the series for r/64, f ← (r/64 + r/64·f)/i for i = 20, …, 1, and
/// six times f ← 2f + f². The series is off by less than 3·2^-192, cut off, and (r/64)^21/21! <
/// 2^-202; doubling makes that 2^-184.
Fixed expm1_fixed(const Fixed& r) {
  const Fixed part = quotient(r, 64);
  Fixed f{};
  for (unsigned i = 20; i > 0; --i) f = quotient(sum(part, product(part, f)), i);
  for (int i = 0; i < 6; ++i) f = sum(sum(f, f), product(f, f));
  return f;
}

/// Is 1 + f, within 2^-181, on one side of every number of p + 1 bits?
bool decided(const Fixed& f, int precision) {
  // The 128 bits that follow the first p of f: neither all zeros nor all ones.
  const Bits after = (((Bits(f[2]) << 64) + f[1]) << precision) + (f[0] >> (64 - precision));
  return after != 0 && ~after != 0;
}

/// e^x for 2^-55 ≤ |x| and exp_is_ordinary(x). r is off by |k| ≤ 1076 roundings of ln2, 2^-182.9,
/// and e^r by at most twice that and 2^-184 more: below 2^-181.
template <shelf::Working T>
T exp_by_integers(T x, Rounding rounding) {
  const auto parts = shelf::scattered(x);
  const Fixed size = fixed(parts);
  // ⌊x/ln2⌋, or one off where x is next to a multiple of ln 2: that is put right below.
  int k = static_cast<int>(x * T(1.4426950408889634)) - (parts.negative ? 1 : 0);
  const Fixed whole = multiple(ln2, static_cast<unsigned>(parts.negative ? -k : k));
  Fixed r = parts.negative ? difference(whole, size) : difference(size, whole);
  for (; r[3] != 0; --k) r = sum(r, ln2);  // below zero, modulo 2^64
  for (; difference(r, ln2)[3] == 0; ++k) r = difference(r, ln2);
  const Fixed f = expm1_fixed(r);
  assert(decided(f, shelf::precision<T>));
  return shelf::gathered<T>((std::uint64_t(1) << 63) + (f[2] >> 1), true, k, rounding);
}

/// Both ends of the doubt after the first step, rounded. Rounding is monotone, so where they agree
/// they are right. exp_pair_error is doubled to cover the rounding of value.lo ± doubt.
template <shelf::Working T>
std::pair<T, T> first_step(T x);

template <>
std::pair<double, double> first_step(double x) {
  const auto [value, k] = shelf::exp_pair(x);
  // A subnormal sum is rounded at another place than its words are: not here.
  if (k <= shelf::min_exponent<double>) return {0, 1};
  const double doubt = 2 * shelf::exp_pair_error<double> * value.hi;
  return {shelf::scaled(value.hi, value.lo - doubt, k),
          shelf::scaled(value.hi, value.lo + doubt, k)};
}

/// For binary32 one word of binary64 is enough, and it holds every 2^k·e^r as a normal number.
template <>
std::pair<float, float> first_step(float x) {
  const auto [value, k] = shelf::exp_pair(static_cast<double>(x));
  const double doubt = 0x1p-50 * value.hi;
  return {static_cast<float>(shelf::times_power_of_two(value.hi - doubt, k)),
          static_cast<float>(shelf::times_power_of_two(value.hi + doubt, k))};
}

template <shelf::Working T>
T correctly_rounded(T x) {
  if (!shelf::exp_is_ordinary(x)) return shelf::exp_limit(x);
  // Next to 1 there is no breakpoint between 1 + x and e^x = 1 + x + x²/2 + ….
  constexpr T near_zero = shelf::power_of_two<T>(-shelf::precision<T> - 2);
  if (x > -near_zero && x < near_zero) return 1 + x;
  const auto [low, high] = first_step(x);
  return low == high ? low : exp_by_integers(x, current_rounding());
}

template <class T>
void add(Catalogue& catalogue) {
  const shelf::Promise promise{
      .max_ulp = "0.5", .max_ulp_directed = "1", .correctly_rounded = true, .special_values = true};
  ship(catalogue,
       {.method = "correctly_rounded",
        .idea = "computed with a known error, and again with 192 bits if that leaves a doubt",
        .function = &functions::exp,
        .format = native_format<T>,
        .code = Unary<T>(correctly_rounded<T>),
        .claim = claim_of(promise, *native_format<T>, "lib/exponential/correctly_rounded.cpp")});
}

}  // namespace

void contribute_correctly_rounded(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
