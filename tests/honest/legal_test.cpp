// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Targets that use all that a claim allows: results exactly at the edge of K ulp, either neighbour,
// on both sides of powers of two, at overflow and at the least subnormal.
#include <gtest/gtest.h>

#include "tests/honest/court.hpp"
#include "tests/honest/legal.hpp"
#include "tests/honest/rows.hpp"

namespace napier::honest {
namespace {

constexpr const char* stated_limits[] = {"0.5", "0.75", "1", "1.5", "2.5"};
constexpr Choice choices[] = {Choice::most, Choice::least, Choice::in_turn, Choice::any};
constexpr const char* names[] = {"most", "least", "in_turn", "any"};

Counts counts() { return long_run() ? Counts{1'000, 300, 1 << 16} : Counts{80, 25, 0}; }

/// Every choice in turn, so that each limit meets each of them; all of them in a long run.
template <class Make>
void expect_choices_stand(std::size_t turn, Rounding rounding, Make make) {
  for (std::size_t i = 0; i < std::size(choices); ++i)
    if (long_run() || i == turn % std::size(choices)) {
      const Target target = make(choices[i], names[i]);
      expect_stands(target, rounding, Calls::in_blocks, counts(), is_claimed);
      const Counts fewer{counts().calls, counts().cases, 0};
      if (long_run()) expect_stands(target, rounding, Calls::singly, fewer, is_claimed);
    }
}

class Legally : public testing::TestWithParam<Row> {
 protected:
  std::size_t turn() const {
    const auto& [function, format, rounding] = GetParam();
    return function->name.size() + format->name.size() + static_cast<std::size_t>(rounding);
  }
};

/// For each limit and some choices a target that stays within so many ulps, of one metric.
template <class LegalOf>
void expect_limits_stand(const Row& row, std::size_t turn, Metric metric, LegalOf legal_of) {
  const auto& [function, format, rounding] = row;
  for (const char* stated : stated_limits) {
    Claim claim;
    claim.max_ulp = parse_limit(stated, *format, metric);
    claim.max_ulp_directed = parse_limit(stated, *format, metric);
    claim.flags = claim.errno_values = true;
    const Dyadic k = parse_limit(stated, *format).limit;
    const auto make = [&](Choice choice, const char* choice_name) {
      const auto rule = [k, choice, legal_of, f = format](const Truth& t, const Call& call,
                                                          Rounding mode) {
        return chosen(legal_of(t, *f, k, mode), choice, call);
      };
      return ruled_target(std::string(stated) + "_ulp_" + choice_name, *function, *format, claim,
                          rule);
    };
    expect_choices_stand(turn++, rounding, make);
  }
}

TEST_P(Legally, AtTheEdgeOfUlps) {
  expect_limits_stand(GetParam(), turn(), Metric::exact, within_ulps);
}

TEST_P(Legally, AtTheEdgeOfUlpsOfTheRoundedValue) {
  expect_limits_stand(GetParam(), turn(), Metric::rounded, within_rounded_ulps);
}

TEST_P(Legally, EitherNeighbour) {
  const auto& [function, format, rounding] = GetParam();
  Claim claim;
  claim.faithful = true;
  claim.special_values = claim.flags = claim.errno_values = true;
  expect_choices_stand(turn(), rounding, [&](Choice choice, const char* name) {
    return ruled_target(std::string("faithful_") + name, *function, *format, claim,
                        [choice, f = format](const Truth& t, const Call& call, Rounding) {
                          return chosen(neighbours(t, *f), choice, call);
                        });
  });
}

INSTANTIATE_TEST_SUITE_P(All, Legally, every_row(), row_title);

}  // namespace
}  // namespace napier::honest
