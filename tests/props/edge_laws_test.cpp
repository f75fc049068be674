// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Laws on the edge of what a claim allows: results that are next to 0 or to overflow and not what a
// power is, and sets whose ends are exactly those of others. An honest target is never refuted
// there, and nothing stays open.
#include "lib/fp/ordinal.hpp"
#include "props/judge/judge.hpp"
#include "props/law/law_judge.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;

bool consistent(const Verdict& verdict) { return std::holds_alternative<Consistent>(verdict); }

Verdict judged(const char* law, const Target& target, Rounding rounding, const Point& at) {
  const Subject subject(target, rounding);
  const auto caller = target.open();
  return judge_point(property_named(law, target), subject, at, {caller.get(), nullptr}).verdict;
}

// Where the true value is below half the least subnormal number, its negative is 1.5 ulp away.
TEST(EdgeLaws, AResultOnTheOtherSideOfZeroHasNoPowers) {
  const Target target = correctly_rounded_target(
      functions::pow, binary64, claim_ulps(binary64, "1.5", "2"), [](const Call& call, Float y) {
        TrueValue truth(functions::pow, call);
        const Float off = step(y, -2);  // −0 is one of the steps
        return is_zero(y) && !is_negative(y) &&
                       truth.keeps(off, WithinUlp(Dyadic::of(1.5)), Rounding::nearest) == Truth::yes
                   ? off
                   : y;
      });
  const auto caller = target.open();
  Answer answer;
  const Call inner{from_native(2.0), from_native(-1100.0)};
  caller->call(Rounding::nearest, Observe::values, {&inner, 1}, {&answer, 1});
  ASSERT_TRUE(is_negative(answer.value) && !is_zero(answer.value));
  EXPECT_TRUE(consistent(judged("tower", target, Rounding::nearest, point(2.0, -1100.0, 0.5))));
  // … and in all laws, wherever else that is so.
  const Subject subject(target, Rounding::nearest);
  for (const Property* law : applicable_laws(subject)) {
    const Domain domain = law->where.domain(subject);
    for (const Portion& portion : portions(domain, count(3000, 100'000))) {
      const Tally tally =
          judge_portion(*law, subject, domain, Seed{}, portion, {caller.get(), nullptr});
      EXPECT_EQ(tally.refuted, 0U) << law->name;
      EXPECT_EQ(tally.undecided_cap, 0U) << law->name;
    }
  }
}

TEST(EdgeLaws, EndsThatAreEqualMeet) {
  const Target pow16 =
      correctly_rounded_target(functions::pow, binary16, claim_correctly_rounded());
  const Target pow64 =
      correctly_rounded_target(functions::pow, binary64, claim_correctly_rounded());
  const auto half = [](double x) { return round_to(binary16, Dyadic::of(x), Rounding::nearest); };
  EXPECT_TRUE(consistent(
      judged("tower", pow16, Rounding::nearest, point_of({half(63), half(2), half(1)}))));
  EXPECT_TRUE(consistent(judged("tower", pow64, Rounding::up, point(4.0, 0.5, -1.0))));
  // (2^127)^(127/128) = 2^126·2^(1/128): equal, irrational, and ends of both sides, rounding down.
  const Target exp2 =
      correctly_rounded_target(functions::exp2, bfloat16, claim_correctly_rounded());
  const auto brain = [](double x) { return round_to(bfloat16, Dyadic::of(x), Rounding::nearest); };
  for (const Rounding rounding : all_roundings)
    EXPECT_TRUE(
        consistent(judged("tower", exp2, rounding, point_of({brain(127), brain(127.0 / 128)}))));
}

/// Honest 16-bit powers leave nothing open, in any mode: nor do results on the edge of a claim.
TEST(EdgeLaws, NothingStaysOpenInSixteenBits) {
  for (const Format* format : {&binary16, &bfloat16})
    for (const Function* function : {&functions::exp2, &functions::exp10, &functions::exp2m1,
                                     &functions::expm1, &functions::pow})
      for (const Rounding rounding : all_roundings) {
        const Target target =
            correctly_rounded_target(*function, *format, claim_correctly_rounded());
        const Subject subject(target, rounding);
        const auto caller = target.open();
        for (const Property* law : applicable_laws(subject)) {
          const Domain domain = law->where.domain(subject);
          for (const Portion& portion : portions(domain, count(600, 30'000))) {
            const Tally tally =
                judge_portion(*law, subject, domain, Seed{}, portion, {caller.get(), nullptr});
            const std::string what = std::string(function->name) + " " + std::string(format->name) +
                                     " " + std::string(name(rounding)) + " " +
                                     std::string(law->name);
            EXPECT_EQ(tally.refuted, 0U) << what;
            EXPECT_EQ(tally.undecided_cap, 0U) << what;
          }
        }
      }
}

}  // namespace
}  // namespace napier
