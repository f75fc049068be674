// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Repeated products in blocks: as sets to the errors they say, and as a machine makes them, on
// every instruction set.
#include <limits>
#include <optional>
#include <vector>

#include "tests/oracles/set_block_support.hpp"

namespace napier {
namespace {

using namespace testing_support;

class SetProducts : public SetBlocks {};

/// 1 to most_factors, in no order.
Lanes counts_of(int round) {
  Lanes counts;
  for (std::size_t i = 0; i < block_lanes; ++i)
    counts[i] = static_cast<double>((29 * i + static_cast<std::size_t>(round)) % most_factors + 1);
  return counts;
}

Enclosure repeated(const Enclosure& a, double count) {
  Enclosure product = exactly(1);
  for (int i = 0; i < count; ++i) product = product * a;
  return product;
}

/// A check for each number of squares: what is lost in one of them would not be seen beside others.
class RepeatedCheck {
 public:
  explicit RepeatedCheck(const std::string& what) {
    for (int i = 1; i <= most_factors; i *= 2)
      by_squares_.emplace_back(what + " from n = " + std::to_string(i));
  }
  void lanes(const SetBlock& factor, const Lanes& counts, const SetBlock& product) {
    for (std::size_t i = 0; i < block_lanes; ++i) {
      if (std::isnan(factor.anchor[i])) continue;
      const Ends ends = held(factor, i);
      const auto squares = static_cast<std::size_t>(std::ilogb(counts[i]));
      by_squares_[squares].lane(product, i,
                                {repeated(ends.lo, counts[i]), repeated(ends.hi, counts[i])});
    }
  }
  /// Up to which number of squares nothing is lost, and up to which one sets stay narrow.
  void finish(std::size_t last_exact, std::size_t last_known) const {
    for (std::size_t i = 0; i < by_squares_.size(); ++i)
      by_squares_[i].finish(i <= last_known ? 4 : 0, i <= last_exact || i > last_known);
  }

 private:
  std::vector<Check> by_squares_;
};

TEST_P(SetProducts, OfEqualNumbersAndSets) {
  each_case(200, [](const Case& c, Draws& draws, const SetPlan& plan, int rounds, double size) {
    const std::string format(c.format->name);
    RepeatedCheck of_numbers("A^n in " + format), of_sets("P^n in " + format);
    for (int round = 0; round < rounds; ++round) {
      const Lanes counts = counts_of(round);
      Lanes numbers = draws.numbers(-size, size);
      numbers[0] = std::ldexp(3.0, c.format->least_exponent());  // subnormal
      SetBlock factor, product;
      exact_points(numbers, factor);
      for (std::size_t i = 0; i < block_lanes; ++i) {
        EXPECT_EQ(std::ldexp(factor.anchor[i], static_cast<int>(factor.n[i])), numbers[i]);
        EXPECT_EQ(factor.lo[i], 0);
        EXPECT_EQ(factor.error[i], 0);
      }
      repeat_product(factor, counts, product);
      of_numbers.lanes(factor, counts, product);
      claimed(plan, numbers, factor);
      repeat_product(factor, counts, product);
      of_sets.lanes(factor, counts, product);
    }
    const int p = c.format->precision;
    of_numbers.finish(p < 24 ? 2 : p < 53 ? 1 : 0, 6);
    of_sets.finish(p < 53 ? 1 : 0, p < 24 ? 2 : 6);
  });
}

TEST_P(SetProducts, SayNothingOfOtherCountsAndNumbers) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
  constexpr double beyond = most_factors + 1;
  Lanes numbers, counts, machine;
  numbers.fill(3);
  counts.fill(2);
  SetBlock factor, product;
  std::size_t next = 1;
  for (const double count : {0.0, -1.0, 1.5, beyond, infinite, -infinite, no_number})
    counts[next++] = count;
  const std::size_t counted = next;
  for (const double number : {0.0, -1.0, infinite, -infinite, no_number}) numbers[next++] = number;
  exact_points(numbers, factor);
  repeat_product(factor, counts, product);
  machine_repeat_product(binary64, numbers, counts, machine);
  for (std::size_t i = 0; i < block_lanes; ++i)
    EXPECT_EQ(std::isnan(product.anchor[i]), i > 0 && i < next) << "lane " << i;
  for (std::size_t i = 1; i < counted; ++i) EXPECT_EQ(machine[i], infinite) << "lane " << i;
  EXPECT_EQ(machine[0], 9);
}

/// nullopt where it leaves the finite numbers.
std::optional<Float> machine_product(Float a, double count) {
  Float product = from_integer(*a.format, 1);
  for (int i = 0; i < count; ++i) {
    product = napier::multiply(product, a).value;
    if (!is_finite(product)) return std::nullopt;
  }
  return product;
}

TEST_P(SetProducts, OfAMachineAreRoundedOneByOne) {
  for (const Format* format : all_formats) {
    if (!has_values(*format)) continue;
    Draws draws(*format, 13);
    int told = 0, absent = 0;
    for (int round = 0; round < points(4); ++round) {
      // Next to 1, and as far from it as takes some products out of range.
      const double size = round % 2 == 0 ? 0.25 : format->max_exponent / 8.0;
      const Lanes numbers = draws.numbers(-size, size), counts = counts_of(round);
      Lanes products;
      machine_repeat_product(*format, numbers, counts, products);
      for (std::size_t i = 0; i < block_lanes; ++i) {
        const auto right = machine_product(datum(*format, numbers[i]), counts[i]);
        EXPECT_EQ(std::isnan(products[i]), !right.has_value()) << numbers[i] << '^' << counts[i];
        absent += right ? 0 : 1;
        if (!right) continue;
        if (std::isinf(products[i])) {  // not known
          EXPECT_NE(format, &binary64);
          EXPECT_NE(classify(*right), FloatClass::normal);
          continue;
        }
        EXPECT_EQ(products[i], to_double(exact_value(*right))) << numbers[i] << '^' << counts[i];
        ++told;
      }
    }
    EXPECT_GT(told, 400) << format->name;
    EXPECT_GT(absent, 40) << format->name;
  }
}

INSTANTIATE_TEST_SUITE_P(Levels, SetProducts, testing::ValuesIn(simd_levels()),
                         [](const auto& level) { return level.param; });

}  // namespace
}  // namespace napier
