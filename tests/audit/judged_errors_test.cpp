// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Relative and absolute errors: what is said to be at least reached and never exceeded, against
// every argument by C's long double.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <functional>

#include "audit/campaign.hpp"
#include "audit/profile/judged_errors.hpp"
#include "lib/target/claim_grammar.hpp"
#include "lib/target/composition.hpp"
#include "props/tally/largest.hpp"

namespace napier {
namespace {

constexpr double in_doubt = 1e-12;  // of C's long double, and of figures of six digits
constexpr double short_figure = 1e-4;

_Float16 exp16(_Float16 x) { return static_cast<_Float16>(std::exp(static_cast<double>(x))); }
_Float16 expm1_16(_Float16 x) { return static_cast<_Float16>(std::expm1(static_cast<double>(x))); }
_Float16 log16(_Float16 x) { return static_cast<_Float16>(std::log(static_cast<double>(x))); }
/// Off by 3 % between 1 and 1.1, by a little above 8.
_Float16 off(_Float16 x) {
  const double t = std::exp(static_cast<double>(x));
  return static_cast<_Float16>(x > 1 && x < static_cast<_Float16>(1.1) ? t * 1.03
                               : x > 8                                 ? t * 1.001
                                                                       : t);
}
_Float16 nan_somewhere(_Float16 x) { return x == 2 ? static_cast<_Float16>(NAN) : exp16(x); }
double exp_of(double x) { return std::exp(x); }
double off_next_to_3(double x) {
  return std::abs(x - 3) < 0x1p-10 ? std::exp(x) * (1 + 1e-9) : std::exp(x);
}

template <class T>
TargetResult audited(const Function& function, T (*code)(T), const std::string& claim,
                     std::uint64_t cases) {
  Candidate candidate;
  candidate.target.name = "some";
  candidate.target.function = &function;
  candidate.target.format = native_format<T>;
  candidate.target.open = [code] { return direct_caller(ScalarFunction(Unary<T>(code))); };
  candidate.target.claim = parse_claim(claim, function, *native_format<T>);
  CampaignOptions options;
  options.properties = {"accuracy"};
  options.cases = cases;
  options.threads = 1;
  return run_campaign({candidate}, options).targets.front();
}

struct Largest16 {
  double relative = 0, absolute = 0;
};
Largest16 by_every_argument(_Float16 (*code)(_Float16), long double (*truth)(long double),
                            double lo, double hi) {
  Largest16 all;
  for (unsigned bits = 0; bits < 1U << 16; ++bits) {
    const auto x = std::bit_cast<_Float16>(static_cast<std::uint16_t>(bits));
    if (!(x >= static_cast<_Float16>(lo) && x <= static_cast<_Float16>(hi))) continue;
    const long double t = truth(static_cast<long double>(x));
    const auto y = static_cast<long double>(code(x));
    if (!std::isfinite(t) || !std::isfinite(y) || std::fabs(t) >= 65520) continue;
    all.absolute = std::max(all.absolute, static_cast<double>(std::fabs(y - t)));
    if (std::fabs(t) >= 0x1p-14L)
      all.relative = std::max(all.relative, static_cast<double>(std::fabs(y - t) / std::fabs(t)));
  }
  return all;
}

void expect_around(const std::optional<SeenError>& said, double largest, double tight,
                   const std::string& what) {
  ASSERT_TRUE(said) << what;
  EXPECT_LE(said->at_least, largest * (1 + in_doubt)) << what;
  EXPECT_GE(said->at_least, largest * tight) << what;
  EXPECT_GE(said->at_most, largest * (1 - in_doubt)) << what;
  EXPECT_TRUE(said->is_of_every_call) << what;
  EXPECT_FALSE(said->at.empty()) << what;
}

TEST(JudgedErrors, EncloseThoseOfEveryArgument) {
  const struct {
    const char* name;
    const Function& function;
    _Float16 (*code)(_Float16);
    long double (*truth)(long double);
    const char* claim;
    double lo, hi;
    double wide;  ///< the bound may be so many times the largest: in a range ulps may differ
  } rows[] = {
      {"exp", functions::exp, exp16, std::exp, "ulp <= 1", -INFINITY, INFINITY, 1.1},
      {"exp on a part", functions::exp, exp16, std::exp, "ulp <= 1 on [-2, 3]", -2, 3, 2.1},
      {"expm1", functions::expm1, expm1_16, std::expm1, "ulp <= 1", -INFINITY, INFINITY, 1.1},
      {"log", functions::log, log16, std::log, "ulp <= 1", 0x1p-24, INFINITY, 2.1},
      {"off", functions::exp, off, std::exp, "rel <= 0.1", -INFINITY, INFINITY, 2.1},
  };
  for (const auto& row : rows) {
    const TargetResult result = audited(row.function, row.code, row.claim, 70'000);
    const Largest16 all = by_every_argument(row.code, row.truth, row.lo, row.hi);
    expect_around(result.relative, all.relative, 0.5, std::string(row.name) + ", relative");
    expect_around(result.absolute, all.absolute, 0.8, std::string(row.name) + ", absolute");
    EXPECT_LE(result.relative->at_most, all.relative * row.wide * (1 + short_figure)) << row.name;
    EXPECT_LE(result.absolute->at_most, all.absolute * row.wide * (1 + short_figure)) << row.name;
  }
}

TEST(JudgedErrors, SayNothingWhereAResultIsNoNumber) {
  const TargetResult result = audited(functions::exp, nan_somewhere, "ulp <= 1", 70'000);
  ASSERT_TRUE(result.relative);
  EXPECT_TRUE(std::isinf(result.relative->at_most));
  EXPECT_TRUE(std::isinf(result.absolute->at_most));
}

_Float16 wild_in_a_gap(_Float16 x) {
  return x > static_cast<_Float16>(2) && x < static_cast<_Float16>(3) ? static_cast<_Float16>(1000)
                                                                      : exp16(x);
}

TEST(JudgedErrors, LeaveOutWhatNoPieceOfAClaimSpeaksOf) {
  const TargetResult result =
      audited(functions::exp, wild_in_a_gap, "rel <= 1e-3 on [1, 2]; abs <= 10 on [3, 4]", 70'000);
  ASSERT_TRUE(result.relative && result.absolute);
  EXPECT_LT(result.relative->at_least, 1e-3);
  EXPECT_LT(result.absolute->at_least, 1);
  EXPECT_LT(result.absolute->at_most, 1);
}

/// A range that is not told of has no error above worth_keeping, and may have one of that.
TEST(JudgedErrors, CountTheRangesOfWhichNothingIsTold) {
  Target target;
  target.function = &functions::exp;
  target.format = &binary64;
  TargetResult result;
  result.measurements.push_back({.property = "accuracy", .cases = 9});
  result.measurements.back().max_ulp = {{0.5}, {0.5}};
  result.measurements.back().at = {from_native(1.0)};
  const auto most = [&](double lo, double hi) {
    target.claim.domain.x = {lo, hi};
    return judged_errors(Subject(target, Rounding::nearest), result).absolute;
  };
  EXPECT_EQ(most(-INFINITY, INFINITY), std::ldexp(worth_keeping, 971));
  EXPECT_EQ(most(-INFINITY, 0.5), std::ldexp(worth_keeping, -52));
  EXPECT_EQ(most(-8, -1), std::ldexp(worth_keeping, -54));
}

/// Of one base the exponent is what tells ranges apart, and where the claim's domain is.
TEST(JudgedErrors, OfAPowerOfOneBaseAreThoseOfItsExponents) {
  Target target;
  target.function = &functions::pow;
  target.format = &binary64;
  TargetResult result;
  result.measurements.push_back({.property = "accuracy", .cases = 9});
  result.measurements.back().max_ulp = {{0.5}, {0.5}};
  result.measurements.back().at = {from_native(2.0), from_native(1.0)};
  const auto most = [&](double base, double lo, double hi) {
    target.claim.domain.x = {base, base};
    target.claim.domain.y = {lo, hi};
    return judged_errors(Subject(target, Rounding::nearest), result).absolute;
  };
  EXPECT_EQ(most(2, -INFINITY, 0.5), std::ldexp(worth_keeping, -52));
  EXPECT_EQ(most(2, -8, -1), std::ldexp(worth_keeping, -53));
  EXPECT_EQ(most(-2, 0.5, 3.5), std::ldexp(worth_keeping, 3 - 52));
  EXPECT_EQ(most(0.5, -2, 7), std::ldexp(worth_keeping, 2 - 52));
  target.function = &functions::d_pow_x;  // y 2^-(y - 1) is largest in the midst of it
  EXPECT_EQ(most(0.5, 0, 1e3), std::ldexp(worth_keeping, 971));
}

TEST(JudgedErrors, OfACompositionAreRelativeOnes) {
  const auto sigmoid = [](_Float16 x) {
    return static_cast<_Float16>(1 / (1 + std::exp(-static_cast<double>(x))));
  };
  const TargetResult result = audited<_Float16>(functions::sigmoid, sigmoid, "ulp <= 1", 70'000);
  ASSERT_TRUE(result.relative && result.absolute);
  EXPECT_LE(result.relative->at_most, 0x1.01p-11);
  EXPECT_GT(result.absolute->at_least, 0x1p-13);
  EXPECT_TRUE(std::isinf(result.absolute->at_most));
}

TEST(JudgedErrors, OfASampleAreThoseOfItsCallsAndNoBound) {
  const TargetResult good = audited(functions::exp, exp_of, "ulp <= 1", 50'000);
  ASSERT_TRUE(good.relative && good.absolute);
  EXPECT_FALSE(good.relative->is_of_every_call);
  EXPECT_GE(good.relative->judged, 50'000U);
  EXPECT_GT(good.relative->at_least, 0x1p-54);
  EXPECT_LT(good.relative->at_most, 0x1.2p-53);
  EXPECT_GT(good.absolute->at_least, 0x1p969);  // a quarter of an ulp in the last binade
  EXPECT_LT(good.absolute->at_most, 0x1.2p970);
  EXPECT_LE(good.absolute->at_least, good.absolute->at_most);
  // Few of the calls that are looked at closer lie there; many of those that were judged.
  const TargetResult other = audited(functions::exp, off_next_to_3, "ulp <= 1", 500'000);
  EXPECT_GT(other.relative->at_least, 0.9e-9);
  EXPECT_GT(other.relative->at_most, 0.99e-9);
  EXPECT_LT(other.relative->at_most, 2.1e-9);
}

}  // namespace
}  // namespace napier
