// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Order, limits, flags and errno: what is asked where, and that nobody is accused wrongly.
#include <cerrno>

#include "props/claim/exceptions.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;

Claim strict(const Format& format, std::string_view ulps = "1") {
  Claim claim = claim_ulps(format, ulps, ulps);
  claim.special_values = claim.monotone = claim.flags = claim.errno_values = true;
  return claim;
}

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double max_double = std::numeric_limits<double>::max();

Exceptions asked(const Function& function, const Claim& claim, double x, double y = 0,
                 Rounding rounding = Rounding::nearest) {
  const Target target = correctly_rounded_target(function, binary64, claim);
  const Call call{from_native(x), function.arity == 2 ? from_native(y) : Float{}};
  return exceptions(Subject(target, rounding), call).value();
}

TEST(Exceptions, PolesDomainErrorsAndQuietNansAreToldApart) {
  const Claim claim = strict(binary64);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto pow = [&](double x, double y) { return asked(functions::pow, claim, x, y); };
  EXPECT_EQ(pow(0, -1).divide_by_zero, Demand::yes);
  EXPECT_EQ(pow(-0.0, -3).divide_by_zero, Demand::yes);
  EXPECT_EQ(pow(0, -inf).divide_by_zero, Demand::either);
  EXPECT_EQ(pow(inf, 2).divide_by_zero, Demand::no);
  EXPECT_EQ(pow(2, inf).divide_by_zero, Demand::no);
  EXPECT_EQ(pow(-2, 0.5).invalid, Demand::yes);
  EXPECT_EQ(pow(-2, nan).invalid, Demand::no);
  EXPECT_EQ(pow(-inf, 0.5).invalid, Demand::no);
  EXPECT_EQ(asked(functions::exp, claim, nan).invalid, Demand::no);
  EXPECT_EQ(asked(functions::exp, claim, inf).overflow, Demand::no);
}

TEST(Exceptions, OverflowIsAskedOutsideTheClaimedErrorOfTheLimit) {
  const auto at = [](std::string_view ulps, double y, Rounding rounding = Rounding::nearest) {
    return asked(functions::pow, strict(binary64, ulps), y, 1, rounding).overflow;
  };
  EXPECT_EQ(at("0.99", max_double), Demand::no);
  EXPECT_EQ(at("1", max_double), Demand::either) << "an infinity is 1 ulp off";
  EXPECT_EQ(at("1.99", std::nextafter(max_double, 0)), Demand::no);
  EXPECT_EQ(at("2", std::nextafter(max_double, 0)), Demand::either);
  const auto power = [](const Claim& claim, double x, Rounding rounding = Rounding::nearest) {
    return asked(functions::exp2, claim, x, 0, rounding).overflow;
  };
  const Claim one = strict(binary64);
  // 2^1024 is an ulp above max-finite: with 1 ulp claimed it may come back as that.
  EXPECT_EQ(power(one, 1024), Demand::either);
  EXPECT_EQ(power(one, std::nextafter(1024, 2000)), Demand::yes);
  EXPECT_EQ(power(one, std::nextafter(1024, 0)), Demand::no);
  for (const Claim& claim : {claim_correctly_rounded(), claim_faithful()})
    for (const Rounding rounding : all_roundings)
      EXPECT_EQ(asked(functions::pow, claim, max_double, 1, rounding).overflow, Demand::no);
  EXPECT_EQ(power(claim_correctly_rounded(), 1024), Demand::yes);
  EXPECT_EQ(power(claim_correctly_rounded(), 1024, Rounding::down), Demand::either);
  EXPECT_EQ(power(one, 1e300, Rounding::down), Demand::yes);
  EXPECT_EQ(power({}, std::nextafter(1024, 2000)), Demand::either) << "no error is promised";
  EXPECT_EQ(power({}, 1025), Demand::yes);
  EXPECT_EQ(power({}, 1023), Demand::no);
}

TEST(Exceptions, UnderflowIsNeverDemanded) {
  const Claim claim = strict(binary64);
  EXPECT_EQ(asked(functions::exp, claim, -700).underflow, Demand::no);
  EXPECT_EQ(asked(functions::exp, claim, -709).underflow, Demand::either);
  EXPECT_EQ(asked(functions::exp, claim, -1e9).underflow, Demand::either);
  EXPECT_EQ(asked(functions::expm1, claim, 0x1p-1040).underflow, Demand::either);
  EXPECT_EQ(asked(functions::expm1, claim, 0x1p-1000).underflow, Demand::no);
  EXPECT_EQ(asked(functions::expm1, claim, -1e9).underflow, Demand::no);
  EXPECT_EQ(asked(functions::pow, claim, 0, 5).underflow, Demand::no) << "an exact 0";
}

// The estimate stands in for the reference where a limit is far: it must be as good as it says.
TEST(Exceptions, TheEstimateOfAPowerIsWithinItsBound) {
  for (const Format* format : {&binary32, &binary64, &binary80, &binary128}) {
    const Target target = correctly_rounded_target(functions::pow, *format, {});
    const Subject subject(target, Rounding::nearest);
    const Property& accuracy = property_named("accuracy", target);
    int compared = 0;
    for (const Point& point : points_of(accuracy, subject, count(4000, 100'000))) {
      const Call call{point.args[0], point.args[1]};
      if (is_nan(call.x) || is_nan(call.y) || !is_finite(call.x) || !is_finite(call.y)) continue;
      if (is_zero(call.x) || is_zero(call.y) || is_negative(call.x)) continue;
      const double estimate = binary_exponent(functions::pow, call);
      if (!(std::abs(estimate) < format->max_exponent)) continue;
      if (std::abs(estimate) < std::numeric_limits<double>::min()) continue;  // lost its digits
      TrueValue t(functions::pow, call);
      const double slack = std::abs(estimate) * 0x1p-14;
      const auto power = [](double e) { return Dyadic::power_of_two(std::int64_t(e)); };
      EXPECT_NE(t.compare(power(std::floor(estimate - slack))), Position::below) << text(point);
      EXPECT_NE(t.compare(power(std::ceil(estimate + slack))), Position::above) << text(point);
      ++compared;
    }
    EXPECT_GT(compared, 1000) << format->name;
  }
}

/// Answers as told, correctly rounded, with the flags and errno that are told.
class Telling final : public Caller {
 public:
  Telling(const Function& function, Flags flags, int error)
      : values_(function, binary64, {}), flags_(flags), error_(error) {}
  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    values_.call(rounding, observe, calls, answers);
    for (Answer& answer : answers) answer.flags = flags_, answer.error_number = error_;
  }

 private:
  CorrectlyRoundedCaller values_;
  Flags flags_;
  int error_;
};

bool refuses(std::string_view property, const Function& function, const Point& at, Flags flags,
             int error) {
  const Target target = correctly_rounded_target(function, binary64, strict(binary64));
  Telling caller(function, flags, error);
  const Subject subject(target, Rounding::nearest);
  return refuted(
      judge_point(property_named(property, target), subject, at, {&caller, nullptr}).verdict);
}

TEST(Flags, AreWrongWhenMissingAndWhenSpurious) {
  const Flags none;
  const Flags over{.overflow = true, .inexact = true};
  const auto exp = [](double x, Flags flags) {
    return refuses("flags", functions::exp, point(x), flags, errno_before);
  };
  EXPECT_TRUE(exp(1000, none));
  EXPECT_FALSE(exp(1000, over));
  EXPECT_TRUE(exp(1, over));
  EXPECT_FALSE(exp(1, {.underflow = true, .inexact = true})) << "neither is judged";
  EXPECT_TRUE(exp(std::numeric_limits<double>::quiet_NaN(), {.invalid = true}));
  const auto pow = [](double x, double y, Flags flags) {
    return refuses("flags", functions::pow, point(x, y), flags, errno_before);
  };
  EXPECT_TRUE(pow(0, -1, none));
  EXPECT_TRUE(pow(0, -1, {.divide_by_zero = true, .overflow = true}));
  EXPECT_FALSE(pow(0, -1, {.divide_by_zero = true}));
  EXPECT_TRUE(pow(-2, 0.5, none));
  EXPECT_FALSE(pow(0, -inf, none));
  EXPECT_FALSE(pow(0, -inf, {.divide_by_zero = true}));
}

TEST(Errno, IsWrongWhenMissingAndWhenSpurious) {
  const auto exp = [](double x, int error) {
    return refuses("errno", functions::exp, point(x), {}, error);
  };
  EXPECT_TRUE(exp(1000, errno_before));
  EXPECT_FALSE(exp(1000, ERANGE));
  EXPECT_TRUE(exp(1, ERANGE));
  EXPECT_TRUE(exp(1, EINVAL));
  EXPECT_FALSE(exp(-1000, ERANGE));
  EXPECT_FALSE(exp(-1000, errno_before));
  EXPECT_TRUE(exp(-1000, EDOM));
  const auto pow = [](double x, double y, int error) {
    return refuses("errno", functions::pow, point(x, y), {}, error);
  };
  EXPECT_TRUE(pow(-2, 0.5, ERANGE));
  EXPECT_FALSE(pow(-2, 0.5, EDOM));
  EXPECT_TRUE(pow(0, -1, EDOM));
  EXPECT_FALSE(pow(0, -1, ERANGE));
}

/// A function of binary64 that gives one value wherever it is called.
class Constant final : public Caller {
 public:
  explicit Constant(double result) : result_(from_native(result)) {}
  void call(Rounding, Observe, std::span<const Call>, std::span<Answer> answers) override {
    for (Answer& answer : answers) answer.value = result_;
  }

 private:
  Float result_;
};

// Annex F and the sign of what underflows know no mode: that 1 − 1 is −0 rounding down excuses
// nobody.
TEST(SpecialValues, FixTheSignOfAZeroInEveryMode) {
  constexpr double least = std::numeric_limits<double>::denorm_min();
  for (const Rounding rounding : all_roundings) {
    const auto refuses_zero = [&](const Function& function, const Point& at, double zero) {
      const Target target = correctly_rounded_target(function, binary64, strict(binary64));
      Constant caller(zero);
      return refuted(judge_point(property_named("special_values", target),
                                 Subject(target, rounding), at, {&caller, nullptr})
                         .verdict);
    };
    const auto is_fixed = [&](const Function& function, const Point& at, double zero) {
      EXPECT_FALSE(refuses_zero(function, at, zero)) << function.name << ' ' << name(rounding);
      EXPECT_TRUE(refuses_zero(function, at, -zero)) << function.name << ' ' << name(rounding);
    };
    is_fixed(functions::log, point(1.0), 0.0);
    is_fixed(functions::exp, point(-inf), 0.0);
    is_fixed(functions::exp, point(-max_double), 0.0);
    is_fixed(functions::exp2, point(-max_double), 0.0);
    is_fixed(functions::pow, point(least, 1.0), 0.0);
    is_fixed(functions::pow, point(-least, 3.0), -0.0);
    is_fixed(functions::pow, point(-least, 4.0), 0.0);
    is_fixed(functions::expm1, point(-0.0), -0.0);
    is_fixed(functions::expm1, point(-least), -0.0);
    is_fixed(functions::exp2m1, point(least), 0.0);
  }
}

constexpr std::string_view names[] = {"monotone", "overflow", "special_values"};

// Correct rounding is monotone in every mode and overflows where it must.
TEST(Manners, OfACorrectlyRoundedTargetAreNeverRefuted) {
  for (const Function* function : powers)
    for (const Format* format : formats)
      for (const Rounding rounding : all_roundings) {
        Claim claim = claim_correctly_rounded();
        claim.monotone = true;
        const Target target = correctly_rounded_target(*function, *format, claim);
        const Subject subject(target, rounding);
        CorrectlyRoundedCaller caller(*function, *format, {});
        for (const auto name : names) {
          const Property& property = property_named(name, target);
          for (const Point& at : points_of(property, subject, count(400, 10'000))) {
            const JudgedCase judged = judge_point(property, subject, at, {&caller, nullptr});
            EXPECT_TRUE(std::holds_alternative<Consistent>(judged.verdict))
                << name << " of " << target.name << ", " << napier::name(rounding) << ": "
                << text(at) << ": " << property.explain(subject, at, judged.transcript());
          }
        }
      }
}

TEST(Monotone, IsJudgedInNearestAlone) {
  const Target target = correctly_rounded_target(functions::exp, binary64, strict(binary64));
  const Property& monotone = property_named("monotone", target);
  EXPECT_TRUE(monotone.judges(Subject(target, Rounding::nearest)));
  EXPECT_FALSE(monotone.judges(Subject(target, Rounding::up)));
}

/// pow with one result an ulp off: which calls of which cases see it?
TEST(Monotone, KnowsWhichWayAPowerGoes) {
  const auto reversed = [](double x, double y, double wrong_x, double wrong_y, Ordinal ulps) {
    const Fault fault = [=](const Call& call, Float right) {
      const bool here = call.x == from_native(wrong_x) && call.y == from_native(wrong_y);
      return here ? step(right, ulps) : right;
    };
    const Target target =
        correctly_rounded_target(functions::pow, binary64, strict(binary64, "9"), fault);
    const auto caller = target.open();
    return refuted(judge_point(property_named("monotone", target),
                               Subject(target, Rounding::nearest), point(x, y),
                               {caller.get(), nullptr})
                       .verdict);
  };
  const auto next = [](double x) { return std::nextafter(x, inf); };
  EXPECT_TRUE(reversed(1.5, 0.5, 1.5, 0.5, 9)) << "rises in the base";
  EXPECT_TRUE(reversed(1.5, 0.5, next(1.5), 0.5, -9));
  EXPECT_FALSE(reversed(1.5, 0.5, next(1.5), 0.5, 9));
  EXPECT_TRUE(reversed(1.5, -0.5, next(1.5), -0.5, 9)) << "falls in the base";
  EXPECT_TRUE(reversed(1.5, 0.5, 1.5, next(0.5), -9)) << "rises in the exponent";
  EXPECT_TRUE(reversed(0.5, 0.5, 0.5, next(0.5), 9)) << "falls in the exponent";
  EXPECT_TRUE(reversed(-2, 2, next(-2), 2, 9)) << "an even power falls where x < 0";
  EXPECT_TRUE(reversed(-2, 3, next(-2), 3, -9)) << "an odd one rises";
  EXPECT_FALSE(reversed(-2, 3, next(-2), 3, 9));
}

// A case needs no luck: an ulp too early or too late at an exact limit is found.
TEST(Overflow, FindsAThresholdThatIsOneEncodingOff) {
  for (const Function* function : {&functions::exp, &functions::exp2, &functions::expm1}) {
    const Fault one_early = [function](const Call& call, Float right) {
      // The last argument with a finite result.
      const Float next = next_up(call.x);
      if (is_infinite(right) || is_infinite(next)) return right;
      const auto then = TrueValue(*function, {next, {}}).rounded(*next.format, Rounding::nearest);
      return is_infinite(*then) ? *then : right;
    };
    Claim claim;
    claim.max_ulp = parse_limit("0.51", binary32);
    const Target target = correctly_rounded_target(*function, binary32, claim, one_early);
    const Subject subject(target, Rounding::nearest);
    const Property& overflow = property_named("overflow", target);
    const auto caller = target.open();
    int found = 0;
    for (const Point& at : points_of(overflow, subject, 300))
      found += refuted(judge_point(overflow, subject, at, {caller.get(), nullptr}).verdict) ? 1 : 0;
    EXPECT_EQ(found, 1) << function->name;
  }
}

}  // namespace
}  // namespace napier
