// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Every argument of 16 bits, in every mode, under every kind of claim: judging a block gives the
// tally of its cases, and honest answers are never refuted nor left undecided. What is concluded of
// a walk from a few of its cases is tried against all of them.
#include "tests/props/every_judgement.hpp"

#include <cmath>
#include <tuple>

#include "lib/fp/ordinal.hpp"

namespace napier {
namespace {

using namespace testing_support;

const Function* const asked_functions[] = {
    &functions::exp,    &functions::exp2,    &functions::exp10, &functions::expm1,
    &functions::exp2m1, &functions::exp10m1, &functions::log};
const Format* const narrow_formats[] = {&binary16, &bfloat16};

class EveryArgument : public testing::TestWithParam<std::tuple<const Function*, const Format*>> {};
INSTANTIATE_TEST_SUITE_P(Of, EveryArgument,
                         testing::Combine(testing::ValuesIn(asked_functions),
                                          testing::ValuesIn(narrow_formats)),
                         [](const auto& named) {
                           return std::string(std::get<0>(named.param)->name) + "_" +
                                  std::string(std::get<1>(named.param)->name);
                         });

TEST_P(EveryArgument, IsJudgedInBlocksAsCaseByCase) {
  const auto& [function, format] = GetParam();
  const auto place = std::ranges::find(asked_functions, function) - asked_functions;
  auto turn = 2 * all_roundings.size() * static_cast<std::size_t>(place);
  if (format != narrow_formats[0]) turn += all_roundings.size();
  RightAnswers answers(*function, *format);
  const Target target = target_of(answers, {});
  const Domain domain = *every_call(Subject(target, Rounding::nearest));
  Found found;
  for (const Rounding rounding : all_roundings)
    judge_in_turn(answers, domain, rounding, turn++, found);
  expect_all_found(found);
}

TEST_P(EveryArgument, WithNeighboursOfTheRightOnesIsJudgedInBlocksAsCaseByCase) {
  const auto& [function, format] = GetParam();
  RightAnswers answers(*function, *format);
  const Target target = target_of(answers, {});
  const Domain domain = *every_call(Subject(target, Rounding::nearest));
  const auto all = claims(*format);
  const auto faithful = std::ranges::find(all, std::string("faithful"), &NamedClaim::name);
  ASSERT_NE(faithful, all.end());
  Found found;
  for (const Rounding rounding : all_roundings)
    judge_both_ways({answers, *faithful, next_to_right, rounding, domain}, true, found);
  EXPECT_GT(found.at(next_to_right.name), encodings / 8);
}

/// Modes and limits have their turns; a long run tries every mode.
TEST_P(EveryArgument, SomeStepsFromTheRoundedValueIsJudgedInBlocksAsCaseByCase) {
  const auto& [function, format] = GetParam();
  RightAnswers answers(*function, *format);
  const Target target = target_of(answers, {});
  const Domain domain = *every_call(Subject(target, Rounding::nearest));
  constexpr std::array limits{"1", "2", "1.5", "4", "3.25", "1.9"};
  auto turn = static_cast<std::size_t>(std::ranges::find(asked_functions, function) -
                                       std::begin(asked_functions));
  if (format != narrow_formats[0]) turn += std::size(asked_functions);
  Found found;
  for (const NamedManner& manner : steps_off)
    for (std::uint64_t some = 0; some < count(1, 4); ++some) {
      const Rounding rounding = all_roundings[turn % all_roundings.size()];
      const UlpLimit limit = parse_limit(limits[turn++ % limits.size()], *format, Metric::rounded);
      Claim claim;
      claim.max_ulp = claim.max_ulp_directed = limit;
      const NamedClaim named{"from the rounded value", claim};
      judge_both_ways({answers, named, manner, rounding, domain}, true, found);
    }
  for (const NamedManner& manner : steps_off) EXPECT_GT(found.at(manner.name), encodings / 32);
}

TEST_P(EveryArgument, WithResultsThatMayBeFlushedIsJudgedInBlocksAsCaseByCase) {
  const auto& [function, format] = GetParam();
  RightAnswers answers(*function, *format);
  const Target target = target_of(answers, {});
  const Domain domain = *every_call(Subject(target, Rounding::nearest));
  Claim in_ulps = claim_ulps(*format, "1", "1"), rounded;
  rounded.max_ulp = parse_limit("1", *format, Metric::rounded);
  rounded.max_ulp_directed = parse_limit("1", *format, Metric::rounded);
  in_ulps.flushing = rounded.flushing = Flushing::may();
  const NamedClaim all[] = {{"flushing", in_ulps}, {"flushing, from the rounded value", rounded}};
  auto turn = static_cast<std::size_t>(std::ranges::find(asked_functions, function) -
                                       std::begin(asked_functions));
  Found found;
  for (const NamedManner& manner : zero_manners)
    for (const NamedClaim& claim : all)
      judge_both_ways({answers, claim, manner, all_roundings[turn++ % 4], domain}, true, found);
  for (const NamedClaim& claim : all)
    judge_both_ways({answers, claim, next_to_right, all_roundings[turn++ % 4], domain}, true,
                    found);
}

/// Of infinities the reference sees no more than of results that are merely wrong.
TEST_P(EveryArgument, WithResultsThatAreNoNumbersIsJudgedInBlocksAsCaseByCase) {
  const auto& [function, format] = GetParam();
  RightAnswers answers(*function, *format);
  const Target target = target_of(answers, {});
  const Domain domain = *every_call(Subject(target, Rounding::nearest));
  const auto all = claims(*format);
  auto turn = static_cast<std::size_t>(std::ranges::find(asked_functions, function) -
                                       std::begin(asked_functions));
  Found found;
  for (const NamedManner& manner : nowhere_manners)
    for (std::uint64_t some = 0; some < count(1, 8); ++some, ++turn)
      judge_both_ways({answers, all[turn % all.size()], manner, all_roundings[turn % 4], domain},
                      true, found);
}

/// Of cases that are as bad as each other the first by its bits is kept, whenever it is met.
TEST(EveryArgument, MetInTheOtherOrderHasTheSameWorstCase) {
  Stratum all{"every walk, the last first", encodings, 1, [](Draw&, std::uint64_t i) {
                const Float start{encodings - (i + 1) * run, &binary16};
                return std::optional(point_of({start}));
              }};
  all.walk = run;
  Domain domain;
  domain.strata.push_back(std::move(all));
  RightAnswers answers(functions::exp, binary16);
  const NamedClaim claim{"some ulps", claim_ulps(binary16, "2", "3")};
  Found found;
  for (const NamedManner& manner : nowhere_manners)
    judge_both_ways({answers, claim, manner, Rounding::nearest, domain}, true, found);
}

std::vector<Float> data(const Format& format, std::initializer_list<double> values) {
  std::vector<Float> found;
  for (const double value : values) {
    const Float size = std::isinf(value) ? infinity(format)
                       : std::isnan(value)
                           ? quiet_nan(format)
                           : round_to(format, Dyadic::of(std::abs(value)), Rounding::nearest);
    found.push_back(std::signbit(value) ? negated(size) : size);
  }
  return found;
}

/// Of each value of the one argument every encoding of the other, in one mode in turn; of every
/// third value, and of all of them in a long run, each with a quarter of the claims.
void judge_lines(bool over_bases, std::initializer_list<double> fixed) {
  Found found;
  std::size_t turn = 0;
  for (const Format* format : narrow_formats) {
    std::vector<Float> all = data(*format, fixed);
    all.push_back(min_subnormal(*format));
    all.push_back(next_down(from_integer(*format, 1)));
    all.push_back(next_up(from_integer(*format, 1)));
    all.push_back(max_finite(*format, true));
    all.push_back({infinity(*format).bits + 1, format});  // a signalling NaN
    RightAnswers answers(functions::pow, *format);
    for (const Float value : all) {
      const std::size_t mode = turn / 3 % all_roundings.size();
      if (long_run() || turn % 3 == 1) {
        answers.forget();
        judge_in_turn(answers, line(value, over_bases), all_roundings[mode],
                      long_run() ? turn : turn / 3, found, 4);
      }
      ++turn;
    }
  }
  expect_all_found(found);
}

/// Of x^y next to 1, with all errors far below what an enclosure tells of them.
TEST(EveryArgument, OfTheLeastExponentHasItsLargestErrorWhereCaseByCaseHasIt) {
  RightAnswers answers(functions::pow, bfloat16);
  const NamedClaim claim{"some ulps", claim_ulps(bfloat16, "2", "3")};
  const Domain domain = line(min_subnormal(bfloat16), true);
  Found found;
  judge_both_ways({answers, claim, manners[0], Rounding::nearest, domain}, true, found);
}

TEST(EveryArgument, OfPowersOfSomeBasesIsJudgedInBlocksAsCaseByCase) {
  judge_lines(false,
              {0.5, 2, 10, 0x1p-12, 3e4, 1, 0, -0.0, INFINITY, -INFINITY, NAN, -1, -3, -0.7});
}

TEST(EveryArgument, OfPowersToSomeExponentsIsJudgedInBlocksAsCaseByCase) {
  judge_lines(true,
              {0.5, -0.5, 2, 3, -1, -7, 100, 1e4, 1, 0, -0.0, INFINITY, -INFINITY, NAN, 0x1p-9});
}

}  // namespace
}  // namespace napier
