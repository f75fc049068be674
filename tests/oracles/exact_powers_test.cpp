// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The exact and midpoint cases of x^y: where a root is rational and a power short enough.
#include "tests/oracles/exact_places.hpp"
#include "tests/oracles/points.hpp"

namespace napier {
namespace {

using namespace exact_places;
using testing_support::words;

constexpr Row pow_root_to{2, 2, 3, 5, 5, 6};
constexpr Row pow_result_to{7, 5, 15, 34, 41, 71};

class ExactPowers : public ByFormat {};
INSTANTIATE_TEST_SUITE_P(In, ExactPowers, ::testing::Range<std::size_t>(0, all_formats.size()),
                         format_name);

TEST_P(ExactPowers, ReachAsFarAsTheTableSays) {
  const int p = format().precision;
  // 3 is the least odd base above 1: a 2^j-th root needs 3^(2^j) < 2^p, a result 3^n < 2^(p+1).
  const auto fits = [](const Integer& n, int length) { return bits(n) <= length; };
  int root = 0;
  while (fits(pow(Integer(3), 1U << (root + 1)), p)) ++root;
  EXPECT_EQ(root, in(pow_root_to));
  int power = 1;
  while (fits(pow(Integer(3), static_cast<unsigned>(power + 1)), p + 1)) ++power;
  EXPECT_EQ(power, in(pow_result_to));
}

/// a^(n/2^j) for a = m·2^e by definition: t is rational iff a^n is a 2^j-th power of a rational,
/// and dyadic iff that rational's denominator is a power of two. No criterion, only roots.
std::optional<Value> pow_of(std::int64_t m, std::int64_t e, std::int64_t n, int j) {
  const auto size = static_cast<unsigned>(std::abs(n));
  Integer odd = pow(Integer(m), size);
  std::int64_t exponent = e * n;
  for (int i = 0; i < j; ++i) {
    const Integer root = sqrt(odd);
    if (root * root != odd || exponent % 2 != 0) return std::nullopt;
    odd = root;
    exponent /= 2;
  }
  if (n < 0 && odd != 1) return std::nullopt;
  return Value{odd, exponent};
}

TEST_P(ExactPowers, AreThoseWithARationalRoot) {
  const Format& f = format();
  int exact = 0;
  std::vector<std::int64_t> odd{225, 289, 441, 625, 729, 2401, 6561, 14641, 28561, 390625};
  for (std::int64_t m = 1; m < 128; m += 2) odd.push_back(m);
  for (const std::int64_t m : odd)
    for (const std::int64_t e : {-12, -8, -5, -4, -2, -1, 0, 1, 2, 3, 4, 6, 8})
      for (int j = 0; j <= 4; ++j)
        for (const std::int64_t n : {-7, -3, -1, 1, 2, 3, 5, 9}) {
          if (j > 0 && n % 2 == 0) continue;
          const auto a = exactly(f, Dyadic::of_integer(m).scaled(e));
          const auto y = exactly(f, Dyadic::of_integer(n).scaled(-j));
          if (!a || !y || (m == 1 && e == 0)) continue;
          const Call call{*a, *y};
          const std::optional<Value> v = pow_of(m, e, n, j);
          TrueValue t(functions::pow, call);
          ASSERT_EQ(t.is_exact(), v && bits(v->odd) <= held_bits) << words(functions::pow, call);
          if (!t.is_exact()) continue;
          ++exact;
          ASSERT_EQ(place_by_reference(t, f), place(f, *v)) << words(functions::pow, call);
        }
  EXPECT_GT(exact, 300);
}

TEST_P(ExactPowers, EndWhereTheTableSaysInTheReferenceToo) {
  const Format& f = format();
  // The deepest root: (3^(2^j))^(1/2^j) = 3, and one j deeper no base fits.
  const auto j = in(pow_root_to);
  Dyadic deep = Dyadic::of_integer(1);
  for (int i = 0; i < 1 << j; ++i) deep = multiply(deep, Dyadic::of_integer(3));
  const Call root{*exactly(f, deep), power_of_two(f, -j)};
  TrueValue three(functions::pow, root);
  EXPECT_TRUE(three.is_exact());
  EXPECT_EQ(three.compare(Dyadic::of_integer(3)), Position::equal);
  EXPECT_FALSE(TrueValue(functions::pow, {root.x, power_of_two(f, -j - 1)}).is_exact());
  // Powers of 3 about the last that is a datum or a midpoint.
  for (std::int64_t n = 1; n <= in(pow_result_to) + 3; ++n) {
    const Call call{from_integer(f, 3), from_integer(f, n)};
    const Value v{pow(Integer(3), static_cast<unsigned>(n)), 0};
    TrueValue t(functions::pow, call);
    EXPECT_TRUE(t.is_exact());
    EXPECT_EQ(place_by_reference(t, f), place(f, v)) << words(functions::pow, call);
    EXPECT_EQ(place(f, v) != Place::neither, n <= in(pow_result_to));
  }
  // The square of an odd number is a midpoint where it has p + 1 bits.
  Integer side = sqrt((Integer(1) << (f.precision + 1)) - 1);
  if (!bit_test(side, 0)) --side;
  ASSERT_EQ(bits(side * side), f.precision + 1);
  const Dyadic base = Dyadic::of_integer(static_cast<std::int64_t>(side));
  TrueValue square(functions::pow, {*exactly(f, base), from_integer(f, 2)});
  EXPECT_EQ(place_by_reference(square, f), Place::midpoint) << side;
}

// Subnormal results: the grid is q(emin), and midpoints lie at 2^(emin − p)·odd.
TEST_P(ExactPowers, BelowTheLeastNormalLieOnTheLeastGrid) {
  const Format& f = format();
  for (const std::int64_t m : {3, 5, 7, 11, 13}) {
    for (std::int64_t e = f.least_exponent() - 3; e <= f.least_exponent() + 2; ++e) {
      // (m·2^k)^n with n·k = e, split so that the base is a datum.
      for (const std::int64_t n : {1, 2, 3}) {
        if (e % n != 0) continue;
        const auto a = exactly(f, Dyadic::of_integer(m).scaled(e / n));
        if (!a) continue;
        const Call call{*a, from_integer(f, n)};
        const Value v{pow(Integer(m), static_cast<unsigned>(n)), e};
        TrueValue t(functions::pow, call);
        EXPECT_TRUE(t.is_exact());
        EXPECT_EQ(place_by_reference(t, f), place(f, v)) << words(functions::pow, call);
      }
    }
  }
}

}  // namespace
}  // namespace napier
