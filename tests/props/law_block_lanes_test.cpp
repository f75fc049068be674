// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What a block of cases of a law says, lane by lane.
#include <cmath>
#include <limits>
#include <memory>

#include "lib/target/catalogue.hpp"
#include "props/judge/judge.hpp"
#include "props/law/law_block.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using testing_support::count;
using testing_support::point;

constexpr Rounding all_roundings[] = {Rounding::nearest, Rounding::up, Rounding::down,
                                      Rounding::zero};

/// What a block and what its cases say of each other, lane by lane.
class LaneByLane {
 public:
  LaneByLane(const Property& law, const Subject& subject)
      : law_(law), subject_(subject), block_(subject, block_law(law, subject)->shape) {
    block_law(law, subject)->plan(block_);
  }

  /// Cases of all strata in turn.
  void compare(std::uint64_t first) {
    const Domain domain = law_.where.domain(subject_);
    for (std::uint64_t i = first; !block_.is_full(); ++i) {
      const auto stratum = static_cast<std::uint32_t>(i % domain.strata.size());
      const Address address{property_key(law_.where.name), stratum, i};
      const auto made = domain.first_made(Seed{}, address);
      if (!made) continue;
      block_.add(address, *made);
      EXPECT_EQ(block_.located(block_.size() - 1).point, *made) << law_.name;
    }
    std::vector<Address> unusual;
    block_.prepare(unusual);
    ASSERT_TRUE(block_.call(*caller_, primal_.get()));
    block_law(law_, subject_)->read(block_, met_, apart_);
    usual += static_cast<int>(block_.size());
    for (std::size_t i = 0; i < block_.size(); ++i) compare_lane(i);
    block_.clear();
  }

  int usual = 0, decided = 0, seen_apart = 0, refuted = 0;

 private:
  void compare_lane(std::size_t i) {
    const Located located = block_.located(i);
    Tally figures;
    const Verdict verdict = law_.judge(subject_, located.point, block_.transcript(i), figures);
    const std::string where = subject_.target->name + ", " + std::string(law_.name) + " at " +
                              testing_support::text(located.point);
    refuted += std::holds_alternative<Refuted>(verdict) ? 1 : 0;
    const double least = met_.least_resolution[i], most = met_.most_resolution[i];
    if (!std::isnan(least)) {
      ASSERT_TRUE(std::holds_alternative<Consistent>(verdict)) << where;
      const Consistent& consistent = std::get<Consistent>(verdict);
      EXPECT_LE(consistent.share, met_.share[i]) << where;
      EXPECT_LE(least, consistent.resolution) << where;
      EXPECT_GE(most, consistent.resolution) << where;
      ++decided;
    }
    if (std::isinf(apart_[i])) return;
    const double seen = figures.user.entry ? figures.user.entry->value : 0;
    // A binade may be taken for a lower one next to its end; a few bits tell less of where that is.
    EXPECT_TRUE(apart_[i] == seen || apart_[i] == 2 * seen || apart_[i] == 4 * seen)
        << where << ": " << apart_[i] << " for " << seen;
    seen_apart += seen != 0 ? 1 : 0;
  }

  const Property& law_;
  const Subject& subject_;
  std::unique_ptr<Caller> caller_ = subject_.target->open();
  std::unique_ptr<Caller> primal_ =
      subject_.target->primal ? subject_.target->primal->open() : nullptr;
  LawBlock block_;
  MeetingBlock met_;
  Lanes apart_;
};

TEST(LawBlockLanes, SayOfALawWhatItsCasesSay) {
  for (const char* name : {"libm/pow:binary64", "libm/pow:binary32",
                           "libm/rounded_once/pow:binary16", "libm/rounded_once/pow:bfloat16"})
    for (const Rounding rounding : all_roundings) {
      Target target = *catalogue().find(name);
      target.claim.max_ulp_directed = parse_limit("3", *target.format);
      const Subject subject(target, rounding);
      for (const Property& law : all_properties()) {
        if (!relates_calls(law.family) || !law.inapplicable(subject).empty()) continue;
        LaneByLane lanes(law, subject);
        const int blocks = static_cast<int>(count(4, 100));
        for (int i = 0; i < blocks; ++i) lanes.compare(static_cast<std::uint64_t>(2000 * i));
        EXPECT_GT(lanes.usual, blocks * static_cast<int>(block_lanes) / 4) << law.name;
        EXPECT_GT(lanes.decided, lanes.usual * 2 / 3) << target.name << ' ' << law.name;
        const bool is_exact = law.name == "zeroth_power" || law.name == "first_power";
        EXPECT_GT(lanes.seen_apart, is_exact ? -1 : lanes.usual / 9)  // powers of 2 are exact
            << target.name << ' ' << law.name;
      }
    }
}

/// Of bases below 1, too, where derivatives are negative.
TEST(LawBlockLanes, SayOfADerivativeWhatItsCasesSay) {
  for (const char* name :
       {"product/d_pow_y:binary64", "product/d_pow_y:binary32", "two_words/d_exp10:binary64",
        "own_slope/d_expm1:binary32", "own_slope/d_expm1:binary64"}) {
    const Target& target = *catalogue().find(std::string("shipped/derivative/") + name);
    const Subject subject(target, Rounding::nearest);
    int laws = 0;
    for (const Property& law : all_properties()) {
      if (!relates_calls(law.family) || !law.inapplicable(subject).empty()) continue;
      if (!std::holds_alternative<LawInBlocks>(law.judging)) continue;
      LaneByLane lanes(law, subject);
      const int blocks = static_cast<int>(count(8, 200));
      for (int i = 0; i < blocks; ++i) lanes.compare(static_cast<std::uint64_t>(2000 * i));
      EXPECT_GT(lanes.usual, blocks * static_cast<int>(block_lanes) / 4) << name;
      EXPECT_GT(lanes.decided, lanes.usual * 2 / 3) << name;
      // A product of the two is what a user computes, bit for bit.
      const bool is_exact = std::string_view(name).find("product") != std::string_view::npos;
      EXPECT_GT(lanes.seen_apart, is_exact ? -1 : lanes.usual / 9) << name;
      ++laws;
    }
    EXPECT_EQ(1, laws) << name;
  }
}

constexpr const char* anchors[] = {"zeroth_power", "first_power", "integer_power"};

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

TEST(LawBlockLanes, SayNothingOfALieAboutAnAnchor) {
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

TEST(LawBlockLanes, LeaveOutWhatIsNoCase) {
  Target target = *catalogue().find("libm/pow:binary64");
  target.claim.domain.integer_exponent = true;
  const Subject subject(target, Rounding::nearest);
  const auto keeps = [&](const char* law, const Point& at) {
    LawBlock block(subject, block_law(*find_property(law, target), subject)->shape);
    block_law(*find_property(law, target), subject)->plan(block);
    block.add({}, at);
    std::vector<Address> unusual;
    block.prepare(unusual);
    EXPECT_EQ(block.size() + unusual.size(), 1U);
    return block.size() == 1;
  };
  EXPECT_TRUE(keeps("reciprocal", point(1.5, 2.0)));
  EXPECT_FALSE(keeps("reciprocal", point(1.5, 2.5)));
  EXPECT_FALSE(keeps("reciprocal", point(1.5, 0.0)));
  EXPECT_FALSE(keeps("reciprocal", point(-1.5, 2.0)));
  EXPECT_TRUE(keeps("zeroth_power", point(1.5)));
  EXPECT_FALSE(keeps("first_power", point(-1.5)));
  for (const double n : {1.0, 64.0}) EXPECT_TRUE(keeps("integer_power", point(1.5, n))) << n;
  for (const double n : {-1.0, 0.0, 1.5, 65.0})
    EXPECT_FALSE(keeps("integer_power", point(1.5, n))) << n;
}

}  // namespace
}  // namespace napier
