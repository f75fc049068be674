// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Why the second oracle does not use Boost's own exp.
#include <mpfr.h>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <iostream>

#include "tests/lib/support.hpp"

namespace napier {
namespace {

using testing_support::Random;

template <int N>
using BinFloat = boost::multiprecision::number<
    boost::multiprecision::cpp_bin_float<N, boost::multiprecision::digit_base_2>,
    boost::multiprecision::et_off>;

/// The number in MPFR, its N bits in pieces of 64.
template <int N>
void set(mpfr_ptr out, const BinFloat<N>& value) {
  int exponent = 0;
  BinFloat<N> rest = frexp(value, &exponent);
  mpfr_set_zero(out, 1);
  for (; rest != 0; rest = ldexp(rest, 64), exponent -= 64) {
    const auto piece = static_cast<std::uint64_t>(ldexp(rest, 64));
    rest -= ldexp(BinFloat<N>(piece), -64);
    mpfr_mul_2ui(out, out, 64, MPFR_RNDN);
    mpfr_add_ui(out, out, piece, MPFR_RNDN);
  }
  mpfr_mul_2si(out, out, exponent, MPFR_RNDN);
}

/// The largest relative error of Boost's exp over |x| ≤ reach that a few thousand points show, in
/// units of 2^−N: a unit in the last place is one to two of them.
template <int N>
double units_lost(double reach) {
  Random random(7);
  double worst = 0;
  mpfr_t own, finer;
  mpfr_inits2(1000, own, finer, nullptr);
  for (int i = 0; i < 2'000; ++i) {
    const double x = reach * (static_cast<double>(random.next() >> 11) * 0x1p-52 - 1);
    set<N>(own, exp(BinFloat<N>(x)));
    mpfr_set_d(finer, x, MPFR_RNDN);
    mpfr_exp(finer, finer, MPFR_RNDN);
    mpfr_sub(own, own, finer, MPFR_RNDN);
    mpfr_div(own, own, finer, MPFR_RNDN);
    mpfr_mul_2ui(own, own, N, MPFR_RNDN);
    worst = std::max(worst, std::abs(mpfr_get_d(own, MPFR_RNDN)));
  }
  mpfr_clears(own, finer, nullptr);
  return worst;
}

// Why the second oracle has its own series: nobody states how far Boost's exp is off, and the
// figure grows with the argument.
TEST(CppBinFloatExp, LosesBitsAsTheArgumentGrows) {
  for (const double reach : {1.0, 30.0, 700.0}) {
    const double lost = units_lost<168>(reach);
    std::cout << "  cpp_bin_float's exp over |x| <= " << reach << " is off by " << lost
              << " * 2^-168 at 168 bits\n";
    if (reach == 700) {
      EXPECT_GT(lost, 100);
    }
  }
}

}  // namespace
}  // namespace napier
