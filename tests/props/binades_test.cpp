// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/tally/binades.hpp"

#include <array>

#include "lib/fp/ordinal.hpp"
#include "props/tally/error_histogram.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;

const Binades& binades_of(const Function& function, const Format& format) {
  return Binades::of(
      Subject(correctly_rounded_target(function, format, Claim{}), Rounding::nearest));
}

/// The range of a datum has it, and those of its neighbours are the same or the next ones.
void expect_in_order(const Binades& binades, Float x) {
  const int n = binades.number(x);
  const Float size = absolute(x), from = absolute(binades.from(n)), to = absolute(binades.to(n));
  EXPECT_LE(ordinal(from), ordinal(size));
  EXPECT_TRUE(ordinal(size) < ordinal(to) || is_infinite(to));
  if (is_infinite(size)) return;
  const int next = binades.number(step(size, 1));
  EXPECT_TRUE(next == binades.number(size) || next == binades.number(size) + 1);
  for (const int number : {n - 1, n, n + 1}) {
    if (!binades.has(number)) continue;
    for (const Float near : {x, negated(x), step(x, -1), step(x, 1), infinity(*x.format)})
      EXPECT_EQ(binades.holds(number, near), binades.number(near) == number);
  }
}

TEST(Binades, HoldEveryDatum) {
  for (const Function* f : {&functions::exp, &functions::log, &functions::pow})
    for (const Format* format : all_formats) {
      const Binades& binades = binades_of(*f, *format);
      Draw random(Seed{}, Address{});
      const Ordinal last = max_ordinal(*format);
      for (int i = 0; i < 3000; ++i) {
        const auto bits = Bits(random.bits()) << 64 | random.bits();
        const Float x = from_ordinal(*format, static_cast<Ordinal>(bits % static_cast<Bits>(last)));
        for (const Float each : {x, negated(x), step(power_of_two(*format, 0), i - 1500)})
          expect_in_order(binades, each);
      }
      for (const Float x : {zero(*format), infinity(*format), max_finite(*format)})
        expect_in_order(binades, x);
    }
}

TEST(Binades, AreBinadesOfTheLogarithm) {
  const Binades& arguments = binades_of(functions::exp, binary64);
  EXPECT_EQ(arguments.from(arguments.number(from_integer(binary64, 5))), from_integer(binary64, 4));
  EXPECT_EQ(arguments.to(arguments.number(from_integer(binary64, 5))), from_integer(binary64, 8));
  EXPECT_EQ(arguments.from(arguments.number(from_integer(binary64, -5))),
            from_integer(binary64, -4));
  EXPECT_EQ(arguments.number(power_of_two(binary64, -55)), arguments.number(zero(binary64)));
  EXPECT_EQ(arguments.number(from_integer(binary64, 4000)), arguments.number(max_finite(binary64)));

  const Binades& results = binades_of(functions::pow, binary64);
  EXPECT_EQ(results.from(results.number(from_integer(binary64, -100))), from_integer(binary64, 16));
  EXPECT_EQ(results.to(results.number(from_integer(binary64, 100))), from_integer(binary64, 256));
  const Float one = from_integer(binary64, 1);
  EXPECT_EQ(results.from(results.number(one)), one);
  EXPECT_EQ(results.to(results.number(one)), next_up(one));
  EXPECT_EQ(results.to(results.number(next_down(one))), one);
}

TEST(ErrorHistogram, PutsWhatIsJustAtAnEdgeBelowIt) {
  EXPECT_EQ(ErrorHistogram::bucket(0.5, Rounding::nearest), 0u);
  EXPECT_EQ(ErrorHistogram::bucket(std::nextafter(0.5, 1), Rounding::nearest), 1u);
  EXPECT_EQ(ErrorHistogram::bucket(0.25, Rounding::up), 1u);
  EXPECT_EQ(ErrorHistogram::bucket(1e9, Rounding::up), ErrorHistogram::buckets - 1);
  EXPECT_EQ(ErrorHistogram::bucket(UlpRange{{0.5}, {0.5}}, Rounding::nearest), 0u);
  EXPECT_EQ(ErrorHistogram::bucket(UlpRange{{1}, {1.5}}, Rounding::nearest), std::nullopt);
}

}  // namespace
}  // namespace napier
