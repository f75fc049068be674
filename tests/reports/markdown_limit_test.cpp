// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <gtest/gtest.h>

#include "reports/render/markdown.hpp"
#include "tests/reports/sample.hpp"

namespace napier {
namespace {

/// Beyond what is always told nothing is longer than it may be.
TEST(Markdown, KeepsToItsLimit) {
  const Report report = sample_report();
  const std::size_t least = render_markdown(report, 0).size();
  const std::size_t whole = render_markdown(report, std::string::npos).size();
  ASSERT_LT(least, whole);
  for (std::size_t limit = least; limit < whole + 200; limit += 7)
    ASSERT_LE(render_markdown(report, limit).size(), limit);
  EXPECT_EQ(render_markdown(report, whole + 200).size(), whole);
}

}  // namespace
}  // namespace napier
