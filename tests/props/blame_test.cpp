// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <gmock/gmock.h>

#include <utility>

#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;
using testing::HasSubstr;

/// exp with one argument at which it is 1000 ulp off.
struct WrongAt {
  explicit WrongAt(double x, const Function& function = functions::exp)
      : target(correctly_rounded_target(function, binary64, claim_ulps(binary64, "1", "2"),
                                        [x](const Call& call, Float right) {
                                          const Float at = call.y.format ? call.y : call.x;
                                          return at == from_native(x) ? step(right, 1000) : right;
                                        })),
        caller(target.open()),
        subject(target, Rounding::nearest) {}
  Target target;
  std::unique_ptr<Caller> caller;
  Subject subject;
  Callers callers() const { return {caller.get(), nullptr}; }
};

TEST(Blame, NamesTheCallThatIsWrong) {
  for (const double wrong : {1.0, 0.5, 1.5}) {
    const WrongAt bench(wrong);
    const Property& product = property_named("product", bench.target);
    const Point at = point(1.0, 0.5);
    ASSERT_TRUE(refuted(judge_point(product, bench.subject, at, bench.callers()).verdict));
    const Confirmed confirmed = confirm(product, bench.subject, at, bench.callers());
    const std::string call = "exp(" + to_hex(from_native(wrong)) + ")";
    EXPECT_THAT(confirmed.explanation, testing::StartsWith("To blame: " + call));
    EXPECT_EQ(confirmed.witness.call, call);
    EXPECT_EQ(confirmed.witness.inputs, (std::vector{from_native(1.0), from_native(0.5)}));
    ASSERT_TRUE(confirmed.witness.want && confirmed.witness.got);
    EXPECT_EQ(*confirmed.witness.got, step(*confirmed.witness.want, 1000));
    EXPECT_GT(confirmed.witness.ulp.lo.value, 999);
    EXPECT_LT(confirmed.witness.ulp.hi.value, 1001);
  }
}

TEST(Blame, NamesTheWorstOfSeveral) {
  const Target target = correctly_rounded_target(
      functions::exp, binary64, claim_ulps(binary64, "1", "2"), [](const Call& call, Float right) {
        return step(right, call.x == from_native(0.5) ? 2000 : 100);
      });
  const auto caller = target.open();
  const Subject subject(target, Rounding::nearest);
  const Property& product = property_named("product", target);
  const JudgedCase judged = judge_point(product, subject, point(1.0, 0.5), {caller.get(), nullptr});
  const auto blamed = product.blame(subject, point(1.0, 0.5), judged.transcript());
  ASSERT_TRUE(blamed);
  EXPECT_EQ(judged.requests[*blamed].call.x, from_native(0.5));
}

TEST(Blame, NamesTheCallOfACaseWithoutArguments) {
  const WrongAt bench(1.0);
  const Property& first_power = property_named("first_power", bench.target);
  const Point nothing = point_of({});
  ASSERT_TRUE(refuted(judge_point(first_power, bench.subject, nothing, bench.callers()).verdict));
  const Confirmed confirmed = confirm(first_power, bench.subject, nothing, bench.callers());
  EXPECT_EQ(confirmed.witness.call, "exp(0x1p+0)");
  EXPECT_TRUE(confirmed.witness.inputs.empty());
  // The call at the point needs no name of its own.
  const Property& accuracy = property_named("accuracy", bench.target);
  EXPECT_EQ(confirm(accuracy, bench.subject, point(1.0), bench.callers()).witness.call, "");
}

TEST(Blame, NamesTheOuterPowerOfATower) {
  const WrongAt bench(1.5, functions::pow);  // pow(·, 1.5) is wrong
  const Property& tower = property_named("tower", bench.target);
  const Point at = point(3.0, 2.0, 1.5);  // (3^2)^1.5
  ASSERT_TRUE(refuted(judge_point(tower, bench.subject, at, bench.callers()).verdict));
  EXPECT_THAT(confirm(tower, bench.subject, at, bench.callers()).explanation,
              HasSubstr("pow(0x1.2p+3, 0x1.8p+0)"));
}

/// What shrinking comes by counts for the worst, too.
TEST(Finding, HoldsNoSmallestCaseThatIsWorseThanTheWorst) {
  const Point first = point(2.75), simple = point(2.5);
  const Target target = correctly_rounded_target(
      functions::exp, binary64, claim_ulps(binary64, "1", "2"), [&](const Call& call, Float right) {
        if (call.x == simple.args[0]) return step(right, 5000);
        return call.x == first.args[0] ? step(right, 500) : right;
      });
  const auto caller = target.open();
  const Subject subject(target, Rounding::nearest);
  const Property& property = property_named("accuracy", target);
  Tally tally;
  const JudgedCase judged = judge_point(property, subject, first, {caller.get(), nullptr});
  tally.add(judged.verdict, {{}, first}, judged.answers);
  const Finding found =
      finding(property, subject, property.where.domain(subject), tally, {caller.get(), nullptr});
  EXPECT_EQ(found.smallest.inputs, std::vector{simple.args[0]});
  EXPECT_EQ(found.worst.inputs, found.smallest.inputs);
  EXPECT_GE(found.worst.ulp.hi.value, found.smallest.ulp.hi.value);
}

TEST(Finding, HoldsTheSmallestAndTheWorstCase) {
  const auto wrong = [](const Call& call, Float right) {
    const auto x = to_native<double>(call.x);
    return x > 2 && x < 3 ? step(right, x > 2.5 ? 5000 : 500) : right;
  };
  const Target target =
      correctly_rounded_target(functions::exp, binary64, claim_ulps(binary64, "1", "2"), wrong);
  const auto caller = target.open();
  const Subject subject(target, Rounding::nearest);
  for (const char* name : {"accuracy", "reciprocal", "own_slope"}) {
    const Property& property = property_named(name, target);
    const Domain domain = property.where.domain(subject);
    Tally tally;
    for (const Portion& portion : portions(domain, 6000))
      tally.merge(
          judge_portion(property, subject, domain, Seed{}, portion, {caller.get(), nullptr}));
    ASSERT_GT(tally.refuted, 10u) << name;
    const Finding found = finding(property, subject, domain, tally, {caller.get(), nullptr});
    EXPECT_EQ(found.property, name);
    EXPECT_EQ(found.count, tally.refuted);
    EXPECT_EQ(found.claimed, "<= 1 ulp");
    EXPECT_GT(found.worst.ulp.lo.value, 2400) << name;
    EXPECT_GT(found.smallest.ulp.lo.value, 240) << name;
    EXPECT_FALSE(found.explanation.empty());
  }
}

TEST(Blame, WhatDoesNotRepeatKeepsBothAnswers) {
  for (const char* name : {"accuracy", "deterministic"}) {
    int asked = 0;
    const Float at = from_native(1.0);
    const Target target =
        correctly_rounded_target(functions::exp, binary64, claim_ulps(binary64, "1", "2"),
                                 [&](const Call& call, Float right) {
                                   return call.x == at && asked++ == 0 ? step(right, 5000) : right;
                                 });
    const auto caller = target.open();
    const Subject subject(target, Rounding::nearest);
    const Property& property = property_named(name, target);
    Domain domain;
    domain.strata.push_back({"one point", 1, 1, [](Draw&, std::uint64_t) -> std::optional<Point> {
                               return point(1.0);
                             }});
    const Tally tally =
        judge_portion(property, subject, domain, Seed{}, {0, 0, 1}, {caller.get(), nullptr});
    ASSERT_EQ(tally.refuted, 1u) << name;
    const Finding found = finding(property, subject, domain, tally, {caller.get(), nullptr});
    EXPECT_FALSE(found.repeatable);
    TrueValue e(functions::exp, {at, {}});
    const Float right = *e.rounded(binary64, Rounding::nearest);
    EXPECT_EQ(found.smallest.got, step(right, 5000)) << name;
    EXPECT_EQ(found.smallest.fault, "asked again, it gave " + to_hex(right)) << name;
  }
}

TEST(Blame, OfAZerosSignSaysThatItIsTheSign) {
  struct Case {
    const Function* function;
    Call call;
    const char* words;
  };
  const Float least = min_subnormal(binary64);
  const Case cases[] = {
      {&functions::exp, {from_native(-1e4), {}}, "a zero must be positive here"},
      {&functions::log, {from_native(1.0), {}}, "a zero must be positive here"},
      {&functions::expm1, {from_native(-0.0), {}}, "a zero must be negative here"},
      {&functions::expm1, {negated(least), {}}, "a zero must be negative here"},
      {&functions::pow, {from_native(-2.0), from_native(-1077.0)}, "a zero must be negative here"},
  };
  for (const Case& c : cases) {
    Claim claim;
    claim.special_values = true;
    const Target target =
        correctly_rounded_target(*c.function, binary64, claim, [&](const Call& call, Float right) {
          return call == c.call ? zero(binary64, !is_negative(right)) : right;
        });
    const auto caller = target.open();
    const Subject subject(target, Rounding::nearest);
    const Property& property = property_named("special_values", target);
    Domain domain;
    domain.strata.push_back(
        {"one point", 1, 1, [&](Draw&, std::uint64_t) -> std::optional<Point> {
           return c.function->arity == 2 ? point_of({c.call.x, c.call.y}) : point_of({c.call.x});
         }});
    const Tally tally =
        judge_portion(property, subject, domain, Seed{}, {0, 0, 1}, {caller.get(), nullptr});
    ASSERT_EQ(tally.refuted, 1u) << c.function->name;
    const Finding found = finding(property, subject, domain, tally, {caller.get(), nullptr});
    EXPECT_EQ(found.smallest.fault, c.words) << c.function->name;
  }
}

/// A row that asks one call at its first argument, if it has one.
Property asking_one_call() {
  return {
      .statement = "nothing is true",
      .family = Family::law,
      .where = {.domain = [](const Subject&) { return Domain{}; }},
      .plan = {1,
               [](const Subject&, const Point& at, Transcript known, std::vector<Request>& wanted) {
                 if (known.requests.empty() && at.count != 0)
                   wanted.push_back({Role::target, {at.args[0], {}}});
               }},
      .explain = [](const Subject&, const Point&, Transcript) { return std::string("it is"); },
  };
}

/// A law that is always refuted: what a mistake of Napier's own would look like.
Property always_refuted() {
  Property row = asking_one_call();
  row.name = "always_refuted";
  row.law = "1.1";
  row.judge = [](const Subject&, const Point&, Transcript, Tally&) { return Refuted{2}; };
  return row;
}

TEST(Confirm, ThrowsWhenALawIsRefutedAndNoCallIsToBlame) {
  const Target target =
      correctly_rounded_target(functions::exp, binary64, claim_correctly_rounded());
  const auto caller = target.open();
  const Subject subject(target, Rounding::nearest);
  const Property false_law = always_refuted();
  EXPECT_THROW(confirm(false_law, subject, point(1.0), {caller.get(), nullptr}), InternalError);
  // Laws of constants have no arguments to tell of.
  EXPECT_THROW(confirm(false_law, subject, Point{}, {caller.get(), nullptr}), InternalError);
}

/// Refuted when asked for the first time, and not again: a mistake of Napier's own, where the
/// target's answers are the same.
Property refuted_once(bool& once) {
  Property row = asking_one_call();
  row.name = "refuted_once";
  row.judge = [&once](const Subject&, const Point&, Transcript, Tally&) {
    return std::exchange(once, false) ? Verdict(Refuted{2}) : Consistent{};
  };
  return row;
}

TEST(Confirm, ThrowsWhenTheSameAnswersAreNoLongerRefuted) {
  const Target target =
      correctly_rounded_target(functions::exp, binary64, claim_correctly_rounded());
  const auto caller = target.open();
  const Subject subject(target, Rounding::nearest);
  const Callers callers{caller.get(), nullptr};
  bool once = true;
  const Property property = refuted_once(once);
  const JudgedCase judged = judge_point(property, subject, point(1.0), callers);
  Tally tally;
  tally.add(judged.verdict, {{}, point(1.0)}, judged.answers);
  ASSERT_EQ(1U, tally.refuted);
  EXPECT_THROW(finding(property, subject, {}, tally, callers), InternalError);
  try {
    confirm(property, subject, point(1.0), callers, judged.answers);
    ADD_FAILURE() << "confirmed";
  } catch (const InternalError& error) {
    EXPECT_THAT(error.what(), HasSubstr("please report it"));
    EXPECT_THAT(error.what(), HasSubstr("0x1p+0"));
  }
}

TEST(Confirm, KeepsBothAnswersOfATargetThatChangesItsMind) {
  int calls = 0;
  const Target target = correctly_rounded_target(
      functions::exp, binary64, claim_correctly_rounded(),
      [&calls](const Call&, Float right) { return ++calls == 1 ? next_up(right) : right; });
  const auto caller = target.open();
  const Subject subject(target, Rounding::nearest);
  const Property& accuracy = property_named("accuracy", target);
  const Callers callers{caller.get(), nullptr};
  const JudgedCase judged = judge_point(accuracy, subject, point(0.0), callers);
  Tally tally;
  tally.add(judged.verdict, {{}, point(0.0)}, judged.answers);
  ASSERT_EQ(1U, tally.refuted);
  const Finding found = finding(accuracy, subject, accuracy.where.domain(subject), tally, callers);
  EXPECT_FALSE(found.repeatable);
  EXPECT_EQ(found.smallest.got, from_native(1 + 0x1p-52));
  EXPECT_THAT(found.explanation, HasSubstr("0x1.0000000000001p+0 the first time"));
  EXPECT_THAT(found.explanation, HasSubstr("0x1p+0 when asked again"));
}

TEST(Confirm, SaysThatAnAnswerDidNotComeAgain) {
  int calls = 0;
  const Target target = correctly_rounded_target(
      functions::exp, binary64, claim_correctly_rounded(),
      [&calls](const Call&, Float right) { return ++calls == 1 ? next_up(right) : right; });
  const auto caller = target.open();
  const Subject subject(target, Rounding::nearest);
  const Property& accuracy = property_named("accuracy", target);
  const Callers callers{caller.get(), nullptr};
  ASSERT_TRUE(refuted(judge_point(accuracy, subject, point(1.0), callers).verdict));
  const Confirmed confirmed = confirm(accuracy, subject, point(1.0), callers);
  EXPECT_FALSE(confirmed.repeatable);
  EXPECT_EQ(confirmed.witness.inputs, std::vector{from_native(1.0)});
  EXPECT_FALSE(confirmed.witness.got);
}

// Precision is what decides: with too little of it the truth is undecided, and with more it is not.
TEST(TrueValue, IsUndecidedAtALowerCap) {
  const Call call{from_native(1.5), {}};
  TrueValue truth(functions::exp, call);
  const auto close = truth.rounded(binary128, Rounding::nearest);  // within 2^-111 of e^1.5
  ASSERT_TRUE(close);
  const Dyadic comparand = exact_value(*close);
  const Truth right = truth.keeps(*close, CorrectlyRounded{}, Rounding::up);
  EXPECT_NE(truth.compare(comparand), Position::undecided);
  EXPECT_NE(right, Truth::undecided);

  TrueValue coarse(functions::exp, call, {Precision{40}, Precision{100}});
  EXPECT_EQ(coarse.compare(comparand), Position::undecided);
  EXPECT_EQ(coarse.keeps(*close, CorrectlyRounded{}, Rounding::up), Truth::undecided);
  EXPECT_EQ(coarse.rounded(binary128, Rounding::nearest), std::nullopt);
  EXPECT_TRUE(coarse.rounded(binary64, Rounding::nearest)) << "which 100 bits are enough for";
}

}  // namespace
}  // namespace napier
