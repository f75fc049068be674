// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// An error bound has one meaning: the reference, the definition word for word, the filter, the
// limits of a block and the claim sets of the laws say the same of every result, or leave it open.
// Results are every datum of a toy format and data of the 16-bit formats, true values lie around
// each, exactly on the ends of its claim sets and just beside them, next to 0 and beyond overflow.
#include <algorithm>
#include <cmath>

#include "lib/fp/native.hpp"
#include "lib/fp/ordinal.hpp"
#include "lib/fp/ulp.hpp"
#include "lib/target/claim_grammar.hpp"
#include "lib/target/claim_set.hpp"
#include "oracles/fast/calls/bound_limits.hpp"
#include "oracles/fast/scalar/fast_oracle.hpp"
#include "props/claim/promises.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;
/// 113 bits: what is computed below is exact, or far from the bound.
__extension__ using Wide = __float128;

constexpr Format toy{"toy", 4, 3, 7, false, ""};

/// A bound as a sentence, and the same in whole numbers over one: of one sum, or the larger of two.
struct Stated {
  const char* sentence;
  struct Sum {
    int over, ulps, ulps_per_x, relative, absolute;
  };
  std::vector<Sum> sums;
  const Format* ulps_of = nullptr;  ///< null: the result's own

  bool is_for(const Format& format) const {
    return ulps_of == nullptr || ulps_of->precision <= format.precision;
  }
};

const std::vector<Stated>& bounds() {
  static const std::vector<Stated> all{
      {"rel <= 0", {{1, 0, 0, 0, 0}}},
      {"rel <= 1e-3", {{1000, 0, 0, 1, 0}}},
      {"rel <= 0.1", {{10, 0, 0, 1, 0}}},
      {"rel <= 0.75", {{4, 0, 0, 3, 0}}},
      {"rel <= 1.5", {{2, 0, 0, 3, 0}}},
      {"abs <= 0.3", {{10, 0, 0, 0, 3}}},
      {"abs <= 0x1p-12", {{4096, 0, 0, 0, 1}}},
      {"abs + rel <= 1e-4 + 0.01", {{10'000, 0, 0, 100, 1}}},
      {"abs + rel <= 0.25 + 0.125", {{8, 0, 0, 1, 2}}},
      {"max(abs, rel) <= 0.2, 0.02", {{5, 0, 0, 0, 1}, {50, 0, 0, 1, 0}}},
      {"ulp <= 1.5 + 0.5*|x|", {{2, 3, 1, 0, 0}}},
      {"ulp <= 1 in up, nearest", {{1, 1, 0, 0, 0}}},
      {"ulp <= 0.7 in nearest, down", {{10, 7, 0, 0, 0}}},
      {"bfloat16 ulp <= 1", {{1, 1, 0, 0, 0}}, &bfloat16},
      {"bfloat16 ulp <= 0.3 in all", {{10, 3, 0, 0, 0}}, &bfloat16},
      {"binary16 ulp <= 1.5", {{2, 3, 0, 0, 0}}, &binary16},
  };
  return all;
}

ErrorBound bound_of(const Stated& stated, const Format& format) {
  // In single modes what counts ulps is a bound, too.
  const Claim claim = parse_claim(stated.sentence, functions::exp, format);
  EXPECT_EQ(claim.promises.size(), 1U) << stated.sentence;
  return std::get<ErrorBound>(claim.promises.at(0).says);
}

Wide wide(const Dyadic& value) {
  Wide size = static_cast<Wide>(value.significand);
  // By powers of two that are doubles.
  for (std::int64_t e = value.exponent; e != 0;) {
    const std::int64_t step = std::clamp<std::int64_t>(e, -1000, 1000);
    size *= std::ldexp(1.0, static_cast<int>(step));
    e -= step;
  }
  return value.negative ? -size : size;
}
Wide size_of(Wide x) { return x < 0 ? -x : x; }

Dyadic number(Float y) {
  if (!is_infinite(y)) return exact_value(y);
  const Dyadic beyond = Dyadic::power_of_two(y.format->max_exponent + 1);
  return is_negative(y) ? -beyond : beyond;
}

/// The definition, word for word.
bool is_kept(const Stated& stated, Float y, const Dyadic& t, Rounding rounding) {
  const Format& f = *y.format;
  const Dyadic value = number(y);
  const bool beyond = is_negative(y) ? compare(t, value) <= 0 : compare(t, value) >= 0;
  if (is_infinite(y) && beyond) return true;
  const bool stops =
      absolute(y) == max_finite(f) && beyond &&
      (rounding == Rounding::zero || rounding == (is_negative(y) ? Rounding::up : Rounding::down));
  constexpr std::int64_t below_all = -100'000;  // every format's least binade
  const std::int64_t e = t.is_zero() ? below_all : t.binade();
  const auto ulp_in = [e](const Format& format) {
    return wide(Dyadic::power_of_two(ulp_exponent(format, e)));
  };
  const Wide ulp = ulp_in(f), counted = ulp_in(stated.ulps_of != nullptr ? *stated.ulps_of : f);
  const Wide size = size_of(wide(t)), away = size_of(wide(value) - wide(t));
  const Wide error = stops && ulp < away ? ulp : away;
  return std::ranges::any_of(stated.sums, [&](const Stated::Sum& sum) {
    return error * sum.over <= (sum.ulps + sum.ulps_per_x * size) * counted + sum.relative * size +
                                   static_cast<Wide>(sum.absolute);
  });
}

/// True values to try with y, as doubles.
std::vector<double> true_values(Float y, const ClaimSet& set) {
  const Format& f = *y.format;
  const double beyond = std::ldexp(1.0, f.max_exponent + 1), value = to_double(number(y));
  const double least = std::ldexp(1.0, f.least_exponent());
  const double quantum = std::max(
      least, std::ldexp(1.0, std::ilogb(std::max(std::fabs(value), least)) - f.precision + 1));
  std::vector<double> all{0,           least / 8,    -least / 8,  least,        beyond,
                          -beyond,     beyond * 3,   -beyond * 3, beyond * 64,  value * 0.5,
                          value * 1.7, -value * 0.9, value * 5,   value * 0.25, 0.3};
  for (int quarters = -10; quarters <= 10; ++quarters)
    all.push_back(value + quantum * quarters / 4);
  for (const auto& end : {set.lo, set.hi})
    if (end) {
      const double t = to_double(*end);
      for (const double aside : {0.0, 0x1p-25, -0x1p-25, 0x1p-40, -0x1p-40})
        all.push_back(t + std::max(std::fabs(t), quantum) * aside);
    }
  return all;
}

bool holds(const ClaimSet& set, const Dyadic& t) {
  return (!set.lo || compare(*set.lo, t) <= 0) && (!set.hi || compare(t, *set.hi) <= 0);
}

std::uint64_t asked = 0, open = 0;

void expect_one_meaning(const Stated& stated, const ErrorBound& bound, Float y, double t,
                        Rounding rounding) {
  const std::string what = to_hex(y) + " for " + to_hex(from_native(t)) + ", " +
                           std::string(name(rounding)) + ", " + stated.sentence;
  const Call call{from_native(t), from_native(1.0)};
  const Dyadic exactly = Dyadic::of(t);
  const Truth kept = TrueValue(functions::pow, call).keeps(y, bound, rounding);
  ASSERT_NE(kept, Truth::undecided) << what;
  const Wide value = wide(number(y)), apart = value - wide(exactly);
  if (value - apart == wide(exactly) && apart + wide(exactly) == value) {
    EXPECT_EQ(kept == Truth::yes, is_kept(stated, y, exactly, rounding)) << what;
  }
  const ClaimSet set = claim_set(y, bound, rounding, false, call.x);
  if (kept == Truth::yes) {
    EXPECT_TRUE(holds(set, exactly)) << what;
  }
  const auto known = fast_value(functions::pow, call);
  if (!known || y.format == &toy) return;
  const auto error = fast_signed_error(*known, y, rounding);
  if (!error) return;
  const Truth filtered = filter_keeps(bound, Filtered{*known, *error, call.x}, y, rounding);
  EXPECT_TRUE(filtered == Truth::undecided || filtered == kept) << what;
  ++asked;
  open += filtered == Truth::undecided ? 1 : 0;
}

/// Without ulps the allowed t are an interval, and its ends are those of the set but for the last
/// bits: what is just inside is allowed.
void expect_tight(const Stated& stated, const ClaimSet& set, Float y, Rounding rounding) {
  const bool plain = std::ranges::all_of(
      stated.sums, [](const auto& sum) { return sum.ulps == 0 && sum.relative < 1; });
  const bool stops = absolute(y) == max_finite(*y.format) && rounding != Rounding::nearest;
  if (!plain || stops || !set.lo || !set.hi) return;
  for (const auto& [from, to] : {std::pair(*set.lo, *set.hi), std::pair(*set.hi, *set.lo)}) {
    const double end = to_double(from), other = to_double(to);
    const double inside = std::nextafter(std::nextafter(end, other), other);
    const bool any = end < other ? inside < other : inside > other;
    EXPECT_TRUE(!any || is_kept(stated, y, Dyadic::of(inside), rounding))
        << to_hex(y) << " for " << inside << ": " << stated.sentence;
  }
}

void try_data(const Format& format, Ordinal stride) {
  asked = open = 0;
  for (const Stated& stated : bounds()) {
    if (!stated.is_for(format)) continue;
    const ErrorBound bound = bound_of(stated, format);
    for (const Rounding rounding : all_roundings)
      for (Ordinal n = -max_ordinal(format) - 1; n <= max_ordinal(format); ++n) {
        const Float y = from_ordinal(format, n);
        const bool is_edge = is_infinite(y) || is_infinite(step(absolute(y), 1)) || is_zero(y) ||
                             exact_value(y).reduced().significand == 1 ||
                             exact_value(step(absolute(y), 1)).reduced().significand == 1;
        if (n % stride != 0 && !(is_edge && (stride < 32 || n % 3 == 0))) continue;
        const ClaimSet set = claim_set(y, bound, rounding, false, from_native(0.5));
        expect_tight(stated, set, y, rounding);
        for (const double t : true_values(y, set))
          expect_one_meaning(stated, bound, y, t, rounding);
        if (::testing::Test::HasFailure()) return;
      }
  }
  EXPECT_LE(open, asked / 20) << "of " << asked;  // those on the very ends
}

TEST(ErrorBounds, HaveOneMeaningForEveryResultOfAToyFormat) { try_data(toy, 1); }
TEST(ErrorBounds, HaveOneMeaningInBinary16) { try_data(binary16, count(1999, 97)); }
TEST(ErrorBounds, HaveOneMeaningInBFloat16) { try_data(bfloat16, count(1999, 97)); }

/// Errors up to the limit of a result keep its bound.
TEST(ErrorBounds, LimitsOfABlockKeepThem) {
  std::uint64_t within = 0, told = 0;
  for (const Format* format : {&binary16, &bfloat16, &binary32, &binary64})
    for (const Stated& stated : bounds()) {
      if (!stated.is_for(*format)) continue;
      const Claim claim = parse_claim(stated.sentence, functions::exp, *format);
      const Target target = correctly_rounded_target(functions::exp, *format, claim);
      const Subject subject(target, Rounding::nearest);
      const BoundLimits limits(*format, subject.promises(Role::target), subject.rounding);
      for (int e : {format->min_exponent() - 4, format->min_exponent(), -8, -1, 0, 1, 7,
                    format->max_exponent})
        for (const int steps : {-40, -3, -1, 0, 1, 2, 50}) {
          const Float y = step(power_of_two(*format, e), steps);
          if (is_negative(y)) continue;
          const double size = to_double(number(y));
          for (int i = -60; i <= 60; ++i) {
            const double t = size + size * i / 50 + std::ldexp(i, format->least_exponent() + 1);
            if (!std::isfinite(t)) continue;
            TrueValue truth(functions::pow, {from_native(t), from_native(1.0)});
            const double error = truth.error(y, Rounding::nearest).hi.value;
            const bool kept = is_kept(stated, y, Dyadic::of(t), Rounding::nearest);
            within += kept ? 1 : 0;
            if (error > limits.limit(std::fabs(t), size)) continue;
            ++told;
            EXPECT_TRUE(kept) << to_hex(y) << " for " << t << ": " << stated.sentence;
          }
        }
    }
  EXPECT_GT(told, within / 3) << "of " << within;  // at a power of two it is half of the bound
}

/// In ulps alone a bound is what a limit in ulps is.
/// Ulps that grow with |x| are without number at an infinite x.
TEST(ErrorBounds, ThatGrowWithXSayNothingAtInfinity) {
  const auto bound_by = [](const char* sentence) {
    return std::get<ErrorBound>(
        parse_claim(sentence, functions::exp, binary16).promises.at(0).says);
  };
  const ErrorBound grows = bound_by("ulp <= 3 + 2*|x|"), stays = bound_by("abs <= 0.5");
  const Float x = infinity(binary16, true);
  for (const Rounding rounding : all_roundings)
    for (Ordinal n = -max_ordinal(binary16) - 1; n <= max_ordinal(binary16) + 1; ++n) {
      const Float y = from_ordinal(binary16, n);
      TrueValue zero(functions::exp, {x, {}});
      ASSERT_EQ(zero.keeps(y, grows, rounding), Truth::yes) << to_hex(y);
      ASSERT_TRUE(holds(claim_set(y, grows, rounding, false, x), Dyadic{})) << to_hex(y);
      const bool near = is_finite(y) && std::fabs(to_double(exact_value(y))) <= 0.5;
      ASSERT_EQ(zero.keeps(y, stays, rounding) == Truth::yes, near) << to_hex(y);
    }
}

/// Exactness is promised where arguments are integers and the true value is a number.
TEST(ErrorBounds, ExactnessIsOfNumbersAlone) {
  const auto keeps = [](double x, double y, double got) {
    TrueValue truth(functions::pow, {from_native(x), from_native(y)});
    return truth.keeps(from_native(got), ExactOnIntegers{}, Rounding::nearest);
  };
  constexpr std::pair<double, double> no_numbers[] = {
      {INFINITY, 1}, {2, INFINITY}, {0, -1}, {-INFINITY, 3}};
  for (const auto& [x, y] : no_numbers) EXPECT_EQ(Truth::yes, keeps(x, y, 0.5)) << x << "^" << y;
  EXPECT_EQ(Truth::yes, keeps(-2, 0.5, 0.5));
  EXPECT_EQ(Truth::no, keeps(9, 5, 59048));
  EXPECT_EQ(Truth::yes, keeps(9, 5, 59049));
}

TEST(ErrorBounds, InUlpsAreTheSetsOfUlps) {
  for (const Format* format : {&toy, &binary16, &binary64})
    for (const char* k : {"0", "0.5", "1", "1.7", "3"}) {
      const UlpLimit limit = parse_limit(k, *format);
      const ErrorBound bound{{{.ulps = Amount(limit.exact)}}, k};
      const Ordinal stride = max_ordinal(*format) / 3001 + 1;
      for (const Rounding rounding : all_roundings)
        for (Ordinal n = -max_ordinal(*format) - 1; n <= max_ordinal(*format); n += stride) {
          const Float y = from_ordinal(*format, n);
          const ClaimSet one = claim_set(y, WithinUlp(limit.limit, limit.exact), rounding);
          const ClaimSet other = claim_set(y, bound, rounding);
          const auto alike = [y](const auto& a, const auto& b) {
            if (!a || !b) return !a && !b;
            const Wide least = wide(Dyadic::power_of_two(y.format->least_exponent()));
            const Wide size = size_of(wide(number(y))) + least;
            return size_of(wide(*a) - wide(*b)) <= size * 0x1p-38F;  // K has 40 places
          };
          if (!one.lo && !one.hi) continue;  // from 2^(p−2) on it says nothing
          if (!other.lo && !other.hi) continue;
          EXPECT_TRUE(alike(one.lo, other.lo) && alike(one.hi, other.hi))
              << to_hex(y) << " within " << k << ", " << name(rounding);
        }
    }
}

/// 10^-1 and 1/3 are no dyadic numbers, and their errors may be a decimal all the same.
TEST(ErrorBounds, AnErrorThatIsTheBoundIsDecided) {
  const auto kept = [](const Function& f, const Call& call, Float y, const char* sentence) {
    const Claim claim = parse_claim(sentence, functions::pow, *y.format);
    return TrueValue(f, call).keeps(y, claim.promises.at(0).says, Rounding::nearest);
  };
  const Call tenth{from_native(-1.0), {}};
  const Float y = parse_float(binary64, "0x1.ap-4");  // 0.1015625
  EXPECT_EQ(kept(functions::exp10, tenth, y, "abs <= 0.0015625"), Truth::yes);
  EXPECT_EQ(kept(functions::exp10, tenth, y, "abs <= 0.00156249999"), Truth::no);
  EXPECT_EQ(kept(functions::exp10, tenth, y, "rel <= 0.015625"), Truth::yes);
  EXPECT_EQ(kept(functions::exp10, tenth, y, "rel <= 0.01562499999999999999"), Truth::no);
  const Call third{from_native(3.0), from_native(-1.0)};
  const Float near = parse_float(binary64, "0x1.5p-2");  // 0.328125 = 1/3·(1 − 1/64)
  EXPECT_EQ(kept(functions::pow, third, near, "rel <= 0.015625"), Truth::yes);
  EXPECT_EQ(kept(functions::pow, third, near, "rel <= 0.015624999999999999"), Truth::no);
  EXPECT_EQ(kept(functions::pow, third, near, "rel <= 0.015625000000000001"), Truth::yes);
}

/// exp with every result too large by 0.17 %.
Target uniformly_off(const char* sentence) {
  const Claim claim = parse_claim(sentence, functions::exp, binary32);
  return correctly_rounded_target(functions::exp, binary32, claim, [](const Call&, Float right) {
    if (!is_finite(right)) return right;
    const double t = to_native<float>(right);
    return from_native(static_cast<float>(t * (1 + 1.7e-3)));
  });
}

std::uint64_t refuted_by(std::string_view property_name, const Target& target) {
  const Subject subject(target, Rounding::nearest);
  const Property& property = *find_property(property_name, target);
  const auto caller = target.open();
  std::uint64_t refuted = 0;
  for (const Point& point : points_of(property, subject, 300)) {
    const JudgedCase judged = judge_point(property, subject, point, {caller.get(), nullptr});
    EXPECT_FALSE(std::holds_alternative<Undecided>(judged.verdict));
    if (!std::holds_alternative<Refuted>(judged.verdict)) continue;
    ++refuted;
    EXPECT_TRUE(property.blame(subject, point, judged.transcript())) << text(point);
  }
  return refuted;
}

TEST(ErrorBounds, AUniformRelativeErrorIsFoundByAccuracyAndByLawsAlone) {
  const Target target = uniformly_off("rel <= 1e-3 on [-80, 80]");
  for (const char* name : {"accuracy", "reciprocal", "tower", "first_power"})
    EXPECT_GT(refuted_by(name, target), 0U) << name;
}

/// exp2 in binary16 that is 0 from 2000 on, where errors are larger than any double tells.
TEST(ErrorBounds, AreBrokenByErrorsThatNoDoubleHolds) {
  for (const char* sentence :
       {"rel <= 1e-2 on [1, 60000]", "max(abs, rel) <= 0.5, 0.9 on [1, 60000]",
        "abs + rel <= 1 + 0.5 on [1, 60000]"}) {
    const Claim claim = parse_claim(sentence, functions::exp2, binary16);
    const auto is_wrong = [&](Float x) {
      return is_finite(x) &&
             to_native<double>(round_to(binary64, exact_value(x), Rounding::nearest)) >= 2000;
    };
    const Target target = correctly_rounded_target(
        functions::exp2, binary16, claim,
        [&](const Call& call, Float right) { return is_wrong(call.x) ? zero(binary16) : right; });
    std::uint64_t wrong = 0;
    for (Bits bits = 0; bits < 0x10000; ++bits) {
      const Float x{bits, &binary16};
      if (covers(claim.domain, x, {}) && is_wrong(x)) ++wrong;
    }
    const Subject subject(target, Rounding::nearest);
    const Property& accuracy = *find_property("accuracy", target);
    const Domain domain = accuracy.where.every_point(subject).value();
    const auto caller = target.open();
    std::uint64_t refuted = 0;
    for (std::uint32_t stratum = 0; stratum < domain.strata.size(); ++stratum)
      refuted += judge_portion(accuracy, subject, domain, Seed{},
                               {stratum, 0, domain.strata[stratum].size}, {caller.get(), nullptr})
                     .refuted;
    EXPECT_EQ(refuted, wrong) << sentence;
  }
}

TEST(ErrorBounds, AUniformRelativeErrorStandsWithinItsBound) {
  const Target target = uniformly_off("rel <= 2e-3 on [-80, 80]");
  const Subject subject(target, Rounding::nearest);
  EXPECT_EQ(refuted_by("accuracy", target), 0U);
  for (const Property* law : applicable_laws(subject))
    EXPECT_EQ(refuted_by(law->name, target), 0U) << law->name;
}

}  // namespace
}  // namespace napier
