// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/campaign.hpp"
#include "audit/selection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/replay.hpp"
#include "audit/target_string.hpp"
#include "lib/target/catalogue.hpp"
#include "reports/store/json.hpp"

namespace napier {
namespace {

using testing::HasSubstr;

Candidate from_catalogue(const char* name) { return {*catalogue().find(name), "", {}}; }

Candidate fixture(const std::string& symbol, const char* max_ulp) {
  SharedObjectOptions options;
  options.function = "exp";
  options.format = "binary64";
  options.worker = NAPIER_TEST_WORKER;
  Candidate candidate{
      shared_object_target("so:" NAPIER_BINARY_DIR "/fixtures/libisolation_behaviours.so#" + symbol,
                           options)
          .target,
      "",
      {}};
  candidate.target.claim.max_ulp = parse_limit(max_ulp, binary64);
  return candidate;
}

CampaignOptions quick(std::vector<std::string> properties, int threads = 0) {
  CampaignOptions options;
  options.effort = Effort::quick;
  options.properties = std::move(properties);
  options.threads = threads;
  return options;
}

TEST(Campaign, GivesTheSameReportForAnyNumberOfThreads) {
  const std::vector<Candidate> candidates{from_catalogue("libm/exp:binary64"),
                                          from_catalogue("libm/pow:binary64"),
                                          fixture("one_ulp_off", "1")};
  const std::vector<std::string> properties{"product", "tower", "*slope", "special_values"};
  const std::string one = digest(run_campaign(candidates, quick(properties, 1)));
  EXPECT_EQ(one, digest(run_campaign(candidates, quick(properties, 2))));
  EXPECT_EQ(one, digest(run_campaign(candidates, quick(properties, 5))));
}

TEST(Campaign, AnotherSeedDrawsOtherPoints) {
  const std::vector<Candidate> candidates{from_catalogue("libm/pow:binary64")};
  CampaignOptions options = quick({"product"});
  const std::string one = digest(run_campaign(candidates, options));
  options.seed = {2};
  EXPECT_NE(one, digest(run_campaign(candidates, options)));
}

TEST(Campaign, EveryTargetHasSixLawRowsInOrder) {
  const Report report =
      run_campaign({from_catalogue("libm/exp:binary64"),
                    from_catalogue("shipped/derivative/dual/d_exp:binary64")},
                   quick({"product", "reciprocal", "quotient", "tower", "*slope"}));
  for (const TargetResult& target : report.targets) {
    ASSERT_EQ(target.laws.size(), 6u) << target.name;
    for (std::size_t i = 0; i < 6; ++i)
      EXPECT_EQ(target.laws[i].number, "1." + std::to_string(i + 1));
  }
  const auto& derivative = report.targets[1].laws;
  EXPECT_NE(derivative[0].not_applicable, "");
  EXPECT_EQ(derivative[5].not_applicable, "");
  EXPECT_GT(derivative[5].cases, 0u);
}

/// Laws that read sets which are too narrow refute what the reference finds in order: so it would
/// show if Napier were wrong.
TEST(Campaign, AContradictionIsNoVerdictAndSparesTheOthers) {
  Candidate misread = from_catalogue("shipped/correctly_rounded/exp:binary64");
  const UlpBound half_a_claim(Dyadic::power_of_two(-5), Decimal::of(Dyadic::of_integer(1)));
  misread.target.claim = {};
  misread.target.claim.max_ulp = UlpLimit("1", Metric::exact, half_a_claim);
  const Report report = run_campaign({misread, from_catalogue("libm/exp:binary64")},
                                     quick({"product", "reciprocal", "accuracy"}));
  const TargetResult& target = report.targets.front();
  EXPECT_EQ(target.verdict, TargetVerdict::inconclusive);
  EXPECT_TRUE(target.findings.empty());
  ASSERT_EQ(target.contradictions.size(), 2u) << "of the two laws";
  EXPECT_THAT(target.contradictions.front(), HasSubstr("please report it"));
  EXPECT_EQ(report.targets[1].verdict, TargetVerdict::stands);
  EXPECT_EQ(exit_code(report), 70);
  const Report read = report_from_json(json_text(report));
  EXPECT_EQ(read.targets.front().contradictions, target.contradictions);
}

TEST(Campaign, ACrashBecomesAFindingWithItsExactInput) {
  const Report report =
      run_campaign({fixture("crash", "1")}, quick({"accuracy", "special_values"}));
  const TargetResult& target = report.targets.front();
  EXPECT_EQ(target.verdict, TargetVerdict::refuted) << target.failure;
  ASSERT_EQ(target.findings.size(), 1u);
  EXPECT_EQ(target.findings[0].property, "returns");
  EXPECT_EQ(target.findings[0].smallest.inputs, std::vector{from_native(3.0)});
  EXPECT_FALSE(target.findings[0].smallest.got.has_value());
}

TEST(Campaign, ATargetThatWasGivenUpIsRefutedAllTheSame) {
  const TargetResult target =
      run_campaign({fixture("crash_above_three", "1")}, quick({"product", "tower"})).targets[0];
  ASSERT_GE(target.findings.size(), 1U);
  for (const Finding& finding : target.findings)
    EXPECT_TRUE(finding.repeatable) << finding.property;
  EXPECT_THAT(target.laws[3].not_applicable, HasSubstr("too many calls had not returned"));
  // Told once, however many properties and modes it concerns.
  EXPECT_EQ(1, std::ranges::count_if(target.notes, [](const std::string& note) {
              return note.find("Too many calls had not returned") != note.npos;
            }));
}

/// Every property alike: what nobody claims is asked and counted, and no finding.
TEST(Campaign, WhatIsNotClaimedIsCountedAndNotJudged) {
  Candidate candidate = from_catalogue("libm/rounded_once/exp:binary16");
  candidate.target.claim.special_values = false;
  const auto open = candidate.target.open;
  class NumberForNan final : public Caller {
   public:
    explicit NumberForNan(std::unique_ptr<Caller> other) : other_(std::move(other)) {}
    void call(Rounding rounding, Observe observe, std::span<const Call> calls,
              std::span<Answer> answers) override {
      other_->call(rounding, observe, calls, answers);
      for (std::size_t i = 0; i < calls.size(); ++i)
        if (is_nan(calls[i].x)) answers[i].value = zero(binary16);
    }

   private:
    std::unique_ptr<Caller> other_;
  };
  candidate.target.open = [open] { return std::make_unique<NumberForNan>(open()); };
  const TargetResult target = run_campaign({candidate}, quick({"special_values"})).targets[0];
  ASSERT_EQ(target.measurements.size(), 1U);
  const Measurement& measured = target.measurements[0];
  EXPECT_FALSE(measured.judged);
  EXPECT_EQ(measured.strength, Strength::exhaustive);
  EXPECT_EQ(measured.cases, 65536U);
  EXPECT_EQ(measured.refuted, 1024U) << "the quiet NaNs of both signs";
  EXPECT_TRUE(target.findings.empty());
}

TEST(Campaign, WithoutAClaimATargetIsOnlyMeasured) {
  Candidate candidate = from_catalogue("libm/exp:binary64");
  candidate.target.claim = {};
  const Report report = run_campaign({candidate}, quick({"product", "accuracy"}));
  EXPECT_EQ(report.targets[0].verdict, TargetVerdict::measured);
  for (const Measurement& m : report.targets[0].measurements)
    EXPECT_EQ(m.max_ulp.hi.value > 0, m.property == "accuracy");
}

TEST(Campaign, ATargetThatCannotBeOpenedFailsAndTheOthersAreTried) {
  const Report report = run_campaign(
      {fixture("no_such_symbol", "1"), from_catalogue("libm/exp:binary64")}, quick({"product"}));
  EXPECT_EQ(report.targets[0].verdict, TargetVerdict::failed);
  EXPECT_THAT(report.targets[0].failure, HasSubstr("no_such_symbol"));
  EXPECT_EQ(report.targets[1].verdict, TargetVerdict::stands);
}

TEST(Campaign, TheTwoOraclesAreComparedInEveryRun) {
  const Report report = run_campaign({from_catalogue("libm/exp:binary64")}, quick({"product"}));
  EXPECT_GT(report.oracles.agreed, 100u);
  EXPECT_EQ(report.oracles.disagreed, 0u);
}

TEST(Campaign, CasesThatWereAskedForTakeThePlaceOfTheEfforts) {
  CampaignOptions options = quick({"product", "accuracy", "monotone"});
  options.cases = 50;
  const Report report = run_campaign({from_catalogue("libm/exp:binary64")}, options);
  EXPECT_LE(report.targets[0].laws[0].cases, 50U);
  EXPECT_GT(report.targets[0].laws[0].cases, 10U);
  for (const Measurement& m : report.targets[0].measurements) EXPECT_LE(m.cases, 50U) << m.domain;
  for (const Budget& budget : report.provenance.budgets) EXPECT_EQ(budget.cases, 50U);
}

TEST(Campaign, TheCostOfASlowTargetIsForeseen) {
  SharedObjectOptions shape;
  shape.function = "exp";
  shape.format = "binary64";
  shape.worker = NAPIER_TEST_WORKER;
  const std::string name = "so:" NAPIER_BINARY_DIR "/fixtures/libisolation_hostile.so#";
  const auto said_of = [&](const std::string& symbol, std::uint64_t cases) {
    Candidate candidate{shared_object_target(name + symbol, shape).target, "", {}};
    std::string said;
    Progress progress;
    progress.foresees = [&said](const std::string& cost) { said = cost; };
    StopFlag stop{false};
    progress.begins = [&stop](const auto&, const auto&) { stop = true; };
    CampaignOptions options = quick({"product"}, 1);
    options.cases = cases;
    options.stop = &stop;
    run_campaign({candidate}, options, progress);
    return said;
  };
  EXPECT_THAT(said_of("sleep_20_ms_always", 100'000), HasSubstr("a call takes "));
  EXPECT_EQ(said_of("sleep_20_ms_always", 10), "");
  EXPECT_EQ(said_of("crash_for_good", 100'000), "") << "which is quick elsewhere";
}

TEST(Campaign, AFindingReplays) {
  const Candidate candidate = fixture("one_ulp_off", "1");
  const Report report = run_campaign({candidate}, quick({"product", "own_slope"}));
  ASSERT_FALSE(report.targets[0].findings.empty()) << report.targets[0].failure;
  for (const Finding& finding : report.targets[0].findings) {
    const ReplayedCase again =
        replay(candidate.target, finding.property, finding.rounding, finding.smallest.inputs);
    EXPECT_EQ(again.outcome, Replayed::refuted) << again.text;
    EXPECT_THAT(again.text, HasSubstr("To blame"));
  }
  EXPECT_THAT(report.targets[0].findings[0].replay, HasSubstr("--at="));
}

/// Answers for arguments from 0 on; other calls are lost.
class LosesNegatives final : public Caller {
 public:
  explicit LosesNegatives(std::unique_ptr<Caller> caller) : caller_(std::move(caller)) {}
  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    caller_->call(rounding, observe, calls, answers);
    for (std::size_t i = 0; i < calls.size(); ++i)
      if (is_negative(calls[i].x)) answers[i].ending = Ending::crashed;
  }

 private:
  std::unique_ptr<Caller> caller_;
};

const Measurement& accuracy_of(const Report& report) {
  const auto& all = report.targets[0].measurements;
  return *std::ranges::find(all, "accuracy", &Measurement::property);
}

TEST(Campaign, EverySixteenBitArgumentIsABoundUnlessTheRunIsCutShort) {
  Candidate candidate = from_catalogue("shipped/softmax/exp:bfloat16");
  const Report whole = run_campaign({candidate}, quick({"accuracy"}));
  EXPECT_EQ(accuracy_of(whole).strength, Strength::exhaustive);
  EXPECT_EQ(accuracy_of(whole).cases, std::uint64_t(1) << 16);
  // Nothing is claimed of the calls that are lost, so none of accuracy's own cases is undecided.
  candidate.target.claim.domain.x.lo = 0x1p-133;  // the least positive number
  candidate.target.open = [open = candidate.target.open] {
    return std::make_unique<LosesNegatives>(open());
  };
  const Report cut = run_campaign({candidate}, quick({"accuracy", "deterministic"}));
  EXPECT_EQ(accuracy_of(cut).undecided_no_answer, 0U);
  EXPECT_EQ(accuracy_of(cut).strength, Strength::sampled);
  // Alone it calls nothing that it does not judge.
  const Report alone = run_campaign({candidate}, quick({"accuracy"}));
  EXPECT_EQ(accuracy_of(alone).strength, Strength::exhaustive);
  EXPECT_EQ(accuracy_of(alone).cases, accuracy_of(whole).cases / 2 - 0x7f - 1);
}

TEST(Campaign, AtEffortDeepANarrowFormatIsAskedEverythingInEveryMode) {
  CampaignOptions options = quick({"accuracy"});
  options.effort = Effort::deep;
  const Report report = run_campaign({from_catalogue("libm/rounded_once/exp:binary16")}, options);
  const auto& measurements = report.targets.front().measurements;
  ASSERT_EQ(measurements.size(), all_roundings.size());
  for (const Measurement& m : measurements) {
    EXPECT_EQ(m.strength, Strength::exhaustive);
    EXPECT_EQ(m.cases, std::uint64_t(1) << 16);
  }
}

TEST(Campaign, OfOneBaseEveryExponentIsAsked) {
  Candidate candidate = from_catalogue("libm/rounded_once/pow:bfloat16");
  candidate.target.claim.domain.x = {1.5, 1.5};
  const Report report = run_campaign({candidate}, quick({"accuracy"}));
  const Measurement& accuracy = accuracy_of(report);
  EXPECT_EQ(accuracy.strength, Strength::exhaustive);
  EXPECT_EQ(accuracy.cases, std::uint64_t(1) << 16);
  EXPECT_EQ(accuracy.at[0], round_to(bfloat16, Dyadic::of(1.5), Rounding::nearest));
  EXPECT_EQ(report.targets.front().verdict, TargetVerdict::stands);
  candidate.target.claim.domain.x = {1.5000001, 1.5000001};  // no datum
  EXPECT_EQ(run_campaign({candidate}, quick({"accuracy"})).targets.front().verdict,
            TargetVerdict::inconclusive);
}

/// Hygiene is asked everywhere: that it stands is no judgement on what is claimed.
TEST(Campaign, AClaimWhereNothingCanBeMeasuredDoesNotStand) {
  Candidate candidate = from_catalogue("libm/rounded_once/pow:bfloat16");
  candidate.target.claim.domain.x = {1.5000001, 1.5000001};  // no datum
  const Report report = run_campaign({candidate}, quick({"accuracy", "deterministic"}));
  EXPECT_EQ(report.targets.front().verdict, TargetVerdict::inconclusive);
  EXPECT_EQ(accuracy_of(report).cases, 0U);
  EXPECT_GT(report.targets.front().measurements.back().cases, 0U);
}

TEST(Campaign, OfADomainThatIsAPartOfABinadeEveryArgumentIsAsked) {
  Candidate candidate = from_catalogue("libm/exp:binary64");
  const auto ask = [&](Range x) {
    candidate.target.claim.domain.x = x;
    return run_campaign({candidate}, quick({"accuracy", "deterministic"}));
  };
  for (const Range x : {Range{1, 1 + 12'345 * 0x1p-52}, Range{-1 - 12'345 * 0x1p-52, -1},
                        Range{0, 12'345 * 0x1p-1074}}) {
    const Report report = ask(x);
    EXPECT_EQ(accuracy_of(report).strength, Strength::exhaustive);
    EXPECT_EQ(accuracy_of(report).cases, 12'346U);
    EXPECT_EQ(accuracy_of(report).domain, "every argument of the domain");
    const auto& rows = report.targets[0].measurements;
    const auto& hygiene = std::ranges::max(rows, {}, [](const Measurement& row) {
      return row.property == "deterministic" ? row.cases : 0;
    });
    EXPECT_EQ(hygiene.property, "deterministic");
    EXPECT_EQ(hygiene.strength, Strength::sampled);
    EXPECT_GT(hygiene.cases, 12'346U);
  }
  EXPECT_EQ(accuracy_of(ask({1, 2, true, true})).strength, Strength::sampled);
  EXPECT_EQ(accuracy_of(ask({1, 1 + 10 * 0x1p-52, true, true})).cases, 9U);
  EXPECT_EQ(accuracy_of(ask({-0x1p-1070, 0x1p-1070})).strength, Strength::sampled);  // two signs
  CampaignOptions options = quick({"accuracy"});
  options.exhaustive = true;
  candidate.target.claim.domain.x = {1, 2};
  EXPECT_NO_THROW(check_feasible({candidate}, options));
}

TEST(Campaign, MoreArgumentsThanCanBeAskedAreRefusedWithTheirCost) {
  CampaignOptions options = quick({"accuracy"});
  options.exhaustive = true;
  EXPECT_NO_THROW(check_feasible({from_catalogue("libm/exp:binary32")}, options));
  EXPECT_THROW(check_feasible({from_catalogue("libm/exp:binary64")}, options),
               std::invalid_argument);
  EXPECT_NO_THROW(check_feasible({from_catalogue("libm/rounded_once/pow:binary16")}, options));
  Candidate power = from_catalogue("libm/pow:binary32");
  EXPECT_THROW(check_feasible({power}, options), std::invalid_argument);
  power.target.claim.domain.x = {2, 2};
  EXPECT_NO_THROW(check_feasible({power}, options));
}

/// Each child makes the calls from two threads of its own.
TEST(Campaign, ARaceInASharedObjectIsRefutedAndReplaysWithTwoThreads) {
  const Candidate racing = fixture("shared_scratch", "1");
  const TargetResult target = run_campaign({racing}, quick({"threads"})).targets[0];
  EXPECT_EQ(target.verdict, TargetVerdict::refuted) << target.failure;
  ASSERT_EQ(target.findings.size(), 1u);
  const Finding& finding = target.findings[0];
  EXPECT_EQ(finding.property, "threads");
  EXPECT_FALSE(finding.repeatable);
  EXPECT_THAT(finding.explanation, HasSubstr("another thread"));
  const ReplayedCase again =
      replay(racing.target, "threads", Rounding::nearest, finding.smallest.inputs);
  EXPECT_EQ(again.outcome, Replayed::refuted) << again.text;
}

TEST(Campaign, AnHonestSharedObjectIsAskedByTwoThreadsAndStands) {
  for (const char* symbol : {"good_exp", "one_ulp_off"}) {
    const Candidate honest = fixture(symbol, "2");
    const TargetResult target = run_campaign({honest}, quick({"threads"})).targets[0];
    EXPECT_EQ(target.verdict, TargetVerdict::stands) << target.failure;
    ASSERT_EQ(target.measurements.size(), 1u);
    EXPECT_GE(target.measurements[0].cases, 10'000u);
    EXPECT_EQ(target.measurements[0].refuted, 0u);
    EXPECT_EQ(replay(honest.target, "threads", Rounding::nearest, {from_native(1.0)}).outcome,
              Replayed::stands);
  }
}

/// A count of races would be another one each time.
TEST(Campaign, TheDigestDoesNotKnowHowOftenARaceShowed) {
  const std::vector<Candidate> racing{fixture("shared_scratch", "1")};
  EXPECT_EQ(digest(run_campaign(racing, quick({"threads"}))),
            digest(run_campaign(racing, quick({"threads"}))));
}

TEST(Campaign, AnUnknownPropertyIsRefusedWithTheNearest) {
  EXPECT_THAT([] { select_properties({"prodct"}); },
              testing::ThrowsMessage<std::invalid_argument>(HasSubstr("product")));
}

TEST(Effort, BudgetsDependOnShapeFormatAndEffortAlone) {
  const Target& narrow = *catalogue().find("libm/exp:binary32");
  const Target& wide = *catalogue().find("libm/exp:binary64");
  const Target& pow = *catalogue().find("libm/pow:binary64");
  const Property& accuracy = *find_property("accuracy", narrow);
  const Property& product = *find_property("product", narrow);
  EXPECT_EQ(budget(accuracy, narrow, Effort::quick), std::uint64_t(1) << 24);
  EXPECT_EQ(budget(accuracy, wide, Effort::quick), 1'000'000u);
  EXPECT_EQ(budget(accuracy, pow, Effort::quick), 300'000u);
  EXPECT_EQ(budget(product, narrow, Effort::quick), 10'000u);
  EXPECT_EQ(budget(accuracy, narrow, Effort::standard), std::uint64_t(1) << 32);
  EXPECT_EQ(budget(accuracy, wide, Effort::standard), 100'000'000u);
  EXPECT_EQ(budget(product, narrow, Effort::deep), 100'000'000u);
  const Target& slope = *catalogue().find("shipped/derivative/dual/d_exp:binary64");
  EXPECT_EQ(budget(accuracy, slope, Effort::standard), 400'000u);
  EXPECT_EQ(budget(product, slope, Effort::standard), 100'000u);
}

}  // namespace
}  // namespace napier
