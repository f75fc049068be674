// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Exponentials from shifts, additions and comparisons, after Briggs (1624), Volder (1959) and
// Muller: a number 0 ≤ r < ln 2 is a sum of some of the ln(1 + 2^-i), i = 1, 2, …, and then e^r is
// the product of the same 1 + 2^-i, each of them a shift and an addition:
//
//   if r ≥ ln(1 + 2^-i):  r ← r − ln(1 + 2^-i),  E ← E + E/2^i.
//
// It works because no logarithm exceeds the sum of those after it: what is left of r after step i
// is below that sum, and so below 2^-i. From i = 33 on, ln(1 + 2^-i) is 2^-i to the last place.
//
// The claim, in units of 2^-63, of which E counts and r has two:
//
//   x and k·ln2 with 112 bits beyond the point; r cut to 64       0.5
//   32 logarithms rounded up, 2^-i for the others                16.1
//   what is left of r after i = 63                                1
//   all of these times e^r < 2                                           35.2
//   E/2^i cut off, at most 63 times, and multiplied by what is
//   still to come, at most e^(2^-i) each                                 64.3
//
// So E is off by at most 100·2^-63, all of one sign but the first, and never reaches 2, since no
// logarithm is taken for less than it is. An ulp is 2^(1−p) there: 0.049 of it in binary64 and
// 10^-10 in binary32. The last rounding is the only one, also of a subnormal result: 0.5.
//
// All of it is integer arithmetic, to nearest in every rounding mode. Only where the exponential
// overflows or vanishes has the mode a say: a result there may be off by an ulp.
#include <array>

#include "lib/exponential/fixed_point.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace {

/// ln(1 + 2^-i)·2^64 for i = 1 … 32, rounded up, by scripts/fixed_point.py.
constexpr std::array<std::uint64_t, 32> logarithms{
    0x67cc8fb2fe612fcb, 0x391fef8f35344359, 0x1e27076e2af2e5ea, 0x0f85186008b15331,
    0x07e0a6c39e0cc014, 0x03f815161f807c7a, 0x01fe02a6b1067890, 0x00ff805515885e03,
    0x007fe00aa6ac439a, 0x003ff80155156220, 0x001ffe002aa6ab12, 0x000fff8005551559,
    0x0007ffe000aaa6ab, 0x0003fff800155516, 0x0001fffe0002aaa7, 0x0000ffff80005556,
    0x00007fffe0000aab, 0x00003ffff8000156, 0x00001ffffe00002b, 0x00000fffff800006,
    0x000007ffffe00001, 0x000003fffff80001, 0x000001fffffe0001, 0x000000ffffff8001,
    0x0000007fffffe001, 0x0000003ffffff801, 0x0000001ffffffe01, 0x0000000fffffff81,
    0x00000007ffffffe1, 0x00000003fffffff9, 0x00000001ffffffff, 0x0000000100000000,
};

constexpr std::uint64_t logarithm(int i) {
  return i <= 32 ? logarithms[static_cast<std::size_t>(i - 1)] : std::uint64_t(1) << (64 - i);
}

/// |x| < 2^10 times 2^112, cut off.
template <shelf::Working T>
SignedBits with_112_bits(T x) {
  const auto [negative, significand, exponent] = shelf::scattered(x);
  const int shift = exponent + 112;
  const SignedBits size = shift >= 0    ? SignedBits(significand) << shift
                          : shift > -64 ? SignedBits(std::uint64_t(significand) >> -shift)
                                        : 0;
  return negative ? -size : size;
}

template <shelf::Working T>
T shift_and_add(T x) {
  if (!shelf::exp_is_ordinary(x)) return shelf::exp_limit(x);
  constexpr SignedBits ln2 = (SignedBits(0xb17217f7d1cf) << 64) + 0x79abc9e3b39803f3;
  constexpr std::int64_t per_ln2 = 0x171547;  // 2^20/ln2, off by less than 2^-10 for any k
  const SignedBits fixed = with_112_bits(x);
  int k = static_cast<int>((static_cast<std::int64_t>(fixed >> 80) * per_ln2) >> 52);
  SignedBits rest = fixed - k * ln2;
  for (; rest < 0; --k) rest += ln2;
  for (; rest >= ln2; ++k) rest -= ln2;

  auto r = static_cast<std::uint64_t>(rest >> 48);
  std::uint64_t product = std::uint64_t(1) << 63;
  for (int i = 1; i < 64; ++i) {
    if (r < logarithm(i)) continue;
    r -= logarithm(i);
    product += product >> i;
  }
  return shelf::gathered<T>(product, false, k, Rounding::nearest);
}

template <class T>
void add(Catalogue& catalogue, std::string_view max_ulp) {
  const shelf::Promise promise{.max_ulp = max_ulp, .max_ulp_directed = "1", .special_values = true};
  ship(catalogue,
       {.method = "shift_and_add",
        .idea = "r as a sum of ln(1 + 2^-i), e^r as the product: shifts and additions only",
        .function = &functions::exp,
        .format = native_format<T>,
        .code = Unary<T>(shift_and_add<T>),
        .claim = claim_of(promise, *native_format<T>, "lib/exponential/shift_and_add.cpp")});
}

}  // namespace

void contribute_shift_and_add(Catalogue& catalogue) {
  add<float>(catalogue, "0.501");
  add<double>(catalogue, "0.55");
}

}  // namespace napier
