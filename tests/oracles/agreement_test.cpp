// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The reference and the second oracle share nothing but the arguments. Wherever both speak, their
// enclosures must meet, and both must be narrow, or meeting would say little.
#include "oracles/backend/independent.hpp"
#include "oracles/oracle.hpp"
#include "tests/oracles/points.hpp"

namespace napier {
namespace {

using testing_support::Points;
using testing_support::words;

bool meet(const Enclosure& a, const Enclosure& b) {
  return !certainly_less(a, b) && !certainly_less(b, a);
}

/// Whether |a − b| ≤ 2^−bits·|b| for all pairs of points of the two.
bool are_close(const Enclosure& a, const Enclosure& b, int bits) {
  const Enclosure difference = a - b;
  return is_exactly_zero(difference) || binade(difference) < binade(b) - bits;
}

/// Past the range of every format, where the second oracle does not speak.
bool is_saturated(const TrueValue& t, Precision precision) {
  const std::int64_t e = binade(t.enclosure(precision));
  return e > 100'000 || e < -100'000;
}

struct Case {
  const Function* function;
  const Format* format;
  int points;
};
void PrintTo(const Case& row, std::ostream* out) {
  *out << row.points << " points of " << row.function->name << " in " << row.format->name;
}
std::string name_of(const ::testing::TestParamInfo<Case>& row) {
  return std::string(row.param.function->name) + "_" + std::string(row.param.format->name);
}

std::vector<Case> all_cases() {
  std::vector<Case> rows;
  for (const Function* function : all_functions()) {
    rows.push_back({function, &binary32, 40'000});
    rows.push_back({function, &binary64, 50'000});
    rows.push_back({function, &binary80, 5'000});
    rows.push_back({function, &binary128, 5'000});
  }
  return rows;
}

class Agreement : public ::testing::TestWithParam<Case> {
 protected:
  /// Draws points until `count` of them have been compared, from at most twice as many.
  void compare_at(int count, Precision precision, int close_bits, std::uint64_t seed) {
    const Function& f = *GetParam().function;
    Points source(f, *GetParam().format, seed);
    int compared = 0;
    for (int drawn = 0; compared < count && drawn < 2 * count; ++drawn) {
      const Call call = source.draw();
      SCOPED_TRACE(words(f, call));
      const TrueValue t(f, call);
      const bool real = !t.is_nan() && !t.is_infinite();
      if (!independent_covers(f, call)) {
        ASSERT_TRUE(!real || is_saturated(t, precision)) << "not covered";
        continue;
      }
      ASSERT_TRUE(real);
      const Enclosure reference = t.enclosure(precision);
      const Enclosure second = independent_value(f, call, precision);
      ASSERT_TRUE(meet(reference, second));
      ASSERT_TRUE(are_close(reference, second, close_bits));
      ++compared;
    }
    RecordProperty("compared", compared);
    EXPECT_EQ(compared, count);
  }
};

// A slope along the base loses up to 15 bits in the reference, where y − 1 is near −1 and ln x
// large.
constexpr int loss = 24;

TEST_P(Agreement, OfTheTwoOraclesAtEveryPoint) {
  const int p = GetParam().format->precision;
  compare_at(testing_support::points(GetParam().points), {p + 64}, p + 64 - loss, 1);
}

TEST_P(Agreement, AtAThousandBits) {
  compare_at(testing_support::points(GetParam().points / 200), {1000}, 1000 - loss, 2);
}

INSTANTIATE_TEST_SUITE_P(Of, Agreement, ::testing::ValuesIn(all_cases()), name_of);

TEST(AgreementTest, ReachesTheEdgesThatItNames) {
  // The sampler is worth what it draws: each kind of edge must turn up among 20000 points.
  int subnormal_results = 0;
  int exact = 0;
  int negative_base = 0;
  int huge_exponent = 0;
  Points source(functions::pow, binary64, 3);
  for (int i = 0; i < 20'000; ++i) {
    const Call call = source.draw();
    if (!independent_covers(functions::pow, call)) continue;
    const TrueValue t(functions::pow, call);
    const std::int64_t e = binade(t.enclosure({117}));
    if (e < binary64.min_exponent() && e >= binary64.least_exponent()) ++subnormal_results;
    if (t.is_exact()) ++exact;
    if (is_negative(call.x)) ++negative_base;
    if (!is_zero(call.y) && exact_value(call.y).binade() > 30) ++huge_exponent;
  }
  EXPECT_GT(subnormal_results, 100);
  EXPECT_GT(exact, 500);
  EXPECT_GT(negative_base, 1000);
  EXPECT_GT(huge_exponent, 300);
}

}  // namespace
}  // namespace napier
