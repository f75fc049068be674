// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What the bulk filter says of powers of any base is what the reference says, on every instruction
// set; it rarely says nothing, exact powers and midpoints included.
#include "oracles/fast/calls/bulk_powers.hpp"

#include <gtest/gtest.h>

#include "oracles/fast/scalar/fast_oracle.hpp"
#include "oracles/oracle.hpp"
#include "tests/oracles/bulk_runs.hpp"
#include "tests/oracles/exact_places.hpp"

namespace napier {
namespace {

using namespace testing_support;
constexpr auto neither = exact_places::Place::neither;

/// r^(2^j)·2^e and n/2^j, whose power r^n·2^(…) has about as many bits as a datum or a midpoint.
Call exact_call(Random& random, const Format& format) {
  const auto halvings = std::max<std::int64_t>(random.between(-3, 3), 0);
  const auto n = halvings > 0 ? 2 * random.between(0, 3) + 1 : random.between(0, 6);
  const auto most = std::min((format.precision + 1) / std::max<std::int64_t>(n, 1),
                             std::int64_t(format.precision) >> halvings);
  const auto bits = random.coin() ? most : random.between(0, most);
  std::int64_t root = (std::int64_t(1) << bits) - 1 - 2 * random.between(0, bits > 3 ? 3 : 0);
  root = std::max<std::int64_t>(root | 1, 1);
  Bits base = static_cast<Bits>(root);
  for (int i = 0; i < halvings; ++i) base *= base;
  const auto scale = std::int64_t(1) << halvings;
  const auto least = format.least_exponent() / (2 * scale), greatest = format.max_exponent / scale;
  const Dyadic a{random.between(0, 3) == 0, base, scale * random.between(least, greatest / 2)};
  const Float y = round_to(format, Dyadic::of(static_cast<double>(n) / static_cast<double>(scale)),
                           Rounding::nearest);
  return {round_to(format, a, Rounding::zero), random.coin() || root == 1 ? y : negated(y)};
}

/// A base of any bits around 1, where logarithms are no larger than what they are summed from, or
/// within their first terms of it, and an exponent for any size of result.
Call moderate_call(Random& random, const Format& format) {
  const Dyadic off{random.coin(), random.bits() >> 70 | 1, -58 - random.between(8, 11)};
  const Dyadic base = random.coin() ? Dyadic{false, random.bits() | 1, random.between(-1, 1) - 127}
                                    : add(Dyadic::of_integer(1), off);
  const Float a = round_to(format, base, Rounding::nearest);
  const double log2_a = std::log2(as_double(a));
  const double size = static_cast<double>(random.between(1, 1 << 20)) * 0x1p-20;
  const double exponent = size * format.max_exponent / (log2_a == 0 ? 1 : log2_a);
  return {a, round_to(format, Dyadic::of(random.coin() ? exponent : -exponent), Rounding::nearest)};
}

Call drawn_power(Points& draws, Random& random, const Format& format) {
  const Bits mask = (Bits(1) << format.width) - 1;
  const auto any = [&] { return Float{Bits(random.next()) & mask, &format}; };
  switch (random.between(0, 7)) {
    case 0:
      return {any(), any()};
    case 1:
    case 2:
      return exact_call(random, format);
    case 3:
    case 4:
      return moderate_call(random, format);
    default:
      return draws.draw();
  }
}

std::uint64_t word_of(const BulkPowers& filter, const Call& call, Float y, BulkLimit limit) {
  const double base = as_double(call.x), exponent = as_double(call.y), result = as_double(y);
  std::uint64_t word = 0;
  const double most = limit.value();
  filter.look({{&base, 1}, {&exponent, 1}, {&result, 1}}, {&most, 1}, {&word, 1});
  return word;
}

/// Nothing is said of them.
bool is_left_open(const Call& call) {
  const bool tiny = call.x.format == &binary64 && !is_nan(call.y) && !is_zero(call.y) &&
                    std::abs(as_double(call.y)) < 0x1p-800;
  return !is_finite(call.x) || is_zero(call.x) || !is_finite(call.y) || tiny;
}

class BulkPowersOnEveryLevel : public OnEveryLevel {};

TEST_P(BulkPowersOnEveryLevel, SaysWhatTheReferenceSays) {
  for (const Format* format : formats_with_kernel)
    for (const Rounding rounding : all_roundings) {
      const auto filter = BulkPowers::of(*format, rounding);
      Points draws(functions::pow, *format, 13);
      Random random(6);
      int judged = 0, telling = 0;
      for (int i = 0; i < points(1500); ++i) {
        const Call call = drawn_power(draws, random, *format);
        TrueValue t(functions::pow, call);
        const Float y = result(t, random, *format, rounding);
        if (is_nan(y)) continue;
        double ulps = std::array{0.5, 1.0, 1.5, 2.0}[static_cast<std::size_t>(i % 4)];
        if (i % 3 == 0 && !t.is_nan() && !t.is_infinite())
          ulps = std::clamp(
              t.error(y, rounding).hi.value * (1 + (i % 5 - 2) * (i % 2 == 0 ? 0x1p-24 : 0x1p-45)),
              0.25, 1000.0);
        const BulkLimit limit = BulkLimit::at_most(ulps);
        const auto word = word_of(*filter, call, y, limit);
        expect_true(word, functions::pow, call, y, limit, rounding);
        if (!t.is_nan() && ulps >= 1 && t.rounded(*format, rounding) == y && !is_left_open(call)) {
          ++telling;
          const bool says = (word & bulk_word::rounding_known) != 0;
          judged += says ? 1 : 0;
          EXPECT_TRUE(says || exact_places::place_by_reference(t, *format) == neither)
              << words(functions::pow, call) << " is left open";
        }
      }
      EXPECT_GT(telling, points(100));
      EXPECT_GE(judged, telling - telling / 50) << format->name << " " << name(rounding);
    }
}

/// … also of results that are wrong in ways which a target may have in all of a range.
TEST_P(BulkPowersOnEveryLevel, TellsAnInfinityFromTheLargestNumber) {
  for (const Format* format : formats_with_kernel)
    for (const Rounding rounding : all_roundings)
      for (const bool negative : {false, true}) {
        const BulkPowers filter = BulkPowers::of(*format, rounding).value();
        const Float base = from_integer(*format, negative ? -3 : 3);
        const Call odd{base, from_integer(*format, format->precision > 8 ? 1001 : 129)};
        for (const Float y : {infinity(*format, negative), max_finite(*format, negative)}) {
          const auto word = word_of(filter, odd, y, BulkLimit::at_most(1));
          expect_true(word, functions::pow, odd, y, BulkLimit::at_most(1), rounding);
          TrueValue t(functions::pow, odd);
          const bool right = t.rounded(*format, rounding) == y;
          EXPECT_EQ((word & bulk_word::rounding_known) != 0, right || is_infinite(y))
              << format->name << " " << name(rounding);
        }
      }
}

/// Calls with the results that are right, but for a few.
struct Cases {
  std::vector<Call> calls;
  std::vector<Float> results;
  std::vector<double> bases, exponents, values;

  void add(const Call& call, Float y) {
    calls.push_back(call);
    results.push_back(y);
    bases.push_back(as_double(call.x));
    exponents.push_back(as_double(call.y));
    values.push_back(as_double(y));
  }
  PowerCalls from(std::size_t at) const {
    return PowerCalls{bases, exponents, values}.part(at, calls.size() - at);
  }
};

Cases drawn_cases(const Format& format, Rounding rounding, int count) {
  Cases cases;
  Points draws(functions::pow, format, 19);
  Random random(23);
  for (int i = 0; i < count; ++i) {
    const Call call = drawn_power(draws, random, format);
    TrueValue t(functions::pow, call);
    const auto right = t.rounded(format, rounding);
    Float y = right ? *right : zero(format);
    if (random.between(0, 31) == 0 && !is_nan(y)) y = step(y, random.between(-2, 2));
    cases.add(call, y);
  }
  return cases;
}

/// How many cases passed; every group that stops it is stepped over.
std::size_t expect_passes_only_what_is_in_order(const Cases& cases, const BulkPowers& filter,
                                                BulkLimit limit, bool rounded_right) {
  const Rounding rounding = filter.plan().rounding;
  std::size_t total = 0;
  for (std::size_t at = 0; at < cases.calls.size(); at += BulkPowers::group()) {
    const std::vector<double> limits(cases.calls.size() - at, limit.value());
    const auto passed = filter.pass(cases.from(at), {limits, limit, rounded_right, edges});
    std::uint64_t misrounded = 0, no_value = 0;
    std::array<std::uint64_t, edges.size()> beyond{};
    for (std::size_t i = at; i < at + passed.count; ++i) {
      const Truths is = truths(functions::pow, cases.calls[i], cases.results[i], limit, rounding);
      misrounded += is.misrounded ? 1 : 0;
      no_value += is.no_value ? 1 : 0;
      for (std::size_t k = 0; k < edges.size() && !is.no_value; ++k)
        beyond[k] +=
            is_beyond(functions::pow, cases.calls[i], cases.results[i], edges[k], rounding) ? 1 : 0;
      EXPECT_TRUE((is.in_order && !(rounded_right && is.misrounded)) || is.no_value)
          << words(functions::pow, cases.calls[i]) << " -> " << to_hex(cases.results[i]) << " "
          << name(rounding) << " " << limit.value();
    }
    EXPECT_EQ(passed.misrounded, misrounded) << name(rounding);
    EXPECT_EQ(passed.no_value, no_value) << name(rounding);
    for (std::size_t k = 0; k < edges.size(); ++k)
      EXPECT_EQ(passed.beyond[k], beyond[k]) << name(rounding) << " above " << edges[k] << " ulp";
    total += passed.count;
    at += passed.count;
  }
  return total;
}

TEST_P(BulkPowersOnEveryLevel, PassesOnlyWhatTheReferenceFindsInOrder) {
  for (const Format* format : formats_with_kernel)
    for (const Rounding rounding : all_roundings) {
      const Cases cases = drawn_cases(*format, rounding, points(400));
      const BulkPowers filter = BulkPowers::of(*format, rounding).value();
      const double usual = rounding == Rounding::nearest ? 0.5 : 1;
      for (const double limit : {usual, usual / 3, 1.7, 40.0})
        expect_passes_only_what_is_in_order(cases, filter, BulkLimit::at_most(limit), limit == 1.7);
    }
}

/// What is infinite or no number, where some were worse.
TEST_P(BulkPowersOnEveryLevel, PassesInfinitiesAndNaNsWhereSomeWereWorse) {
  for (const Format* format : formats_with_kernel)
    for (const Float y : {infinity(*format), infinity(*format, true), quiet_nan(*format)}) {
      const BulkPowers filter = BulkPowers::of(*format, Rounding::nearest).value();
      Points draws(functions::pow, *format, 53);
      Random random(59);
      Cases cases;
      while (cases.calls.size() < 256) {
        const Call call = drawn_power(draws, random, *format);
        TrueValue t(functions::pow, call);
        const auto right = t.rounded(*format, Rounding::nearest);
        const bool is_number = right && is_finite(*right) && !is_zero(*right) && !t.is_exact();
        if (is_number && !is_left_open(call)) cases.add(call, y);
      }
      const std::size_t passed = expect_passes_only_what_is_in_order(
          cases, filter, BulkLimit::at_most(BulkLimit::infinite), false);
      EXPECT_GE(passed, 200U) << format->name << " " << to_hex(y);
    }
}

/// Exact powers and midpoints among them, with a base each and with one base of all.
TEST_P(BulkPowersOnEveryLevel, PassesNearlyEverythingThatIsRoundedRightly) {
  for (const Format* format : formats_with_kernel)
    for (const Rounding rounding : all_roundings) {
      const BulkPowers filter = BulkPowers::of(*format, rounding).value();
      Points draws(functions::pow, *format, 29);
      Random random(31);
      Cases several, one;
      const Call of_one_base = {from_integer(*format, -9), zero(*format)};
      while (several.calls.size() < 1024) {
        const Call call = drawn_power(draws, random, *format);
        if (is_left_open(call)) continue;
        several.add(call, *TrueValue(functions::pow, call).rounded(*format, rounding));
        const Call same = {of_one_base.x, call.y};
        one.add(same, *TrueValue(functions::pow, same).rounded(*format, rounding));
      }
      one.bases.resize(1);
      for (const Cases* cases : {&several, &one})
        EXPECT_GE(expect_passes_only_what_is_in_order(*cases, filter, BulkLimit::at_most(1), true),
                  cases->calls.size() * 8 / 10)
            << format->name << " " << name(rounding);
    }
}

TEST_P(BulkPowersOnEveryLevel, TellsARunOfOneBaseAndOneResultByItsEnds) {
  RunsTold told;
  Random random(43);
  for (const Format* format : formats_with_kernel) {
    Points draws(functions::pow, *format, 47);
    for (int i = 0; i < points(200); ++i) {
      const Rounding rounding = all_roundings[static_cast<std::size_t>(i % 4)];
      const BulkPowers filter = BulkPowers::of(*format, rounding).value();
      const Call start = drawn_power(draws, random, *format);
      const double base = as_double(start.x);
      if (!(base > 0) || is_nan(start.y)) continue;
      try_runs(
          functions::pow, start.y, rounding, random,
          [&](Float y) {
            return Call{start.x, y};
          },
          [&](double from, double to, double y, const BulkFilter::Wanted& wanted) {
            return filter.pass_alike(base, from, to, y, wanted);
          },
          told);
    }
  }
  EXPECT_GT(told.right, 500U);
  EXPECT_GT(told.wrong, 500U);
  EXPECT_GT(told.far, 50U);
}

/// |t| − anchor, and how far the double-double filter may be off.
struct Offset {
  double value, error;
};
Offset offset_of(const FastEnclosure& t, double anchor) {
  const double scale = std::ldexp(1.0, static_cast<int>(t.exponent));
  const double sign = t.hi < 0 ? -1 : 1;
  const double value = (sign * t.hi * scale - anchor) + sign * t.lo * scale;
  return {value, t.error * scale + std::abs(value) * 0x1p-50};
}

/// How many true values certainly lie outside their enclosures, of how many.
struct Escaped {
  int count = 0, of = 0;
};
Escaped escaped(const Format& format, int count, const BulkFilter::Plan& plan) {
  const BulkPowers filter(plan);
  Points draws(functions::pow, format, 37);
  Random random(41);
  Escaped found;
  constexpr int batch = 1024;
  std::vector<double> anchor(batch), below(batch), above(batch);
  for (int done = 0; done < count; done += batch) {
    Cases cases;
    for (int i = 0; i < batch; ++i) cases.add(drawn_power(draws, random, format), zero(format));
    filter.enclose(cases.bases, cases.exponents, anchor, below, above);
    for (std::size_t i = 0; i < batch; ++i) {
      const auto t = fast_value(functions::pow, cases.calls[i]);
      if (std::isnan(anchor[i]) || !t || t->is_huge() || std::abs(t->exponent) > 900) continue;
      if (t->exponent > format.max_exponent + 1) continue;  // no more than that is said
      const Offset offset = offset_of(*t, anchor[i]);
      const bool fits = offset.value - offset.error <= above[i] + std::abs(above[i]) * 0x1p-50 &&
                        offset.value + offset.error >= below[i] - std::abs(below[i]) * 0x1p-50;
      ++found.of;
      found.count += fits ? 0 : 1;
    }
  }
  return found;
}

TEST_P(BulkPowersOnEveryLevel, EnclosesTheTrueValue) {
  for (const Format* format : formats_with_kernel) {
    const Escaped found =
        escaped(*format, points(60'000), BulkPowers::of(*format, Rounding::nearest)->plan());
    EXPECT_EQ(found.count, 0) << format->name;
    EXPECT_GT(found.of, points(20'000)) << format->name;
  }
}

TEST_P(BulkPowersOnEveryLevel, IsCaughtWithATenBitSmallerBound) {
  const auto plan = BulkPowers::of(binary64, Rounding::nearest)->plan();
  for (double BulkFilter::Plan::*const bound :
       {&BulkFilter::Plan::log_error, &BulkFilter::Plan::largest_error}) {
    auto smaller = plan;
    smaller.*bound *= 0x1p-10;
    EXPECT_GT(escaped(binary64, 100'000, smaller).count, 0) << smaller.log_error;
  }
}

INSTANTIATE_TEST_SUITE_P(BulkPowers, BulkPowersOnEveryLevel,
                         ::testing::ValuesIn(hwy::SupportedAndGeneratedTargets()), level_name);

}  // namespace
}  // namespace napier
