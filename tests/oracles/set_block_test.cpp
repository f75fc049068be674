// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Sets in blocks are the sets they say, to the errors they say: against claim sets and MPFI's
// arithmetic on their ends, on every instruction set. Some errors come near to what is allowed
// for, so that bounds cannot be far too small, and none is above.
#include "oracles/fast/set_block.hpp"

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <cmath>
#include <stdexcept>
#include <string>

#include "lib/fp/arithmetic.hpp"
#include "lib/target/claim_set.hpp"
#include "oracles/enclosure.hpp"
#include "oracles/fast/simd_level.hpp"
#include "tests/oracles/points.hpp"

namespace napier {
namespace {

using testing_support::points;
using testing_support::Random;

constexpr Precision enough{400};
constexpr double infinite = std::numeric_limits<double>::infinity();

Enclosure exactly(double value) { return {enough, Dyadic::of(value)}; }
Enclosure in_lane(const SetBlock& set, std::size_t i, const Enclosure& offset) {
  return scaled(exactly(set.anchor[i]) + offset, static_cast<std::int64_t>(set.n[i]));
}

/// The ends of a set, enclosed; an absent upper end is infinite.
struct Ends {
  Enclosure lo, hi;
  bool has_hi = true;
};

/// What is known of a block after an operation, beside what is true.
class Check {
 public:
  explicit Check(std::string what) : what_(std::move(what)) {}

  void lane(const SetBlock& set, std::size_t i, const Ends& truth) {
    if (std::isnan(set.anchor[i])) return;
    ++known_;
    const auto n = static_cast<std::int64_t>(set.n[i]);
    const Enclosure off = scaled(truth.lo, -n) - exactly(set.anchor[i]) - exactly(set.lo[i]);
    expect_within(off, set.error[i], "lower end", i);
    if (set.error[i] > 0) used_ = std::max(used_, std::abs(upper(off)) / set.error[i]);
    EXPECT_EQ(truth.has_hi, std::isfinite(set.width[i])) << what_;
    if (!truth.has_hi) return;
    const Enclosure width = scaled(truth.hi - truth.lo, -n) - exactly(set.width[i]);
    const double of_enclosures = 0x1p-350;  // of the same end twice
    expect_within(width, set.stretch[i] * set.width[i] * (1 + 0x1p-40) + of_enclosures, "width", i);
  }
  /// Enough lanes told something, and the bound is not a thousand times what any needs.
  void finish(std::size_t least, bool is_exact = false) const {
    EXPECT_GE(known_, least) << what_;
    if (!is_exact) {
      EXPECT_GT(used_, 0x1p-10) << what_;
    }
  }

 private:
  void expect_within(const Enclosure& off, double bound, const char* end, std::size_t i) const {
    const bool inside =
        certainly_at_most(off, exactly(bound)) && certainly_at_most(exactly(-bound), off);
    EXPECT_TRUE(inside) << what_ << ": " << end << " of lane " << i << " is off by " << upper(off)
                        << ", at most " << bound << " is said";
  }

  std::string what_;
  std::size_t known_ = 0;
  double used_ = 0;
};

struct Case {
  const Format* format;
  const char* limit;
};
constexpr Case cases[] = {{&binary64, "1.5"}, {&binary64, "0.5"}, {&binary64, "40"},
                          {&binary32, "1"},   {&binary16, "2"},   {&bfloat16, "0.75"}};

/// Results and arguments of a format, as doubles.
class Draws {
 public:
  Draws(const Format& format, std::uint64_t seed) : format_(format), random_(seed) {}
  Lanes numbers(double least, double most, bool any_sign = false) {
    Lanes lanes;
    for (double& x : lanes) {
      const double e = least + (most - least) * unit();
      x = rounded(std::exp2(e));
      if (random_.next() % 8 == 0) x = rounded(std::exp2(std::floor(e)) * (1 + 0x1p-51 * unit()));
      if (any_sign && random_.coin()) x = -x;
    }
    return lanes;
  }
  double unit() { return static_cast<double>(random_.next() >> 11) * 0x1p-53; }

 private:
  double rounded(double x) const {
    const Float datum = round_to(format_, Dyadic::of(x), Rounding::nearest);
    return to_double(exact_value(datum));
  }
  const Format& format_;
  Random random_;
};

SetPlan plan_of(const Case& c, Rounding rounding = Rounding::nearest) {
  const std::vector<AccuracyClaim> promises{
      WithinUlp{parse_limit(c.limit, *c.format, false).limit}};
  const auto plan = SetPlan::of(*c.format, rounding, promises);
  if (!plan) throw std::logic_error("no plan of sets for " + std::string(c.format->name));
  return *plan;
}

Ends ends_of(const ClaimSet& set) {
  const Dyadic lo = set.lo && set.lo->sign() > 0 ? *set.lo : Dyadic{};
  return {Enclosure(enough, lo), set.hi ? Enclosure(enough, *set.hi) : Enclosure(),
          set.hi.has_value()};
}
Float datum(const Format& format, double value) {
  return round_to(format, Dyadic::of(value), Rounding::nearest);
}

/// The ends that a block of claim sets stands for, exactly as it holds them.
Ends held(const SetBlock& set, std::size_t i) {
  const Enclosure lo = in_lane(set, i, exactly(set.lo[i]));
  if (std::isinf(set.width[i])) return {lo, exactly(0), false};
  const Enclosure hi = in_lane(set, i, exactly(set.lo[i]) + exactly(set.width[i]));
  return {lo, hi};
}

class SetBlocks : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { use_simd_level(GetParam()); }
  void TearDown() override { hwy::SetSupportedTargetsForTest(0); }

  /// Runs something for every case with blocks of claim sets of two results.
  template <class Use>
  void each_case(double size, Use use) {
    for (const Case& c : cases) {
      Draws draws(*c.format, 7);
      const int rounds = points(4);
      use(c, draws, plan_of(c), rounds, std::min(size, c.format->max_exponent / 3.0));
    }
  }
};

TEST_P(SetBlocks, HoldClaimSets) {
  for (const Case& c : cases)
    for (const Rounding rounding : {Rounding::nearest, Rounding::down, Rounding::up}) {
      const SetPlan plan = plan_of(c, rounding);
      Check check(std::string(c.format->name) + " " + c.limit);
      Draws draws(*c.format, 3);
      for (int round = 0; round < points(4); ++round) {
        Lanes y = draws.numbers(c.format->least_exponent() - 1, c.format->max_exponent + 1);
        y[0] = 0;
        y[1] = infinite;
        y[2] = to_double(exact_value(max_finite(*c.format)));
        SetBlock set;
        claimed(plan, y, set);
        for (std::size_t i = 0; i < block_lanes; ++i) {
          const Float result = std::isinf(y[i]) ? infinity(*c.format) : datum(*c.format, y[i]);
          check.lane(set, i,
                     ends_of(claim_set(result, WithinUlp{Dyadic::of(plan.limit)}, rounding)));
        }
      }
      check.finish(block_lanes / 2, true);
    }
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
        if (std::isnan(set.anchor[i])) continue;
        const Ends ends = held(set, i);
        const Enclosure low = exp(exactly(y[i]) * log(ends.lo));
        const Enclosure high = exp(exactly(y[i]) * log(ends.hi));
        raised.lane(power, i, y[i] < 0 ? Ends{high, low} : Ends{low, high});
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
