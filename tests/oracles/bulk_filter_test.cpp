// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What the bulk filter says is what the reference says, and it rarely says nothing.
#include "oracles/fast/calls/bulk_filter.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>

#include "oracles/oracle.hpp"
#include "tests/oracles/bulk_support.hpp"

namespace napier {
namespace {

using namespace testing_support;

std::uint64_t word_of(const BulkFilter& filter, double x, double y, BulkLimit limit) {
  std::uint64_t word = 0;
  const double most = limit.value();
  filter.look({&x, 1}, {&y, 1}, {&most, 1}, {&word, 1});
  return word;
}

TEST(BulkFilter, SaysWhatTheReferenceSays) {
  for (const Function* f : functions_with_kernel)
    for (const Format* format : formats_with_kernel)
      for (const Rounding rounding : all_roundings) {
        const auto filter = BulkFilter::of(*f, *format, rounding);
        ASSERT_TRUE(filter) << f->name;
        Points draws(*f, *format, 11);
        Random random(5);
        for (int i = 0; i < points(2000); ++i) {
          const Call call = drawn(draws, random, *format);
          if (is_nan(call.x)) continue;
          TrueValue t(*f, call);
          const Float y = result(t, random, *format, rounding);
          if (is_nan(y)) continue;
          // Limits next to the error itself, where a word is the harder to say.
          double ulps = std::array{0.5, 1.0, 1.5, 2.0}[static_cast<std::size_t>(i % 4)];
          if (i % 3 == 0 && !t.is_nan() && !t.is_infinite())
            ulps = std::clamp(t.error(y, rounding).hi.value *
                                  (1 + (i % 5 - 2) * (i % 2 == 0 ? 0x1p-24 : 0x1p-45)),
                              0.25, 1000.0);
          const BulkLimit limit = BulkLimit::at_most(ulps);
          const auto word = word_of(*filter, as_double(call.x), as_double(y), limit);
          expect_true(word, *f, call, y, limit, rounding);
        }
      }
}

/// Results that are right are found so, but for a few next to ties, powers of two, zeros.
TEST(BulkFilter, LeavesLittleOpen) {
  for (const Function* f : functions_with_kernel)
    for (const Format* format : formats_with_kernel)
      for (const Rounding rounding : all_roundings) {
        const auto filter = BulkFilter::of(*f, *format, rounding);
        Points draws(*f, *format, 17);
        // Next to 1 a logarithm is so near half-way that a few arguments, drawn often, stay open.
        std::set<Bits> open;
        const int count = points(1000);
        for (int i = 0; i < count; ++i) {
          const Call call = draws.draw();
          if (!is_finite(call.x) || is_zero(call.x) || left_to_the_reference(*f, call.x)) continue;
          TrueValue t(*f, call);
          const Float y = *t.rounded(*format, rounding);
          const BulkLimit limit = BulkLimit::at_most(1);
          const auto word = word_of(*filter, as_double(call.x), as_double(y), limit);
          if (t.is_exact()) continue;
          if (word != bulk_word::in_order && word != bulk_word::no_value &&
              word != (bulk_word::within | bulk_word::rounding_known))
            open.insert(call.x.bits);
        }
        EXPECT_LE(open.size(), static_cast<std::size_t>(count / 100))
            << f->name << " " << format->name << " " << name(rounding);
      }
}

struct Enclosed {
  double anchor = 0, below = 0, above = 0;
};
Enclosed enclosed(const BulkFilter& filter, double x) {
  Enclosed e;
  filter.enclose({&x, 1}, {&e.anchor, 1}, {&e.below, 1}, {&e.above, 1});
  return e;
}

/// How many of some true values lie outside their enclosures.
int escaped(const Function& f, const Format& format, double error_scale) {
  auto plan = BulkFilter::of(f, format, Rounding::nearest)->plan();
  plan.largest_error *= error_scale;
  const BulkFilter filter(plan);
  Points draws(f, format, 19);
  int count = 0;
  for (int i = 0; i < points(4000); ++i) {
    const Call call = draws.draw();
    if (!is_finite(call.x)) continue;
    Enclosed e = enclosed(filter, as_double(call.x));
    if (std::isnan(e.anchor)) continue;
    TrueValue t(f, call);
    // Beyond every number only that is said.
    if (t.compare(Dyadic::power_of_two(format.max_exponent + 2)) != Position::below) continue;
    const bool negative = t.sign() < 0;
    const auto side = [&](double offset) {
      const Dyadic end = add(Dyadic::of(e.anchor), Dyadic::of(offset));
      const Position at = t.compare(negative ? -end : end);
      if (at == Position::equal) return 0;
      return (at == Position::above) != negative ? 1 : -1;
    };
    if (std::abs(e.below) == 0x1p-1000) e.below = 0;  // an open end at 0
    if (std::abs(e.above) == 0x1p-1000) e.above = 0;
    const auto fits = [&](double offset) {  // into the 128 bits of a Dyadic
      return offset == 0 || e.anchor == 0 || std::abs(offset) >= std::abs(e.anchor) * 0x1p-60;
    };
    if (!fits(e.below) || !fits(e.above)) {  // its sign is what counts
      count += (e.below > 0 && side(0) <= 0) || (e.above < 0 && side(0) >= 0) ? 1 : 0;
      continue;
    }
    const int low = side(e.below), high = side(e.above);
    const bool exact = e.below == e.above && low == 0;
    count += exact || (low >= 0 && high <= 0 && (low > 0 || high < 0)) ? 0 : 1;
  }
  return count;
}

TEST(BulkFilter, EnclosesTheTrueValue) {
  for (const Function* f : functions_with_kernel)
    for (const Format* format : formats_with_kernel)
      EXPECT_EQ(escaped(*f, *format, 1), 0) << f->name;
}

TEST(BulkFilter, IsCaughtWithATenBitSmallerBound) {
  for (const Format* format : {&binary32, &binary64})
    for (const Function* f : functions_with_kernel) {
      const bool has_its_own_bound = f->kind == Kind::logarithm && format == &binary32;
      if (has_its_own_bound) continue;
      EXPECT_GT(escaped(*f, *format, 0x1p-10), 0) << f->name << " " << format->name;
    }
}

/// By the format's own facts: significand, exponent and sign of each encoding.
TEST(ValuesOf, AreThoseOfEachNarrowFormat) {
  for (const Format* format : {&binary16, &bfloat16})
    for (std::uint64_t encoding = 0; encoding < 1 << 16; ++encoding) {
      const int fraction = format->fraction_bits();
      const auto field =
          static_cast<int>(encoding >> fraction & ((1U << format->exponent_bits()) - 1));
      const std::uint64_t stored = encoding & ((std::uint64_t(1) << fraction) - 1);
      double value = std::ldexp(static_cast<double>(stored), format->least_exponent());
      if (field != 0)
        value = std::ldexp(static_cast<double>(stored + (std::uint64_t(1) << fraction)),
                           format->least_exponent() + field - 1);
      if (field == 2 * format->max_exponent + 1)
        value = stored != 0 ? std::nan("") : std::numeric_limits<double>::infinity();
      if (encoding >> 15 != 0) value = -value;
      const double got = value_of({encoding, format});
      if (std::isnan(value))
        ASSERT_TRUE(std::isnan(got)) << format->name << " " << encoding;
      else
        ASSERT_EQ(got, value) << format->name << " " << encoding;
    }
}

/// A format without a table of its own is never read by another's.
TEST(ValuesOf, AreRefusedWhereNoTableIsMade) {
  static constexpr Format other{"e5m2", 3, 15, 8, false, ""};
  EXPECT_THROW(value_of({Bits(60), &other}), std::out_of_range);
}

TEST(BulkLimit, IsNeverAboveTheValue) {
  for (const double value : {0.5, 1.0, 0.501, 0.74, 1e6, 1e300, 0x1.ffffffffffffp3}) {
    const BulkLimit limit = BulkLimit::at_most(value);
    EXPECT_LE(limit.value(), value);
    EXPECT_GE(limit.value(), std::min(value, BulkLimit::most) * (1 - 0x1p-23));
    EXPECT_LT(limit.below().value(), limit.value());
  }
  EXPECT_EQ(BulkLimit::at_most(1).value(), 1);
}

}  // namespace
}  // namespace napier
