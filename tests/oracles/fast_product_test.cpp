// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/fast/scalar/fast_enclosure.hpp"
#include "tests/oracles/fast_support.hpp"

namespace napier {
namespace {

using namespace fast_testing;

// The product of two errors may be smaller than every double: it is no exact 0 for that.
TEST(FastEnclosure, AProductAroundZeroHoldsTheProductsOfItsEnds) {
  for (const int first : {1, 300, 500, 545, 700, 802})
    for (const int second : {1, 300, 500, 545, 700, 802}) {
      const FastEnclosure a{0, 0, std::ldexp(1.0, -first), 7};
      const FastEnclosure b{0, 0, std::ldexp(0.75, 1 - second), -3};
      const FastEnclosure product = a * b;
      ASSERT_FALSE(is_exactly_zero(product)) << first << " " << second;
      ASSERT_TRUE(product.is_known());
      const Dyadic end{false, 3, -first - second - 1 + 4};  // 2^-first·2^7 · 3·2^(-1-second)·2^-3
      EXPECT_FALSE(certainly_less(product, FastEnclosure(Precision{}, end)));
      EXPECT_FALSE(certainly_less(FastEnclosure(Precision{}, -end), -product));
      EXPECT_FALSE(certainly_less(FastEnclosure(Precision{}, end), product));
      EXPECT_TRUE(certainly_less(product, FastEnclosure(Precision{}, end.scaled(1))));
    }
  EXPECT_TRUE(is_exactly_zero(FastEnclosure() * FastEnclosure{0, 0, 0x1p-545, 0}));
}

}  // namespace
}  // namespace napier
