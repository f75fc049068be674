// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Laws that are read of whole blocks of cases find what they find case by case.
#include <hwy/targets.h>

#include <cmath>
#include <limits>
#include <memory>
#include <set>

#include "lib/target/catalogue.hpp"
#include "oracles/fast/simd_level.hpp"
#include "props/judge.hpp"
#include "props/law_block.hpp"
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
  const Domain domain = law.domain(subject);
  const Property* const jury[] = {&law};
  std::vector<Tally> tallies(1);
  for (const Portion& portion : portions(domain, cases))
    judge_portion(jury, subject, domain, Seed{}, portion, {caller.get(), nullptr}, tallies);
  return tallies.front();
}

/// Laws that were read in blocks.
int compare_laws(const Target& target, Rounding rounding, std::uint64_t cases) {
  const Subject subject(target, rounding);
  int compared = 0;
  for (const Property* law : all_properties()) {
    if (!law->is_law() || !law->inapplicable(subject).empty()) continue;
    if (law->block_law(subject) == nullptr) continue;
    ++compared;
    expect_same(tally_of(*law, subject, cases), tally_of(OneByOne(*law), subject, cases),
                target.name + ", " + std::string(law->name()) + ", " + std::string(name(rounding)));
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
  Claim rounded, faithful, half, tiny, wide, both;
  rounded.correctly_rounded = true;
  faithful.faithful = true;
  both = faithful;
  int compared = 0;
  for (const char* name : {"libm/exp:binary64", "libm/exp2:binary32", "libm/pow:binary64",
                           "libm/rounded_once/exp10:binary16", "libm/rounded_once/exp:bfloat16"}) {
    Target target = *catalogue().find(name);
    for (const char* limit : {"0", "0.25", "0.5", "3", "60"}) {
      Claim claim;
      claim.max_ulp = parse_limit(limit, *target.format, false);
      claim.max_ulp_directed = parse_limit(limit, *target.format, true);
      for (const bool also_faithful : {false, true}) {
        claim.faithful = also_faithful;
        target.claim = claim;
        for (const Rounding rounding : all_roundings)
          compared += compare_laws(target, rounding, count(400, 20'000));
      }
    }
    for (const Claim& claim : {rounded, faithful}) {
      target.claim = claim;
      for (const Rounding rounding : all_roundings)
        compared += compare_laws(target, rounding, count(600, 20'000));
    }
  }
  EXPECT_GT(compared, 400);
}

TEST(LawBlock, KeepsToTheDomainOfAClaim) {
  Target target = *catalogue().find("libm/pow:binary64");
  const Subject subject(target, Rounding::nearest);
  const auto cases = [&](const char* law) {
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
    for (const char* name : {"libm/exp:binary64", "libm/exp10:binary32", "libm/pow:binary64"}) {
      const Subject subject(*catalogue().find(name), Rounding::nearest);
      for (const Property* law : all_properties())
        if (law->is_law() && law->inapplicable(subject).empty())
          tallies.push_back(tally_of(*law, subject, cases));
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
  const BlockLaw& law = *find_property("tower", target)->block_law(subject);
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
  EXPECT_TRUE(std::isnan(met.resolution[0])) << met.resolution[0];
}

/// What a block and what its cases say of each other, lane by lane.
class LaneByLane {
 public:
  explicit LaneByLane(const Property& law, const Subject& subject)
      : law_(law), subject_(subject), block_(subject, law.block_law(subject)->shape) {
    law.block_law(subject)->plan(block_);
  }

  void compare(std::uint64_t first) {
    const Domain domain = law_.domain(subject_);
    for (std::uint64_t i = first; !block_.is_full(); ++i) {
      const Address address{property_key(law_.domain_name()), 0, i};
      const auto point = domain.first_made(Seed{}, address);
      if (!point) continue;
      block_.add(address, *point);
      EXPECT_EQ(block_.located(block_.size() - 1).point, *point) << law_.name();
    }
    std::vector<Address> unusual;
    block_.prepare(unusual);
    ASSERT_TRUE(block_.call(*caller_));
    law_.block_law(subject_)->read(block_, met_, apart_);
    for (std::size_t i = 0; i < block_.size(); ++i) compare_lane(i);
    block_.clear();
  }

  int decided = 0, seen_apart = 0, refuted = 0;

 private:
  void compare_lane(std::size_t i) {
    const Located located = block_.located(i);
    Tally figures, of_case, of_lane;
    const Verdict verdict = law_.judge(subject_, located.point, block_.transcript(i), figures);
    const std::string where = subject_.target->name + ", " + std::string(law_.name()) + " at " +
                              testing_support::text(located.point);
    refuted += std::holds_alternative<Refuted>(verdict) ? 1 : 0;
    if (!std::isnan(met_.resolution[i])) {
      ASSERT_TRUE(std::holds_alternative<Consistent>(verdict)) << where;
      EXPECT_LE(std::get<Consistent>(verdict).share, met_.share[i]) << where;
      of_case.add(verdict, located);
      of_lane.add_resolved(met_.resolution[i]);
      EXPECT_EQ(of_case.resolution.median(), of_lane.resolution.median()) << where;
      EXPECT_EQ(of_case.vacuous, of_lane.vacuous) << where;
      ++decided;
    }
    if (std::isinf(apart_[i])) return;
    const double seen = figures.user.entry ? figures.user.entry->value : 0;
    EXPECT_TRUE(apart_[i] == seen || apart_[i] == 2 * seen)
        << where << ": " << apart_[i] << " for " << seen;
    seen_apart += seen != 0 ? 1 : 0;
  }

  const Property& law_;
  const Subject& subject_;
  std::unique_ptr<Caller> caller_ = subject_.target->open();
  LawBlock block_;
  MeetingBlock met_;
  Lanes apart_;
};

constexpr const char* anchors[] = {"zeroth_power", "first_power", "integer_power"};

TEST(LawBlock, SaysOfEachLaneOfAnAnchorWhatItsCaseSays) {
  for (const char* name : {"libm/pow:binary64", "libm/pow:binary32",
                           "libm/rounded_once/pow:binary16", "libm/rounded_once/pow:bfloat16"})
    for (const Rounding rounding : all_roundings) {
      Target target = *catalogue().find(name);
      target.claim.max_ulp_directed = parse_limit("3", *target.format, true);
      const Subject subject(target, rounding);
      for (const char* anchor : anchors) {
        LaneByLane lanes(*find_property(anchor, target), subject);
        const int blocks = static_cast<int>(count(4, 100));
        for (int i = 0; i < blocks; ++i) lanes.compare(static_cast<std::uint64_t>(1000 * i));
        const int most = blocks * static_cast<int>(block_lanes);
        EXPECT_GT(lanes.decided, most * 3 / 4) << target.name << ' ' << anchor;
        if (std::string_view(anchor) == "integer_power") {
          EXPECT_GT(lanes.seen_apart, most / 4) << target.name;
        }
      }
    }
}

/// One factor too many or too few, some ulps off, beyond all numbers.
constexpr Binary<double> lies[] = {
    [](double a, double n) { return std::pow(a, n + 1); },
    [](double a, double n) { return std::pow(a, n - 1); },
    [](double a, double n) { return std::pow(a, n) * (1 + 0x1p-50); },
    [](double a, double n) { return std::pow(a, n) * (1 - 0x1p-50); },
    [](double, double) { return 0.0; },
    [](double a, double n) { return -std::pow(a, n); },
    [](double, double) { return std::numeric_limits<double>::infinity(); },
};

TEST(LawBlock, SaysNothingOfALieAboutAnAnchor) {
  for (const Binary<double> lie : lies) {
    Target target = *catalogue().find("libm/pow:binary64");
    target.open = [lie] { return direct_caller(lie); };
    const Subject subject(target, Rounding::nearest);
    for (const char* anchor : anchors) {
      LaneByLane lanes(*find_property(anchor, target), subject);
      lanes.compare(0);
      EXPECT_GT(lanes.refuted, 40) << anchor;
    }
  }
}

/// Most cases have to be decided in the block, or nothing is gained.
TEST(LawBlock, LeavesFewCasesOpen) {
  for (const char* name : {"libm/exp:binary64", "libm/exp:binary32", "libm/pow:binary64"}) {
    const Subject subject(*catalogue().find(name), Rounding::nearest);
    for (const Property* law : all_properties()) {
      if (!law->is_law() || !law->inapplicable(subject).empty()) continue;
      if (law->block_law(subject) == nullptr) continue;
      const OneByOne counted(*law, law->block_law(subject));
      const Tally tally = tally_of(counted, subject, 100'000);
      if (tally.cases <= most_factors) continue;  // all that there are, some of them the largest
      EXPECT_LT(counted.judged(), tally.cases / 10) << name << ' ' << law->name();
    }
  }
}

}  // namespace
}  // namespace napier
