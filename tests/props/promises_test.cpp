// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A promise has one meaning: the reference, the filter, the limit of a block and the claim sets of
// the laws say the same of every result, or leave it open. Results are every datum of a toy format,
// and data of the 16-bit formats; true values lie densely around each, exactly on the ends of its
// claim sets and just beside them, next to 0 and beyond overflow.
#include "props/claim/promises.hpp"
#include "lib/fp/hexfloat.hpp"
#include "lib/fp/ordinal.hpp"
#include "lib/target/claim_set.hpp"
#include "oracles/fast/scalar/fast_oracle.hpp"
#include "props/checks/error_limits.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;

constexpr Format toy{"toy", 4, 3, 7, false, ""};

std::vector<AccuracyClaim> promises_of(const Format& f) {
  std::vector<AccuracyClaim> all{CorrectlyRounded{}, Faithful{}};
  for (const char* text : {"0", "0.25", "0.5", "0.53", "1", "1.5", "2", "3.75", "4.7"})
    for (const Metric metric : {Metric::exact, Metric::rounded}) {
      Claim claim;
      claim.max_ulp = parse_limit(text, f, metric);
      all.push_back(accuracy_claims(claim, Rounding::nearest).at(0));
    }
  return all;
}

/// True values to try with y, as doubles: near it, on the ends of the set and everywhere.
std::vector<double> true_values(Float y, const ClaimSet& set) {
  const Format& f = *y.format;
  const double beyond = std::ldexp(1.0, f.max_exponent + 1);
  const double value =
      is_infinite(y) ? (is_negative(y) ? -beyond : beyond) : to_double(exact_value(y));
  const double least = std::ldexp(1.0, f.least_exponent());
  const double quantum = std::max(
      least, std::ldexp(1.0, std::ilogb(std::max(std::fabs(value), least)) - f.precision + 1));
  std::vector<double> all{
      0,           least / 8,   -least / 8,   least,       beyond,
      -beyond,     beyond * 3,  -beyond * 3,  beyond * 64, beyond * (1 - 0x1p-40),
      value * 0.5, value * 1.7, -value * 0.9, 1e-30};
  for (int eighths = -10; eighths <= 10; ++eighths) all.push_back(value + quantum * eighths / 4);
  for (const auto& end : {set.lo, set.hi})
    if (end) {
      const double t = to_double(*end);
      for (const double aside : {0.0, quantum * 0x1p-25, -quantum * 0x1p-25})
        all.push_back(t + aside);
    }
  return all;
}

bool holds(const ClaimSet& set, const Dyadic& t) {
  return !set.empty && (!set.lo || compare(*set.lo, t) <= 0) &&
         (!set.hi || compare(t, *set.hi) <= 0);
}

/// |y − r| ≤ K ulp(r), word for word, for a K that is a dyadic.
bool is_within_rounded(Float y, const Dyadic& t, const Dyadic& k, Rounding rounding) {
  const Format& f = *y.format;
  const auto place = [&](Float x) {
    if (!is_infinite(x)) return exact_value(x);
    const Dyadic beyond = Dyadic::power_of_two(f.max_exponent + 1);
    return is_negative(x) ? -beyond : beyond;
  };
  const Dyadic r = place(round_to(f, t, rounding));
  const Dyadic ulp = k.scaled(ulp_exponent(f, r.is_zero() ? f.min_exponent() : r.binade()));
  if (!r.is_zero() && !place(y).is_zero() && std::abs(r.binade() - place(y).binade()) > 40)
    return false;  // by far more than any K here
  return compare(magnitude(subtract(place(y), r)), ulp) <= 0;
}

/// Is t a number of the format's range, and neither a datum nor halfway between two?
bool is_beside_the_lattice(const Format& f, double t) {
  if (std::fabs(t) >= to_double(exact_value(max_finite(f)))) return false;
  const std::int64_t binade = t == 0 ? f.min_exponent() : Dyadic::of(t).binade();
  const double halves = to_double(Dyadic::of(t).scaled(1 - ulp_exponent(f, binade)));
  return halves != std::floor(halves);
}

/// How many results little off are counted from the rounded value, and of how many that is open.
std::uint64_t asked = 0, open = 0;

/// Everything that is said of y for the true value t, t^1 by the oracles.
void expect_one_meaning(Float y, double t, const AccuracyClaim& claim, const ClaimSet& set,
                        Rounding rounding) {
  const std::string what = to_hex(y) + " for " + to_hex(from_native(t)) + ", " +
                           std::string(name(rounding)) + ", claim " + std::to_string(claim.index());
  const Call call{from_native(t), from_native(1.0)};
  TrueValue truth(functions::pow, call);
  const Truth kept = truth.keeps(y, claim, rounding);
  ASSERT_NE(kept, Truth::undecided) << what;
  const Dyadic exactly = Dyadic::of(t);
  if (kept == Truth::yes) {
    EXPECT_TRUE(holds(set, exactly)) << what;
  }
  const auto* within = std::get_if<WithinRoundedUlp>(&claim);
  if (within != nullptr && within->exact.is_dyadic()) {
    EXPECT_EQ(kept == Truth::yes, is_within_rounded(y, exactly, within->limit, rounding)) << what;
  }
  const auto known = fast_value(functions::pow, call);
  if (!known || y.format == &toy) return;
  const auto error = fast_signed_error(*known, y, rounding);
  if (!error) return;
  const Truth filtered = filter_keeps(claim, *error, y, rounding);
  EXPECT_TRUE(filtered == Truth::undecided || filtered == kept) << what;
  const Truth by_value = filter_keeps(claim, Filtered{*known, *error}, y, rounding);
  EXPECT_TRUE(by_value == Truth::undecided || by_value == kept) << what;
  if (within != nullptr && is_finite(y) && error->magnitude().hi.value < 64 &&
      is_beside_the_lattice(*y.format, t)) {
    ++asked;
    open += by_value == Truth::undecided ? 1 : 0;
  }
}

/// A datum within some steps of a power of two, of 0 or of overflow: of the powers of two the last,
/// the first and those next to 1, and in a long run all.
bool is_near_a_binades_end(Float y) {
  const Format& f = *y.format;
  if (is_finite(y) && !is_zero(y) && !long_run() && f.max_exponent > 16) {
    const std::int64_t e = exact_value(y).binade();
    if (e > f.min_exponent() + 2 && e < f.max_exponent - 1 && std::abs(e) > 1) return false;
  }
  for (const Ordinal steps : {-2, -1, 0, 1, 2}) {
    const Float x = step(absolute(y), steps);
    if (is_infinite(x) || is_zero(x) || is_negative(x)) return true;
    if (exact_value(x).reduced().significand == 1) return true;
  }
  return false;
}

void try_data(const Format& format, std::uint64_t stride) {
  const auto claims = promises_of(format);
  asked = open = 0;
  for (const Rounding rounding : all_roundings)
    for (Ordinal n = -max_ordinal(format) - 1; n <= max_ordinal(format); ++n) {
      const Float y = from_ordinal(format, n);
      if (!is_near_a_binades_end(y) && static_cast<std::uint64_t>(n + max_ordinal(format)) % stride)
        continue;
      for (const AccuracyClaim& claim : claims) {
        const ClaimSet set = claim_set(y, claim, rounding);
        for (const double t : true_values(y, set)) expect_one_meaning(y, t, claim, set, rounding);
        if (::testing::Test::HasFailure()) return;
      }
    }
  // In a directed mode errors just below a power of two are of two binades.
  EXPECT_LE(open, asked / 50) << "of " << asked;
}

TEST(Promises, HaveOneMeaningForEveryResultOfAToyFormat) { try_data(toy, 1); }
TEST(Promises, HaveOneMeaningInBinary16) { try_data(binary16, count(701, 7)); }
TEST(Promises, HaveOneMeaningInBFloat16) { try_data(bfloat16, count(701, 7)); }

/// Inside a binade, as BulkFilter::Doubt has it, errors beside the middle tell.
void expect_inside_told(const Subject& subject, const BulkPromise& promise, Float y, double t,
                        TrueValue& truth) {
  const double error = truth.error(y, subject.rounding).lo.value;
  const double binade = std::ldexp(1.0, std::ilogb(t));
  const double ulp = std::ldexp(binade, 1 - y.format->precision);
  if (!promise.inside || !is_finite(y) || error > promise.broken) return;
  EXPECT_LE(promise.kept.value(), promise.inside->kept);
  EXPECT_GE(promise.broken, promise.inside->broken);
  const double size = to_double(exact_value(y));
  if (size < binade || size > 2 * binade - promise.inside->ulps * ulp) return;
  const Truth kept = truth.keeps(y, subject.promises(Role::target).front(), subject.rounding);
  if (error <= promise.inside->kept) {
    EXPECT_EQ(kept, Truth::yes) << to_hex(y) << " for " << t;
  }
  if (error >= promise.inside->broken) {
    EXPECT_EQ(kept, Truth::no) << to_hex(y) << " for " << t;
  }
}

/// What passes a block by its limit keeps every promise.
TEST(Promises, OfABlockAreKept) {
  for (const Format* format : {&binary16, &bfloat16, &binary64})
    for (const Rounding rounding : all_roundings)
      for (const char* text : {"0.25", "0.5", "0.53", "1", "1.5", "2"})
        for (const Metric metric : {Metric::exact, Metric::rounded}) {
          Claim claim;
          claim.max_ulp = parse_limit(text, *format, metric);
          claim.max_ulp_directed = claim.max_ulp;
          const Target target = correctly_rounded_target(functions::pow, *format, claim);
          const Subject subject(target, rounding);
          const BulkPromise promise = BulkPromise::of(subject, subject.promises(Role::target));
          for (Ordinal n = 0; n < 4000; ++n) {
            // Around 1, where the spacing changes, and up to overflow.
            const Float one = power_of_two(*format, 0);
            const Float y =
                n < 3000 ? step(one, n / 30 - 50) : step(infinity(*format), -(n - 3000) / 100);
            const double size = is_infinite(y) ? std::ldexp(1.0, format->max_exponent + 1)
                                               : to_double(exact_value(y));
            const double quantum = std::ldexp(1.0, std::ilogb(size) - format->precision + 1);
            const double t = size + quantum * (static_cast<double>(n % 30) - 15) / 8;
            if (format == &binary64 && !std::isfinite(t)) continue;
            TrueValue truth(functions::pow, {from_native(t), from_native(1.0)});
            const UlpRange error = truth.error(y, rounding);
            const auto right = truth.rounded(*format, rounding);
            expect_inside_told(subject, promise, y, t, truth);
            if (error.hi.value > promise.kept.value()) continue;
            if (promise.rounded_right && right != y) continue;
            for (const AccuracyClaim& made : subject.promises(Role::target))
              EXPECT_EQ(truth.keeps(y, made, rounding), Truth::yes)
                  << to_hex(y) << " for " << t << " " << text << " " << name(rounding);
          }
        }
}

// exp(−2^-54) = 1 − 2^-54 + …: 1 is its rounding, and 1 + 2^-52 is one ulp from that.
TEST(Promises, OneUlpFromTheRoundedValueMayBeTwoAndAHalfFromTheTrueOne) {
  const Claim claim = [] {
    Claim made;
    made.max_ulp = parse_limit("1", binary64, Metric::rounded);
    return made;
  }();
  const Target target = correctly_rounded_target(functions::exp, binary64, claim);
  const Subject subject(target, Rounding::nearest);
  const Call call{from_native(-0x1p-54), {}};
  TrueValue truth(functions::exp, call);
  EXPECT_GT(truth.error(from_native(1 + 0x1p-52), Rounding::nearest).lo.value, 2.49);
  EXPECT_EQ(reference_keeps(subject, call, from_native(1 + 0x1p-52), truth), Truth::yes);
  EXPECT_EQ(reference_keeps(subject, call, from_native(1 + 0x1p-51), truth), Truth::no);
  // Below 1 an ulp of the rounded value is two steps.
  EXPECT_EQ(reference_keeps(subject, call, from_native(1 - 0x1p-52), truth), Truth::yes);
  EXPECT_EQ(reference_keeps(subject, call, from_native(1 - 3 * 0x1p-53), truth), Truth::no);
}

/// K itself decides, no dyadic near it: the largest error of a result lies between two decimals.
TEST(Promises, KIsComparedAsStated) {
  const Call call{from_native(0.1F), {}};
  TrueValue truth(functions::exp, call);
  const Float y = step(truth.rounded(binary32, Rounding::nearest).value(), 1);
  const double error = truth.error(y, Rounding::nearest).lo.value;
  const auto kept = [&](const std::string& text) {
    const auto k = parse_limit(text, binary32);
    return truth.keeps(y, WithinUlp{k.limit, k.exact}, Rounding::nearest);
  };
  const auto digits = [](double value) {  // 15 after the point, rounded down
    std::string text = std::to_string(static_cast<std::uint64_t>(value * 1e15));
    return text.insert(text.size() - 15, text.size() == 15 ? "0." : ".");
  };
  EXPECT_EQ(kept(digits(error - 2e-15)), Truth::no) << digits(error);
  EXPECT_EQ(kept(digits(error + 2e-15)), Truth::yes) << digits(error);
}

/// 10^-1 is 0.4 ulp from its rounding, 3^-1 a third: rational errors, of which decimals may be one.
TEST(Promises, AnErrorThatIsADecimalIsDecided) {
  const auto kept = [](const Function& f, const Call& call, const char* text) {
    TrueValue truth(f, call);
    const auto k = parse_limit(text, binary64);
    const Float y = truth.rounded(binary64, Rounding::nearest).value();
    return truth.keeps(y, WithinUlp{k.limit, k.exact}, Rounding::nearest);
  };
  const Call minus_one{from_native(-1.0), {}};
  EXPECT_EQ(kept(functions::exp10, minus_one, "0.4"), Truth::yes);
  EXPECT_EQ(kept(functions::exp10, minus_one, "0.39999999999999999999999999"), Truth::no);
  EXPECT_EQ(kept(functions::exp10, minus_one, "0.40000000000000000000000001"), Truth::yes);
  const Call fifth{from_native(25.0), from_native(-0.5)};
  EXPECT_EQ(kept(functions::pow, fifth, "0.4"), Truth::yes);
  EXPECT_EQ(kept(functions::pow, fifth, "0.3999999999999999999999"), Truth::no);
  const Call third{from_native(3.0), from_native(-1.0)};
  EXPECT_EQ(kept(functions::pow, third, "0.33333333333333333333"), Truth::no);
  EXPECT_EQ(kept(functions::pow, third, "0.33333333333333333334"), Truth::yes);
}

}  // namespace
}  // namespace napier
