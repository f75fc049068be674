// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Sets in blocks are the sets they say, to the errors they say: against claim sets and MPFI's
// arithmetic on their ends, on every instruction set. Some errors come near to what is allowed
// for, so that bounds cannot be far too small, and none is above.
#include "tests/oracles/set_block_support.hpp"

namespace napier {
namespace {

using namespace testing_support;

void expect_claim_sets(const Case& c, const AccuracyClaim& promise, Rounding rounding) {
  const SetPlan plan = plan_of(c, promise, rounding);
  Check check(std::string(c.format->name) + " " + c.limit + " " + std::string(name(rounding)) +
              (plan.from_rounded ? " from the rounded value" : ""));
  Draws draws(*c.format, 3);
  for (int round = 0; round < points(4); ++round) {
    Lanes y = draws.numbers(c.format->least_exponent() - 1, c.format->max_exponent + 1);
    const double largest = to_double(exact_value(max_finite(*c.format)));
    y[0] = 0;
    y[1] = infinite;
    y[2] = largest;
    y[3] = to_double(exact_value(next_down(max_finite(*c.format))));
    for (std::size_t i = 4; i < 8; ++i)  // the least data
      y[i] = std::ldexp(static_cast<double>(i - 3), c.format->least_exponent());
    SetBlock set;
    claimed(plan, y, set);
    for (std::size_t i = 0; i < block_lanes; ++i) {
      const ClaimSet truth = claim_set(datum(*c.format, y[i]), promise, rounding);
      if (truth.empty)
        EXPECT_TRUE(std::isnan(set.anchor[i]));
      else
        check.lane(set, i, ends_of(truth));
    }
  }
  check.finish(block_lanes / 2, true);
}

TEST_P(SetBlocks, HoldClaimSets) {
  for (const Case& c : cases)
    for (const AccuracyClaim& promise : promises_of(c))
      for (const Rounding rounding : all_roundings) expect_claim_sets(c, promise, rounding);
}

TEST_P(SetBlocks, MultiplyAndDivide) {
  each_case(200, [](const Case& c, Draws& draws, const SetPlan& plan, int rounds, double size) {
    Check products(std::string("P Q in ") + std::string(c.format->name));
    Check quotients(std::string("P/Q in ") + std::string(c.format->name));
    for (int round = 0; round < rounds; ++round) {
      SetBlock p, q, product, quotient;
      claimed(plan, draws.numbers(-size, size), p);
      claimed(plan, draws.numbers(-size, size), q);
      multiply(p, q, product);
      divide(p, q, quotient);
      for (std::size_t i = 0; i < block_lanes; ++i) {
        const Ends a = held(p, i), b = held(q, i);
        products.lane(product, i, {a.lo * b.lo, a.hi * b.hi});
        quotients.lane(quotient, i, {a.lo / b.hi, a.hi / b.lo});
      }
    }
    products.finish(block_lanes / 2, c.format != &binary64);  // of half as many bits: exact
    quotients.finish(block_lanes / 2);
  });
}

TEST_P(SetBlocks, CorrectForRoundedArguments) {
  each_case(20, [](const Case& c, Draws& draws, const SetPlan& plan, int rounds, double size) {
    Check check(std::string("P a^e in ") + std::string(c.format->name));
    for (int round = 0; round < rounds; ++round) {
      const Lanes bases = draws.numbers(-size, size);
      LogBlock logs;
      logarithms(bases, logs);
      SetBlock set;
      claimed(plan, draws.numbers(-size, size), set);
      ArgumentBlock sum;
      add_arguments(*c.format, draws.numbers(-3, 3, true), draws.numbers(-3, 3, true), sum);
      const SetBlock before = set;
      correct(set, sum, logs);
      for (std::size_t i = 0; i < block_lanes; ++i) {
        if (std::isnan(before.anchor[i]) || std::isnan(logs.value[i])) continue;
        const Enclosure factor = exp(exactly(sum.remainder[i]) * log(exactly(bases[i])));
        const Ends ends = held(before, i);
        check.lane(set, i, {ends.lo * factor, ends.hi * factor});
      }
    }
    check.finish(block_lanes / 2);
  });
}

/// Of results that are 0 or infinite, remainders are as large as arguments.
TEST_P(SetBlocks, CorrectByAnyRemainder) {
  each_case(20, [](const Case& c, Draws& draws, const SetPlan& plan, int rounds, double size) {
    Check near(std::string("P a^e in ") + std::string(c.format->name));
    std::size_t far = 0;
    LogBlock logs;
    set_to_log(Base::ten, logs);
    for (int round = 0; round < rounds; ++round) {
      Lanes results = draws.numbers(-size, size);
      for (std::size_t i = 0; i < block_lanes; i += 3) results[i] = i % 2 == 0 ? 0 : infinite;
      SetBlock before, set;
      claimed(plan, results, before);
      ArgumentBlock by{{}, draws.numbers(-8, std::min(30, c.format->max_exponent), true), {}};
      set = before;
      correct(set, by, logs);
      for (std::size_t i = 0; i < block_lanes; ++i) {
        if (std::isnan(set.anchor[i])) continue;
        const bool from_zero = before.lo[i] == -before.anchor[i];
        const bool endless = std::isinf(before.width[i]);
        EXPECT_EQ(from_zero, set.lo[i] == -set.anchor[i]);
        EXPECT_EQ(endless, std::isinf(set.width[i]));
        if (std::isinf(set.n[i])) {
          ++far;
          EXPECT_TRUE(from_zero || endless);
          EXPECT_GT(set.n[i] * by.remainder[i], 0);
          EXPECT_GT(std::abs(by.remainder[i]), 0x1p10);
          continue;
        }
        const Enclosure factor = exp(exactly(by.remainder[i]) * log(exactly(10)));
        const Ends ends = held(before, i);
        near.lane(set, i, {ends.lo * factor, ends.hi * factor, ends.has_hi});
      }
    }
    near.finish(block_lanes / 3);
    if (c.format->max_exponent > 30) {
      EXPECT_GT(far, block_lanes / 16);
    }
  });
}

TEST_P(SetBlocks, EnclosePowersAndRaiseToThem) {
  each_case(8, [](const Case& c, Draws& draws, const SetPlan& plan, int rounds, double size) {
    const BulkPowers powers = BulkPowers::of(binary64, Rounding::nearest).value();
    const BulkFilter of_e =
        BulkFilter::of(*find_function("exp"), binary64, Rounding::nearest).value();
    Check points_of_e("e^x"), any("a^x"),
        raised(std::string("P^y in ") + std::string(c.format->name));
    for (int round = 0; round < rounds; ++round) {
      const Lanes a = draws.numbers(-size, size), y = draws.numbers(-6, 3, true);
      SetBlock set, power, point, natural;
      claimed(plan, a, set);
      raise(powers, set, a, y, power);
      power_points(powers, a, y, point);
      power_points(of_e, y, natural);
      for (std::size_t i = 0; i < block_lanes; ++i) {
        const Enclosure t = exp(exactly(y[i]) * log(exactly(a[i]))), e = exp(exactly(y[i]));
        any.lane(point, i, {t, t});
        points_of_e.lane(natural, i, {e, e});
        check_raised(raised, i, set, y[i], power);
      }
    }
    points_of_e.finish(block_lanes / 2);
    any.finish(block_lanes / 2);
    raised.finish(block_lanes / 4);
  });
}

TEST_P(SetBlocks, RoundArgumentsAsTheFormatDoes) {
  for (const Case& c : cases) {
    Draws draws(*c.format, 5);
    const double size = std::min(300.0, c.format->max_exponent - 1.0);
    for (int round = 0; round < points(8); ++round) {
      const Lanes x = draws.numbers(-size, size, true), y = draws.numbers(-size, size, true);
      ArgumentBlock sum, product;
      add_arguments(*c.format, x, y, sum);
      multiply_arguments(*c.format, x, y, product);
      const auto expect_same = [&](const ArgumentBlock& block, std::size_t i,
                                   const Rounded& right) {
        if (is_infinite(right.value)) {
          EXPECT_TRUE(std::isinf(block.value[i]));
          return;
        }
        EXPECT_EQ(block.value[i], to_double(magnitude(exact_value(right.value))) *
                                      (is_negative(right.value) ? -1 : 1));
        if (std::isnan(block.remainder[i]) || !right.remainder_exact) return;
        const Enclosure off = Enclosure(enough, right.remainder) - exactly(block.remainder[i]);
        EXPECT_TRUE(certainly_at_most(off, exactly(block.slack[i])) &&
                    certainly_at_most(exactly(-block.slack[i]), off));
      };
      for (std::size_t i = 0; i < block_lanes; ++i) {
        const Float a = datum(*c.format, x[i]), b = datum(*c.format, y[i]);
        expect_same(sum, i, add(a, b));
        if (product.value[i] != 0) expect_same(product, i, napier::multiply(a, b));
      }
    }
  }
}

TEST_P(SetBlocks, EncodeData) {
  for (const Format* format : all_formats) {
    if (!has_values(*format)) continue;
    Draws draws(*format, 11);
    const Lanes x = draws.numbers(format->least_exponent(), format->max_exponent, true);
    std::array<std::uint64_t, block_lanes> encodings{};
    encodings_of(*format, x, encodings);
    for (std::size_t i = 0; i < block_lanes; ++i)
      EXPECT_EQ(encodings[i], static_cast<std::uint64_t>(datum(*format, x[i]).bits));
  }
}

INSTANTIATE_TEST_SUITE_P(Levels, SetBlocks, testing::ValuesIn(simd_levels()),
                         [](const auto& level) { return level.param; });

}  // namespace
}  // namespace napier
