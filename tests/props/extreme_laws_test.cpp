// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Laws at arguments of any size, where nearly all results are 0, -1 or infinite and what rounding
// left out of an argument may itself be beyond every range. An honest target is never refuted
// there, nothing stays open, and blocks find what cases find.
#include "lib/fp/ordinal.hpp"
#include "props/judge/judge.hpp"
#include "tests/props/one_by_one.hpp"
#include "tests/props/support.hpp"
#include "tests/props/tally_support.hpp"

namespace napier {
namespace {

using namespace testing_support;

/// Next to powers of two of every size that matters: of ranges, of precisions, and of the exponents
/// that enclosures have (2^30).
std::vector<Float> numbers_of_all_sizes(const Format& format) {
  const int p = format.precision, least = format.min_exponent(), most = format.max_exponent;
  std::vector<Float> numbers;
  for (const int binade :
       {least, -p, -1, 0, 3, 9, 28, 29, 30, 63, 62 + p, most / 2, most - 1, most}) {
    if (binade < least || binade > most) continue;
    const Float power = power_of_two(format, binade);
    for (const Float x :
         {power, next_up(power), round_to(format, Dyadic{false, 3, binade - 1}, Rounding::zero)}) {
      numbers.push_back(x);
      numbers.push_back(negated(x));
    }
  }
  return numbers;
}

std::vector<Float> bases_of(const Format& format) {
  const Float one = power_of_two(format, 0);
  return {from_integer(format, 2), from_integer(format, 3), next_up(one),
          next_down(one),          max_finite(format),      min_subnormal(format)};
}

/// The law's domain, with so many pairs of such numbers as its only points.
Domain extremes(const Property& law, const Subject& subject, std::uint64_t pairs) {
  Domain domain = law.where.domain(subject);
  const auto numbers = numbers_of_all_sizes(subject.format());
  const auto bases = bases_of(subject.format());
  std::size_t drawn = 1;
  for (const Stratum& stratum : domain.strata)  // as many as its own points have
    if (const auto some = Domain{{stratum}}.at(Seed{}, {1, 0, 0})) drawn = some->count;
  const bool by_base = subject.has_base_argument();
  const auto make = [=](Draw&, std::uint64_t index) -> std::optional<Point> {
    constexpr std::uint64_t golden = 0x9e3779b97f4a7c15;
    std::uint64_t place = (index * golden) >> 20;
    Point point;
    if (by_base) {
      point.push(bases[place % bases.size()]);
      place /= bases.size();
    }
    while (point.count < drawn) {
      point.push(numbers[place % numbers.size()]);
      place /= numbers.size();
    }
    return point;
  };
  domain.strata = {{"extremes", pairs, 1, make}};
  return domain;
}

Tally tally_of(const Property& law, const Subject& subject, const Domain& domain) {
  const auto caller = subject.target->open();
  return judge_portion(law, subject, domain, Seed{}, {0, 0, domain.strata.front().size},
                       {caller.get(), nullptr});
}

/// The first point whose case stays open.
std::string first_open(const Property& law, const Subject& subject, const Domain& domain) {
  const auto caller = subject.target->open();
  for (std::uint64_t i = 0; i < domain.strata.front().size; ++i)
    if (const auto at = domain.at(Seed{}, {property_key(law.name), 0, i}))
      if (std::holds_alternative<Undecided>(
              judge_point(law, subject, *at, {caller.get(), nullptr}).verdict))
        return text(*at);
  return "none";
}

void expect_all_stands(const Target& target, Rounding rounding, std::uint64_t pairs) {
  const Subject subject(target, rounding);
  for (const Property* law : applicable_laws(subject)) {
    const std::string what =
        target.name + ", " + std::string(law->name) + ", " + std::string(name(rounding));
    const Domain domain = extremes(*law, subject, pairs);
    const Tally blocks = tally_of(*law, subject, domain);
    EXPECT_EQ(blocks.refuted, 0U) << what;
    EXPECT_EQ(blocks.undecided_cap, 0U)
        << what << ", first at " << first_open(*law, subject, domain);
    expect_same(blocks, tally_of(OneByOne(*law).row(), subject, domain), what);
  }
}

constexpr Rounding all_roundings[] = {Rounding::nearest, Rounding::up, Rounding::down,
                                      Rounding::zero};

void expect_all_stand(std::initializer_list<const Function*> functions, std::uint64_t pairs) {
  for (const Function* function : functions)
    for (const Format* format : all_formats)
      for (const Rounding rounding : all_roundings)
        for (const Claim& claim : {claim_correctly_rounded(), claim_ulps(*format, "1.5", "2")})
          expect_all_stands(correctly_rounded_target(*function, *format, claim), rounding, pairs);
}

TEST(ExtremeLaws, StandOfPowersLessOne) {
  expect_all_stand({&functions::expm1, &functions::exp2m1, &functions::exp10m1},
                   count(200, 20'000));
}

TEST(ExtremeLaws, StandOfPowers) {
  expect_all_stand({&functions::exp, &functions::exp2, &functions::exp10, &functions::pow},
                   count(80, 20'000));
}

TEST(ExtremeLaws, StandOfLogarithms) { expect_all_stand({&functions::log}, count(80, 20'000)); }

/// x + y rounds to y, and leaves out an x of which e to its power is beyond all exponents.
TEST(ExtremeLaws, ARemainderMayBeBeyondTheExponentsOfEnclosures) {
  const Target target =
      correctly_rounded_target(functions::expm1, binary64, claim_correctly_rounded());
  const auto caller = target.open();
  for (const Rounding rounding : all_roundings) {
    const Subject subject(target, rounding);
    for (const auto& [law, at] : {std::pair{"product", point(0x1p100, -0x1p200)},
                                  {"quotient", point(0x1p100, -0x1p200)},
                                  {"quotient", point(-0x1p200, 0x1p100)},
                                  {"own_slope", point(-0.5, 0x1.8p29)},
                                  {"tower", point(-0.5, 0x1.5555555555555p120)},
                                  {"tower", point(-0x1.8p-1, 0x1.fffffffffffffp140)},
                                  {"tower", point(0x1.5555p-3, -0x1.fffffffffffffp140)}}) {
      const Verdict verdict =
          judge_point(property_named(law, target), subject, at, {caller.get(), nullptr}).verdict;
      EXPECT_TRUE(std::holds_alternative<Consistent>(verdict))
          << law << " at " << text(at) << ", " << name(rounding);
    }
  }
}

}  // namespace
}  // namespace napier
