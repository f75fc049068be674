// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/util/nearest.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <random>

namespace napier {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// By the textbook: a row of the table after the other.
std::size_t by_rows(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row.back();
}

TEST(EditDistance, CountsWhatIsPutInLeftOutAndChanged) {
  EXPECT_EQ(EditDistance("exp").to("exp"), 0u);
  EXPECT_EQ(EditDistance("exp").to("expm1"), 2u);
  EXPECT_EQ(EditDistance("expm1").to("exp"), 2u);
  EXPECT_EQ(EditDistance("epx").to("exp"), 2u);
  EXPECT_EQ(EditDistance("").to("exp"), 3u);
  EXPECT_EQ(EditDistance("exp").to(""), 3u);
  EXPECT_EQ(EditDistance("").to(""), 0u);
}

TEST(EditDistance, IsTheTextbooksForTextsOfAnyLength) {
  std::mt19937_64 random(1);
  const auto text = [&random] {
    std::string made(random() % 200, ' ');
    const auto letters = 1 + random() % 3;  // few, or nothing would ever agree
    for (char& c : made) c = static_cast<char>('a' + random() % letters);
    return made;
  };
  for (int i = 0; i < 2000; ++i) {
    const std::string a = text(), b = text();
    ASSERT_EQ(EditDistance(a).to(b), by_rows(a, b)) << a << '\n' << b;
  }
  for (const std::size_t length : {63u, 64u, 65u, 127u, 128u, 129u}) {
    const std::string a(length, 'a');
    EXPECT_EQ(EditDistance(a).to(a + 'b'), 1u);
    EXPECT_EQ(EditDistance(a).to(std::string(length, '\xff')), length);
  }
}

TEST(NearestNames, StandInOrderEachOnceAndNoneTooFar) {
  constexpr std::array<std::string_view, 5> names{"pow", "exp2", "exp", "exp2", "exp10"};
  EXPECT_THAT(nearest_names("exp1", names), ElementsAre("exp", "exp10", "exp2"));
  EXPECT_THAT(nearest_names("exp", names, 2), ElementsAre("exp", "exp2"));
  EXPECT_THAT(nearest_names("exp", names, 9, 1), ElementsAre("exp", "exp2"));
  EXPECT_THAT(nearest_names("logarithm", names, 3, 2), IsEmpty());
}

}  // namespace
}  // namespace napier
