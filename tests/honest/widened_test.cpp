// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What users of 16-bit formats do: compute in float by the C library, and round once more. What
// such a target claims is derived from what is known of float, and checked here by brute force.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/narrow.hpp"
#include "tests/honest/court.hpp"
#include "tests/honest/legal.hpp"
#include "tests/honest/rounded_once.hpp"

namespace napier::honest {
namespace {

// Rounded in the thread's mode, with the flags of a conversion.
template <class T>
T rounded_again(float y);

template <>
_Float16 rounded_again(float y) {
  return static_cast<_Float16>(y);
}

template <>
BFloat16 rounded_again(float y) {
  if (!std::isfinite(y)) return narrowed<BFloat16>(y);
  const Float z = round_to(bfloat16, exact_value(from_native(y)), mode_of_thread());
  volatile float largest = std::numeric_limits<float>::max();
  if (is_infinite(z)) largest = largest * largest;  // raises the flag
  if (is_zero(z)) return to_native<BFloat16>(zero(bfloat16, std::signbit(y)));
  return to_native<BFloat16>(z);
}

template <class T, Unary<float> code>
T widened_unary(T x) {
  return rounded_again<T>(code(widened(x)));
}
template <class T>
T widened_power(T x, T y) {
  return rounded_again<T>(::powf(widened(x), widened(y)));
}

struct Widened {
  const Function* function;
  const Format* format;
  ScalarFunction code;
};

template <class T>
void add_all(std::vector<Widened>& all) {
  const Format* f = native_format<T>;
  all.push_back({&functions::exp, f, widened_unary<T, ::expf>});
  all.push_back({&functions::exp2, f, widened_unary<T, ::exp2f>});
#ifdef NAPIER_LIBM_EXP10
  all.push_back({&functions::exp10, f, widened_unary<T, ::exp10f>});
#endif
  all.push_back({&functions::expm1, f, widened_unary<T, ::expm1f>});
  all.push_back({&functions::log, f, widened_unary<T, ::logf>});
  all.push_back({&functions::pow, f, widened_power<T>});
}

std::vector<Widened> every_widened() {
  std::vector<Widened> all;
  add_all<_Float16>(all);
  add_all<BFloat16>(all);
  return all;
}

// Float's y is within 2 of its ulps of t, in every mode: δ = 2^-12 of an ulp of binary16, less of
// bfloat16. In nearest all is half an ulp and δ (libm/rounded_once.cpp). In a directed mode |z - y|
// is below an ulp of y, and where a power of two lies between t and y, that is 2 ulps of t: float's
// exp(-2^-133), rounded up, may be 1 + 2^-23, which bfloat16 rounds up to 1 + 2^-7.
constexpr const char* nearest_limit = "0.50048828125";
constexpr const char* directed_limit = "2.00048828125";

Target target_of(const Widened& row) {
  Target target;
  target.name =
      "honest/widened/" + std::string(row.function->name) + ":" + std::string(row.format->name);
  target.function = row.function;
  target.format = row.format;
  target.claim.max_ulp = parse_limit(nearest_limit, *row.format);
  target.claim.max_ulp_directed = parse_limit(directed_limit, *row.format);
  target.claim.special_values = true;
  target.claim.flags = true;
  target.open = [code = row.code] { return direct_caller(code); };
  return target;
}

using Row = std::tuple<Widened, Rounding>;
class WidenedTarget : public testing::TestWithParam<Row> {};

/// The errors of every result, by MPFR.
TEST_P(WidenedTarget, KeepsItsClaim) {
  const auto& [row, rounding] = GetParam();
  const Target target = target_of(row);
  const auto caller = target.open();
  const Dyadic k =
      (rounding == Rounding::nearest ? target.claim.max_ulp : target.claim.max_ulp_directed)->limit;
  std::vector<Call> calls;
  for (Bits bits = 0; bits < Bits(1) << 16; ++bits) {
    Call call{{bits, row.format}, {}};
    // Of two arguments only some are tried, each with each other's.
    if (row.function->arity == 2) call.y = {bits * 40503 & 0xffff, row.format};
    calls.push_back(call);
  }
  std::vector<Answer> answers(calls.size());
  caller->call(rounding, Observe::everything, calls, answers);
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const Truth t(*row.function, calls[i]);
    const Float y = answers[i].value;
    if (t.is_nan() || t.is_infinite()) continue;
    ASSERT_FALSE(is_nan(y)) << to_hex(calls[i].x);
    ASSERT_TRUE(is_within_ulps(t, y, k, rounding)) << to_hex(calls[i].x) << " gives " << to_hex(y);
  }
}

TEST_P(WidenedTarget, Stands) {
  const auto& [row, rounding] = GetParam();
  const Counts counts = long_run() ? Counts{100'000, 10'000, 1 << 16} : Counts{1'000, 300, 1 << 16};
  expect_stands(target_of(row), rounding, Calls::in_blocks, counts);
  expect_stands(target_of(row), rounding, Calls::singly,
                {counts.calls, counts.cases, long_run() ? 1u << 16 : 0u});
}

std::string widened_title(const testing::TestParamInfo<Row>& param) {
  const auto& [row, rounding] = param.param;
  return std::string(row.function->name) + "_" + std::string(row.format->name) + "_" +
         std::string(name(rounding));
}

INSTANTIATE_TEST_SUITE_P(All, WidenedTarget,
                         testing::Combine(testing::ValuesIn(every_widened()),
                                          testing::ValuesIn(all_roundings)),
                         widened_title);

}  // namespace
}  // namespace napier::honest
