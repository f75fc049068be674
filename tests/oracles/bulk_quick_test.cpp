// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What the first, quick question of the bulk filter tells is what the reference says, on every
// instruction set. It is asked of groups of cases and has to answer for all of them: so here a
// group is one case many times.
#include <gtest/gtest.h>

#include <map>

#include "oracles/fast/scalar/fast_oracle.hpp"
#include "tests/oracles/bulk_cases.hpp"

namespace napier {
namespace {

using namespace testing_support;

class QuickOnEveryLevel : public OnEveryLevel {};

/// The limits of the cases are this one.
BulkFilter::Passed pass_group(const BulkFilter& filter, double x, double y, double limit) {
  const std::size_t count = BulkFilter::group();
  const std::vector<double> xs(count, x), ys(count, y), limits(count, limit);
  return filter.pass(xs, ys, {limits, BulkLimit::at_most(limit), false, edges});
}

void expect_passes_what_is_in_order(const Function& f, const Cases& cases, std::size_t i,
                                    const BulkFilter& filter, double limit) {
  const Rounding rounding = filter.plan().rounding;
  const auto passed = pass_group(filter, cases.x[i], cases.y[i], limit);
  if (passed.count == 0) return;
  const auto where = words(f, cases.calls[i]) + " -> " + to_hex(cases.results[i]) + " " +
                     std::string(name(rounding)) + " " + std::to_string(limit);
  const Truths is =
      truths(f, cases.calls[i], cases.results[i], BulkLimit::at_most(limit), rounding);
  EXPECT_TRUE(is.in_order || is.no_value) << where;
  EXPECT_EQ(passed.misrounded, is.misrounded ? passed.count : 0) << where;
  EXPECT_EQ(passed.no_value, is.no_value ? passed.count : 0) << where;
  for (std::size_t k = 0; k < edges.size() && !is.no_value; ++k) {
    const bool beyond = is_beyond(f, cases.calls[i], cases.results[i], edges[k], rounding);
    EXPECT_EQ(passed.beyond[k], beyond ? passed.count : 0) << where << " above " << edges[k];
  }
}

TEST_P(QuickOnEveryLevel, PassesOnlyWhatTheReferenceFindsInOrder) {
  for (const Function* f : functions_with_kernel)
    for (const Format* format : formats_with_kernel)
      for (const Rounding rounding : all_roundings) {
        const auto filter = BulkFilter::of(*f, *format, rounding);
        for (const Cases& cases : {drawn_cases(*f, *format, rounding, points(100)),
                                   cases_at_binades(*f, *format, rounding),
                                   cases_at_fixed_values(*f, *format, rounding)})
          for (std::size_t i = 0; i < cases.x.size(); ++i)
            for (const double limit : {0.75, 1.7})
              expect_passes_what_is_in_order(*f, cases, i, *filter, limit);
      }
}

/// Right results next to fixed values pass, infinite ones of a logarithm too: but for exact ones,
/// and those whose second term ends at a datum or half-way between two.
TEST_P(QuickOnEveryLevel, PassesWhatIsRightNextToFixedValues) {
  for (const Function* f : functions_with_kernel)
    for (const Rounding rounding : all_roundings) {
      const auto filter = BulkFilter::of(*f, binary64, rounding);
      const Cases cases = cases_at_fixed_values(*f, binary64, rounding);
      int all = 0, open = 0;
      for (std::size_t i = 0; i < cases.x.size(); ++i) {
        TrueValue t(*f, cases.calls[i]);
        if (t.is_nan() || *t.rounded(binary64, rounding) != cases.results[i]) continue;
        const bool infinite = t.is_infinite() && f->kind == Kind::logarithm;
        if (!infinite && (t.is_exact() || t.is_infinite())) continue;
        const bool passes = pass_group(*filter, cases.x[i], cases.y[i], 1).count != 0;
        EXPECT_TRUE(passes || !infinite) << words(*f, cases.calls[i]) << " " << name(rounding);
        ++all;
        open += passes ? 0 : 1;
      }
      EXPECT_LE(open, all / 8) << f->name << " " << name(rounding) << ", of " << all;
    }
}

/// Nearly half-way between data, where the sums are off by most, in ulps: e^x − 1 next to 0, ln x
/// next to 1. Both neighbours of t are results there.
Cases cases_next_to_ties(const Function& f, int draws) {
  Cases cases;
  Random random(47);
  const Dyadic centre = f.kind == Kind::logarithm ? Dyadic::of_integer(1) : Dyadic{};
  for (int i = 0; i < draws; ++i) {
    const Bits significand = Bits(1) << 60 | random.bits() >> 68;
    const Float x =
        round_to(binary64, add(centre, {random.coin(), significand, -10 - 60}), Rounding::nearest);
    const auto t = fast_value(f, {x, {}});  // 1 <= |hi| < 2
    if (!t || std::abs(t->lo) < 0x1p-53 * (1 - 0x1p-9)) continue;
    for (const Rounding neighbour : {Rounding::up, Rounding::down})
      cases.add({x, {}}, *TrueValue(f, {x, {}}).rounded(binary64, neighbour));
  }
  return cases;
}

/// How many of them a filter passes though they are not as it says.
int wrongly_passed(const Function& f, const Cases& cases, const BulkFilter::Plan& plan) {
  // What is true of a case doesn't change with the instruction set.
  static std::map<std::string, std::vector<Truths>> known;
  auto& truth = known[std::string(f.name) + std::string(name(plan.rounding))];
  const BulkFilter filter(plan);
  int wrong = 0;
  for (std::size_t i = 0; i < cases.x.size(); ++i) {
    if (truth.size() == i)
      truth.push_back(
          truths(f, cases.calls[i], cases.results[i], BulkLimit::at_most(1), plan.rounding));
    const auto passed = pass_group(filter, cases.x[i], cases.y[i], 1);
    const bool right =
        truth[i].in_order && passed.misrounded == (truth[i].misrounded ? passed.count : 0);
    wrong += passed.count == 0 || right ? 0 : 1;
  }
  return wrong;
}

TEST_P(QuickOnEveryLevel, IsCaughtWithATenBitSmallerBound) {
  for (const Function* f : {&functions::expm1, &functions::exp2m1, &functions::log}) {
    static std::map<const Function*, Cases> made;
    Cases& cases = made[f];
    if (cases.x.empty()) cases = cases_next_to_ties(*f, points(400'000));
    auto plan = BulkFilter::of(*f, binary64, Rounding::nearest)->plan();
    EXPECT_EQ(wrongly_passed(*f, cases, plan), 0) << f->name;
    plan.largest_error *= 0x1p-10;
    EXPECT_GT(wrongly_passed(*f, cases, plan), 0) << f->name;
  }
}

/// A bound of more than an ulp leaves nothing to say.
TEST_P(QuickOnEveryLevel, SaysNothingWithinItsMargin) {
  for (const Function* f : functions_with_kernel)
    for (const Rounding rounding : all_roundings) {
      auto plan = BulkFilter::of(*f, binary64, rounding)->plan();
      plan.largest_error = plan.slack = 1;
      const BulkFilter filter(plan);
      Random random(53);
      for (int i = 0; i < points(100); ++i) {
        const Dyadic size{false, Bits(1) << 60 | random.bits() >> 68, random.between(-4, 2) - 60};
        const bool negative = f->kind != Kind::logarithm && random.coin();
        const Call call{round_to(binary64, negative ? -size : size, Rounding::nearest), {}};
        const Float y = *TrueValue(*f, call).rounded(binary64, rounding);
        EXPECT_EQ(pass_group(filter, as_double(call.x), as_double(y), 1).count, 0u)
            << words(*f, call);
      }
    }
}

/// Next to 1, or −1, a bound beyond the distance leaves it open in which binade t is.
TEST_P(QuickOnEveryLevel, SaysNothingWhereTheBinadeIsUncertain) {
  struct Place {
    const Function& function;
    double x, y;
    double largest_error;  ///< with which the error is beyond |t − y|, and less than half an ulp
  };
  const Place places[] = {{functions::exp, -0x1p-56, 1, 0x1p58},
                          {functions::expm1, -50, -1, 0x1p30}};
  for (const auto& [f, x, y, largest_error] : places) {
    auto plan = BulkFilter::of(f, binary64, Rounding::nearest)->plan();
    EXPECT_NE(pass_group(BulkFilter(plan), x, y, 1).count, 0u) << f.name;
    plan.largest_error = largest_error;
    EXPECT_EQ(pass_group(BulkFilter(plan), x, y, 1).count, 0u) << f.name;
  }
}

INSTANTIATE_TEST_SUITE_P(BulkFilter, QuickOnEveryLevel,
                         ::testing::ValuesIn(hwy::SupportedAndGeneratedTargets()), level_name);

}  // namespace
}  // namespace napier
