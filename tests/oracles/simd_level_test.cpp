// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// An instruction set that is asked for is the one that runs.
#include "oracles/fast/scalar/simd_level.hpp"

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <map>
#include <stdexcept>

#include "oracles/fast/calls/bulk_filter.hpp"

namespace napier {
namespace {

TEST(SimdLevel, AskedForIsTheOneThatRuns) {
  const std::map<std::string, std::size_t> lanes_of{
      {"avx2", 4}, {"sse4", 2}, {"ssse3", 2}, {"scalar", 1}};
  std::size_t lanes = BulkFilter::group();
  for (const std::string& level : simd_levels()) {  // from the best to the least
    use_simd_level(level);
    EXPECT_EQ(simd_level(), level);
    EXPECT_LE(BulkFilter::group(), lanes) << level;
    if (const auto known = lanes_of.find(level); known != lanes_of.end()) {
      EXPECT_EQ(BulkFilter::group(), known->second) << level;
    }
    lanes = BulkFilter::group();
  }
  EXPECT_THROW(use_simd_level("mmx"), std::invalid_argument);
  hwy::SetSupportedTargetsForTest(0);
}

}  // namespace
}  // namespace napier
