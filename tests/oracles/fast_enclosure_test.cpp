// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <array>
#include <functional>
#include <limits>
#include <vector>

#include "oracles/fast/scalar/fast_enclosure.hpp"
#include "oracles/fast/scalar/log_kernels.hpp"
#include "oracles/fast/scalar/power_kernels.hpp"
#include "tests/oracles/fast_support.hpp"

namespace napier {
namespace {

using namespace fast_testing;
using fast::Split;

constexpr double infinite = std::numeric_limits<double>::infinity();

/// An enclosure and a point of it, an end as often as not.
struct Sample {
  FastEnclosure enclosure;
  Real point{2600};

  void draw(Random& random, std::int64_t low, std::int64_t high, bool exact) {
    const double hi = random.around(0);
    const double lo = random.coin() ? 0 : std::ldexp(random.unit() - 0.5, -53);
    const fast::DoubleDouble pair = fast::two_sum(hi, lo);
    const double error =
        exact ? 0 : std::ldexp(random.unit(), -static_cast<int>(random.between(1, 130)));
    enclosure = fast::normalised(pair.hi, pair.lo, error, random.between(low, high));
    choose_point(random);
  }
  void choose_point(Random& random) {
    Real part;
    const std::array<double, 5> places{-1, 1, 0, 0.7, -0.3};
    const double place = places[static_cast<std::size_t>(random.between(0, 4))];
    mpfr_set_d(part.get(), enclosure.error, MPFR_RNDN);
    mpfr_mul_d(part.get(), part.get(), place, MPFR_RNDN);
    mpfr_mul_2si(part.get(), part.get(), enclosure.exponent, MPFR_RNDN);
    point.set_middle(enclosure);
    mpfr_add(point.get(), point.get(), part.get(), MPFR_RNDN);
  }
};

using Operation = std::function<FastEnclosure(const FastEnclosure&, const FastEnclosure&)>;
using MpfrOperation = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);

void check_binary(const std::string& name, const Operation& fast, MpfrOperation exact, bool inexact,
                  Tally& tally) {
  Random random(name.size() + (inexact ? 100 : 0));
  Sample a;
  Sample b;
  Real result(2600);
  for (int i = 0; i < points(20000); ++i) {
    const std::int64_t reach = i % 10 == 0 ? 900 : i % 3 == 0 ? 2 : 120;
    a.draw(random, -reach, reach, !inexact);
    b.draw(random, -reach, reach, !inexact);
    if (i % 7 == 0) {  // cancellation
      b.enclosure = -a.enclosure;
      b.enclosure.lo += std::ldexp(random.unit() - 0.5, -static_cast<int>(random.between(54, 120)));
      b.choose_point(random);
    }
    const FastEnclosure c = fast(a.enclosure, b.enclosure);
    exact(result.get(), a.point.get(), b.point.get(), MPFR_RNDN);
    if (!c.is_known()) {  // b may be 0
      EXPECT_GE(b.enclosure.error, 0.5) << text(b.enclosure);
      continue;
    }
    tally.check(c, result.get(), name + text(a.enclosure) + text(b.enclosure));
  }
}

TEST(FastEnclosure, EnclosesSumsProductsAndQuotients) {
  struct Row {
    std::string name;
    Operation fast;
    MpfrOperation exact;
    double most;
  };
  using E = const FastEnclosure&;
  const std::vector<Row> rows{
      {"sum", [](E a, E b) { return a + b; }, mpfr_add, 0x1p-102},
      {"difference", [](E a, E b) { return a - b; }, mpfr_sub, 0x1p-102},
      {"product", [](E a, E b) { return a * b; }, mpfr_mul, 0x1p-102},
      {"product split", [](E a, E b) { return fast::product<Split>(a, b); }, mpfr_mul, 0x1p-102},
      {"quotient", [](E a, E b) { return a / b; }, mpfr_div, 0x1p-101},
      {"quotient split", [](E a, E b) { return fast::quotient<Split>(a, b); }, mpfr_div, 0x1p-101},
  };
  for (const Row& row : rows) {
    Tally exact(row.name);
    check_binary(row.name, row.fast, row.exact, false, exact);
    // Sums cancel and products don't: only there is the bound relative to the result.
    if (row.most < 1 && row.exact != mpfr_add && row.exact != mpfr_sub) {
      exact.expect_tight(row.most);
    } else {
      EXPECT_EQ(0, exact.violations()) << exact.first();
    }
    Tally wide(row.name + " of enclosures");
    check_binary(row.name, row.fast, row.exact, true, wide);
    EXPECT_EQ(0, wide.violations()) << wide.first();
  }
}

// A sum of two doubles of one sign: 3u² is the algorithm's bound.
TEST(FastEnclosure, AddsToWithinThreeUnitsOfDoubleDouble) {
  Random random(5);
  Tally tally("sum of one sign");
  Sample a;
  Sample b;
  Real sum(2600);
  for (int i = 0; i < points(20000); ++i) {
    a.draw(random, -30, 30, true);
    b.draw(random, -30, 30, true);
    if ((a.enclosure.hi < 0) != (b.enclosure.hi < 0)) b.enclosure = -b.enclosure;
    b.choose_point(random);
    mpfr_add(sum.get(), a.point.get(), b.point.get(), MPFR_RNDN);
    tally.check(a.enclosure + b.enclosure, sum.get(), text(a.enclosure) + text(b.enclosure));
  }
  tally.expect_tight(3.1 * fast::u * fast::u);
}

struct UnaryRow {
  std::string name;
  std::function<FastEnclosure(const FastEnclosure&)> fast;
  int (*exact)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);
  std::int64_t low;
  std::int64_t high;
  double most;
};

const std::vector<UnaryRow>& unary_rows() {
  using E = const FastEnclosure&;
  static const std::vector<UnaryRow> rows{
      {"exp", [](E a) { return exp(a); }, mpfr_exp, -300, 26, 0x1p-103},
      {"exp split", [](E a) { return fast::power<Split>(fast::base_e, a); }, mpfr_exp, -300, 26,
       0x1p-103},
      {"expm1", [](E a) { return expm1(a); }, mpfr_expm1, -300, 12, 0x1p-101},
      {"expm1 split", [](E a) { return fast::power_minus_one<Split>(fast::base_e, a); }, mpfr_expm1,
       -300, 12, 0x1p-101},
      {"log", [](E a) { return log(a); }, mpfr_log, -20000, 20000, 0x1p-101},
      {"log split", [](E a) { return fast::logarithm<Split>(a); }, mpfr_log, -300, 300, 0x1p-101},
      {"log1p", [](E a) { return log1p(a); }, mpfr_log1p, -300, 300, 0x1p-101},
      {"log1p split", [](E a) { return fast::logarithm_of_one_plus<Split>(a); }, mpfr_log1p, -300,
       300, 0x1p-101},
  };
  return rows;
}

void check_unary(const UnaryRow& row, bool exact, Tally& tally) {
  Random random(row.name.size());
  const bool of_positive = row.exact == mpfr_log;
  Sample a;
  Real result(900);
  for (int i = 0; i < points(20000); ++i) {
    const bool extreme = i % 4 == 0;
    a.draw(random, extreme ? row.low : std::max<std::int64_t>(row.low, -15),
           extreme ? row.high : std::min<std::int64_t>(row.high, 8), exact);
    if (of_positive && i % 3 == 0) {  // near 1
      a.enclosure = FastEnclosure{1, 0, 0, 0} + scaled(a.enclosure, -random.between(3, 90));
      if (exact) a.enclosure.error = 0;
    }
    if (of_positive && a.enclosure.hi < 0) a.enclosure = -a.enclosure;
    a.choose_point(random);
    const bool defined = row.exact == mpfr_log     ? mpfr_sgn(a.point.get()) > 0
                         : row.exact == mpfr_log1p ? mpfr_cmp_si(a.point.get(), -1) > 0
                                                   : true;
    const FastEnclosure c = row.fast(a.enclosure);
    if (!defined) {
      EXPECT_FALSE(c.is_known()) << row.name << text(a.enclosure);
      continue;
    }
    if (!c.is_known()) {
      if (exact && mpfr_cmp_d(a.point.get(), -1 + 0x1p-40) > 0)
        ADD_FAILURE() << row.name << text(a.enclosure);
      continue;
    }
    row.exact(result.get(), a.point.get(), MPFR_RNDN);
    tally.check(c, result.get(), row.name + text(a.enclosure));
  }
}

TEST(FastEnclosure, EnclosesExponentialsAndLogarithmsTightly) {
  for (const UnaryRow& row : unary_rows()) {
    Tally tally(row.name);
    check_unary(row, true, tally);
    tally.expect_tight(row.most);
  }
}

TEST(FastEnclosure, CarriesTheErrorOfAnArgument) {
  for (const UnaryRow& row : unary_rows()) {
    Tally tally(row.name);
    check_unary(row, false, tally);
    EXPECT_EQ(0, tally.violations()) << tally.first();
    EXPECT_GT(tally.checked(), points(5000)) << row.name;
  }
}

// Where e^x is all but lost beside the 1, its argument's error is not.
TEST(FastEnclosure, CarriesTheErrorOfAnArgumentFarBelowZero) {
  Random random(3);
  Tally tally("expm1");
  Sample a;
  Real result(1400);
  for (int i = 0; i < points(2000); ++i) {
    a.enclosure = FastEnclosure{-1 - static_cast<double>(random.next() >> 12) * 0x1p-52, 0,
                                static_cast<double>(random.between(0, 255)) * 0x1p-17, 8};
    if (random.coin()) a.enclosure = scaled(a.enclosure, 1);
    a.choose_point(random);
    mpfr_expm1(result.get(), a.point.get(), MPFR_RNDN);
    tally.check(expm1(a.enclosure), result.get(), text(a.enclosure));
  }
  EXPECT_EQ(0, tally.violations()) << tally.first();
}

TEST(FastEnclosure, IsCaughtWithATenBitSmallerBound) {
  for (const UnaryRow& row : unary_rows()) {
    Tally tally(row.name, 0x1p-10);
    check_unary(row, true, tally);
    EXPECT_GT(tally.violations(), tally.checked() / 100) << row.name;
  }
}

TEST(FastEnclosure, HullsHoldBothAndLittleMore) {
  Random random(77);
  Sample a;
  Sample b;
  Tally tally("hull");
  for (int i = 0; i < points(20000); ++i) {
    a.draw(random, -40, 40, random.coin());
    b.draw(random, -40, 40, random.coin());
    const FastEnclosure both = hull(a.enclosure, b.enclosure);
    tally.check(both, a.point.get(), text(a.enclosure) + text(b.enclosure));
    tally.check(both, b.point.get(), text(a.enclosure) + text(b.enclosure));
    const double lowest = std::min(lower(a.enclosure), lower(b.enclosure));
    const double highest = std::max(upper(a.enclosure), upper(b.enclosure));
    // Of an end that is exact lower() and upper() may see the other side, and round outward.
    const double slack = 0x1p-30 * (highest - lowest);
    EXPECT_LE(upper(both), std::nextafter(highest, infinite) + slack);
    EXPECT_GE(lower(both), std::nextafter(lowest, -infinite) - slack);
  }
  EXPECT_EQ(0, tally.violations()) << tally.first();
}

TEST(FastEnclosure, TakesDyadicsOfAnyLength) {
  Random random(11);
  Tally tally("dyadic");
  Real value(2600);
  for (int i = 0; i < points(20000); ++i) {
    const Bits all = (Bits(random.next()) << 64 | random.next()) >> random.between(0, 127);
    const Dyadic dyadic{random.coin() && all != 0, all, random.between(-20000, 20000)};
    value.set(dyadic);
    const FastEnclosure a(Precision{10}, dyadic);
    tally.check(a, value.get(), "dyadic");
    EXPECT_LE(a.error, 0x1p-105);
    if (top_bit(all) - trailing_zeros(all) < 106) {
      EXPECT_TRUE(is_exact(a));
    }
  }
  EXPECT_EQ(0, tally.violations()) << tally.first();
}

/// The ends of an enclosure by MPFR.
struct Ends {
  Real low{2600};
  Real high{2600};
  explicit Ends(const FastEnclosure& a) {
    Real error;
    mpfr_set_d(error.get(), a.error, MPFR_RNDN);
    mpfr_mul_2si(error.get(), error.get(), a.exponent, MPFR_RNDN);
    low.set_middle(a);
    high.set_middle(a);
    mpfr_sub(low.get(), low.get(), error.get(), MPFR_RNDN);
    mpfr_add(high.get(), high.get(), error.get(), MPFR_RNDN);
  }
};

TEST(FastEnclosure, ComparesOnlyWhatIsCertain) {
  Random random(21);
  Sample a;
  Sample b;
  int certain = 0;
  for (int i = 0; i < points(50000); ++i) {
    a.draw(random, -3, 3, i % 3 == 0);
    b.draw(random, -3, 3, i % 3 == 1);
    if (i % 2 == 0) b.enclosure = a.enclosure + scaled(b.enclosure, -random.between(0, 120));
    const Ends of_a(a.enclosure);
    const Ends of_b(b.enclosure);
    const bool less = mpfr_less_p(of_a.high.get(), of_b.low.get()) != 0;
    const bool at_most = mpfr_lessequal_p(of_a.high.get(), of_b.low.get()) != 0;
    const bool says_less = certainly_less(a.enclosure, b.enclosure);
    EXPECT_LE(says_less, less) << text(a.enclosure) << text(b.enclosure);
    EXPECT_LE(certainly_at_most(a.enclosure, b.enclosure), at_most);
    if (less) {
      // It only doesn't know where the gap is 2^-30 of the errors.
      Real gap;
      mpfr_sub(gap.get(), of_b.low.get(), of_a.high.get(), MPFR_RNDN);
      const double width = std::ldexp(a.enclosure.error, static_cast<int>(a.enclosure.exponent)) +
                           std::ldexp(b.enclosure.error, static_cast<int>(b.enclosure.exponent));
      const bool clear = mpfr_cmp_d(gap.get(), 0x1p-30 * width + 0x1p-98) > 0;
      EXPECT_GE(says_less, clear) << text(a.enclosure) << text(b.enclosure);
    }
    certain += says_less ? 1 : 0;
  }
  EXPECT_GT(certain, points(10000));
}

TEST(FastEnclosure, BoundsAreOutwardAndNear) {
  Random random(31);
  Sample a;
  for (int i = 0; i < points(20000); ++i) {
    a.draw(random, i % 2 == 0 ? -1200 : -5, i % 2 == 0 ? 1100 : 5, random.coin());
    const Ends ends(a.enclosure);
    const double high = upper(a.enclosure);
    const double low = lower(a.enclosure);
    ASSERT_LE(mpfr_cmp_d(ends.high.get(), high), 0) << text(a.enclosure);
    ASSERT_GE(mpfr_cmp_d(ends.low.get(), low), 0) << text(a.enclosure);
    ASSERT_LE(high, std::nextafter(mpfr_get_d(ends.high.get(), MPFR_RNDU), infinite));
    ASSERT_GE(low, std::nextafter(mpfr_get_d(ends.low.get(), MPFR_RNDD), -infinite));
    const bool by_high = mpfr_cmpabs(ends.high.get(), ends.low.get()) >= 0;
    const std::int64_t e = mpfr_get_exp(by_high ? ends.high.get() : ends.low.get()) - 1;
    ASSERT_EQ(e, binade(a.enclosure)) << text(a.enclosure);
  }
}

TEST(FastEnclosure, ComparesHugeAndUnknownValuesSoundly) {
  const auto of = [](double x) { return FastEnclosure(Precision{53}, Dyadic::of(x)); };
  const FastEnclosure huge = exp(of(1e300));
  const FastEnclosure unknown = of(1) / of(0);
  EXPECT_TRUE(huge.is_huge());
  EXPECT_FALSE(unknown.is_known());
  EXPECT_TRUE(certainly_less(of(1e308), huge));
  EXPECT_TRUE(certainly_less(-huge, huge));
  EXPECT_TRUE(certainly_less(-huge, of(-1e308)));
  EXPECT_FALSE(certainly_less(huge, huge));
  EXPECT_FALSE(certainly_at_most(huge, huge));
  EXPECT_FALSE(certainly_less(huge, of(1e308)));
  for (const FastEnclosure& a : {huge, of(1), unknown, -huge}) {
    EXPECT_FALSE(certainly_less(a, unknown));
    EXPECT_FALSE(certainly_less(unknown, a));
    EXPECT_FALSE(certainly_at_most(a, unknown));
    EXPECT_FALSE((a + unknown).is_known());
    EXPECT_FALSE((a * unknown).is_known());
    EXPECT_FALSE((a / unknown).is_known());
    EXPECT_FALSE(hull(a, unknown).is_known());
    EXPECT_FALSE((a - huge).is_known());
    EXPECT_FALSE((a * huge).is_known());
  }
  for (const FastEnclosure& a :
       {exp(unknown), expm1(unknown), log(unknown), log1p(unknown), scaled(unknown, 3), -unknown,
        huge / huge, log(huge), log(of(0)), log(of(-1)), log1p(of(-1)), log1p(of(-3)), log1p(huge)})
    EXPECT_FALSE(a.is_known());
  EXPECT_EQ(infinite, upper(huge));
  EXPECT_EQ(std::numeric_limits<double>::max(), lower(huge));
  EXPECT_EQ(-infinite, lower(unknown));
  EXPECT_EQ(infinite, upper(unknown));
  EXPECT_TRUE(exp(-huge).is_known());
  EXPECT_FALSE(is_exact(huge) || is_exact(unknown));
}

// Long products of tiny and large values end in [0, tiny] or unknown and never wrap around.
TEST(FastEnclosure, NeverWrapsItsExponent) {
  FastEnclosure small = exp(FastEnclosure(Precision{53}, Dyadic::of(-0x1p27)));
  FastEnclosure large = exp(FastEnclosure(Precision{53}, Dyadic::of(0x1p27)));
  for (int i = 0; i < 100; ++i) {
    small = small * small;
    large = large * large;
    EXPECT_TRUE(small.is_known());
    EXPECT_LE(small.exponent, -1000000);
    EXPECT_TRUE(certainly_at_most(small, FastEnclosure(Precision{53}, Dyadic::of(0x1p-1000))));
  }
  EXPECT_FALSE(large.is_known());
  EXPECT_FALSE(scaled(FastEnclosure(Precision{1}, Dyadic::of(1)), INT64_MAX).is_known());
  EXPECT_TRUE(is_exactly_zero(scaled(FastEnclosure{}, INT64_MAX)));
}

TEST(FastEnclosure, KnowsTheLogarithmsOfItsBases) {
  Tally tally("ln");
  Real value;
  for (Base base : {Base::two, Base::ten}) {
    mpfr_set_ui(value.get(), base == Base::two ? 2 : 10, MPFR_RNDN);
    mpfr_log(value.get(), value.get(), MPFR_RNDN);
    tally.check(log_of_base(base, FastEnclosure{}), value.get(), "ln");
  }
  EXPECT_EQ(0, tally.violations());
  EXPECT_LE(tally.bound(), 0x1p-105);
  const FastEnclosure one = log_of_base(Base::e, FastEnclosure{});
  EXPECT_TRUE(is_exact(one) && one.hi == 1 && one.exponent == 0);
}

}  // namespace
}  // namespace napier
