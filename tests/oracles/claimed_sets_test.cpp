// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Claim sets in lanes are those of lib/target/claim_set.hpp, which defines them: for every result
// of a 16-bit format that a power can have, every kind of claim, every mode, every instruction set.
#include <cmath>
#include <span>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/ordinal.hpp"
#include "lib/target/claim_grammar.hpp"
#include "tests/oracles/set_block_support.hpp"

namespace napier {
namespace {

using namespace testing_support;
/// 113 bits: more than ends in lanes and their bounds are told to.
__extension__ using Wide = __float128;

/// A claim, and the share of lanes that are left out because their sets are as wide as their
/// anchors, or next to 0.
struct Stated {
  const char* sentence;
  double left_out = 0.01;
};
constexpr Stated claims[] = {
    {"ulp <= 0.5 in all"},
    {"ulp <= 1.3 in all", 1},  // 1.3 in steps of 2^-40 is a double, as is asked
    {"ulp <= 40 in all"},
    {"rounded ulp <= 1 in all"},
    {"rounded ulp <= 2.75 in all"},
    {"correctly rounded"},
    {"faithful"},
    {"faithful; ulp <= 0.75 in all"},
    {"rel <= 1e-3 in all", 0.02},
    {"rel <= 0.25 in all", 0.02},
    {"abs <= 0x1p-9 in all", 1},
    {"abs + rel <= 1e-4 + 0.01 in all", 1},
    {"max(abs, rel) <= 1e-3, 0.02 in all", 1},
    {"lower bound in all"},
    {"upper bound in all"},
    {"upper bound in all; rel <= 0.25 in all", 0.02},
    {"lower bound in all; ulp <= 3 in all"},
    {"ulp <= 3 in all; early overflow <= 2.5"},
    {"correctly rounded; early overflow <= 1"},
};

/// What all promises of a mode leave of the positive numbers.
ClaimSet defined(Float y, const Claim& claim, Rounding rounding) {
  ClaimSet all{false, Dyadic{}, std::nullopt};
  for (const AccuracyClaim& promise : accuracy_claims(claim, rounding)) {
    const ClaimSet one = claim_set(y, promise, claim, rounding, {});
    all.empty |= one.empty;
    if (one.lo && compare(*all.lo, *one.lo) < 0) all.lo = one.lo;
    if (one.hi && (!all.hi || compare(*one.hi, *all.hi) < 0)) all.hi = one.hi;
  }
  all.empty |= all.hi && compare(*all.hi, *all.lo) < 0;
  return all;
}

Wide wide(const Dyadic& value) {
  return static_cast<Wide>(value.significand) * std::ldexp(1.0, static_cast<int>(value.exponent));
}

bool is_within(Wide off, Wide bound) { return off <= bound && -off <= bound; }

/// Whether a lane, if it tells anything, tells the set, whose ends are rounded outwards by
/// `rounded` of the lane's unit.
bool tells(const SetBlock& lanes, std::size_t i, const ClaimSet& set, double rounded) {
  if (std::isnan(lanes.anchor[i])) return true;
  if (set.empty || set.hi.has_value() == std::isinf(lanes.width[i])) return false;
  const Wide unit = std::ldexp(1.0, static_cast<int>(lanes.n[i])), lo = wide(*set.lo) / unit;
  const Wide off = lo - (static_cast<Wide>(lanes.anchor[i]) + lanes.lo[i]);
  if (!is_within(off, static_cast<Wide>(lanes.error[i]) + rounded)) return false;
  const Wide width = lanes.width[i];
  return !set.hi ||
         is_within(wide(*set.hi) / unit - lo - width, lanes.stretch[i] * width + 2 * rounded);
}

/// Blocks of results, in lanes and by the definition.
struct Block {
  std::vector<Float> data;
  Lanes y;
};
Block block_of(const Format& format, Ordinal first) {
  Block block;
  for (double& y : block.y) {
    block.data.push_back(from_ordinal(format, std::min(first++, max_ordinal(format) + 1)));
    const Float datum = block.data.back();
    y = is_infinite(datum) ? infinite : to_double(exact_value(datum));
  }
  return block;
}

void expect_defined(const Format& format, const Stated& stated, Rounding rounding) {
  const std::string what =
      std::string(format.name) + ", " + stated.sentence + ", " + std::string(name(rounding));
  const Claim claim = parse_claim(stated.sentence, functions::exp, format);
  const auto plan =
      SetPlan::of(format, rounding, accuracy_claims(claim, rounding), claim.early_overflow);
  if (!plan && rounding != Rounding::nearest) return;
  ASSERT_TRUE(plan) << what;
  // Ends of error bounds have p + 50 bits, and a Wide has 113.
  const double rounded = std::ldexp(1.0, plan->of_bounds ? -format.precision - 48 : -100);
  std::size_t left_out = 0, asked = 0;
  for (Ordinal first = 0; first <= max_ordinal(format) + 1; first += block_lanes) {
    const Block block = block_of(format, first);
    std::vector<ClaimSet> sets;
    for (const Float y : block.data) sets.push_back(defined(y, claim, rounding));
    for (const std::string& level : simd_levels()) {
      use_simd_level(level);
      SetBlock lanes;
      claimed(*plan, block.y, lanes);
      for (std::size_t i = 0; i < block_lanes; ++i) {
        ASSERT_TRUE(tells(lanes, i, sets[i], rounded))
            << what << ", " << level << ": " << to_hex(block.data[i]);
        ++asked;
        left_out += std::isnan(lanes.anchor[i]) && !sets[i].empty ? 1 : 0;
      }
    }
  }
  hwy::SetSupportedTargetsForTest(0);
  EXPECT_LE(static_cast<double>(left_out), stated.left_out * static_cast<double>(asked)) << what;
}

TEST(ClaimedSets, AreThoseOfTheDefinition) {
  for (const Format* format : {&binary16, &bfloat16})
    for (const Stated& stated : claims)
      for (const Rounding rounding : all_roundings) expect_defined(*format, stated, rounding);
}

}  // namespace
}  // namespace napier
