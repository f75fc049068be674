// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/process/suspicion.hpp"

#include <gtest/gtest.h>

namespace napier {
namespace {

TEST(LeftOpen, CutsWhatBeginsInIt) {
  const LeftOpen open{4, 3}, none;
  EXPECT_EQ(open.cut(4, 20), 7U);
  EXPECT_EQ(open.cut(6, 20), 7U);
  EXPECT_EQ(open.cut(6, 6), 6U);
  EXPECT_EQ(none.cut(0, 20), 20U);
}

/// A call that ends the process is no answer, and the next one may lie behind it.
TEST(LeftOpen, CutsNothingThatBeginsBehindIt) {
  const LeftOpen open{4, 3};
  EXPECT_EQ(open.cut(7, 20), 20U);
  EXPECT_EQ(open.cut(9, 20), 20U);
}

}  // namespace
}  // namespace napier
