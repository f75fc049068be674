// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Laws that are read of whole blocks of cases, at every argument of 16 bits beside a few others:
// what a block finds its cases find, of wrong targets and of honest ones, which are never refuted
// nor left undecided. Functions, formats, laws, modes, claims and manners have their turns, and a
// part of the arguments; a long run asks all of the arguments in all modes.
#include "tests/props/every_judgement.hpp"

#include "lib/target/composition.hpp"
#include "props/law/law_block.hpp"
#include "tests/props/one_by_one.hpp"

namespace napier {
namespace {

using namespace testing_support;

const Format* const narrow_formats[] = {&binary16, &bfloat16};
const Function* const asked_functions[] = {
    &functions::exp,     &functions::exp2,    &functions::exp10,    &functions::expm1,
    &functions::exp2m1,  &functions::exp10m1, &functions::d_exp,    &functions::d_exp2,
    &functions::d_exp10, &functions::d_expm1, &functions::d_exp2m1, &functions::d_exp10m1,
    &functions::pow,     &functions::d_pow_x, &functions::d_pow_y};

std::vector<Float> others(const Format& format) {
  std::vector<Float> all;
  for (const double value : {0.5, 1.0, 2.0, 0x1p-9, 7.0, 0.3})
    for (const bool negative : {false, true}) {
      const Float size = round_to(format, Dyadic::of(value), Rounding::nearest);
      all.push_back(negative ? negated(size) : size);
    }
  all.push_back(min_subnormal(format));
  all.push_back(max_finite(format));
  all.push_back(zero(format));
  return all;
}

/// Every argument, or one in so many from the first-th on, in a place of the law's points; in the
/// others stands what is given.
Domain every_argument(const BlockLaw& law, const Subject& subject, const Property& row,
                      std::uint64_t part, std::size_t turn) {
  const Format& format = subject.format();
  const std::vector<Float> given = others(format);
  const std::size_t drawn = drawn_arguments(law.shape);
  const std::size_t places = drawn + (subject.has_base_argument() ? 1 : 0);
  const auto make = [=, &format](Draw&, std::uint64_t i) -> std::optional<Point> {
    Point point;
    for (std::size_t k = 0; k < places; ++k)
      point.push(k == turn % places ? Float{i * part + turn % part, &format}
                                    : given[(turn / places + k) % given.size()]);
    return point;
  };
  Domain domain = row.where.domain(subject);  // which says what belongs
  domain.strata = {{"every argument", encodings / part, 1, make}};
  return domain;
}

struct Case {
  const Property& law;
  const Subject& subject;
  const Domain& domain;
  RightAnswers& answers;
  RightAnswers* values;  ///< of a derivative
  const Manner& manner;
};

Tally tally_of(const Case& one, const Property& law, bool in_blocks) {
  const auto target = answering(one.answers, one.manner, in_blocks);
  const auto primal = one.values ? answering(*one.values, {}, in_blocks) : nullptr;
  return judge_portion(law, one.subject, one.domain, Seed{}, {0, 0, one.domain.strata.front().size},
                       {target.get(), primal.get()});
}

struct Counts {
  std::uint64_t laws = 0;
  std::uint64_t cases = 0;
  std::uint64_t refuted = 0;  ///< of wrong targets
};

void compare(const Case& one, const NamedManner& manner, const std::string& what, Counts& counts) {
  const Tally blocks = tally_of(one, one.law, true);
  const Tally single = tally_of(one, OneByOne(one.law).row(), false);
  expect_same(blocks, single, what);
  ++counts.laws;
  counts.cases += blocks.cases;
  if (!one.law.judges(one.subject)) return;
  EXPECT_EQ(blocks.undecided_cap, 0U) << what;
  if (manner.honest) {
    EXPECT_EQ(blocks.refuted, 0U) << what;
  } else {
    counts.refuted += blocks.refuted;
  }
}

/// Those that change results: to laws the others are honest.
std::vector<const NamedManner*> wrong_results() {
  std::vector<const NamedManner*> all{&next_to_right};
  const auto add = [&](std::span<const NamedManner> some) {
    for (const NamedManner& manner : some) all.push_back(&manner);
  };
  add(steps_off);
  add(zero_manners);
  add(nowhere_manners);
  return all;
}

/// All laws of a target that are read in blocks; `turn` chooses what is asked of each.
void judge_laws(RightAnswers& answers, RightAnswers* values, Rounding rounding, std::size_t turn,
                Counts& counts) {
  const auto all = claims(answers.format());
  const NamedClaim& claim = all[turn % all.size()];
  const auto wrong = wrong_results();
  const Target target =
      values ? target_of(answers, *values, claim.claim) : target_of(answers, claim.claim);
  const Subject subject(target, rounding);
  for (const Property& law : all_properties()) {
    if (!relates_calls(law.family) || !law.inapplicable(subject).empty()) continue;
    const BlockLaw* const block = block_law(law, subject);
    if (block == nullptr || block->shape == PointShape::none || block->shape == PointShape::integer)
      continue;
    for (const NamedManner* manner : {&manners[0], wrong[turn % wrong.size()]}) {
      const Domain domain = every_argument(*block, subject, law, count(64, 1), turn++);
      const std::string what = target.name + " " + std::string(answers.format().name) + ", " +
                               std::string(law.name) + ", " + std::string(name(rounding)) + ", " +
                               claim.name + ", " + manner->name;
      compare({law, subject, domain, answers, values, manner->manner}, *manner, what, counts);
    }
  }
}

TEST(EveryLawArgument, IsReadInBlocksAsCaseByCase) {
  Counts counts;
  std::size_t turn = 0;
  for (const Function* function : asked_functions)
    for (const Format* format : narrow_formats) {
      RightAnswers answers(*function, *format);
      std::optional<RightAnswers> values;
      if (function->primal != nullptr) values.emplace(*function->primal, *format);
      const std::size_t turns = count(2, 4 * all_roundings.size());
      for (std::size_t i = 0; i < turns; ++i, ++turn) {
        answers.forget();
        if (values) values->forget();
        judge_laws(answers, values ? &*values : nullptr, all_roundings[turn % all_roundings.size()],
                   turn / all_roundings.size() + i, counts);
      }
    }
  EXPECT_GT(counts.laws, 150U);
  EXPECT_GT(counts.cases, 60'000U);
  EXPECT_GT(counts.refuted, 5'000U);
  RecordProperty("cases", std::to_string(counts.cases));
}

}  // namespace
}  // namespace napier
