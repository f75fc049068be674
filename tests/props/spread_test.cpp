// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/domain/spread.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "props/domain/exact_stratum.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;

/// The first of all the multiples of the stride modulo n, in ascending order.
std::vector<std::uint64_t> first_multiples(std::uint64_t n, std::uint64_t first) {
  const std::uint64_t stride = spreading_stride(n);
  std::vector<std::uint64_t> all;
  for (std::uint64_t i = 0; i < first; ++i) all.push_back(i * stride % n);
  std::ranges::sort(all);
  return all;
}

TEST(SpreadingStride, VisitsEveryIndexOnce) {
  constexpr std::uint64_t sizes[] = {1, 2, 3, 4, 6, 30, 64, 97, 210, 360, 2310, 4096, 32'877};
  for (const std::uint64_t n : sizes) {
    const auto all = first_multiples(n, n);
    for (std::uint64_t i = 0; i < n; ++i) ASSERT_EQ(all[i], i) << n;
  }
}

TEST(SpreadingStride, LeavesNoWideGapHoweverFewAreTaken) {
  constexpr std::uint64_t wide = 8;  // in gaps of even ones
  for (std::uint64_t n = 2; n <= 40'000; n += n / 7 + 1)
    for (std::uint64_t some = 1; some <= n; some += some / 5 + 1) {
      const auto taken = first_multiples(n, some);
      std::uint64_t largest = taken.front() + n - taken.back();  // around the end
      for (std::size_t i = 1; i < taken.size(); ++i)
        largest = std::max(largest, taken[i] - taken[i - 1]);
      ASSERT_LE(largest * some, wide * n) << some << " of " << n;
    }
}

TEST(SpreadStratum, HoldsTheSamePointsInAnotherOrder) {
  const Stratum sorted{"numbers", 100, 1, [](Draw&, std::uint64_t i) -> std::optional<Point> {
                         Point point;
                         point.push(from_integer(binary64, static_cast<std::int64_t>(i)));
                         return point;
                       }};
  const Stratum other = spread(sorted);
  std::vector<Bits> was, is;
  Draw draw(Seed{}, Address{});
  for (std::uint64_t i = 0; i < sorted.size; ++i) {
    was.push_back(sorted.make(draw, i).value().args[0].bits);
    is.push_back(other.make(draw, i).value().args[0].bits);
  }
  EXPECT_NE(was, is);
  std::ranges::sort(is);
  EXPECT_EQ(was, is);
}

/// In how many of so many parts of a stratum, in the order of its points and of one size, its first
/// quarter has none.
std::uint64_t parts_left_out(const Stratum& stratum, std::uint64_t size, std::uint64_t parts) {
  std::map<std::vector<Bits>, std::uint64_t> places;
  for (std::uint64_t i = 0; i < size; ++i) {
    Draw draw(Seed{}, Address{.index = i});
    const auto point = stratum.make(draw, i);
    if (!point) continue;
    std::vector<Bits> arguments;
    arguments.reserve(point->count);
    for (const Float x : point->arguments()) arguments.push_back(x.bits);
    places.emplace(arguments, i);
  }
  std::set<std::uint64_t> met;
  std::uint64_t rank = 0;
  for (const auto& [arguments, index] : places) {
    if (index < size / 4) met.insert(rank * parts / places.size());
    ++rank;
  }
  return parts - met.size();
}

TEST(EnumeratedStrata, AreSpreadOverTheWholeByTheirFirstQuarter) {
  constexpr std::uint64_t parts = 8;
  constexpr std::uint64_t least = 32 * parts;  // of fewer points chance may leave out a part
  int seen = 0;
  for (const Format* format : {&binary16, &binary64})
    for (const Function* function :
         {&functions::exp, &functions::exp2, &functions::log, &functions::pow}) {
      Claim claim = claim_correctly_rounded();  // of what is not claimed all strata are drawn
      claim.monotone = claim.flags = claim.errno_values = true;
      const Target target = correctly_rounded_target(*function, *format, claim);
      const Subject subject(target, Rounding::nearest);
      std::set<std::string_view> domains;
      for (const Property& property : all_properties()) {
        if (!property.inapplicable(subject).empty()) continue;
        if (property.calling == Calling::amid_a_past)
          continue;  // its points are drawn from other strata in turn
        if (!domains.insert(property.where.name).second) continue;
        for (const Stratum& stratum : property.where.domain(subject).strata) {
          if (stratum.size < least) continue;
          if (stratum.name == "exact small powers") continue;  // the smallest are asked first
          EXPECT_EQ(parts_left_out(stratum, stratum.size, parts), 0)
              << property.name << " of " << target.name << ": " << stratum.name;
          ++seen;
        }
      }
    }
  EXPECT_GE(seen, 24);
}

/// The exact arguments are many, and a campaign at the least effort asks some hundreds of them.
TEST(EnumeratedStrata, TakeExactArgumentsFromEverywhere) {
  for (const Function* function : {&functions::exp2, &functions::exp2m1})
    for (const Format* format : {&binary32, &binary64, &binary80, &binary128}) {
      const auto stratum = exact_argument_stratum(*function, *format).value();
      const std::uint64_t size = exact_arguments(*function, *format).size();
      EXPECT_EQ(parts_left_out(stratum, size, size / 32), 0) << function->name << format->name;
    }
}

}  // namespace
}  // namespace napier
