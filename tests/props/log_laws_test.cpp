// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The laws that tie a logarithm to the powers: true, kept by whoever rounds correctly, and each
// blind to one fault that the other sees.
#include "props/law/law_domain.hpp"
#include "props/law/law_judge.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;

const Format* const all_formats[] = {&binary16, &bfloat16, &binary32,
                                     &binary64, &binary80, &binary128};

std::vector<const LawReadings*> log_laws() {
  std::vector<const LawReadings*> found;
  for (const LawReadings& law : law_readings())
    if (law.of_logarithms) found.push_back(&law);
  return found;
}

/// What a logarithm with that fault is refuted at, of `count` points of a law.
int refuted_cases(std::string_view law, const Target& target, std::uint64_t count) {
  const Subject subject(target, Rounding::nearest);
  const Property& property = property_named(law, target);
  const auto caller = target.open();
  int found = 0;
  for (const Point& point : points_of(property, subject, count))
    found += refuted(judge_point(property, subject, point, {caller.get(), nullptr}).verdict);
  return found;
}

Target log_target(const Format& format, Claim claim, Fault fault = {}) {
  return correctly_rounded_target(functions::log, format, std::move(claim), std::move(fault));
}

/// c + m·ln x, correctly rounded.
Fault line(double c, double m) {
  return [c, m](const Call& call, Float right) {
    if (!is_finite(right)) return right;
    const Precision precision{400};
    const Enclosure t = TrueValue(functions::log, call).enclosure(precision);
    return middle(Enclosure(precision, Dyadic::of(c)) + Enclosure(precision, Dyadic::of(m)) * t,
                  *right.format);
  };
}

TEST(LogLaws, AreAskedOfLogarithmsAndOfNobodyElse) {
  ASSERT_EQ(log_laws().size(), 2u);
  for (const Function* function : all_functions()) {
    const Target target = correctly_rounded_target(*function, binary64, claim_correctly_rounded());
    const Subject subject(target, Rounding::nearest);
    for (const LawReadings& law : law_readings()) {
      if (!law.of_logarithms && function != &functions::log) continue;
      EXPECT_EQ(inapplicable(law, subject).empty(),
                law.of_logarithms && function == &functions::log)
          << law.name << " of " << function->name;
    }
  }
}

TEST(LogLaws, HoldAtEveryPointOfTheirDomainAtTwoPrecisions) {
  for (const Format* format : all_formats) {
    const Target target = log_target(*format, claim_correctly_rounded());
    const Subject subject(target, Rounding::nearest);
    const Precision start = default_refinement(*format).start;
    for (const LawReadings* law : log_laws()) {
      const auto points = points_of(law_domain(*law, subject), law->name, count(300, 4000));
      EXPECT_GT(points.size(), 200u) << law->name << " in " << format->name;
      for (const Point& point : points)
        for (const Precision precision : {start, Precision{4 * start.bits}})
          EXPECT_TRUE(law->holds(subject, point, precision))
              << law->name << " in " << format->name << " at " << text(point);
    }
  }
}

/// In 16 bits a rise of a logarithm is no small thing beside the largest number.
TEST(LogLaws, AreJudgedWhereSumsOfResultsOverflow) {
  for (const Format* format : {&binary16, &bfloat16}) {
    const Target target =
        log_target(*format, claim_ulps(*format, "2", "2"), [format](const Call& call, Float right) {
          return is_finite(right) && is_negative(right) && !is_zero(call.x) ? max_finite(*format)
                                                                            : right;
        });
    for (const char* law : {"log_of_power", "log_slope"})
      EXPECT_GT(refuted_cases(law, target, 3000), 0) << law << " in " << format->name;
  }
}

TEST(LogLaws, NeverRefuteACorrectlyRoundedLogarithmInAnyFormatOrMode) {
  for (const Format* format : all_formats) {
    const Target target = log_target(*format, claim_correctly_rounded());
    const auto caller = target.open();
    for (const Rounding rounding : all_roundings) {
      const Subject subject(target, rounding);
      for (const LawReadings* law : log_laws()) {
        const Property& property = property_named(law->name, target);
        for (const Point& point : points_of(property, subject, count(200, 4000)))
          EXPECT_TRUE(std::holds_alternative<Consistent>(
              judge_point(property, subject, point, {caller.get(), nullptr}).verdict))
              << law->name << " in " << format->name << ", " << name(rounding) << ", at "
              << text(point);
      }
    }
  }
}

// c·ln x is a logarithm to another base, and ln a^x = x·ln a holds of it; its slope is c/x. (Where
// a^x is no datum the power sees it a little: the oracle's ln accounts for the rest.)
TEST(LogLaws, TheSlopeSeesAnotherBaseAndThePowerCannot) {
  for (const Format* format : {&binary32, &binary64}) {
    const Target target = log_target(*format, claim_ulps(*format, "1", "2"),
                                     line(0, 1 + std::ldexp(1.0, 8 - format->precision)));
    EXPECT_GT(refuted_cases("log_slope", target, 500), 200) << format->name;
    EXPECT_LT(refuted_cases("log_of_power", target, 500), 100) << format->name;
    const Subject subject(target, Rounding::nearest);
    const Property& power = property_named("log_of_power", target);
    const auto caller = target.open();
    for (std::int64_t base = 2; base <= 12; ++base)
      for (std::int64_t n = -6; n <= 6; ++n) {
        if (n == 0 || (n < 0 && base != 2 && base != 4 && base != 8)) continue;
        const Point exact = point_of({from_integer(*format, base), from_integer(*format, n)});
        EXPECT_FALSE(refuted(judge_point(power, subject, exact, {caller.get(), nullptr}).verdict))
            << text(exact);
      }
  }
}

// c + ln x has the slope of ln x, and c would have to be x·c.
TEST(LogLaws, ThePowerSeesAnotherOriginAndTheSlopeCannot) {
  for (const Format* format : {&binary32, &binary64}) {
    const Target target = log_target(*format, claim_ulps(*format, "1", "2"),
                                     line(std::ldexp(1.0, 16 - format->precision), 1));
    EXPECT_GT(refuted_cases("log_of_power", target, 500), 250) << format->name;
    EXPECT_EQ(refuted_cases("log_slope", target, 500), 0) << format->name;
  }
}

TEST(LogLaws, BlameTheCallThatBreaksItsClaim) {
  const Float two = from_native(2.0);
  const Target target =
      log_target(binary64, claim_correctly_rounded(), [two](const Call& call, Float right) {
        return call.x == two ? next_up(next_up(right)) : right;
      });
  const Subject subject(target, Rounding::nearest);
  const auto caller = target.open();
  for (const auto& [law, at] : {std::pair("log_of_power", point(2.0, 1000.0)),
                                std::pair("log_slope", point(2.0, 0x1p-20))}) {
    const Property& property = property_named(law, target);
    const JudgedCase judged = judge_point(property, subject, at, {caller.get(), nullptr});
    ASSERT_TRUE(refuted(judged.verdict)) << law;
    const auto finding = confirm(property, subject, at, {caller.get(), nullptr});
    EXPECT_NE(finding.explanation.find("0x1p+1"), std::string::npos) << finding.explanation;
  }
}

}  // namespace
}  // namespace napier
