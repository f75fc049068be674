// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <array>
#include <limits>

#include "oracles/fast/calls/bulk_filter.hpp"
#include "oracles/oracle.hpp"
#include "tests/oracles/points.hpp"

namespace napier::testing_support {

inline const Format* const formats_with_kernel[] = {&binary16, &bfloat16, &binary32, &binary64};
inline const Function* const functions_with_kernel[] = {
    &functions::exp,    &functions::exp2,    &functions::exp10, &functions::expm1,
    &functions::exp2m1, &functions::exp10m1, &functions::d_exp, &functions::log};

/// A datum of at most 53 bits; any NaN as the quiet one.
inline double as_double(Float x) {
  if (is_nan(x)) return std::numeric_limits<double>::quiet_NaN();
  if (is_infinite(x))
    return is_negative(x) ? -std::numeric_limits<double>::infinity()
                          : std::numeric_limits<double>::infinity();
  const double size = to_double(magnitude(exact_value(x)));
  return is_negative(x) ? -size : size;
}

/// Tests on every instruction set that there is.
class OnEveryLevel : public ::testing::TestWithParam<std::int64_t> {
 protected:
  void SetUp() override { hwy::SetSupportedTargetsForTest(GetParam()); }
  void TearDown() override { hwy::SetSupportedTargetsForTest(0); }
};
inline std::string level_name(const ::testing::TestParamInfo<std::int64_t>& level) {
  return hwy::TargetName(level.param);
}

/// The reference's word for what may pass.
struct Truths {
  bool in_order = false, misrounded = false, no_value = false;
};

inline Truths truths(const Function& f, const Call& call, Float y, BulkLimit limit,
                     Rounding rounding) {
  TrueValue t(f, call);
  if (t.is_nan()) return {false, false, true};
  const auto right = t.rounded(*y.format, rounding);
  const bool same = right && (*right == y || (is_zero(*right) && is_zero(y)));
  const bool is_within = limit.value() == BulkLimit::infinite ||
                         t.keeps(y, WithinUlp{Dyadic::of(limit.value())}, rounding) == Truth::yes;
  return {is_within, !same, false};
}

inline constexpr std::array edges{1.0, 2.0, 3.0, 10.0};

inline bool is_beyond(const Function& f, const Call& call, Float y, double edge,
                      Rounding rounding) {
  TrueValue t(f, call);
  return t.keeps(y, WithinUlp{Dyadic::of(edge)}, rounding) == Truth::no;
}

/// Calls in binary64 of which the filter says nothing: exponents so small that products underflow,
/// and 2^n − 1 of integers, of which it doesn't see that 2^n is exact.
inline bool left_to_the_reference(const Function& f, Float x) {
  if (x.format != &binary64 || is_nan(x) || f.kind == Kind::logarithm) return false;
  if (&f == &functions::exp2m1 && is_integer(x)) return true;
  return std::abs(as_double(x)) < (f.kind == Kind::power ? 0x1p-800 : 0x1p-450);
}

/// Everywhere and at the edges: draws of the function's range, and any encoding at all.
inline Call drawn(Points& draws, Random& random, const Format& format) {
  if (random.between(0, 3) != 0) return draws.draw();
  const Bits mask = (Bits(1) << format.width) - 1;
  return {{Bits(random.next()) & mask, &format}, {}};
}

/// Every bit of a word against the reference.
inline void expect_true(std::uint64_t word, const Function& f, const Call& call, Float y,
                        BulkLimit limit, Rounding rounding) {
  TrueValue t(f, call);
  const std::string where = words(f, call) + " -> " + to_hex(y) + " " + std::string(name(rounding));
  const auto says = [&](std::uint64_t bit) { return (word & bit) != 0; };
  EXPECT_TRUE(!says(bulk_word::no_value) || (t.is_nan() && word == bulk_word::no_value)) << where;
  const auto kept = [&](BulkLimit at) {
    return t.keeps(y, WithinUlp{Dyadic::of(at.value())}, rounding) == Truth::yes;
  };
  EXPECT_TRUE(!says(bulk_word::within) || kept(limit)) << where << " " << limit.value();
  if ((word & bulk_word::rounding_known) == 0) return;
  const auto right = t.rounded(*y.format, rounding);
  ASSERT_TRUE(right) << where;
  const bool same = *right == y || (is_zero(*right) && is_zero(y));
  EXPECT_EQ((word & bulk_word::misrounded) == 0, same) << where << " right " << to_hex(*right);
}

/// A result to be judged: near the right one, or anything.
inline Float result(TrueValue& t, Random& random, const Format& format, Rounding rounding) {
  if (random.between(0, 15) == 0)
    return {Bits(random.next()) & ((Bits(1) << format.width) - 1), &format};
  const auto right = t.rounded(format, rounding);
  if (!right || is_nan(*right)) return zero(format);
  return step(*right, random.between(-2, 2));
}

}  // namespace napier::testing_support
