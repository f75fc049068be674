// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Laws that are read of whole blocks of cases find what they find case by case.
#include <hwy/targets.h>

#include <cmath>
#include <set>

#include "lib/target/catalogue.hpp"
#include "oracles/fast/scalar/simd_level.hpp"
#include "props/judge/judge.hpp"
#include "props/law/law_block.hpp"
#include "tests/mutants/mutants.hpp"
#include "tests/props/one_by_one.hpp"
#include "tests/props/support.hpp"
#include "tests/props/tally_support.hpp"

namespace napier {
namespace {

using testing_support::count;
using testing_support::expect_same;
using testing_support::OneByOne;

Tally tally_of(const Property& law, const Subject& subject, std::uint64_t cases) {
  const auto caller = subject.target->open();
  const auto primal = subject.target->primal ? subject.target->primal->open() : nullptr;
  const Domain domain = law.where.domain(subject);
  const Property* const jury[] = {&law};
  std::vector<Tally> tallies(1);
  for (const Portion& portion : portions(domain, cases))
    judge_portion(jury, subject, domain, Seed{}, portion, {caller.get(), primal.get()}, tallies);
  return tallies.front();
}

/// … for a few hundred consecutive pairs here and there among all that there are.
Tally tally_of_pairs(const Property& law, const Subject& subject, const Domain& pairs) {
  constexpr std::uint64_t golden = 0x9e3779b97f4a7c15;
  const auto caller = subject.target->open();
  const Property* const jury[] = {&law};
  std::vector<Tally> tallies(1);
  const std::uint64_t runs = count(64, 4096), last = pairs.strata.front().size - block_lanes;
  for (std::uint64_t run = 1; run <= runs; ++run)
    judge_portion(jury, subject, pairs, Seed{}, {0, run * golden % last, block_lanes},
                  {caller.get(), nullptr}, tallies);
  return tallies.front();
}

/// Laws that were read in blocks.
int compare_laws(const Target& target, Rounding rounding, std::uint64_t cases) {
  const Subject subject(target, rounding);
  int compared = 0;
  for (const Property& law : all_properties()) {
    if (!relates_calls(law.family) || !law.inapplicable(subject).empty()) continue;
    if (block_law(law, subject) == nullptr) continue;
    ++compared;
    const Tally blocks = tally_of(law, subject, cases);
    const Tally single = tally_of(OneByOne(law).row(), subject, cases);
    const std::string what =
        target.name + ", " + std::string(law.name) + ", " + std::string(name(rounding));
    expect_same(blocks, single, what);
    EXPECT_EQ(blocks.calls, single.calls) << what;
  }
  return compared;
}

constexpr Rounding all_roundings[] = {Rounding::nearest, Rounding::up, Rounding::down,
                                      Rounding::zero};

TEST(LawBlock, FindsOfEveryTargetWhatItsCasesFind) {
  int compared = 0;
  for (const Target& target : catalogue().targets())
    for (const Rounding rounding : all_roundings)
      compared += compare_laws(target, rounding, count(600, 40'000));
  EXPECT_GT(compared, 500);
}

/// Claims that are unusual or broken by honest targets: every kind of end of a claim set.
TEST(LawBlock, ReadsEveryKindOfClaim) {
  Claim rounded, faithful, from_rounded;
  rounded.correctly_rounded = true;
  faithful.faithful = true;
  int compared = 0;
  for (const char* name :
       {"libm/exp:binary64", "libm/exp2:binary32", "libm/pow:binary64",
        "libm/rounded_once/exp10:binary16", "libm/rounded_once/exp:bfloat16", "libm/expm1:binary64",
        "libm/expm1:binary32", "shipped/own_base_less_one/exp2m1:binary16",
        "shipped/own_base_less_one/exp10m1:bfloat16"}) {
    Target target = *catalogue().find(name);
    for (const char* limit : {"0", "0.25", "0.5", "3", "60"}) {
      Claim claim;
      claim.max_ulp = parse_limit(limit, *target.format);
      claim.max_ulp_directed = parse_limit(limit, *target.format);
      for (const bool also_faithful : {false, true}) {
        claim.faithful = also_faithful;
        target.claim = claim;
        for (const Rounding rounding : all_roundings)
          compared += compare_laws(target, rounding, count(400, 20'000));
      }
    }
    from_rounded.max_ulp = parse_limit("1", *target.format, Metric::rounded);
    from_rounded.max_ulp_directed = parse_limit("2.5", *target.format, Metric::rounded);
    for (const Claim& claim : {rounded, faithful, from_rounded}) {
      target.claim = claim;
      for (const Rounding rounding : all_roundings)
        compared += compare_laws(target, rounding, count(600, 20'000));
    }
  }
  EXPECT_GT(compared, 800);
}

/// Every pair of arguments of 16 bits is asked: most results are 0 or infinite, and what rounding
/// left out of their arguments is as large as these.
TEST(LawBlock, FindsOfAnyPairWhatItsCaseFinds) {
  Claim close, faithful;
  faithful.faithful = true;
  int compared = 0;
  for (const char* name :
       {"libm/rounded_once/exp:binary16", "libm/rounded_once/exp2:bfloat16",
        "libm/rounded_once/exp10:bfloat16", "shipped/softmax/exp:binary16",
        "libm/rounded_once/expm1:binary16", "shipped/own_base_less_one/exp2m1:bfloat16"}) {
    Target target = *catalogue().find(name);
    close.max_ulp = parse_limit("1.5", *target.format);
    close.max_ulp_directed = parse_limit("1", *target.format);
    for (const Claim& claim : {target.claim, close, faithful})
      for (const Rounding rounding : all_roundings)
        for (const char* law_name : {"product", "quotient"}) {
          target.claim = claim;
          const Subject subject(target, rounding);
          const Property& law = *find_property(law_name, target);
          if (block_law(law, subject) == nullptr) continue;
          ++compared;
          const Domain pairs = *law.where.every_point(subject);
          expect_same(tally_of_pairs(law, subject, pairs),
                      tally_of_pairs(OneByOne(law).row(), subject, pairs),
                      target.name + ", " + law_name + ", " + std::string(napier::name(rounding)));
        }
  }
  EXPECT_GE(compared, 6 * 2 * (1 + 4 + 4));
}

TEST(LawBlock, KeepsToTheDomainOfAClaim) {
  Target target = *catalogue().find("libm/pow:binary64");
  const auto cases = [&](const char* law) {
    const Subject subject(target, Rounding::nearest);
    return tally_of(*find_property(law, target), subject, 1000).cases;
  };
  target.claim.domain.x = {1.25, 8};
  target.claim.domain.y = {0.5, 10};
  EXPECT_GE(compare_laws(target, Rounding::nearest, 1000), 7);
  EXPECT_EQ(cases("zeroth_power"), 0U);
  EXPECT_GT(cases("first_power"), 900U);
  EXPECT_GT(cases("integer_power"), 400U);
  target.claim.domain.y = {1.5, 10};
  EXPECT_EQ(cases("first_power"), 0U);
}

TEST(LawBlock, FindsOfEveryMutantWhatItsCasesFind) {
  // What they give depends on the calls before.
  const std::set<std::string_view> moody{"turns_rounding", "forgets_mode", "depends_on_the_past"};
  int compared = 0;
  for (const mutants::Mutant& mutant : mutants::all())
    if (!moody.contains(mutant.name))
      compared += compare_laws(mutant.target, Rounding::nearest, count(300, 10'000));
  EXPECT_GT(compared, 200);
}

TEST(LawBlock, FindsTheSameOnEveryInstructionSet) {
  const auto everything = [](std::uint64_t cases) {
    std::vector<Tally> tallies;
    for (const char* name : {"libm/exp:binary64", "libm/exp10:binary32", "libm/pow:binary64",
                             "libm/expm1:binary64", "libm/expm1:binary32"}) {
      const Subject subject(*catalogue().find(name), Rounding::nearest);
      for (const Property& law : all_properties())
        if (relates_calls(law.family) && law.inapplicable(subject).empty())
          tallies.push_back(tally_of(law, subject, cases));
    }
    return tallies;
  };
  const std::uint64_t cases = count(1000, 100'000);
  const std::vector<Tally> best = everything(cases);
  for (const std::string& level : simd_levels()) {
    use_simd_level(level);
    const std::vector<Tally> these = everything(cases);
    for (std::size_t i = 0; i < best.size(); ++i) expect_same(best[i], these[i], level);
  }
  hwy::SetSupportedTargetsForTest(0);
}

/// (2^128)^y, where 2^128 is beyond all numbers and 2^(128 y) next to 1: there is no outer call,
/// and nothing may be made of what stands in its place.
TEST(LawBlock, SaysNothingOfATowerOnAnInfinity) {
  const Target& target = *catalogue().find("libm/rounded_once/pow:bfloat16");
  const Subject subject(target, Rounding::nearest);
  const BlockLaw& law = *block_law(*find_property("tower", target), subject);
  LawBlock block(subject, law.shape);
  law.plan(block);
  Point point;
  point.push(from_integer(bfloat16, 2));
  point.push(from_integer(bfloat16, 128));
  point.push(power_of_two(bfloat16, -20));
  block.add({}, point);
  std::vector<Address> unusual;
  block.prepare(unusual);
  ASSERT_EQ(block.size(), 1U);
  const auto caller = target.open();
  ASSERT_TRUE(block.call(*caller));
  EXPECT_EQ(block.transcript(0).requests.size(), 2U);  // a^x and a^(xy)
  MeetingBlock met;
  Lanes apart;
  law.read(block, met, apart);
  EXPECT_TRUE(std::isnan(met.least_resolution[0])) << met.least_resolution[0];
}

/// Most cases have to be decided in the block, or nothing is gained.
TEST(LawBlock, LeavesFewCasesOpen) {
  for (const char* name :
       {"libm/exp:binary64", "libm/exp:binary32", "libm/pow:binary64", "libm/expm1:binary32"}) {
    const Subject subject(*catalogue().find(name), Rounding::nearest);
    for (const Property& law : all_properties()) {
      if (!relates_calls(law.family) || !law.inapplicable(subject).empty()) continue;
      if (block_law(law, subject) == nullptr) continue;
      const OneByOne counted(law, block_law(law, subject));
      const Tally tally = tally_of(counted.row(), subject, 100'000);
      if (tally.cases <= most_factors) continue;  // all that there are, some of them the largest
      EXPECT_LT(counted.judged(), tally.cases / 10) << name << ' ' << law.name;
    }
  }
}

}  // namespace
}  // namespace napier
