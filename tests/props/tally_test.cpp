// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/tally/tally.hpp"

#include <cmath>

#include "lib/target/catalogue.hpp"
#include "tests/props/support.hpp"
#include "tests/props/tally_support.hpp"

namespace napier {
namespace {

using namespace testing_support;

Tally merged(Tally a, const Tally& b) {
  a.merge(b);
  return a;
}

/// libm under a claim that it breaks now and then, and that no call answers now and then.
class Reluctant final : public Caller {
 public:
  explicit Reluctant(const Target& target) : caller_(target.open()) {}
  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    caller_->call(rounding, observe, calls, answers);
    for (std::size_t i = 0; i < calls.size(); ++i)
      if (calls[i].x.bits % 97 == 0) answers[i].ending = Ending::hung;
  }

 private:
  std::unique_ptr<Caller> caller_;
};

struct Bench {
  explicit Bench(std::string_view name, std::string_view ulps = "0.5005")
      : target(*catalogue().find(name)), caller(target) {
    target.claim = claim_ulps(*target.format, ulps, ulps);
  }
  Tally judge(const Property& property, const Portion& portion) {
    const Subject subject(target, Rounding::nearest);
    return judge_portion(property, subject, property.where.domain(subject), Seed{}, portion,
                         {&caller, nullptr});
  }
  Target target;
  Reluctant caller;
};

TEST(JudgePortion, CanBeCutAnywhere) {
  for (const char* name : {"libm/exp:binary64", "libm/pow:binary32"})
    for (const char* property_name :
         {"product", "tower", "accuracy", "special_values", "returns"}) {
      Bench bench(name);
      const Property& property = property_named(property_name, bench.target);
      const Subject subject(bench.target, Rounding::nearest);
      const Domain domain = property.where.domain(subject);
      for (std::uint32_t stratum = 0; stratum < domain.strata.size(); ++stratum) {
        const std::uint64_t size = domain.strata[stratum].size;
        const std::uint64_t total = size != 0 ? std::min<std::uint64_t>(size, 300) : 300;
        const Tally whole = bench.judge(property, {stratum, 0, total});
        for (const std::uint64_t cut : {std::uint64_t(0), std::uint64_t(1), total / 3, total - 1}) {
          const Tally left = bench.judge(property, {stratum, 0, cut});
          const Tally right = bench.judge(property, {stratum, cut, total - cut});
          const std::string what = std::string(name) + " " + property_name + " stratum " +
                                   std::to_string(stratum) + " cut at " + std::to_string(cut);
          expect_same(merged(left, right), whole, what);
          expect_same(merged(right, left), whole, what + ", the other way round");
        }
      }
    }
}

TEST(JudgePortion, IsTheSameInBlocksAndOneByOne) {
  Bench bench("libm/exp:binary64");
  const Property& product = property_named("product", bench.target);
  const Tally whole = bench.judge(product, {0, 0, 3000});  // some blocks of calls
  Tally pieces;
  for (std::uint64_t i = 3000; i-- > 0;) pieces.merge(bench.judge(product, {0, i, 1}));
  expect_same(pieces, whole, "one by one, backwards");
  EXPECT_EQ(whole.cases, 3000u);
  EXPECT_GT(whole.undecided_no_answer, 10u);
  EXPECT_GE(whole.unanswered, whole.undecided_no_answer);
}

TEST(Tally, MergesInAnyOrderAndGrouping) {
  Bench bench("libm/exp:binary32", "0.4");
  const Property& quotient = property_named("quotient", bench.target);
  const Tally a = bench.judge(quotient, {0, 0, 200});
  const Tally b = bench.judge(quotient, {1, 0, 200});
  const Tally c = bench.judge(quotient, {2, 0, 200});
  EXPECT_GT(a.refuted + b.refuted + c.refuted, 0u) << "or the order of witnesses is not tested";
  expect_same(merged(a, b), merged(b, a), "commutative");
  expect_same(merged(merged(a, b), c), merged(a, merged(b, c)), "associative");
  expect_same(merged(a, Tally{}), a, "neutral");
}

TEST(Largest, KeepsTheFirstInBitsOfEqualValues) {
  Largest<double> largest;
  largest.offer(2, point(5.0));
  largest.offer(2, point(3.0));
  largest.offer(1, point(1.0));
  EXPECT_EQ(largest.entry->value, 2);
  EXPECT_EQ(largest.entry->point, point(3.0));
  largest.merge(largest);
  EXPECT_EQ(largest.entry->point, point(3.0));
}

TEST(Tally, KnowsWhichResolutionsCountAlike) {
  const double resolutions[] = {0,           0x1p-9, 0x1p-8, 0x1.1p-8, 1,    1 + 0x1p-40,
                                1 + 0x1p-20, 1.18,   1.2,    3,        1000, INFINITY};
  const auto median = [](double resolution) {
    Tally tally;
    tally.add_resolved(resolution);
    return tally.resolution.median();
  };
  for (const double a : resolutions)
    for (const double b : resolutions)
      EXPECT_EQ(Tally::count_alike(a, b), median(a) == median(b)) << a << ", " << b;
  EXPECT_TRUE(Tally::count_alike(1, 1 + 0x1p-40));  // the same to thirty bits
  EXPECT_FALSE(Tally::count_alike(1, 1 + 0x1p-20));
}

TEST(OctaveHistogram, FindsTheMedianWithinAQuarterOctave) {
  OctaveHistogram histogram;
  EXPECT_EQ(histogram.median(), 0);
  for (int i = 0; i < 10; ++i) histogram.add(3);
  for (int i = 0; i < 9; ++i) histogram.add(1000);
  EXPECT_GE(histogram.median(), 3);
  EXPECT_LE(histogram.median(), 3 * std::exp2(0.25));
  for (int i = 0; i < 40; ++i) histogram.add(INFINITY);
  EXPECT_EQ(histogram.median(), INFINITY);
  EXPECT_EQ(histogram.total(), 59u);
}

}  // namespace
}  // namespace napier
