// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <cassert>
#include <cmath>
#include <vector>

#include "lib/target/function.hpp"
#include "oracles/enclosure.hpp"

/// The series of the second oracle and their error bounds; for independent.cpp and taylor_jet.cpp
/// alone, since it takes seconds to compile.
///
/// The arithmetic: of cpp_bin_float's + − × ÷ only fl(z) = z(1 + δ), |δ| ≤ u = 2^(1−N), is assumed.
/// That is twice what correct rounding would give, and needed: Boost 1.74 rounds a difference of
/// operands whose exponents are N + 1 apart wrongly, by up to 0.75u. "n units" means a relative
/// error of at most n·u of the exact value. No count here exceeds 2^27 and N ≥ 256, so what is of
/// second order is below 2^−200 of a unit; it is covered where the enclosure is made, which adds
/// four units. Multiplication by powers of two is exact.
namespace napier::independent {

namespace mp = boost::multiprecision;

inline constexpr double atanh_units = 6;
inline constexpr double ln2_units = atanh_units;
inline constexpr double ln10_units = 8;
inline constexpr double log_units = 22;

/// v with |v − t| ≤ units·u·|t|.
template <class Number>
struct Estimate {
  Number value;
  double units = 0;
};

template <int N, int Halvings>
class Series {
 public:
  using Number = mp::number<mp::cpp_bin_float<N, mp::digit_base_2>, mp::et_off>;
  static constexpr int bits = N;

  static Number number(const Dyadic& value) {  // exact: 128 bits fit
    const Number high(static_cast<std::uint64_t>(value.significand >> 64));
    const Number low(static_cast<std::uint64_t>(value.significand));
    const Number magnitude = ldexp(ldexp(high, 64) + low, static_cast<int>(value.exponent));
    return value.negative ? Number(-magnitude) : magnitude;
  }

  /// ln a for a > 0, a ≠ 1, within log_units.
  ///
  /// a = m·2^e, 0.7 < m ≤ 1.4; ln a = e·ln 2 + 2 atanh((m − 1)/(m + 1)), where m ± 1 is exact and
  /// the quotient one unit off: |z| < 0.1765, q = z² < 2^−5. With e = 0 that is 6 units. Otherwise
  /// |ln m| < 0.357 < 0.516·|e ln 2|, so |e ln 2| ≤ 2.07|ln a| and |ln m| ≤ 1.07|ln a|: the sum is
  /// 7·2.07 + 6·1.07 + 1 < 22 units off.
  static Estimate<Number> log(const Dyadic& a) {
    const Dyadic x = a.reduced();
    std::int64_t e = x.binade();
    Number m = number(x.scaled(-e));  // in [1, 2)
    if (m > Number(1.4)) {            // nearly 1.4: any such cut will do
      m = ldexp(m, -1);
      ++e;
    }
    const Number one(1);
    const Number twice_atanh = ldexp(atanh(constants(), (m - one) / (m + one), 5), 1);
    if (e == 0) return {twice_atanh, atanh_units};
    return {Number(e) * constants().ln2 + twice_atanh, log_units};
  }

  /// ln v of a number v > 0, v ≠ 1, within 32 units.
  ///
  /// As above, but m ± 1 may be rounded: their quotient is three units off, q seven. Horner's n =
  /// (n + 8)/9 + 2 settles below 4, and 4 + 3 + 1 and the terms left out are below 10. With an e
  /// that is not 0: 7·2.07 + 10·1.07 + 1 < 27.
  static Estimate<Number> log(const Number& v) {
    int e = 0;
    Number m = frexp(v, &e);  // in [½, 1)
    if (m < Number(0.7)) {
      m = ldexp(m, 1);
      --e;
    }
    const Number one(1);
    const Number twice_atanh = ldexp(atanh(constants(), (m - one) / (m + one), 5), 1);
    if (e == 0) return {twice_atanh, 10};
    return {Number(e) * constants().ln2 + twice_atanh, 32};
  }

  /// e^w, or e^w − 1, for a w that is `units` off, |w| < 2^22.
  ///
  /// w = k ln 2 + r, |r| < 0.35. k ln 2 is 7 units off and |k| ln 2 < |w| + 0.35, so r is off by
  /// (units + 7)|w| + 7·0.35 + 0.35 units of 1, and e^r by as much relatively.
  static Estimate<Number> exponential(const Number& w, double units, bool minus_one) {
    const auto size = std::fabs(static_cast<double>(w));
    assert(size < 0x1p22);
    const std::int64_t k = std::llround(static_cast<double>(w) * 1.4426950408889634);
    if (k == 0) return reassembled(0, w, units, 0, minus_one);
    const double off = (units + ln2_units + 1) * size * (1 + 0x1p-40) + 2.8;
    return reassembled(k, w - Number(k) * constants().ln2, 0, off, minus_one);
  }

  /// 2^x, or 2^x − 1: here k is the integer next to x and r = (x − k)·ln 2, 7 units off itself.
  static Estimate<Number> power_of_two(const Dyadic& x, bool minus_one) {
    const Number exponent = number(x);
    const std::int64_t k = std::llround(static_cast<double>(exponent));
    const Number r = (exponent - Number(k)) * constants().ln2;
    return reassembled(k, r, ln2_units + 1, (ln2_units + 1) * 0.35, minus_one);
  }

  static Estimate<Number> log_of(Base base) {
    switch (base) {
      case Base::two:
        return {constants().ln2, ln2_units};
      case Base::ten:
        return {constants().ln10, ln10_units};
      case Base::e:
      case Base::argument:
        break;
    }
    return {Number(1), 0};
  }

  static Estimate<Number> fixed_base(Base base, const Dyadic& x, bool minus_one) {
    if (base == Base::two) return power_of_two(x, minus_one);
    if (base == Base::e) return exponential(number(x), 0, minus_one);
    return exponential(number(x) * constants().ln10, ln10_units + 1, minus_one);
  }

  static Estimate<Number> times(const Estimate<Number>& a, const Estimate<Number>& b) {
    return {a.value * b.value, a.units + b.units + 1};
  }

  /// x^y of a positive x, whose exponent is `units_of_y` off.
  static Estimate<Number> pow(const Dyadic& x, const Number& y, double units_of_y) {
    const Estimate<Number> log_x = log(x);
    return exponential(y * log_x.value, log_x.units + units_of_y + 1, false);
  }

  /// The enclosure of all t with |v − t| ≤ units·u·|t|, hence ≤ (units + 1)·u·|v|. Its half-width
  /// is taken three units larger: one for its own rounding, one for that of the ends.
  static Enclosure enclosure(const Estimate<Number>& t) {
    const Number width = ldexp(abs(t.value) * Number(std::ceil(t.units) + 4), 1 - N);
    return between(t.value - width, t.value + width, 0);
  }

  /// [low, high], each end moved outwards by so many units of itself: its own rounding.
  static Enclosure between(const Number& low, const Number& high, int units) {
    const auto slack = [units](const Number& end) {
      return ldexp(abs(end) * Number(units), 1 - N);
    };
    return hull(exact(low - slack(low) * 2), exact(high + slack(high) * 2));
  }

 private:
  struct Constants {
    std::vector<Number> odd_reciprocals;        // 1/(2i + 1), one unit off; the first is exact
    std::vector<Number> factorial_reciprocals;  // 1/(i + 1)!, i units off
    Number ln2;
    Number ln10;
  };

  static const Constants& constants() {
    static const Constants made = make_constants();
    return made;
  }

  static Constants make_constants() {
    Constants made;
    const Number one(1);
    for (int i = 0; i <= N / 3 + 1; ++i) made.odd_reciprocals.push_back(one / Number(2 * i + 1));
    // |h| < 0.35·2^−Halvings: the first term left out, |h|^(n+1)/(n+2)!, is below 2^−N.
    Number term = one;
    Number left_out = one;
    for (int i = 2; left_out > ldexp(one, -N); ++i) {
      made.factorial_reciprocals.push_back(term);
      term /= Number(i);
      left_out = ldexp(left_out * Number(0.35) / Number(i), -Halvings);
    }
    // ln 2 = 2 atanh(1/3), ln 10 = 3 ln 2 + 2 atanh(1/9): 6 units, and max(7, 6) + 1.
    made.ln2 = ldexp(atanh(made, one / Number(3), 3), 1);
    made.ln10 = Number(3) * made.ln2 + ldexp(atanh(made, one / Number(9), 6), 1);
    return made;
  }

  /// atanh z = z·Σ qⁱ/(2i + 1), for a z one unit off with q = z² < 2^−bits and ≤ 1/9: 6 units.
  ///
  /// q is 3 units off. Horner's sᵢ = q·sᵢ₊₁ + 1/(2i + 1) has positive terms, and since sᵢ₊₁ ≤ sᵢ
  /// the first has at most a share of 1/9: nᵢ ≤ (nᵢ₊₁ + 3 + 1)/9 + 1 + 1, which settles below 3.
  /// z·s is then 1 + 3 + 1 units off, and the terms left out are below q^count/(1 − q) < 2^−N·9/8 <
  /// 1 unit.
  static Number atanh(const Constants& table, const Number& z, int bits) {
    const Number q = z * z;
    const auto count = static_cast<std::size_t>(N / bits) + 1;
    Number s = table.odd_reciprocals[count];
    for (std::size_t i = count; i-- > 0;) s = s * q + table.odd_reciprocals[i];
    return z * s;
  }

  /// e^r − 1 for an exact r, |r| < 0.35, within U = 4 + 2.5·Halvings units.
  ///
  /// h = r/2^Halvings, |h| < 2^−9. Horner's pᵢ = h·pᵢ₊₁ + 1/(i + 1)! has a first term of share
  /// |h|/(i + 2)·(1 + |h|)/(1 − |h|) < 2^−10, so nᵢ ≤ (nᵢ₊₁ + 1)·2^−10 + 1.002·i + 1 and n₀ < 1.1.
  /// With h·p₀ and the terms left out (half a unit): 2.6 units. Each doubling, e^(2s) − 1 =
  /// E·(E + 2), makes n into n·(1 + |E/(E + 2)|) + 2, where |E/(E + 2)| = tanh|s/2| ≤ |s|/2; over
  /// all s = r/2^i the factors multiply to less than exp(0.175) < 1.2. So 1.2·(2.6 + 2·Halvings).
  static constexpr double expm1_units = 4 + 2.5 * Halvings;
  static Number expm1(const Number& r) {
    assert(abs(r) < Number(0.35) && "the reduction went wrong");
    const auto& coefficients = constants().factorial_reciprocals;
    const Number h = ldexp(r, -Halvings);
    Number p = coefficients.back();
    for (std::size_t i = coefficients.size() - 1; i-- > 0;) p = p * h + coefficients[i];
    Number e = h * p;
    for (int i = 0; i < Halvings; ++i) e = e * (e + Number(2));
    return e;
  }

  /// 2^k·e^r, less 1 if so asked. The r used is `relative` units off, or e^r is `absolute` units
  /// off for that reason; where both are given they say the same twice.
  ///
  /// e^r = 1 + E with |E|/e^r < 0.42: 0.42 U + 1 ≤ U units, and what r brings, at most
  /// 0.35·relative. Less 1: with k = 0 the sensitivity of e^r − 1 to r is r·e^r/(e^r − 1) < 1.2.
  /// With another k, |w| > ln 2 − 0.35 = 0.343, so that t/|t − 1| < 3.45.
  static Estimate<Number> reassembled(std::int64_t k, const Number& r, double relative,
                                      double absolute, bool minus_one) {
    const Number e = expm1(r);
    if (minus_one && k == 0) return {e, expm1_units + 1.2 * relative};
    const double units = std::max(absolute, 0.35 * relative) + expm1_units;
    const Number power = ldexp(e + Number(1), static_cast<int>(k));
    if (!minus_one) return {power, units};
    return {power - Number(1), 3.5 * units + 1};
  }

  /// The number as a single point: its N bits go over in pieces of 64, each exactly.
  static Enclosure exact(const Number& value) {
    const Precision all{N};
    int exponent = 0;
    Number rest = frexp(abs(value), &exponent);
    Enclosure sum(all, Dyadic{});
    while (rest != 0) {
      rest = ldexp(rest, 64);
      exponent -= 64;
      const auto piece = static_cast<std::uint64_t>(rest);
      rest -= Number(piece);
      sum = sum + Enclosure(all, Dyadic{value < 0, piece, exponent});
    }
    return sum;
  }
};

}  // namespace napier::independent
