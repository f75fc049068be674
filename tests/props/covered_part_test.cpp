// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/domain/covered_part.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "lib/fp/ordinal.hpp"
#include "props/judge/judge.hpp"
#include "tests/props/support.hpp"
#include "tests/props/tally_support.hpp"

namespace napier {
namespace {

using namespace testing_support;

constexpr double infinite = std::numeric_limits<double>::infinity();

const Range ranges[] = {
    {},          {1, 2},     {1, 1},           {-2, 3},       {-infinite, -0.0}, {0, infinite},
    {1e-7, 1e6}, {1e9, 2e9}, {-infinite, 1.5}, {-3, infinite}};

Walk walk_from(std::uint64_t bits, Bits stride, bool towards_zero) {
  Walk walk;
  walk.start.push({bits, &binary16});
  walk.stride = stride;
  walk.towards_zero = towards_zero;
  return walk;
}

/// Outside of the part there is none, and inside all of them are covered, or some.
void expect_part(const ClaimDomain& domain, const Walk& walk, std::uint64_t step,
                 std::uint64_t count) {
  const CoveredPart part = covered_part(domain, walk, step, count);
  ASSERT_LE(part.first + part.count, count);
  for (std::uint64_t i = 0; i < count; ++i) {
    const Call call = walk.at(step + i).call();
    const bool inside = i >= part.first && i < part.first + part.count;
    if (!inside) {
      ASSERT_FALSE(covers(domain, call.x, call.y)) << i << " of " << count;
    } else if (part.whole) {
      ASSERT_TRUE(covers(domain, call.x, call.y)) << i << " of " << count;
    }
  }
}

TEST(CoveredPart, HoldsWhatTheDomainCovers) {
  for (const Range& range : ranges)
    for (const bool whole : {false, true}) {
      const ClaimDomain domain{range, {}, whole};
      for (const std::uint64_t sign : {0x0000u, 0x8000u}) {
        for (std::uint64_t begin = 0; begin < 0x8000; begin += 1024)
          expect_part(domain, walk_from(sign + begin, 1, false), begin % 7, 1024 - begin % 7);
        expect_part(domain, walk_from(sign + 0x7fff, 1, true), 3, 0x7ff0);
        expect_part(domain, walk_from(sign, 32, false), 0, 1024);
      }
    }
}

TEST(CoveredPart, HoldsPairsThatTheDomainCovers) {
  for (const Range& x : ranges)
    for (const Range& y : ranges)
      for (const bool over_bases : {false, true})
        for (const double other : {0.0, 1.0, 1.5, -2.0, infinite}) {
          Walk walk = walk_from(0x3800, 8, false);
          const Float fixed =
              round_to(binary16, Dyadic::of(other == infinite ? 3 : other), Rounding::nearest);
          if (over_bases)
            walk.start.push(fixed);
          else
            walk.start.args = {fixed, walk.start.args[0]}, walk.start.count = 2;
          walk.over_bases = over_bases;
          for (const bool whole : {false, true}) expect_part({x, y, whole}, walk, 1, 500);
        }
}

/// Every encoding, with a domain: what lies outside is left out, and nothing else.
TEST(CoveredPart, AnExhaustiveWalkCountsWhatIsCovered) {
  for (const Range& range : ranges) {
    Claim claim = claim_ulps(binary16, "0.25", "1");
    claim.domain.x = range;
    claim.monotone = claim.flags = true;
    const Target target = correctly_rounded_target(functions::exp, binary16, claim,
                                                   [](const Call&, Float y) { return y; });
    const Subject subject(target, Rounding::nearest);
    std::uint64_t covered = 0;
    for (std::uint64_t bits = 0; bits < 65536; ++bits)
      covered += covers(claim.domain, {bits, &binary16}, {}) ? 1 : 0;
    const auto caller = target.open();
    for (const char* name : {"accuracy", "flags"}) {
      const Property& property = *find_property(name, target);
      const Domain all = property.where.every_point(subject).value();
      const Tally tally =
          judge_portion(property, subject, all, Seed{}, {0, 0, 65536}, {caller.get(), nullptr});
      EXPECT_EQ(tally.cases, covered) << name << " from " << range.lo << " to " << range.hi;
    }
  }
}

}  // namespace
}  // namespace napier
