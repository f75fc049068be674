// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Laws of one base that are asked of everything there is in 16 bits.
#include "lib/fp/arithmetic.hpp"
#include "lib/target/catalogue.hpp"
#include "props/judge/judge.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

std::uint64_t finite_encodings(const Format& format) {
  std::uint64_t count = 0;
  for (std::uint64_t i = 0; i < std::uint64_t(1) << format.width; ++i)
    count += is_finite({i, &format}) ? 1 : 0;
  return count;
}

/// The place of a number in the order of all.
std::uint64_t place(Float x) {
  return static_cast<std::uint64_t>(ordinal(x) - ordinal(negated(max_finite(*x.format))));
}

const Property& law_named(std::string_view name, const Target& target) {
  return *find_property(name, target);
}

Tally judge_all(const Property& law, const Subject& subject, const Portion& portion) {
  const auto caller = subject.target->open();
  return judge_portion(law, subject, law.where.every_point(subject).value(), Seed{}, portion,
                       {caller.get(), nullptr});
}

/// Of e^x right everywhere but one step off at one argument.
Target wrong_once(const Format& format, std::uint64_t where) {
  Target target = *catalogue().find("libm/rounded_once/exp:" + std::string(format.name));
  const auto open = target.open;
  class Wrong final : public Caller {
   public:
    Wrong(std::unique_ptr<Caller> right, std::uint64_t at) : right_(std::move(right)), at_(at) {}
    void call(Rounding rounding, Observe observe, std::span<const Call> calls,
              std::span<Answer> answers) override {
      right_->call(rounding, observe, calls, answers);
      for (std::size_t i = 0; i < calls.size(); ++i)
        if (calls[i].x.bits == at_) answers[i].value = step(answers[i].value, 16);
    }
    std::optional<BlockEffects> call_block(Rounding rounding, const CallBlock& block) override {
      auto effects = right_->call_block(rounding, block);
      for (std::size_t i = 0; i < block.x.size(); ++i)
        if (block.x[i] == at_) block.results[i] += 16;
      return effects;
    }

   private:
    std::unique_ptr<Caller> right_;
    std::uint64_t at_;
  };
  target.open = [open, where] { return std::make_unique<Wrong>(open(), where); };
  return target;
}

TEST(EveryLawCase, AsksAReciprocalOfEveryNumber) {
  for (const Format* format : {&binary16, &bfloat16}) {
    const Target& target = *catalogue().find("libm/rounded_once/exp2:" + std::string(format->name));
    const Subject subject(target, Rounding::nearest);
    const Property& law = law_named("reciprocal", target);
    const Tally tally = judge_all(law, subject, {0, 0, finite_encodings(*format)});
    EXPECT_EQ(tally.cases, finite_encodings(*format));
    EXPECT_EQ(tally.refuted, 0U);
  }
}

TEST(EveryLawCase, FindsAFaultAtASingleArgument) {
  const std::uint64_t at = 0x3d37;  // of binary16, between 1 and 2
  const Target target = wrong_once(binary16, at);
  const Subject subject(target, Rounding::nearest);
  const std::uint64_t row = finite_encodings(binary16);
  const Tally reciprocal = judge_all(law_named("reciprocal", target), subject, {0, 0, row});
  EXPECT_EQ(reciprocal.refuted, 2U);  // at x and at -x
  // Of all pairs those with that first argument, and with the next one.
  const Property& product = law_named("product", target);
  const Float x{at, &binary16};
  EXPECT_GT(judge_all(product, subject, {0, place(x) * row, row}).refuted, 0U);
  const Tally other = judge_all(product, subject, {0, place(negated(x)) * row, row});
  EXPECT_LT(other.refuted, reciprocal.refuted + 64);  // only where y or x + y is that argument
}

TEST(EveryLawCase, CountsThePairsWhoseSumIsANumber) {
  const Target& target = *catalogue().find("libm/rounded_once/exp:bfloat16");
  const Subject subject(target, Rounding::nearest);
  const Property& law = law_named("product", target);
  const Float x = max_finite(bfloat16);
  const std::uint64_t row = finite_encodings(bfloat16);
  std::uint64_t sums = 0;
  for (std::uint64_t i = 0; i < std::uint64_t(1) << 16; ++i)
    sums += is_finite({i, &bfloat16}) && is_finite(add(x, {i, &bfloat16}).value) ? 1 : 0;
  const Tally tally = judge_all(law, subject, {0, place(x) * row, row});
  EXPECT_EQ(tally.cases, sums);
}

TEST(EveryLawCase, IsForOneBaseInSixteenBitsAlone) {
  const auto everything = [](const Target& target, const char* law) {
    const Subject subject(target, Rounding::nearest);
    return law_named(law, target).where.every_point(subject);
  };
  EXPECT_FALSE(everything(*catalogue().find("libm/exp:binary32"), "product"));
  EXPECT_FALSE(everything(*catalogue().find("libm/rounded_once/exp:binary16"), "tower"));
  Target pow = *catalogue().find("libm/rounded_once/pow:binary16");
  EXPECT_FALSE(everything(pow, "product"));
  pow.claim.domain.x = {3, 3};
  const auto of_three = everything(pow, "product");
  ASSERT_TRUE(of_three);
  const Float one{0x3c00, &binary16}, two{0x4000, &binary16};
  const auto point =
      of_three->at(Seed{}, {0, 0, place(one) * finite_encodings(binary16) + place(two)});
  ASSERT_TRUE(point);
  EXPECT_EQ(testing_support::text(*point), "0x1.8p+1, 0x1p+0, 0x1p+1");
}

/// Of a narrow domain there are no pairs but its own, and all of them.
TEST(EveryLawCase, OfANarrowDomainIsThatDomainAlone) {
  struct Row {
    Range range;
    std::uint64_t numbers;
  };
  Target target = *catalogue().find("libm/rounded_once/exp:binary16");
  for (const auto& [range, numbers] :
       {Row{{1, 1.5}, 513},
        {{.lo = 1, .hi = 1.5, .without_lo = true, .without_hi = true}, 511},
        {{0, 0}, 2},
        {{0x1p-24, 0x1p-23}, 2},
        {{-0x1p-24, 0x1p-24}, 4},
        {{1 + 0x1p-20, 1 + 0x1p-9}, 2},
        {{65504, 1e9}, 1}}) {
    target.claim.domain.x = range;
    const Subject subject(target, Rounding::nearest);
    const Domain domain = law_named("product", target).where.every_point(subject).value();
    EXPECT_EQ(domain.strata.front().size, numbers * numbers) << range.lo << ", " << range.hi;
  }
  target.claim.domain.x = {1 + 0x1p-20, 1 + 0x1p-19};
  const Subject subject(target, Rounding::nearest);
  EXPECT_FALSE(law_named("product", target).where.every_point(subject));
}

}  // namespace
}  // namespace napier
