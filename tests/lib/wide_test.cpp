// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/fp/wide.hpp"

#include <array>

#include "tests/lib/support.hpp"

namespace napier {
namespace {

using testing_support::Random;

/// The other way to hold 256 bits: one bit a place, with the arithmetic of primary school.
using Places = std::array<int, 256>;

Places places(const Wide& a) {
  Places p{};
  for (std::size_t i = 0; i < 128; ++i) {
    p[i] = static_cast<int>((a.low >> i) & 1);
    p[i + 128] = static_cast<int>((a.high >> i) & 1);
  }
  return p;
}
Places carried(const std::array<int, 256>& counts) {
  Places p{};
  int carry = 0;
  for (std::size_t i = 0; i < 256; ++i) {
    const int total = counts[i] + carry;
    p[i] = total & 1;
    carry = total >> 1;  // arithmetic shift: borrows are negative carries
  }
  return p;
}

Bits any_bits(Random& random) {
  switch (random.next() % 4) {
    case 0:
      return ~Bits(0) << random.between(0, 127);
    case 1:
      return Bits(1) << random.between(0, 127);
    default:
      return random.bits() >> random.between(0, 127);
  }
}

TEST(Wide, AddsSubtractsAndShiftsPlaceByPlace) {
  Random random(1);
  for (int i = 0; i < 5'000; ++i) {
    const Wide a{any_bits(random), any_bits(random)};
    const Wide b{any_bits(random), any_bits(random)};
    const Places x = places(a);
    const Places y = places(b);
    std::array<int, 256> total{};
    std::array<int, 256> difference{};
    for (std::size_t j = 0; j < 256; ++j) {
      total[j] = x[j] + y[j];
      difference[j] = x[j] - y[j];
    }
    ASSERT_EQ(places(a + b), carried(total));
    ASSERT_EQ(places(a - b), carried(difference));
    const auto n = static_cast<std::size_t>(random.between(0, 260));
    Places left{};
    Places right{};
    for (std::size_t j = 0; j < 256; ++j) {
      if (j >= n) left[j] = x[j - n];
      if (j + n < 256) right[j] = x[j + n];
    }
    ASSERT_EQ(places(a << static_cast<int>(n)), left) << n;
    ASSERT_EQ(places(a >> static_cast<int>(n)), right) << n;
  }
}

TEST(Wide, MultipliesPlaceByPlace) {
  Random random(2);
  for (int i = 0; i < 5'000; ++i) {
    const Bits a = any_bits(random);
    const Bits b = any_bits(random);
    std::array<int, 256> counts{};
    for (std::size_t j = 0; j < 128; ++j)
      for (std::size_t k = 0; k < 128; ++k)
        counts[j + k] += static_cast<int>((a >> j) & (b >> k) & 1);
    ASSERT_EQ(places(Wide::product(a, b)), carried(counts));
  }
}

TEST(Wide, OrdersAndFindsItsEnds) {
  const Wide one{0, 1};
  EXPECT_LT(one, (Wide{1, 0}));
  EXPECT_LT((Wide{1, 0}), (Wide{1, 1}));
  EXPECT_TRUE(Wide{}.is_zero());
  EXPECT_FALSE((Wide{1, 0}).is_zero());
  EXPECT_EQ(Wide{}.top(), -1);
  for (int n = 0; n < 256; ++n) {
    EXPECT_EQ((one << n).top(), n);
    EXPECT_EQ((one << n).zeros(), n);
  }
}

}  // namespace
}  // namespace napier
