// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/error_bound_truth.hpp"

#include <cstdlib>

#include "oracles/backend/mpfi_number.hpp"

namespace napier {
namespace {

using Integer = boost::multiprecision::mpz_int;

Rational rational(const Integer& significand, std::int64_t exponent) {
  const Integer power = Integer(1) << static_cast<unsigned>(std::abs(exponent));
  return exponent < 0 ? Rational(significand, power) : Rational(significand * power);
}

Rational rational(const Dyadic& value) {
  const Dyadic v = value.reduced();
  const Integer size = (Integer(static_cast<std::uint64_t>(v.significand >> 64)) << 64) +
                       static_cast<std::uint64_t>(v.significand);
  return rational(v.negative ? Integer(-size) : size, v.exponent);
}

Rational rational(const Decimal& value) {
  return rational(value.numerator) / Rational(pow(Integer(5), static_cast<unsigned>(value.fives)));
}

/// e with 2^e ≤ size < 2^(e+1).
std::int64_t binade_of(const Rational& size) {
  const auto e = static_cast<std::int64_t>(msb(numerator(size))) -
                 static_cast<std::int64_t>(msb(denominator(size)));
  return size < rational(Integer(1), e) ? e - 1 : e;
}

Dyadic size_of(Float x) {
  return x.format == nullptr || !is_finite(x) ? Dyadic{} : magnitude(exact_value(x));
}

/// As far from 1 no end of a set is: data are within 2^±16500, and decimals have 54 fives.
constexpr std::int64_t far = 1 << 17;

/// An end of an enclosure of |t|, or what lies still farther outside; nullopt for no end.
std::optional<Rational> end_of(mpfr_srcptr end, bool upper) {
  if (mpfr_zero_p(end) != 0) return Rational(0);
  if (mpfr_inf_p(end) != 0 || mpfr_get_exp(end) > far)
    return upper ? std::nullopt : std::optional(rational(Integer(1), far));
  if (mpfr_get_exp(end) < -far) return upper ? rational(Integer(1), -far) : Rational(0);
  Integer significand;
  const auto exponent = mpfr_get_z_2exp(significand.backend().data(), end);
  return rational(abs(significand), exponent);
}

/// What has to be ≥ 0, as a linear function of |t|.
struct Linear {
  Rational slope, constant;

  /// Is it, everywhere between two ends, which are left out?
  std::optional<bool> is_kept(const Rational& lo, const std::optional<Rational>& hi) const {
    const Rational first = constant + slope * lo;
    const Rational last = hi ? Rational(constant + slope * *hi) : slope == 0 ? first : slope;
    if (first >= 0 && last >= 0) return true;
    return first <= 0 && last <= 0 ? std::optional(false) : std::nullopt;
  }
  bool is_kept(const Rational& at) const { return constant + slope * at >= 0; }
};

/// The exponents of the ulps of t: of those that are counted, and of the result's own.
struct UlpExponents {
  std::int64_t counted, own;
};

/// |y − t| ≤ B(t) where t has those ulps: y − B(t) ≤ |t| ≤ y + B(t), for y on t's side.
struct Conditions {
  Linear from_below, from_above;
  Linear within_an_ulp;  ///< ulp(t) ≤ B(t), for a largest number

  Conditions(const BoundedResult& y, bool negative, UlpExponents exponents) {
    const ErrorSum& sum = y.sum;
    const Rational ulp = rational(Integer(1), exponents.counted);
    const Rational own_ulp = rational(Integer(1), exponents.own), r = rational(sum.relative.exact);
    Rational slack = rational(sum.absolute.exact);
    slack +=
        (rational(sum.ulps.exact) + rational(sum.ulps_per_x.exact) * rational(size_of(y.x))) * ulp;
    const Rational value = rational(negative ? -y.stands_for : y.stands_for);
    from_below = {1 + r, slack - value};
    from_above = {r - 1, slack + value};
    within_an_ulp = {r, slack - own_ulp};
  }
};

}  // namespace

std::optional<bool> is_within(const BoundedResult& y, const Enclosure& t) {
  const bool negative = mpfr_sgn(t.impl().hi()) <= 0;
  if (!negative && mpfr_sgn(t.impl().lo()) < 0) return std::nullopt;
  const auto lo = end_of(negative ? t.impl().hi() : t.impl().lo(), false);
  const auto hi = end_of(negative ? t.impl().lo() : t.impl().hi(), true);
  const auto own = common_ulp_exponent(t, PositionRule::open, y.format);
  const auto counted = common_ulp_exponent(t, PositionRule::open, y.sum.ulp_format(y.format));
  if ((!counted && y.sum.counts_ulps()) || (!own && y.stands_for_more)) return std::nullopt;
  const Conditions conditions(y, negative, {counted.value_or(0), own.value_or(0)});
  if (y.stands_for_more && conditions.within_an_ulp.is_kept(*lo, hi) == true) return true;
  const auto below = conditions.from_below.is_kept(*lo, hi);
  const auto above = conditions.from_above.is_kept(*lo, hi);
  if (below == true && above == true) return true;
  if (y.stands_for_more && conditions.within_an_ulp.is_kept(*lo, hi) != false) return std::nullopt;
  return below == false || above == false ? std::optional(false) : std::nullopt;
}

bool is_within(const BoundedResult& y, const Rational& t) {
  const Rational size = abs(t);
  const auto ulp = [&](const Format& format) {
    return ulp_exponent(format, size == 0 ? format.min_exponent() : binade_of(size));
  };
  const Conditions conditions(y, t < 0, {ulp(y.sum.ulp_format(y.format)), ulp(y.format)});
  if (y.stands_for_more && conditions.within_an_ulp.is_kept(size)) return true;
  return conditions.from_below.is_kept(size) && conditions.from_above.is_kept(size);
}

Rational rational(const Enclosure& exact) {
  Integer significand;
  const auto exponent = mpfr_get_z_2exp(significand.backend().data(), exact.impl().lo());
  return mpfr_zero_p(exact.impl().lo()) != 0 ? Rational(0) : rational(significand, exponent);
}

}  // namespace napier
