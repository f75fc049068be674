// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <limits>
#include <optional>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/native.hpp"
#include "oracles/fast/scalar/arithmetic.hpp"
#include "oracles/fast/scalar/fast_oracle.hpp"
#include "tests/oracles/fast_functions.hpp"

namespace napier {
namespace {

using namespace fast_testing;
namespace fn = functions;

constexpr std::array formats{&binary16, &bfloat16, &binary32, &binary64, &binary80};
constexpr double infinite = std::numeric_limits<double>::infinity();

/// (y − t)/ulp(t) by its definition, t a real known to 2600 bits.
class Definition {
 public:
  mpfr_srcptr operator()(Float y, mpfr_srcptr t, Rounding rounding) {
    const Format& format = *y.format;
    const bool negative = is_negative(y);
    if (is_infinite(y))
      y_.set(Dyadic{negative, 1, format.max_exponent + 1});
    else
      y_.set(exact_value(y));
    const std::int64_t e = mpfr_zero_p(t) != 0 ? -100000 : mpfr_get_exp(t) - 1;
    mpfr_sub(error_.get(), y_.get(), t, MPFR_RNDN);
    mpfr_mul_2si(error_.get(), error_.get(), -ulp_exponent(format, e), MPFR_RNDN);
    const bool beyond = negative ? mpfr_sgn(error_.get()) > 0 : mpfr_sgn(error_.get()) < 0;
    if (!beyond) return error_.get();
    if (is_infinite(y)) mpfr_set_zero(error_.get(), 1);
    const bool towards_y =
        rounding == Rounding::zero || rounding == (negative ? Rounding::up : Rounding::down);
    if (y == max_finite(format, negative) && towards_y && mpfr_cmpabs(error_.get(), one_.get()) > 0)
      mpfr_set_si(error_.get(), negative ? 1 : -1, MPFR_RNDN);
    return error_.get();
  }

 private:
  Real y_{2700}, error_{2700};
  struct One : Real {
    One() { mpfr_set_ui(get(), 1, MPFR_RNDN); }
  } one_;
};

/// A value near the format's numbers, near its ends or beyond, and a point of its enclosure.
class Case {
 public:
  explicit Case(std::uint64_t seed) : random_(seed) {}

  FastEnclosure value;
  Float y;
  Rounding rounding = Rounding::nearest;
  Real t{2600};

  void draw(const Format& format) {
    const std::int64_t e = exponent(format);
    FastEnclosure a{random_.around(0), 0, 0, e};
    if (random_.between(0, 3) == 0) a.hi = a.hi < 0 ? -1 : 1;  // powers of two
    if (random_.between(0, 3) == 0) {                          // a datum or midway between two
      const double grid =
          std::ldexp(1.0, format.precision - static_cast<int>(random_.between(0, 1)));
      a.hi = std::round(a.hi * grid) / grid;
    }
    if (random_.coin())
      a.lo = std::ldexp(random_.unit() - 0.5, -static_cast<int>(random_.between(53, 140)));
    const auto width = static_cast<int>(random_.between(0, 5));
    if (width != 0)
      a.error =
          std::ldexp(random_.unit(), width == 1 ? -5 : -static_cast<int>(random_.between(50, 130)));
    if (width == 2) a.error = std::fabs(a.lo);  // touches its anchor
    value = fast::normalised(a.hi, a.lo, a.error, a.exponent);
    point();
    rounding = all_roundings[static_cast<std::size_t>(random_.between(0, 3))];
    result(format);
  }

 private:
  std::int64_t exponent(const Format& format) {
    const std::int64_t far = std::int64_t{3} * format.max_exponent;
    switch (random_.between(0, 5)) {
      case 0:
        return random_.between(format.least_exponent() - 3, format.least_exponent() + 4);
      case 1:
        return random_.between(format.max_exponent - 1, format.max_exponent + 2);
      case 2:
        return random_.between(-far, far);
      default:
        return random_.between(format.least_exponent(), format.max_exponent);
    }
  }
  void point() {
    Real part;
    const std::array<double, 5> places{-1, 1, 0, 0.7, -0.3};
    mpfr_set_d(part.get(), value.error, MPFR_RNDN);
    mpfr_mul_d(part.get(), part.get(), places[static_cast<std::size_t>(random_.between(0, 4))],
               MPFR_RNDN);
    mpfr_mul_2si(part.get(), part.get(), value.exponent, MPFR_RNDN);
    t.set_middle(value);
    mpfr_add(t.get(), t.get(), part.get(), MPFR_RNDN);
  }
  void result(const Format& format) {
    const Dyadic middle = Dyadic::of(value.hi).scaled(value.exponent);
    y = step(round_to(format, middle, rounding), random_.between(-2, 2));
    switch (random_.between(0, 15)) {
      case 0:
        y = infinity(format, random_.coin());
        break;
      case 1:
        y = max_finite(format, random_.coin());
        break;
      case 2:
        y = zero(format, random_.coin());
        break;
      case 3:
        y = min_subnormal(format, random_.coin());
        break;
      case 4:
        y = power_of_two(format, 0);
        break;
      default:
        break;
    }
  }
  Random random_;
};

std::string words(const Case& c, SignedUlpRange range) {
  std::ostringstream out;
  out << text(c.value) << " y " << to_hex(c.y) << " in " << c.y.format->name << " "
      << name(c.rounding) << ": " << range.lo << " " << range.hi;
  return out.str();
}

/// How many of `count` ranges don't hold the error, when t's enclosure is narrowed by `scale`.
int violations(const Format& format, int count, double scale, std::string& first) {
  Case c(static_cast<std::uint64_t>(format.width));
  Definition error;
  int bad = 0;
  for (int i = 0; i < count; ++i) {
    c.draw(format);
    FastEnclosure narrowed = c.value;
    narrowed.error *= scale;
    const auto range = fast_signed_error(narrowed, c.y, c.rounding);
    if (!range) {
      ADD_FAILURE() << words(c, {});
      continue;
    }
    mpfr_srcptr e = error(c.y, c.t.get(), c.rounding);
    if (mpfr_cmp_d(e, range->lo) < 0 || mpfr_cmp_d(e, range->hi) > 0)
      if (bad++ == 0) first = words(c, *range);
  }
  return bad;
}

TEST(FastError, HoldsTheErrorByItsDefinition) {
  for (const Format* format : formats) {
    std::string first;
    EXPECT_EQ(0, violations(*format, points(100000), 1, first)) << first;
  }
}

TEST(FastError, WouldBeCaughtWithTooNarrowATrueValue) {
  for (const Format* format : formats) {
    std::string first;
    EXPECT_GT(violations(*format, 10000, 0x1p-10, first), 1000) << format->name;
  }
}

// The range is t's own width in ulps and the rounding of two doubles, where one ulp counts.
TEST(FastError, IsAsNarrowAsTheTrueValueIs) {
  for (const Format* format : formats) {
    Case c(91);
    for (int i = 0; i < points(20000); ++i) {
      c.draw(*format);
      const bool one_binade = std::fabs(c.value.hi) != 1 || (c.value.lo == 0 && c.value.error == 0);
      if (!one_binade || c.value.error > 0x1p-54) continue;
      if (c.value.exponent / 3 > format->max_exponent) continue;
      const SignedUlpRange range = *fast_signed_error(c.value, c.y, c.rounding);
      const std::int64_t unit = ulp_exponent(*format, c.value.exponent);
      const double width = std::ldexp(c.value.error, static_cast<int>(c.value.exponent - unit));
      const double larger = std::max(std::fabs(range.lo), std::fabs(range.hi));
      if (larger == infinite || larger > 0x1p800) continue;
      const double allowed = 2 * width * (1 + 0x1p-20) + 0x1p-50 * larger + 0x1p-195;
      EXPECT_LE(range.hi - range.lo, allowed) << words(c, range);
    }
  }
}

SignedUlpRange error_of(const Function& f, double x, double y, Rounding rounding) {
  const auto t = fast_value(f, {from_native(x), {}});
  const auto error = t ? fast_signed_error(*t, from_native(y), rounding) : std::nullopt;
  constexpr double none = std::numeric_limits<double>::quiet_NaN();  // in no comparison right
  return error.value_or(SignedUlpRange{none, none});
}

// A correctly rounded result has an error of at most ½, or 1 in the directed modes, and an end of
// the range must not be beyond that for the rounding of doubles.
TEST(FastError, DecidesHalvesAndOnesAtAnchors) {
  const double above_one = std::nextafter(1, 2);
  const double below_one = std::nextafter(1, 0);
  const double least = std::numeric_limits<double>::denorm_min();
  const double most = std::numeric_limits<double>::max();
  for (double x : {0x1p-1074, 0x1p-1000, 0x1p-600, 0x1p-300, 0x1p-200, 0x1p-70, 0x1p-56}) {
    EXPECT_LE(error_of(fn::exp, x, above_one, Rounding::up).hi, 1) << x;
    EXPECT_GE(error_of(fn::exp, x, above_one, Rounding::up).lo, 0.9) << x;
    EXPECT_LE(error_of(fn::exp, x, 1, Rounding::down).hi, 0) << x;
    EXPECT_LE(error_of(fn::exp, -x, 1, Rounding::up).hi, 0.13) << x;
    EXPECT_GE(error_of(fn::exp, -x, 1, Rounding::up).lo, 0) << x;
    EXPECT_GE(error_of(fn::exp, -x, below_one, Rounding::zero).lo, -1) << x;
    EXPECT_LE(error_of(fn::expm1, x, x, Rounding::nearest).hi, 0) << x;
    EXPECT_LE(error_of(fn::expm1, x, std::nextafter(x, 1), Rounding::up).hi, 1) << x;
  }
  for (double x : {-746.0, -1000.0, -1e9, -1e300}) {
    EXPECT_LE(error_of(fn::exp, x, least, Rounding::up).hi, 1) << x;
    EXPECT_LE(error_of(fn::exp, x, 0, Rounding::nearest).hi, 0) << x;
    EXPECT_GT(error_of(fn::exp, x, 0, Rounding::nearest).lo, -0.5) << x;
    EXPECT_LE(error_of(fn::expm1, x, -1, Rounding::nearest).hi, 0) << x;
    EXPECT_LE(error_of(fn::expm1, x, std::nextafter(-1, 0), Rounding::up).hi, 1) << x;
    // −1 itself is an end of the enclosure, and its ulp is twice as large.
    EXPECT_GE(error_of(fn::expm1, x, std::nextafter(-1, 0), Rounding::up).lo, 0.499) << x;
  }
  for (double x : {709.8, 800.0, 1e9, 1e300}) {
    const SignedUlpRange right = error_of(fn::exp, x, infinite, Rounding::nearest);
    EXPECT_TRUE(right.lo == 0 && right.hi == 0) << x;
    const SignedUlpRange cut = error_of(fn::exp, x, most, Rounding::zero);
    EXPECT_TRUE(cut.lo == -1 && cut.hi == -1) << x;
    EXPECT_LT(error_of(fn::exp, x, most, Rounding::nearest).hi, -1) << x;
  }
  // Ties: 2^-1075 is half the least subnormal, and 10^23 lies midway between two doubles.
  EXPECT_EQ(-0.5, error_of(fn::exp2, -1075, 0, Rounding::nearest).lo);
  EXPECT_EQ(-0.5, error_of(fn::exp2, -1075, 0, Rounding::nearest).hi);
  EXPECT_EQ(0, error_of(fn::exp2, 37, 0x1p37, Rounding::nearest).hi);
  EXPECT_EQ(0, error_of(fn::exp2, 37, 0x1p37, Rounding::nearest).lo);
}

/// An infinity far above t, and a number far above a tiny t: their errors are told closely, too.
TEST(FastError, TellsVastErrorsClosely) {
  for (double x : {-700.0, -1.0, 1.0, 92.0, 600.0}) {
    const SignedUlpRange error = error_of(fn::exp, x, infinite, Rounding::nearest);
    const auto binade = static_cast<int>(std::floor(x * 1.4426950408889634));
    const double right = std::ldexp(1, 1024 - binade + 52);
    if (right == infinite) {
      EXPECT_EQ(error.lo, std::numeric_limits<double>::max()) << x;
    } else {
      EXPECT_GE(error.lo, right * (1 - 0x1p-52)) << x;
    }
    EXPECT_EQ(error.hi, right) << x;
  }
  const SignedUlpRange negative = error_of(fn::exp, 1, -infinite, Rounding::nearest);
  EXPECT_EQ(negative.lo, -std::numeric_limits<double>::infinity());
  EXPECT_EQ(negative.hi, -std::numeric_limits<double>::max());
}

/// expm1 is above -1, and in the binade below it, wherever it is no dyadic number.
TEST(FastError, KnowsTheBinadeOfWhatIsNoDyadic) {
  for (double x : {-746.0, -1e9, -1e300}) {
    const FastEnclosure t = *fast_value(fn::expm1, {from_native(x), {}});
    const Float y = from_native(-1 - 0x1p-52);
    const SignedUlpRange either = *fast_signed_error(t, y, Rounding::nearest);
    EXPECT_TRUE(either.lo >= -2.0000001 && either.lo <= -2 && either.hi == -1) << x;
    const SignedUlpRange known = *fast_signed_error(t, y, Rounding::nearest, true);
    EXPECT_TRUE(known.lo == either.lo && known.hi == -2) << x;
  }
}

TEST(FastError, DeclinesNaN) {
  const FastEnclosure one{1, 0, 0, 0};
  for (const Format* format : formats)
    EXPECT_FALSE(fast_signed_error(one, quiet_nan(*format), Rounding::up));
  EXPECT_FALSE(fast_signed_error(one, power_of_two(binary128, 0), Rounding::up));
  EXPECT_FALSE(
      fast_signed_error(FastEnclosure::unknown(), power_of_two(binary64, 0), Rounding::up));
}

}  // namespace
}  // namespace napier
