// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A promise that is an interval of true values has one meaning: the reference, the definition word
// for word, the filter, the limits of a block and the claim set say the same of every result, or
// leave it open. Results are every datum of a toy format and data of the 16-bit formats; true
// values lie around each, exactly on the ends and just beside them, next to 0 and beyond overflow.
// Sets in lanes: tests/oracles/claimed_sets_test.cpp.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "lib/fp/native.hpp"
#include "lib/fp/ordinal.hpp"
#include "lib/target/claim_grammar.hpp"
#include "lib/target/claim_set.hpp"
#include "oracles/fast/calls/bound_limits.hpp"
#include "oracles/fast/scalar/fast_oracle.hpp"
#include "props/claim/promises.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;

constexpr Format toy{"toy", 4, 3, 7, false, ""};

/// ±inf as ±2^(emax+1).
Dyadic number(Float y) {
  if (!is_infinite(y)) return exact_value(y);
  const Dyadic beyond = Dyadic::power_of_two(y.format->max_exponent + 1);
  return is_negative(y) ? -beyond : beyond;
}

/// A kind as it is solved, and as it is meant: may y stand for t?
struct Kind {
  IntervalClaim claim;
  std::function<bool(Float y, const Dyadic& t, Rounding rounding)> is_meant;
  bool reaches_both_ways = false;  ///< from y, so that blocks have a limit for it
};

/// y/2 < t ≤ 2y for a y > 0, and so on for a y < 0; 0 stands for itself alone, and an infinity for
/// all from 2^emax on.
ClaimSet within_an_octave(const IntervalClaim&, Float y, Rounding) {
  const Dyadic value = number(y);
  if (value.is_zero()) return {false, value, value};
  if (is_infinite(y))
    return is_negative(y) ? ClaimSet{false, {}, value.scaled(-1)}
                          : ClaimSet{false, value.scaled(-1), {}};
  if (is_negative(y)) return {false, value.scaled(1), value.scaled(-1), false, true};
  return {false, value.scaled(-1), value.scaled(1), true, false};
}
bool is_within_an_octave(Float y, const Dyadic& t, Rounding) {
  const Dyadic value = number(y), size = magnitude(value), true_size = magnitude(t);
  if (value.is_zero() || t.is_zero()) return value.is_zero() && t.is_zero();
  if (is_negative(y) != (t.sign() < 0)) return false;
  if (is_infinite(y)) return compare(true_size.scaled(1), size) >= 0;
  return compare(true_size.scaled(1), size) > 0 && compare(true_size, size.scaled(1)) <= 0;
}

/// t is y to nearest, and the next number inwards in other modes; an infinity stands for nothing.
ClaimSet single_point(const IntervalClaim&, Float y, Rounding rounding) {
  if (is_infinite(y)) return {true, {}, {}};
  const Float inwards = is_negative(y) ? next_up(y) : next_down(y);
  const bool itself = rounding == Rounding::nearest || is_zero(y);
  const Dyadic at = exact_value(itself ? y : inwards);
  return {false, at, at};
}
bool is_single_point(Float y, const Dyadic& t, Rounding rounding) {
  const ClaimSet set = single_point({}, y, rounding);
  return !set.empty && compare(*set.lo, t) == 0;
}

/// A kind that claims are written in.
IntervalClaim stated(const char* sentence) {
  const Claim claim = parse_claim(sentence, functions::exp, binary64);
  return std::get<IntervalClaim>(claim.promises.at(0).says);
}
bool is_lower_bound(Float y, const Dyadic& t, Rounding) {
  return is_infinite(y) ? is_negative(y) : compare(exact_value(y), t) <= 0;
}
bool is_upper_bound(Float y, const Dyadic& t, Rounding) {
  return is_lower_bound(negated(y), -t, {});
}

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{
      {{within_an_octave, "within an octave"}, is_within_an_octave, true},
      {{single_point, "a single point"}, is_single_point},
      {stated("lower bound"), is_lower_bound},
      {stated("upper bound"), is_upper_bound},
  };
  return all;
}

std::vector<double> true_values(Float y, const ClaimSet& set) {
  const Format& f = *y.format;
  const double value = to_double(number(y)), least = std::ldexp(1.0, f.least_exponent());
  const double beyond = std::ldexp(1.0, f.max_exponent + 1);
  std::vector<double> all{0,           least / 4,    -least / 4, least,      beyond,
                          -beyond,     0.3,          beyond * 4, beyond / 2, -beyond * 4,
                          value * 1.7, value * 0.75, -value,     value / 64};
  for (const auto& end : {set.lo, set.hi, std::optional(number(y))}) {
    if (!end) continue;
    const double t = to_double(*end), size = std::max(std::fabs(t), least);
    for (const double aside : {0.0, 0x1p-12, -0x1p-12, 0x1p-25, -0x1p-25, 0x1p-45, -0x1p-45})
      all.push_back(t + size * aside);
  }
  return all;
}

bool holds(const ClaimSet& set, const Dyadic& t) {
  return !set.empty && (!set.lo || compare(*set.lo, t) <= 0) &&
         (!set.hi || compare(t, *set.hi) <= 0);
}

struct Told {
  std::uint64_t asked = 0, open = 0, kept = 0, kept_by_limit = 0;
};

void expect_one_meaning(const Kind& kind, Float y, double t, Rounding rounding, Told& told) {
  const std::string what = to_hex(y) + " for " + to_hex(from_native(t)) + ", " +
                           std::string(name(rounding)) + ", " + kind.claim.words;
  const Call call{from_native(t), from_native(1.0)};
  const Dyadic exactly = Dyadic::of(t);
  const bool meant = kind.is_meant(y, exactly, rounding);
  TrueValue truth(functions::pow, call);
  ASSERT_EQ(truth.keeps(y, kind.claim, rounding), meant ? Truth::yes : Truth::no) << what;
  EXPECT_TRUE(!meant || holds(claim_set(y, kind.claim, rounding), exactly)) << what;
  const auto known = fast_value(functions::pow, call);
  if (!known || y.format == &toy) return;
  const auto error = fast_signed_error(*known, y, rounding);
  if (!error) return;
  const Truth filtered = filter_keeps(kind.claim, Filtered{*known, *error, call}, y, rounding);
  EXPECT_TRUE(filtered == Truth::undecided || (filtered == Truth::yes) == meant) << what;
  ++told.asked;
  told.open += filtered == Truth::undecided ? 1 : 0;
  const BoundLimits limits(*y.format, std::vector<AccuracyClaim>{kind.claim}, rounding);
  const double held =
      is_infinite(y) ? std::copysign(HUGE_VAL, to_double(number(y))) : to_double(number(y));
  const bool within = error->magnitude().hi.value <= limits.limit(0, held);
  EXPECT_TRUE(!within || meant) << what;
  told.kept += meant ? 1 : 0;
  told.kept_by_limit += within ? 1 : 0;
}

void try_data(const Format& format, Ordinal stride) {
  for (const Kind& kind : kinds()) {
    Told told;
    for (const Rounding rounding : all_roundings)
      for (Ordinal n = -max_ordinal(format) - 2; n <= max_ordinal(format) + 1; ++n) {
        const Float y = from_ordinal(format, n);
        const bool is_edge = is_infinite(y) || is_infinite(step(absolute(y), 1)) || is_zero(y) ||
                             is_zero(step(absolute(y), -1));
        if (n % stride != 0 && !is_edge) continue;
        for (const double t : true_values(y, claim_set(y, kind.claim, rounding)))
          if (std::isfinite(t)) expect_one_meaning(kind, y, t, rounding, told);
        if (::testing::Test::HasFailure()) return;
      }
    EXPECT_LE(told.open, told.asked / 4) << kind.claim.words;  // those on the very ends
    EXPECT_TRUE(!kind.reaches_both_ways || told.kept_by_limit >= told.kept / 8)
        << kind.claim.words << ' ' << told.kept_by_limit << " of " << told.kept;
  }
}

TEST(IntervalClaims, HaveOneMeaningForEveryResultOfAToyFormat) { try_data(toy, 1); }
TEST(IntervalClaims, HaveOneMeaningInBinary16) { try_data(binary16, count(997, 97)); }
TEST(IntervalClaims, HaveOneMeaningInBFloat16) { try_data(bfloat16, count(997, 97)); }

/// A 0 that may stand for results that were flushed stands for what it may anyway, and for all
/// below the least normal number.
TEST(IntervalClaims, AZeroMayStandForFlushedResults) {
  for (const Kind& kind : kinds()) {
    const ClaimSet set = claim_set(zero(binary16), kind.claim, Rounding::nearest, true);
    EXPECT_TRUE(holds(set, Dyadic::power_of_two(binary16.min_exponent()))) << kind.claim.words;
    EXPECT_TRUE(holds(set, -Dyadic::power_of_two(binary16.min_exponent()))) << kind.claim.words;
  }
}

}  // namespace
}  // namespace napier
