// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What is said of why a target is wrong, of targets that are wrong in a known way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <map>
#include <numbers>
#include <set>

#include <fmt/format.h>

#include "audit/campaign.hpp"
#include "audit/profile/diagnose.hpp"
#include "lib/target/catalogue.hpp"
#include "lib/target/claim_grammar.hpp"
#include "tests/mutants/mutants.hpp"

namespace napier {
namespace {

using Causes = std::set<std::string_view>;

/// The causes that are right of each mutant: its sin in our words, or where it is and nowhere else.
/// Of those that are not here there is none that we know: "no pattern" is right.
const std::map<std::string_view, Causes>& right_causes() {
  static const Causes special{"a special value"}, sign{"the sign is lost"},
      base{"the base is wrong"}, factor{"a constant factor"}, entry{"one table entry"},
      threshold{"a threshold is off"}, far{"wrong far beyond the range"},
      flushed{"subnormal results are flushed"}, arguments{"subnormal arguments are misread"},
      twice{"results are rounded twice"}, cancels{"cancellation near 0"},
      grows{"x ln a is rounded, or a multiple of ln 2"}, mode{"the rounding mode is ignored"},
      single{"single arguments"}, polynomial{"the polynomial, its interval or its table"},
      binade{"one binade"}, stretch{"one binade", "one stretch of arguments"};
  static const std::map<std::string_view, Causes> right{
      {"wrong_base", base},
      {"wrong_base_32", base},
      {"wrong_base_expm1", base},
      {"wrong_base_exp2", base},
      {"wrong_base_exp10", base},
      {"wrong_base_pow", base},
      {"wrong_low_ln2", base},
      {"exp10_short_log2", base},
      {"scaled", factor},
      {"scaled_exp2", factor},
      {"scaled_exp10", factor},
      {"scaled_pow", factor},
      {"scaled_slope", factor},
      {"short_ln2", factor},
      {"short_ln10", factor},
      {"wrong_base_log", factor},
      {"shifted_log", {"a constant is added"}},
      {"log_short_ln2", {"ln 2 is too short"}},
      {"bad_binade", binade},
      {"bad_binade_32", binade},
      {"log_of_rounded_difference", {"one binade", "one stretch of arguments"}},
      {"log_of_largest", {"one binade", "one stretch of arguments"}},
      {"wrong_cell", entry},
      {"wrong_cell_32", entry},
      {"exp_entry_4096", entry},
      {"exp10_entry_1024", entry},
      {"exp2_entry_32", entry},
      {"log_entry_128", entry},
      {"pow_entry_128", entry},
      {"pow_entry_below_zero", entry},
      {"exp2m1_entry_16", entry},
      {"early_overflow", threshold},
      {"early_overflow_expm1", threshold},
      {"early_zero", threshold},
      {"saturates", {"a threshold is off", "one stretch of arguments"}},
      {"careless_limit", threshold},
      {"early_minus_one", threshold},
      {"underflows_below_one", {"a threshold is off", "subnormal results are flushed"}},
      {"last_place_less_one", {"a threshold is off", "single arguments"}},
      {"limit_rounded_down", threshold},
      {"expm1_limit", threshold},
      {"late_limit", threshold},
      {"exp10_limit", threshold},
      {"exp10_limit_32", threshold},
      {"exp2m1_limit", threshold},
      {"exp10m1_limit", threshold},
      {"pow_limit", threshold},
      {"pow_zero_limit", threshold},
      {"minus_one_late", {"a threshold is off", "one stretch of arguments"}},
      {"exp10m1_minus_one", threshold},
      {"zero_below_minus_740", threshold},
      {"no_subnormal_powers_of_two", {"a threshold is off", "subnormal results are flushed"}},
      {"loses_least_power_of_ten", {"a threshold is off", "single arguments"}},
      {"exponent_wraps", far},
      {"exp_wraps", far},
      {"exp2_wraps", far},
      {"exp10_bias_wraps", far},
      {"cells_wrap", far},
      {"expm1_wraps", far},
      {"exp2m1_wraps", far},
      {"pow_wraps", far},
      {"flushes_subnormals", flushed},
      {"flushes_subnormals_32", flushed},
      {"exp10m1_into_subnormals", flushed},
      {"subnormal_base", arguments},
      {"subnormal_base_is_zero", arguments},
      {"log_of_subnormal", arguments},
      {"log_without_normalizing", arguments},
      {"expm1_of_subnormal", arguments},
      {"double_rounding", twice},
      {"exp10_rounds_twice", twice},
      {"exp2_rounds_twice", twice},
      {"pow_rounds_twice", twice},
      {"exp2m1_rounds_twice", twice},
      {"as_difference", cancels},
      {"exp2m1_as_difference", cancels},
      {"exp10m1_as_difference", cancels},
      {"late_difference", cancels},
      {"tiny_by_one", cancels},
      {"cancelling_log", cancels},
      {"naive", grows},
      {"naive_below_zero", grows},
      {"always_nearest", mode},
      {"mirrored", mode},
      {"nothing_upward", {"the rounding mode is ignored", "a threshold is off"}},
      {"infinite_towards_zero",
       {"the rounding mode is ignored", "a threshold is off", "one stretch of arguments"}},
      {"log_of_one", special},
      {"lost_sign", sign},
      {"lost_parity", sign},
      {"parity_in_32_bits", sign},
      {"parity_in_64_bits", sign},
      {"parity_of_large", sign},
      {"parity_of_large_32", sign},
      {"slope_loses_parity", sign},
      {"halves_are_whole", {"a special value"}},
      {"rounds_exponents", {"a special value"}},
      {"lost_sign_of_zero", {"the sign is lost", "a special value"}},
      {"swallows_sign", stretch},
      {"reciprocal_of_power", stretch},
      {"wrong_far_scale", stretch},
      {"knows_e", stretch},
      {"short_log_near_one", stretch},
      {"coarse_below_one", stretch},
      {"short_series", stretch},
      {"base_in_single", stretch},
      {"near_minus_one", stretch},
      {"expm1_is_x", stretch},
      {"exp_is_linear", stretch},
      {"none_beyond_711", stretch},
      {"forgets_a_corner", single},
      {"nine_to_the_fifth", single},
      {"wrong_coefficient", polynomial},
      {"magic_constant", polynomial},
      {"exp_loses_term", stretch},
      {"exp2m1_is_linear", stretch},
      {"log_by_square", stretch},
      {"exp10m1_coefficient", stretch},
      {"wrong_square", single},
      {"inexact_powers_of_ten", single},
      {"inexact_powers_of_two", {"single arguments", "one table entry"}},
      {"slip_at_ten_to_22", single},
      {"wrong_subnormal_entry", single},
      {"long_square_root", single},
      {"subnormal_midpoint", {"single arguments", "results are rounded twice"}},
      {"midpoint_of_cubed_root", single},
      {"repeated_products", single},
      {"reciprocal_root", single},
      {"small_integer_bases", single},
      {"cube", single},
      {"tie_of_ten_to_23", single},
      {"exp10m1_exact", single},
      {"exp2m1_exact", single},
      {"loses_nan", special},
      {"nan_overflows", special},
      {"nan_is_minus_one", special},
      {"exp10_of_minus_inf", special},
      {"expm1_of_minus_inf", special},
      {"finite_at_inf", special},
      {"loses_minus_zero", special},
      {"exp2m1_minus_zero", special},
      {"exp10m1_minus_zero", special},
      {"one_off_at_zero", special},
      {"log_of_negative", special},
      {"log_of_minus_zero", special},
      {"log_of_inf", special},
      {"log_minus_inf", special},
      {"minus_zero_at_one", special},
      {"pow_of_minus_one", special},
      {"pow_of_one", special},
      {"one_to_infinity", special},
      {"nan_to_zero", special},
      {"zero_to_zero", special},
      {"odd_power_of_minus_zero", special},
      {"odd_pole", special},
      {"power_of_minus_inf", special},
      {"small_to_infinity", special},
      {"square_root", special},
      {"cube_root", special},
      {"logarithm_of_zero", special},
      {"missing_ln", {"a constant factor", "another function"}},
      {"constant_one", {"nowhere near its function"}},
      {"falling_short", {"nowhere near its function"}},
      {"forgotten_chain_factor", {"nowhere near its function"}},
      {"half_of_the_product_rule", {"nowhere near its function"}},
      {"swapped_to_y", {"another function"}},
      {"swapped_to_x", {"another function"}},
      {"ln_of_another_base", factor},
      {"step_too_long", factor},
      {"taylor_coefficient", factor},
      {"order_off_by_one", factor},
      {"slope_from_the_value", stretch},
      {"slope_overflows_early", threshold},
      {"slope_flushes", {"a threshold is off", "subnormal results are flushed"}},
      {"coarse_inside", stretch},
      {"coarse_in_a_box", stretch},
      {"short_of_the_end", single},
      {"far_too_early", threshold},
      {"keeps_the_largest", {"a threshold is off", "subnormal results are flushed"}},
      {"reads_them_as_zero", arguments},
      {"gives_zero", flushed},
  };
  return right;
}

TargetResult tried(const Target& target, bool all_modes) {
  CampaignOptions options;
  options.cases = 6'000;
  options.threads = 1;
  options.properties = {"accuracy", "special_values", "overflow"};
  if (all_modes) options.roundings = {all_roundings.begin(), all_roundings.end()};
  return run_campaign({{target, "", {}}}, options).targets.front();
}

TEST(Diagnose, NamesTheCauseOfFourMutantsInFiveAndNoneWrongly) {
  std::size_t known = 0, named = 0, others = 0;
  for (const mutants::Mutant& mutant : mutants::all()) {
    const TargetResult result = tried(mutant.target, mutant.all_modes);
    if (result.diagnoses.empty()) continue;  // not refuted by its values: its finding says why
    const Diagnosis& told = result.diagnoses.front();
    const auto right = right_causes().find(mutant.name);
    const bool has_cause = right != right_causes().end();
    ++(has_cause ? known : others);
    EXPECT_FALSE(told.evidence.empty()) << mutant.name;
    if (told.cause == no_pattern) {
      if (has_cause) std::cout << fmt::format("not named: {}, {}\n", mutant.name, mutant.sin);
      continue;
    }
    const bool is_right = has_cause && right->second.contains(told.cause);
    named += is_right ? 1 : 0;
    EXPECT_TRUE(is_right) << mutant.name << " (" << mutant.sin << ") is said to be: " << told.cause
                          << ", " << told.evidence;
  }
  std::cout << fmt::format(
      "{} of {} refuted mutants with a cause that we know are named rightly, {:.3g} %; of {} "
      "others nothing is said\n",
      named, known, 100.0 * static_cast<double>(named) / static_cast<double>(known), others);
  EXPECT_GT(known, 110u);
  EXPECT_GE(5 * named, 4 * known);
}

/// What is said of code that is given as exp.
Diagnosis told_of(double (*code)(double)) {
  Target target;
  target.name = "test/exp:binary64";
  target.function = &functions::exp;
  target.format = &binary64;
  target.claim = parse_claim("ulp <= 1", functions::exp, binary64);
  target.open = [code] { return direct_caller(ScalarFunction(Unary<double>(code))); };
  const TargetResult result = tried(target, false);
  return result.diagnoses.empty() ? Diagnosis{} : result.diagnoses.front();
}

TEST(Diagnose, NamesAnotherFunctionThatWasGivenAsThis) {
  const Diagnosis told = told_of([](double x) { return std::exp2(x); });
  EXPECT_EQ("another function", told.cause);
  EXPECT_THAT(told.evidence, testing::HasSubstr("exp2 = 2^x"));
  EXPECT_THAT(told_of([](double x) { return std::expm1(x); }).evidence,
              testing::HasSubstr("expm1 = e^x - 1"));
}

TEST(Diagnose, SaysOfAStrangerThatItIsNowhereNear) {
  EXPECT_EQ("nowhere near its function", told_of([](double x) { return std::sin(x); }).cause);
  EXPECT_EQ("nowhere near its function", told_of([](double) { return 0.0; }).cause);
}

TEST(Diagnose, KnowsAFactorBehindTwoRoundings) {
  const Diagnosis told = told_of([](double x) { return std::exp(x) * (1 + 4e-16); });
  EXPECT_EQ("a constant factor", told.cause);
  EXPECT_THAT(told.evidence, testing::HasSubstr("1 + 4.441e-16"));
}

/// 2^k times what is made of the rest of x.
template <class Rest>
double by_reduction(double x, Rest rest) {
  if (!(std::abs(x) < 700)) return std::exp(x);
  const double k = std::nearbyint(x * std::numbers::log2e);
  const double r = static_cast<double>(
      static_cast<long double>(x) - static_cast<long double>(k) * std::numbers::ln2_v<long double>);
  return std::ldexp(rest(r), static_cast<int>(k));
}

TEST(Diagnose, KnowsWhatRepeatsWithEveryPowerOfTwo) {
  const auto short_series = [](double x) {
    return by_reduction(x, [](double r) {
      double sum = 1;
      for (int n = 9; n > 0; --n) sum = 1 + r / n * sum;
      return sum;
    });
  };
  const auto straight_lines = [](double x) {
    return by_reduction(x, [](double r) {
      const double from = std::floor(r * 8) / 8, to = from + 0.125;
      return std::exp(from) + (r - from) * 8 * (std::exp(to) - std::exp(from));
    });
  };
  for (double (*const code)(double) : {+short_series, +straight_lines}) {
    const Diagnosis told = told_of(code);
    EXPECT_EQ("the polynomial, its interval or its table", told.cause) << told.evidence;
    EXPECT_THAT(told.evidence, testing::HasSubstr(" binades the place between two powers of 2"));
  }
}

TEST(Diagnose, CountsACallOnce) {
  const Diagnosis told = told_of([](double x) {
    return x == 1 ? 2.75 : static_cast<double>(std::exp(static_cast<long double>(x)));
  });
  EXPECT_EQ("single arguments", told.cause);
  EXPECT_THAT(told.evidence, testing::StartsWith("1 of "));
}

TEST(Diagnose, SaysNothingOfWhoStandsAndProfilesHim) {
  const Target* target = catalogue().find("shipped/tang/exp:binary64");
  ASSERT_NE(nullptr, target);
  const TargetResult result = tried(*target, false);
  EXPECT_TRUE(result.diagnoses.empty());
  ASSERT_TRUE(result.profile.has_value());
  const Profile& profile = *result.profile;
  EXPECT_EQ(profile.ends.size(), profile.parts.size() + 1);
  EXPECT_GT(profile.all.cases, 500u);
  std::uint64_t cases = 0;
  for (const ErrorFigures& part : profile.parts) {
    cases += part.cases;
    if (part.cases == 0) continue;
    EXPECT_LE(part.least, part.mean);
    EXPECT_LE(part.mean, part.most);
    EXPECT_GE(part.least, profile.all.least);
    EXPECT_LE(part.most, profile.all.most);
    EXPECT_LT(part.most, 0.6);  // it claims less
  }
  EXPECT_EQ(cases, profile.all.cases);
}

}  // namespace
}  // namespace napier
