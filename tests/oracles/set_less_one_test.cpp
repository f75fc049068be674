// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Sets of powers that are known by M = a^x − 1, and what a machine makes of M, on every instruction
// set: see set_block_test.cpp.
#include "lib/fp/ulp.hpp"
#include "oracles/oracle.hpp"
#include "tests/oracles/set_block_support.hpp"

namespace napier {
namespace {

using namespace testing_support;

class SetsLessOne : public SetBlocks {};

/// Results M of a^x − 1, from tiny ones to infinity, and next to −1.
Lanes less_one(Draws& draws, const Format& format) {
  Lanes y = draws.numbers(std::max(format.least_exponent() + 1, -90), format.max_exponent + 1);
  for (std::size_t i = 0; i < block_lanes; i += 2) {
    const double size = draws.numbers(-40, 0)[i];
    y[i] = std::min(size, 1.0) - (i % 4 == 0 ? 1 : 0);
  }
  y[0] = -1;
  y[1] = infinite;
  return y;
}

void expect_claim_sets(const Case& c, const AccuracyClaim& promise, Rounding rounding) {
  const Enclosure one = exactly(1);
  const SetPlan plan = plan_of(c, promise, rounding);
  Check check(std::string("1 + M in ") + std::string(c.format->name) + " " + c.limit + " " +
              std::string(name(rounding)) + (plan.from_rounded ? " from the rounded value" : ""));
  Draws draws(*c.format, 13);
  for (int round = 0; round < points(4); ++round) {
    Lanes y = less_one(draws, *c.format);
    for (double& value : y)
      if (std::isfinite(value)) value = value_of(datum(*c.format, value));
    SetBlock set;
    claimed_less_one(plan, y, set);
    for (std::size_t i = 0; i < block_lanes; ++i) {
      const ClaimSet of_m = claim_set(datum(*c.format, y[i]), promise, rounding);
      if (of_m.empty) {
        EXPECT_TRUE(std::isnan(set.anchor[i]));
        continue;
      }
      const Enclosure lo = one + Enclosure(enough, *of_m.lo);
      const bool positive = certainly_less(exactly(0), lo);
      check.lane(set, i,
                 {positive ? lo : exactly(0),
                  of_m.hi ? one + Enclosure(enough, *of_m.hi) : Enclosure(), of_m.hi.has_value()});
      EXPECT_EQ(positive || std::isnan(set.anchor[i]), set.lo[i] != -set.anchor[i]);
    }
  }
  check.finish(block_lanes / 2, c.format != &binary64);
}

TEST_P(SetsLessOne, HoldClaimSetsOfPowersLessOne) {
  for (const Case& c : cases)
    for (const AccuracyClaim& promise : promises_of(c))
      for (const Rounding rounding : all_roundings) expect_claim_sets(c, promise, rounding);
}

/// Steps of a machine on M and N, each rounded to nearest; nullopt where one leaves the numbers.
std::optional<double> finite_value(Float x) {
  return is_finite(x) ? std::optional(value_of(x)) : std::nullopt;
}
std::optional<double> machine_product(Float m, Float n) {
  const Float both = product(m, n), sum = add(m, n).value;
  if (!is_finite(both) || !is_finite(sum)) return std::nullopt;
  return finite_value(add(sum, both).value);
}
std::optional<double> machine_quotient(Float m, Float n) {
  const Float rise = subtract(m, n).value, whole = add(n, from_integer(*n.format, 1)).value;
  if (!is_finite(rise) || !is_finite(whole) || is_zero(whole)) return std::nullopt;
  return finite_value(divide(rise, whole));
}

TEST_P(SetsLessOne, ComputeLessOneAsAMachineDoes) {
  for (const Case& c : cases) {
    Draws draws(*c.format, 17);
    std::size_t told = 0;
    const auto expect_same = [&](double found, const std::optional<double>& right) {
      if (std::isinf(found)) return;  // not known
      ++told;
      EXPECT_EQ(std::isnan(found), !right.has_value()) << c.format->name;
      if (right) {
        EXPECT_EQ(found, *right) << c.format->name;
      }
    };
    for (int round = 0; round < points(4); ++round) {
      Lanes m = less_one(draws, *c.format), n = less_one(draws, *c.format), product, quotient;
      for (Lanes* lanes : {&m, &n})
        for (double& value : *lanes)
          value = value_of(datum(*c.format, std::isinf(value) ? 1 : value));
      for (std::size_t i = 0; i < block_lanes; i += 5) n[i] = -m[i];  // what is left is M N
      machine_multiply_less_one(*c.format, m, n, product);
      machine_divide_less_one(*c.format, m, n, quotient);
      for (std::size_t i = 0; i < block_lanes; ++i) {
        const Float a = datum(*c.format, m[i]), b = datum(*c.format, n[i]);
        expect_same(product[i], machine_product(a, b));
        expect_same(quotient[i], machine_quotient(a, b));
      }
    }
    EXPECT_GT(told, block_lanes);
  }
}

/// The datum next to a^x − 1, and the binade in which an ulp of it is told.
TEST_P(SetsLessOne, FindTheDatumLessOne) {
  for (const Case& c : cases) {
    Draws draws(*c.format, 19);
    const BulkFilter powers =
        BulkFilter::of(*find_function("exp"), binary64, Rounding::nearest).value();
    std::size_t told = 0;
    for (int round = 0; round < points(4); ++round) {
      const Lanes x = draws.numbers(-12, 3, true);
      SetBlock set;
      power_points(powers, x, set);
      Lanes data, none{}, apart;
      machine_points_less_one(*c.format, set, data);
      machine_apart_less_one(*c.format, powers, data, none, x, apart);
      for (std::size_t i = 0; i < block_lanes; ++i) {
        if (!std::isfinite(data[i])) continue;
        ++told;
        const Enclosure t = expm1(exactly(x[i]));
        EXPECT_EQ(data[i], value_of(middle(t, *c.format)));
        // |data − 0| in ulps of t: at least 2^(p − 1), and less than twice that at most.
        const double ulps =
            std::ldexp(std::abs(data[i]), -static_cast<int>(ulp_exponent(*c.format, binade(t))));
        EXPECT_GE(apart[i], ulps);
        EXPECT_LE(apart[i], 4 * ulps);
      }
    }
    EXPECT_GT(told, block_lanes / 2);
  }
}

TEST_P(SetsLessOne, AreRaisedToPowers) {
  each_case(8, [](const Case& c, Draws& draws, const SetPlan& plan, int rounds, double) {
    const BulkPowers powers = BulkPowers::of(binary64, Rounding::nearest).value();
    Check check(std::string("(1 + M)^y in ") + std::string(c.format->name));
    for (int round = 0; round < rounds; ++round) {
      const Lanes m = less_one(draws, *c.format), y = draws.numbers(-6, 3, true);
      Lanes anchors = m;
      for (double& anchor : anchors) anchor += 1;
      SetBlock set, raised;
      claimed_less_one(plan, m, set);
      raise(powers, set, anchors, y, raised);
      for (std::size_t i = 0; i < block_lanes; ++i) check_raised(check, i, set, y[i], raised);
    }
    check.finish(block_lanes / 8);
  });
}

INSTANTIATE_TEST_SUITE_P(Levels, SetsLessOne, testing::ValuesIn(simd_levels()),
                         [](const auto& level) { return level.param; });

}  // namespace
}  // namespace napier
