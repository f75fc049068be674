// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// All functions, formats and modes through MPFR: under the strictest claim nothing is refuted and
// nothing is left undecided, however the calls are made.
#include <gtest/gtest.h>

#include "tests/honest/court.hpp"
#include "tests/honest/rounded_once.hpp"
#include "tests/honest/rows.hpp"

namespace napier::honest {
namespace {

/// What the habits differ in.
bool is_signal(const Property& property) {
  return property.name == "flags" || property.name == "errno" || property.name == "environment";
}

class RoundedOnce : public testing::TestWithParam<Row> {
 protected:
  static void expect(Calls calls, const Counts& counts) {
    const auto& [function, format, rounding] = GetParam();
    expect_stands(rounded_once_target(*function, *format, Habit::silent), rounding, calls, counts);
    expect_stands(rounded_once_target(*function, *format, Habit::outspoken), rounding, calls,
                  counts, is_signal);
  }
};

TEST_P(RoundedOnce, StandsInBlocks) {
  const std::uint64_t every = std::get<const Format*>(GetParam())->width == 16 ? 1 << 16 : 1 << 11;
  expect(Calls::in_blocks, long_run() ? Counts{100'000, 20'000, every} : Counts{300, 40, every});
}

TEST_P(RoundedOnce, StandsOneByOne) {
  expect(Calls::singly, long_run() ? Counts{10'000, 2'000, 1 << 16} : Counts{100, 40, 0});
}

INSTANTIATE_TEST_SUITE_P(All, RoundedOnce, every_row(), row_title);

}  // namespace
}  // namespace napier::honest
