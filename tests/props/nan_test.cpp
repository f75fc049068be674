// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// NaNs are more than one: of both signs, with payloads, quiet and signalling.
#include "props/domain/call_domain.hpp"
#include "props/judge/judge.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;

Bits payload(Float x) { return x.bits & ((Bits(1) << (x.format->precision - 2)) - 1); }
bool quiet(Float x) { return x.format != nullptr && is_nan(x) && !is_signalling(x); }

/// A number, or the NaN that is none, at some quiet NaNs only.
using Where = bool (*)(Float nan);
struct Named {
  const char* name;
  Where where;
};
const Named places[] = {
    {"with a sign", [](Float x) { return is_negative(x); }},
    {"of payload 1", [](Float x) { return payload(x) == 1; }},
    {"of payload 1 and with a sign", [](Float x) { return payload(x) == 1 && is_negative(x); }},
    {"of the largest payload",
     [](Float x) { return payload(x) == (Bits(1) << (x.format->precision - 2)) - 1; }},
    {"of an odd payload", [](Float x) { return payload(x) % 2 == 1; }},
    {"of half of all payloads",
     [](Float x) { return payload(x) >> (x.format->precision - 3) == 1; }},
};

Claim special_values() {
  Claim claim;
  claim.special_values = true;
  return claim;
}

/// What is refuted of the cases of the property's domain.
Tally judged(const Target& target, const Domain& domain) {
  const Subject subject(target, Rounding::nearest);
  const Property& property = property_named("special_values", target);
  const auto caller = target.open();
  Tally tally;
  for (const Portion& portion : portions(domain, count(6000, 20'000)))
    tally.merge(judge_portion(property, subject, domain, Seed{}, portion, {caller.get(), nullptr}));
  return tally;
}
Tally judged(const Target& target) {
  const Subject subject(target, Rounding::nearest);
  return judged(target, property_named("special_values", target).where.domain(subject));
}

/// A power of a negative base that is beyond the range keeps its sign, as much as one that is 0.
TEST(SpecialValues, AskForTheSignOfAnOverflow) {
  const auto unsigned_infinity = [](const Call&, Float right) {
    return is_infinite(right) ? absolute(right) : right;
  };
  for (const Format* format : all_formats) {
    const Target target =
        correctly_rounded_target(functions::pow, *format, special_values(), unsigned_infinity);
    const Tally tally = judged(target);
    EXPECT_GT(tally.refuted, 0U) << format->name;
    // A base that no table of special values names; the exponent is odd in every format.
    const auto caller = target.open();
    const Subject subject(target, Rounding::nearest);
    Point at;
    at.push(from_integer(*format, -3));
    at.push(from_integer(*format, format->max_exponent));
    const JudgedCase one =
        judge_point(property_named("special_values", target), subject, at, {caller.get(), nullptr});
    EXPECT_TRUE(std::holds_alternative<Refuted>(one.verdict)) << format->name;
    EXPECT_EQ(judged(correctly_rounded_target(functions::pow, *format, special_values())).refuted,
              0U)
        << format->name;
  }
}

class Nans : public testing::TestWithParam<const Format*> {};
INSTANTIATE_TEST_SUITE_P(Of, Nans, testing::ValuesIn(all_formats),
                         [](const auto& named) { return std::string(named.param->name); });

TEST_P(Nans, GiveNoNumber) {
  for (const Function* function : {&functions::exp, &functions::expm1, &functions::log})
    for (const Named& place : places) {
      const Fault number = [&](const Call& call, Float y) {
        return quiet(call.x) && place.where(call.x) ? from_integer(*y.format, 0) : y;
      };
      EXPECT_GT(judged(correctly_rounded_target(*function, *GetParam(), special_values(), number))
                    .refuted,
                0U)
          << function->name << ", NaN " << place.name;
    }
}

TEST_P(Nans, GiveNoNumberInEitherPlaceOfAPower) {
  for (const Named& place : places)
    for (const bool base : {true, false}) {
      const auto has = [&](const Call& call) {
        const Float x = base ? call.x : call.y;
        return quiet(x) && place.where(x);
      };
      const Fault number = [&](const Call& call, Float y) {
        return has(call) ? from_integer(*y.format, 1) : y;
      };
      const Fault nan = [&](const Call& call, Float y) {
        return has(call) ? quiet_nan(*y.format) : y;  // also for pow(NaN, 0) and pow(1, NaN)
      };
      for (const Fault& fault : {number, nan})
        EXPECT_GT(
            judged(correctly_rounded_target(functions::pow, *GetParam(), special_values(), fault))
                .refuted,
            0U)
            << (base ? "base" : "exponent") << ", NaN " << place.name;
    }
}

TEST_P(Nans, OfHonestTargetsStandAndSignallingOnesAreNotJudged) {
  const auto signalling = [](Float x) { return x.format != nullptr && is_signalling(x); };
  for (const Function* function : {&functions::exp, &functions::log, &functions::pow}) {
    std::uint64_t shown = 0;
    const Fault number = [&](const Call& call, Float y) {
      const bool any = signalling(call.x) || signalling(call.y);
      if (any) ++shown;
      return any ? from_integer(*y.format, 3) : y;
    };
    const Target target =
        correctly_rounded_target(*function, *GetParam(), special_values(), number);
    const Tally tally = judged(target);
    EXPECT_EQ(tally.refuted, 0U) << function->name;
    EXPECT_EQ(tally.undecided_cap, 0U);
    EXPECT_GT(shown, 0U) << "they are called, and shown";
  }
}

TEST(Nans, OfEveryPayloadAreAskedWhereEveryArgumentIs) {
  for (const Format* format : {&binary16, &bfloat16})
    for (const Function* function : {&functions::exp2, &functions::exp10m1, &functions::log}) {
      const Bits one_nan =
          infinity(*format, true).bits + (Bits(1) << (format->precision - 2)) + 0x2b;
      const Fault number = [&](const Call& call, Float y) {
        return call.x.bits == one_nan ? from_integer(*y.format, 1) : y;
      };
      const Target target = correctly_rounded_target(*function, *format, special_values(), number);
      const Subject subject(target, Rounding::nearest);
      const auto everywhere = property_named("special_values", target).where.every_point(subject);
      ASSERT_TRUE(everywhere);
      const auto caller = target.open();
      const Tally tally =
          judge_portion(property_named("special_values", target), subject, *everywhere, Seed{},
                        {0, 0xf000, 0x1000}, {caller.get(), nullptr});
      EXPECT_EQ(tally.cases, 0x1000U);
      EXPECT_EQ(tally.refuted, 1U) << function->name << " " << format->name;
      ASSERT_TRUE(tally.first_refuted);
      EXPECT_EQ(tally.first_refuted->point.args[0].bits, one_nan);
    }
}

TEST(SpecialValues, ThatNobodyClaimsAreCountedAndNotJudged) {
  const Fault number = [](const Call& call, Float y) {
    return is_nan(call.x) ? from_integer(*y.format, 1) : y;
  };
  const Target claimed =
      correctly_rounded_target(functions::exp, binary32, special_values(), number);
  const Target unclaimed =
      correctly_rounded_target(functions::exp, binary32, claim_faithful(), number);
  const Tally judged_ones = judged(claimed), counted = judged(unclaimed);
  EXPECT_GT(counted.refuted, 0U);
  EXPECT_EQ(counted.refuted, judged_ones.refuted);
  EXPECT_EQ(counted.cases, judged_ones.cases);
  const Property& property = property_named("special_values", unclaimed);
  EXPECT_FALSE(property.judges(Subject(unclaimed, Rounding::nearest)));
}

/// A subnormal argument that may be read as 0 may give what 0 does, and nothing else.
TEST(SpecialValues, AllowAFlushedArgument) {
  const auto read_as_zero = [](const Call& call, Float y) {
    if (classify(call.x) != FloatClass::subnormal) return y;
    return infinity(*y.format, true);  // the logarithm of a zero of either sign
  };
  Claim flushing = special_values();
  flushing.flushing = Flushing::may();
  for (const Format* format : {&binary16, &binary32, &binary64}) {
    const auto refuted = [&](const Claim& claim, const Fault& fault) {
      return judged(correctly_rounded_target(functions::log, *format, claim, fault)).refuted;
    };
    EXPECT_EQ(refuted(flushing, read_as_zero), 0U) << format->name;
    EXPECT_GT(refuted(special_values(), read_as_zero), 0U) << format->name;
    EXPECT_GT(refuted(flushing,
                      [](const Call& call, Float y) {
                        return is_negative(call.x) && !is_zero(call.x) ? from_integer(*y.format, 1)
                                                                       : y;
                      }),
              0U)
        << format->name;
  }
}

}  // namespace
}  // namespace napier
