// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The processor's conversions of binary16, where they are chosen at run time, give what the
// compiler's give: every argument, the four modes, values and flags.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "lib/fp/narrow.hpp"
#include "lib/target/catalogue.hpp"

#ifdef __FLT16_MAX__
namespace napier {
namespace {

/// Compiled for the baseline.
_Float16 exp_by_compiler(_Float16 x) { return narrowed<_Float16>(::expf(widened(x))); }
_Float16 pow_by_compiler(_Float16 x, _Float16 y) {
  return narrowed<_Float16>(::powf(widened(x), widened(y)));
}

std::vector<std::uint64_t> every_encoding() {
  std::vector<std::uint64_t> all(1 << 16);
  for (std::uint64_t i = 0; i < all.size(); ++i) all[i] = i;
  return all;
}

void expect_same(const char* target, const ScalarFunction& by_compiler,
                 const std::vector<std::uint64_t>& x, const std::vector<std::uint64_t>& y) {
  const auto chosen = catalogue().find(target)->open();
  const auto plain = direct_caller(by_compiler);
  std::vector<std::uint64_t> results(x.size()), expected(x.size());
  std::vector<std::uint8_t> signals(x.size()), expected_signals(x.size());
  for (const Rounding rounding : all_roundings) {
    chosen->call_block(rounding, {x, y, results, signals});
    plain->call_block(rounding, {x, y, expected, expected_signals});
    EXPECT_EQ(results, expected) << target << " " << name(rounding);
    EXPECT_EQ(signals, expected_signals) << target << " " << name(rounding);
  }
}

TEST(RoundedOnce, IsTheSameByTheProcessorsConversions) {
  const auto all = every_encoding();
  expect_same("libm/rounded_once/exp:binary16", ScalarFunction(&exp_by_compiler), all, {});
  for (const std::uint64_t base :
       {0x0001u, 0x03ffu, 0x3bffu, 0x3c01u, 0x4200u, 0x7bffu, 0xc000u, 0x7d00u})
    expect_same("libm/rounded_once/pow:binary16", ScalarFunction(&pow_by_compiler),
                std::vector(all.size(), base), all);
}

}  // namespace
}  // namespace napier
#endif
