// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "tests/reports/baseline.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace napier {

void expect_baseline(std::string_view name, const std::string& text) {
  const auto path = std::filesystem::path(NAPIER_SOURCE_DIR) / "tests/reports/baselines" / name;
  if (std::getenv("NAPIER_APPROVE") != nullptr) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  std::ostringstream approved;
  approved << std::ifstream(path, std::ios::binary).rdbuf();
  EXPECT_EQ(text, approved.str()) << "To approve the difference, run this test with "
                                     "NAPIER_APPROVE=1 and look at what changed in "
                                  << path;
}

}  // namespace napier
