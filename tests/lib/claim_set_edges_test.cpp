// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Claim sets of the six formats at the values where an ulp changes: their ends satisfy the
// definition of error, and a quantum of the claim beyond them nothing does.
#include <algorithm>

#include "lib/fp/ulp.hpp"
#include "lib/target/claim_set.hpp"
#include "tests/lib/support.hpp"

namespace napier {
namespace {

using testing_support::same;
using testing_support::two_to;

/// One below, at and one above powers of two, and the named data of the format, both signs.
std::vector<Float> edges(const Format& f) {
  std::vector<Float> found{
      zero(f),       min_subnormal(f),       step(min_subnormal(f), 1), next_down(min_normal(f)),
      min_normal(f), next_up(min_normal(f)), next_down(max_finite(f)),  max_finite(f),
      infinity(f)};
  for (const int power : {f.min_exponent() + 1, -1, 0, 1, f.max_exponent - 1, f.max_exponent})
    for (const int steps : {-1, 0, 1}) found.push_back(step(power_of_two(f, power), steps));
  for (std::size_t i = 0, count = found.size(); i < count; ++i) found.push_back(negated(found[i]));
  return found;
}

/// error(y, t) ≤ k by its definition, for t ≥ 0 or < 0 alike; exact in dyadics.
bool is_within(Float y, const Dyadic& t, const Dyadic& k, Rounding rounding) {
  const Format& f = *y.format;
  const std::int64_t e = t.is_zero() ? f.min_exponent() : t.binade();
  const Dyadic allowed = k.scaled(ulp_exponent(f, e));
  const Dyadic beyond = two_to(f.max_exponent + 1);
  const bool same_side = t.sign() == (is_negative(y) ? -1 : 1);
  if (is_infinite(y) && same_side && compare(magnitude(t), beyond) >= 0) return true;
  const Dyadic value = is_infinite(y) ? (is_negative(y) ? -beyond : beyond) : exact_value(y);
  if (compare(magnitude(subtract(value, t)), allowed) <= 0) return true;
  const bool truncating =
      rounding == Rounding::zero || rounding == (is_negative(y) ? Rounding::up : Rounding::down);
  return truncating && absolute(y) == max_finite(f) && same_side &&
         compare(magnitude(t), magnitude(value)) > 0 && compare(k, Dyadic::of_integer(1)) >= 0;
}

TEST(ClaimSetEdges, EndsAreTheLastPointsOfTheDefinition) {
  for (const Format* f : all_formats)
    for (const char* text : {"0", "0.25", "0.5", "0.53", "1", "1.5", "2", "3.75", "60"})
      for (const Rounding rounding : all_roundings)
        for (const Float y : edges(*f)) {
          SCOPED_TRACE(to_hex(y) + " in " + std::string(f->name) + ", " + text + " ulp, " +
                       std::string(name(rounding)));
          const Dyadic k = parse_limit(text, *f).limit;
          const ClaimSet set = claim_set(y, WithinUlp{k}, rounding);
          if (compare(k, two_to(f->precision - 2)) >= 0) {
            EXPECT_FALSE(set.lo || set.hi);
            continue;
          }
          ASSERT_FALSE(set.empty);
          // Ends lie on the claim's grid: multiples of 2^−claim_fraction_bits quanta.
          const auto outside = [&](const Dyadic& end) {
            const auto e = end.is_zero() ? f->min_exponent() : end.binade();
            return two_to(ulp_exponent(*f, e) - claim_fraction_bits(*f));
          };
          if (set.lo) {
            EXPECT_TRUE(is_within(y, *set.lo, k, rounding));
            EXPECT_FALSE(is_within(y, subtract(*set.lo, outside(*set.lo)), k, rounding));
          } else {
            EXPECT_TRUE(is_within(y, -two_to(f->max_exponent + 2), k, rounding));
          }
          if (set.hi) {
            EXPECT_TRUE(is_within(y, *set.hi, k, rounding));
            EXPECT_FALSE(is_within(y, add(*set.hi, outside(*set.hi)), k, rounding));
          } else {
            EXPECT_TRUE(is_within(y, two_to(f->max_exponent + 2), k, rounding));
          }
        }
}

TEST(ClaimSetEdges, AreTheNamedNumbersInBinary64) {
  const auto set = [](double y, const char* k, Rounding rounding = Rounding::nearest) {
    return claim_set(from_native(y), WithinUlp{parse_limit(k, binary64).limit}, rounding);
  };
  const auto is = [](const std::optional<Dyadic>& end, const Dyadic& value) {
    return end && compare(*end, value) == 0;
  };
  const Dyadic one = Dyadic::of_integer(1);
  // Under 1 an ulp is 2^−53, above it 2^−52; for half an ulp that is no longer y ± ulp(y)/2.
  EXPECT_TRUE(is(set(1, "0.5").lo, subtract(one, two_to(-54))));
  EXPECT_TRUE(is(set(1, "0.5").hi, add(one, two_to(-53))));
  // One below 1: 1 − 2^−53 + 2^−52 is past 1, where an ulp is already twice as large.
  EXPECT_TRUE(is(set(0x1.fffffffffffffp-1, "1").hi, add(one, two_to(-53))));
  // One above 1: 1 + 2^−52 − 2^−52 = 1, where the upper ulp still holds.
  EXPECT_TRUE(is(set(0x1.0000000000001p0, "1").lo, one));
  EXPECT_TRUE(is(set(0, "0.5").lo, -two_to(-1075)));
  EXPECT_TRUE(is(set(0, "0.5").hi, two_to(-1075)));
  const double largest = std::numeric_limits<double>::max();
  const Dyadic top = two_to(1024);
  EXPECT_TRUE(is(set(largest, "0.5").hi, subtract(top, two_to(970))));
  EXPECT_TRUE(is(set(largest, "1").hi, top));
  EXPECT_FALSE(set(largest, "1", Rounding::down).hi);
  EXPECT_TRUE(is(set(largest, "0.5", Rounding::down).hi, subtract(top, two_to(970))));
  EXPECT_FALSE(set(-largest, "1", Rounding::up).lo);
  EXPECT_TRUE(set(-largest, "1", Rounding::down).lo);
  const double infinite = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(set(infinite, "0").hi);
  EXPECT_TRUE(is(set(infinite, "0").lo, top));
  EXPECT_TRUE(is(set(infinite, "1").lo, subtract(top, two_to(971))));
  EXPECT_TRUE(is(set(-infinite, "1").hi, subtract(two_to(971), top)));
}

TEST(ClaimSetEdges, RoundingLeavesNoRealForAWrongInfinity) {
  for (const Format* f : all_formats) {
    const auto set = [&](Float y, Rounding rounding) {
      return claim_set(y, CorrectlyRounded{}, rounding);
    };
    EXPECT_TRUE(set(infinity(*f), Rounding::zero).empty);
    EXPECT_TRUE(set(infinity(*f), Rounding::down).empty);
    EXPECT_TRUE(set(infinity(*f, true), Rounding::up).empty);
    EXPECT_FALSE(set(infinity(*f), Rounding::up).empty);
    EXPECT_PRED2(same, *set(infinity(*f), Rounding::up).lo, exact_value(max_finite(*f)));
    EXPECT_FALSE(set(max_finite(*f), Rounding::zero).hi);
    EXPECT_FALSE(set(max_finite(*f, true), Rounding::zero).lo);
  }
}

}  // namespace
}  // namespace napier
