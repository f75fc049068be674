// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "lib/fp/arithmetic.hpp"
#include "lib/target/claim_set.hpp"
#include "oracles/enclosure.hpp"
#include "oracles/fast/scalar/simd_level.hpp"
#include "oracles/fast/sets/set_block.hpp"
#include "tests/oracles/points.hpp"

/// Sets in blocks beside what is true of them, by MPFI.
namespace napier::testing_support {

inline constexpr Precision enough{400};
inline constexpr double infinite = std::numeric_limits<double>::infinity();

inline Enclosure exactly(double value) { return {enough, Dyadic::of(value)}; }
inline Enclosure in_lane(const SetBlock& set, std::size_t i, const Enclosure& offset) {
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
inline constexpr Case cases[] = {{&binary64, "1.5"}, {&binary64, "0.5"}, {&binary64, "40"},
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

/// The limit of a case, from the true value and from its rounding.
inline std::vector<AccuracyClaim> promises_of(const Case& c) {
  const Dyadic limit = parse_limit(c.limit, *c.format).limit;
  return {WithinUlp{limit}, WithinRoundedUlp{limit}};
}

inline SetPlan plan_of(const Case& c, const AccuracyClaim& promise, Rounding rounding) {
  const auto plan = SetPlan::of(*c.format, rounding, std::vector{promise});
  if (!plan) throw std::logic_error("no plan of sets for " + std::string(c.format->name));
  return *plan;
}
inline SetPlan plan_of(const Case& c) {
  return plan_of(c, promises_of(c).front(), Rounding::nearest);
}

inline Ends ends_of(const ClaimSet& set) {
  const Dyadic lo = set.lo && set.lo->sign() > 0 ? *set.lo : Dyadic{};
  return {Enclosure(enough, lo), set.hi ? Enclosure(enough, *set.hi) : Enclosure(),
          set.hi.has_value()};
}
inline Float datum(const Format& format, double value) {
  if (std::isinf(value)) return infinity(format);
  return round_to(format, Dyadic::of(value), Rounding::nearest);
}

/// The ends that a block of claim sets stands for, exactly as it holds them.
inline Ends held(const SetBlock& set, std::size_t i) {
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

/// {P^y} of a lane of which both are known.
inline void check_raised(Check& check, std::size_t i, const SetBlock& set, double y,
                         const SetBlock& raised) {
  if (std::isnan(set.anchor[i]) || std::isnan(raised.anchor[i])) return;
  const Ends ends = held(set, i);
  const Enclosure low = exp(exactly(y) * log(ends.lo)), high = exp(exactly(y) * log(ends.hi));
  check.lane(raised, i, y < 0 ? Ends{high, low} : Ends{low, high});
}

}  // namespace napier::testing_support
