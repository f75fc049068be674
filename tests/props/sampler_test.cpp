// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/domain/sampler.hpp"

#include <cmath>
#include <set>

#include "tests/props/support.hpp"

namespace napier {
namespace {

using Block = std::array<std::uint32_t, 4>;

// The known-answer vectors of the Random123 distribution, kat_vectors: philox 4x32 10.
TEST(Philox, GivesThePublishedAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  constexpr std::uint32_t ones = 0xffffffff;
  EXPECT_EQ(philox({ones, ones, ones, ones}, {ones, ones}),
            (Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(PropertyKey, IsFnv1a) {
  EXPECT_EQ(property_key(""), 0xcbf29ce484222325u);
  EXPECT_EQ(property_key("a"), 0xaf63dc4c8601ec8cu);
  EXPECT_EQ(property_key("foobar"), 0x85944171f73967e8u);
}

TEST(Draw, DependsOnEveryPartOfItsAddressAndOnNothingElse) {
  const Address address{7, 2, 5};
  std::set<std::uint64_t> firsts;
  const auto first = [](Seed seed, Address at, std::uint32_t attempt) {
    return Draw(seed, at, attempt).bits();
  };
  firsts.insert(first(Seed{1}, address, 0));
  firsts.insert(first(Seed{2}, address, 0));
  firsts.insert(first(Seed{1}, {8, 2, 5}, 0));
  firsts.insert(first(Seed{1}, {7, 3, 5}, 0));
  firsts.insert(first(Seed{1}, {7, 2, 6}, 0));
  firsts.insert(first(Seed{1}, {7, 2, 5 + (std::uint64_t(1) << 32)}, 0));
  firsts.insert(first(Seed{1}, address, 1));
  EXPECT_EQ(firsts.size(), 7u);

  Draw a(Seed{1}, address);
  Draw b(Seed{1}, address);
  std::set<std::uint64_t> sequence;
  for (int i = 0; i < 100; ++i) {
    const std::uint64_t bits = a.bits();
    EXPECT_EQ(bits, b.bits());
    sequence.insert(bits);
  }
  EXPECT_EQ(sequence.size(), 100u);
}

TEST(Draw, StaysWithinItsBoundsAndReachesThem) {
  Draw draw(Seed{3}, {1, 2, 3});
  std::set<std::int64_t> seen;
  int negative = 0;
  for (int i = 0; i < 4000; ++i) {
    seen.insert(draw.integer(-2, 3));
    const double u = draw.uniform(-3, 5);
    EXPECT_GE(u, -3);
    EXPECT_LT(u, 5);
    const double m = draw.magnitude(-10, 4);
    EXPECT_GE(std::abs(m), 0x1p-10);
    EXPECT_LE(std::abs(m), 0x1p4);
    negative += m < 0 ? 1 : 0;
  }
  EXPECT_EQ(seen, (std::set<std::int64_t>{-2, -1, 0, 1, 2, 3}));
  EXPECT_NEAR(negative, 2000, 200);  // 6 standard deviations of a fair coin
}

TEST(Draw, RoundsToNarrowFormatsAndFillsWideOnes) {
  Draw draw(Seed{1}, {4, 5, 6});
  EXPECT_EQ(draw.datum(binary64, 0.1), from_native(0.1));
  EXPECT_EQ(draw.datum(binary32, 0.1), from_native(0.1F));
  EXPECT_EQ(draw.datum(binary32, 1e300), infinity(binary32));
  EXPECT_EQ(draw.datum(binary64, -HUGE_VAL), infinity(binary64, true));
  EXPECT_EQ(draw.datum(binary64, 0), zero(binary64));
  std::set<std::uint64_t> low;
  for (int i = 0; i < 50; ++i) {
    const Float wide = draw.datum(binary128, 0.1);
    const Dyadic apart = subtract(exact_value(wide), Dyadic::of(0.1));
    EXPECT_TRUE(compare(magnitude(apart), Dyadic::power_of_two(-56)) <= 0) << to_hex(wide);
    low.insert(static_cast<std::uint64_t>(wide.bits));
  }
  EXPECT_EQ(low.size(), 50u);
}

}  // namespace
}  // namespace napier
