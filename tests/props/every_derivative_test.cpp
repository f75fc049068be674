// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Every argument of 16 bits of derivatives and of compositions: judging a block gives the tally of
// its cases, and honest answers are never refuted nor left undecided. Functions, formats, modes,
// claims and manners have their turns, and a part of the arguments; a long run asks all arguments,
// in all modes.
#include "tests/props/every_judgement.hpp"

#include "lib/target/composition.hpp"

namespace napier {
namespace {

using namespace testing_support;

const Format* const narrow_formats[] = {&binary16, &bfloat16};

/// Of an even cut of the arguments one walk in so many, from a first one on.
Domain some_walks(const Domain& all, std::uint64_t part, std::uint64_t first) {
  Domain some = all;
  Stratum& stratum = some.strata.front();
  const std::uint64_t walks = (stratum.size / stratum.walk - first % part + part - 1) / part;
  stratum.size = walks * stratum.walk;
  stratum.make = [make = stratum.make, part, first](Draw& draw, std::uint64_t walk) {
    return make(draw, walk * part + first % part);
  };
  return some;
}

/// Derivatives, their second orders, and compositions.
std::vector<const Function*> asked_functions(int arity) {
  std::vector<const Function*> all;
  for (const auto rows : {all_functions(), all_compositions()})
    for (const Function* function : rows) {
      if (function->arity != arity) continue;
      if (is_derivative(*function) || is_composed(*function)) all.push_back(function);
      if (is_derivative(*function)) all.push_back(&derivative(*function, 2));
    }
  if (arity == 2) all.push_back(&mixed_derivative());
  return all;
}

/// An honest manner and a wrong one, or all of them, under the claim whose turn it is.
void judge_in_turn_of(RightAnswers& answers, const Domain& domain, Rounding rounding,
                      std::size_t turn, Found& found) {
  const auto all = claims(answers.format());
  constexpr std::size_t wrong_ones = std::size(manners) - honest_ones;
  for (std::size_t c = 0; c < all.size(); ++c)
    for (std::size_t m = 0; m < std::size(manners); ++m) {
      const bool has_turn = c == turn % all.size() && (long_run() || m == turn % honest_ones ||
                                                       m == honest_ones + turn % wrong_ones);
      if (has_turn) judge_both_ways({answers, all[c], manners[m], rounding, domain}, true, found);
    }
}

class EveryDerivative : public testing::TestWithParam<const Function*> {
 protected:
  /// Where its turns begin.
  std::size_t first_turn() const {
    const auto all = asked_functions(GetParam()->arity);
    return static_cast<std::size_t>(std::ranges::find(all, GetParam()) - all.begin());
  }
  const Function& function() const { return *GetParam(); }
  Found found_;
};
class EveryDerivativeOfTwo : public EveryDerivative {};

std::string function_title(const testing::TestParamInfo<const Function*>& param) {
  return std::string(param.param->name);
}
INSTANTIATE_TEST_SUITE_P(Of, EveryDerivative, testing::ValuesIn(asked_functions(1)),
                         function_title);
INSTANTIATE_TEST_SUITE_P(Of, EveryDerivativeOfTwo, testing::ValuesIn(asked_functions(2)),
                         function_title);

/// In one mode, or in all of them.
TEST_P(EveryDerivative, IsJudgedInBlocksAsCaseByCase) {
  std::size_t turn = 9 * first_turn();
  for (const Format* format : narrow_formats) {
    RightAnswers answers(function(), *format);
    const Target target = target_of(answers, {});
    const Domain domain = *every_call(Subject(target, Rounding::nearest));
    for (std::uint64_t some = 0; some < count(1, all_roundings.size()); ++some, ++turn)
      judge_in_turn_of(answers, some_walks(domain, count(32, 1), turn),
                       all_roundings[turn % all_roundings.size()], turn, found_);
  }
}

/// Beside one value of the other argument, or several.
TEST_P(EveryDerivativeOfTwo, IsJudgedInBlocksAsCaseByCase) {
  constexpr std::array fixed{0.5, 2.0,  10.0, 0x1p-12, 3e4,  1.0,
                             0.0, -0.0, -1.0, -3.0,    -0.7, static_cast<double>(INFINITY)};
  std::size_t turn = 4 * first_turn();
  for (const Format* format : narrow_formats)
    for (const bool over_bases : {false, true}) {
      RightAnswers answers(function(), *format);
      for (std::uint64_t some = 0; some < count(1, fixed.size()); ++some, ++turn) {
        const double value = fixed[turn % fixed.size()];
        const Float size = std::isinf(value)
                               ? infinity(*format)
                               : round_to(*format, Dyadic::of(value), Rounding::nearest);
        answers.forget();
        judge_in_turn_of(answers, some_walks(line(size, over_bases), count(32, 1), turn),
                         all_roundings[turn % all_roundings.size()], turn, found_);
      }
    }
}

/// Wrong values are found.
TEST(EveryDerivative, ThatIsWrongIsRefuted) {
  Found found;
  RightAnswers answers(functions::d_exp, binary16);
  const auto all = claims(binary16);
  for (const NamedManner& manner : manners)
    if (manner.name == std::string("one result for all"))
      judge_both_ways(
          {answers, all[0], manner, Rounding::nearest,
           some_walks(*every_call(Subject(target_of(answers, {}), Rounding::nearest)), 16, 0)},
          true, found);
  EXPECT_GT(found.at("one result for all"), 0U);
}

}  // namespace
}  // namespace napier
