// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The suite itself: a fault must come out shrunk, in hex, with a command that shows it again, and
// nothing may pass without having judged anything.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <regex>

#include "lib/fp/hexfloat.hpp"
#include "lib/target/catalogue.hpp"
#include "props/suite/rapid.hpp"

namespace napier::suite {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// RC_PARAMS for as long as it lives.
class ScopedParameters {
 public:
  explicit ScopedParameters(const std::string& text) {
    if (const char* old = std::getenv(name)) old_ = old;
    ::setenv(name, text.c_str(), 1);
  }
  ~ScopedParameters() {
    if (old_)
      ::setenv(name, old_->c_str(), 1);
    else
      ::unsetenv(name);
  }
  ScopedParameters(const ScopedParameters&) = delete;
  ScopedParameters& operator=(const ScopedParameters&) = delete;

 private:
  static constexpr const char* name = "RC_PARAMS";
  std::optional<std::string> old_;
};

/// libm's exp under a claim that nobody keeps.
Target overstated() {
  Target target = *catalogue().find("libm/exp:binary64");
  target.claim = {};
  target.claim.max_ulp = parse_limit("0.25", binary64);
  return target;
}

const Property& property_of(std::string_view name, const Target& target) {
  return *find_property(name, target);
}

/// What the replay line of a failure holds after --at=.
Point replayed(const std::string& failure) {
  std::smatch match;
  Point point;
  if (!std::regex_search(failure, match, std::regex("--at=(\\S+)"))) return point;
  std::stringstream words(match[1].str());
  for (std::string word; std::getline(words, word, ',');) point.push(parse_float(binary64, word));
  return point;
}

class Suite : public testing::TestWithParam<const char*> {
 private:
  ScopedParameters none_{""};
};

TEST_P(Suite, ShrinksAFaultAndSaysHowToSeeItAgain) {
  const Target target = overstated();
  const Asked asked(property_of(GetParam(), target), target);
  const Checked checked = check(asked, "test", 2000);
  ASSERT_THAT(checked.failure, Not(IsEmpty()));
  EXPECT_EQ(checked.seed, 1u);
  EXPECT_THAT(checked.failure, HasSubstr("napier replay libm/exp:binary64 --property " +
                                         std::string(GetParam()) + " --rounding nearest --at="));
  EXPECT_THAT(checked.failure, HasSubstr("RC_PARAMS='"));
  const Point point = replayed(checked.failure);
  ASSERT_GT(point.count, 0u) << checked.failure;
  const Case one{Rounding::nearest, point};
  EXPECT_TRUE(std::holds_alternative<Refuted>(asked.judge(one).verdict)) << checked.failure;
  EXPECT_THAT(checked.failure, HasSubstr(asked.explain(one)));
  for (const Case& simpler : asked.simpler(one))
    EXPECT_FALSE(std::holds_alternative<Refuted>(asked.judge(simpler).verdict))
        << describe(one) << " could still go to " << describe(simpler);
  EXPECT_EQ(check(asked, "test", 2000).failure, checked.failure) << "not deterministic";
}

TEST_P(Suite, ReproducesAFailureAndPassesNothingElseMeanwhile) {
  const Target target = overstated();
  const Asked asked(property_of(GetParam(), target), target);
  const std::string first = check(asked, "this.test", 2000).failure;
  std::smatch match;
  ASSERT_TRUE(std::regex_search(first, match, std::regex("RC_PARAMS='([^']*)'"))) << first;
  const ScopedParameters again(match[1].str());
  EXPECT_EQ(replayed(check(asked, "this.test", 2000).failure), replayed(first));

  const Target& honest = *catalogue().find("libm/exp:binary64");
  const Asked other(property_of(GetParam(), honest), honest);
  const Checked nothing = check(other, "another.test", 2000);
  EXPECT_EQ(nothing.judged, 0u);
  EXPECT_THAT(nothing.failure, HasSubstr("No case was judged: RC_PARAMS reproduces this.test."));
}

INSTANTIATE_TEST_SUITE_P(Laws, Suite,
                         testing::Values("product", "reciprocal", "own_slope", "accuracy"));

TEST(SuiteSeed, IsOursUnlessParametersGiveOne) {
  const Target& target = *catalogue().find("libm/exp:binary64");
  const Asked asked(property_of("product", target), target);
  EXPECT_EQ(
      [&] {
        const ScopedParameters none("");
        return check(asked, "test", 10).seed;
      }(),
      1u);
  const ScopedParameters given("seed=7 max_success=25");
  const Checked checked = check(asked, "test", 10);
  EXPECT_EQ(checked.seed, 7u);
  EXPECT_EQ(checked.judged, 25u);
}

// The cases are a campaign's: what the suite finds, an audit with the same seed could find.
TEST(Asked, DrawsThePointsOfACampaign) {
  const Target& target = *catalogue().find("libm/pow:binary64");
  const Property& product = property_of("product", target);
  const Asked asked(product, target);
  const Domain domain = product.where.domain(Subject(target, Rounding::nearest));
  int found = 0;
  for (std::uint64_t i = 0; i < 200; ++i) {
    const auto drawn = asked.at(0, 0, i);  // the first stratum
    if (!drawn) continue;
    ++found;
    EXPECT_EQ(drawn->point, domain.at(Seed{}, {property_key("product"), 0, i}));
  }
  EXPECT_GT(found, 100);
}

TEST(Asked, JudgesEveryModeThatIsPromised) {
  Target target = *catalogue().find("libm/exp:binary64");
  const auto modes_of = [&] {
    const Asked asked(property_of("product", target), target);
    std::vector<Rounding> modes;
    for (std::uint64_t mode = 0; mode < 4; ++mode) modes.push_back(asked.at(mode, 0, 0)->rounding);
    return modes;
  };
  using enum Rounding;
  EXPECT_EQ(modes_of(), (std::vector{nearest, nearest, nearest, nearest}));
  target.claim.max_ulp_directed = parse_limit("1", binary64);
  EXPECT_EQ(modes_of(), (std::vector{nearest, up, down, zero}));
}

}  // namespace
}  // namespace napier::suite
