// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <gtest/gtest.h>

#include <cmath>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/native.hpp"
#include "lib/fp/ordinal.hpp"
#include "tests/lib/print.hpp"

namespace napier {
namespace testing_support {

/// A fixed sequence (SplitMix64), the same on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  Bits bits() { return Bits(next()) << 64 | next(); }
  /// lo … hi, both included.
  std::int64_t between(std::int64_t lo, std::int64_t hi) {
    return lo + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(hi - lo + 1));
  }
  bool coin() { return (next() & 1) != 0; }
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }  // [0, 1)
  double in(double lo, double hi) { return lo + unit() * (hi - lo); }
  /// ±[1, 2)·2^exponent, one part in eight with few bits.
  double around(std::int64_t exponent) {
    double m = 1 + unit();
    if (next() % 8 == 0) m = 1 + std::floor(unit() * 8) / 8;
    return std::ldexp(coin() ? m : -m, static_cast<int>(exponent));
  }

 private:
  std::uint64_t state_;
};

/// The greatest encoding's bits: all ones in the format's width.
inline Bits all_ones(const Format& f) {
  return f.width == 128 ? ~Bits(0) : (Bits(1) << f.width) - 1;
}

/// Any datum but NaN, uniform over encodings that the hardware accepts.
inline Float any_number(const Format& f, Random& random) {
  const auto n = static_cast<Ordinal>(random.bits() % (static_cast<Bits>(max_ordinal(f)) + 1));
  return from_ordinal(f, random.coin() ? n : -n - 1);
}

/// A finite number whose exponent lies within `reach` of zero (or anywhere: reach 0) and whose
/// significand is one of: random, few bits, all ones, a power of two.
inline Float finite_number(const Format& f, Random& random, int reach = 0) {
  const int low = reach == 0 ? f.least_exponent() : -reach;
  const int high = reach == 0 ? f.max_exponent : reach;
  const auto exponent = static_cast<int>(random.between(low, high));
  const Bits top = Bits(1) << (f.precision - 1);
  Bits significand = top | (random.bits() & (top - 1));
  switch (random.next() % 4) {
    case 0:
      break;
    case 1:
      significand &= ~((top - 1) >> random.between(0, f.precision - 1));
      break;
    case 2:
      significand = (top << 1) - 1;
      break;
    default:
      significand = top;
      break;
  }
  return round_to(f, {random.coin(), significand, exponent - f.precision + 1}, Rounding::zero);
}

inline Dyadic two_to(std::int64_t power) { return Dyadic::power_of_two(power); }
/// Equal values, for EXPECT_PRED2, which then prints both.
inline bool same(const Dyadic& a, const Dyadic& b) {
  return a.sign() == b.sign() && compare(a, b) == 0;
}

}  // namespace testing_support
}  // namespace napier
