// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/backend/mpfi_position.hpp"

#include <algorithm>

#include "oracles/backend/mpfi_number.hpp"
#include "oracles/exact_cases.hpp"

namespace napier {
namespace {

/// An MPFR number with its own lifetime.
struct Number {
  explicit Number(mpfr_prec_t bits) { mpfr_init2(value, bits); }
  ~Number() { mpfr_clear(value); }
  Number(const Number&) = delete;
  Number& operator=(const Number&) = delete;
  mpfr_t value;
};

std::optional<Position> position_of_number(const Enclosure& t, mpfr_srcptr c, PositionRule rule) {
  const int low = mpfr_cmp(t.impl().lo(), c);
  const int high = mpfr_cmp(t.impl().hi(), c);
  if (rule == PositionRule::exact)
    return low < 0 ? Position::below : low > 0 ? Position::above : Position::equal;
  if (high <= 0) return Position::below;
  if (low >= 0) return Position::above;
  return std::nullopt;
}

enum class Side { lower, upper };

constexpr std::int64_t far = std::int64_t(1) << 40;  // beyond every exponent of ours

/// e with 2^e ≤ |t| < 2^(e+1) for a t just inside this end of the enclosure.
std::int64_t binade_inside(mpfr_srcptr end, Side side, PositionRule rule) {
  if (mpfr_zero_p(end) != 0) return -far;
  if (mpfr_inf_p(end) != 0) return far;
  const std::int64_t e = mpfr_get_exp(end) - 1;
  // An open end at exactly 2^e that t approaches from below in magnitude belongs to the binade
  // under it.
  const bool from_below = (side == Side::upper) == (mpfr_sgn(end) > 0);
  const bool power_of_two = mpfr_min_prec(end) == 1;
  return rule == PositionRule::open && from_below && power_of_two ? e - 1 : e;
}

/// A Dyadic that rounds, in any of our formats, as a t just inside this end does.
Dyadic just_inside(mpfr_srcptr end, Side side, PositionRule rule) {
  const bool upward = side == Side::lower;  // t lies above a lower end
  if (mpfr_zero_p(end) != 0)
    return rule == PositionRule::exact ? Dyadic{} : Dyadic{!upward, 1, -far};
  if (mpfr_inf_p(end) != 0) return {mpfr_sgn(end) < 0, 1, far};
  mpz_t integer;
  mpz_init(integer);
  auto exponent = static_cast<std::int64_t>(mpfr_get_z_2exp(integer, end));
  const bool negative = mpz_sgn(integer) < 0;
  mpz_abs(integer, integer);
  // Append two bits and step one unit inward: nearer to the end than any comparand but the end.
  if (rule == PositionRule::open) {
    mpz_mul_2exp(integer, integer, 2);
    exponent -= 2;
    if (upward != negative)
      mpz_add_ui(integer, integer, 1);
    else
      mpz_sub_ui(integer, integer, 1);
  }
  constexpr long kept = 120;  // p + 2 ≤ 115 bits decide a rounding; the rest is sticky
  const long excess = static_cast<long>(mpz_sizeinbase(integer, 2)) - kept;
  bool sticky = false;
  if (excess > 0) {
    sticky = mpz_scan1(integer, 0) < static_cast<unsigned long>(excess);
    mpz_tdiv_q_2exp(integer, integer, static_cast<unsigned long>(excess));
    exponent += excess;
  }
  std::uint64_t words[2] = {0, 0};
  mpz_export(words, nullptr, -1, sizeof(std::uint64_t), 0, 0, integer);
  mpz_clear(integer);
  const Bits significand = (Bits(words[1]) << 64) | words[0];
  return {negative, (significand << 1) | (sticky ? 1 : 0), exponent - 1};
}

}  // namespace

std::optional<Position> position(const Enclosure& t, const Dyadic& comparand, PositionRule rule) {
  Number c(128);
  assign(c.value, comparand, MPFR_RNDN);
  return position_of_number(t, c.value, rule);
}

Enclosure times_fives(const Enclosure& t, int fives) {
  if (fives == 0) return t;
  // 5^36 has 84 bits.
  const Precision wide{std::max(precision(t).bits, exact_bits) + 128};
  Enclosure power(wide, Dyadic::of_integer(1));
  const Enclosure five(wide, Dyadic::of_integer(5));
  for (int i = 0; i < fives; ++i) power = power * five;
  return t * power;
}

std::optional<Position> sum_position(const Enclosure& t, const Dyadic& a, const Dyadic& b,
                                     int fives, PositionRule rule) {
  Number x(128 + 128);
  Number y(128);
  assign(x.value, a, MPFR_RNDN);
  for (int i = 0; i < fives; ++i) mpfr_mul_ui(x.value, x.value, 5, MPFR_RNDN);
  assign(y.value, b, MPFR_RNDN);
  mpfr_prec_t bits = 512;  // widened until the sum is exact: a format's exponent range bounds it
  Number sum(bits);
  while (mpfr_add(sum.value, x.value, y.value, MPFR_RNDN) != 0) {
    bits *= 2;
    mpfr_set_prec(sum.value, bits);
  }
  return position_of_number(t, sum.value, rule);
}

std::optional<std::int64_t> common_ulp_exponent(const Enclosure& t, PositionRule rule,
                                                const Format& format) {
  const auto low = binade_inside(t.impl().lo(), Side::lower, rule);
  const auto high = binade_inside(t.impl().hi(), Side::upper, rule);
  const bool straddles = mpfr_sgn(t.impl().lo()) < 0 && mpfr_sgn(t.impl().hi()) > 0;
  const std::int64_t a = ulp_exponent(format, straddles ? -far : low);
  const std::int64_t b = ulp_exponent(format, straddles ? std::max(low, high) : high);
  return a == b ? std::optional(a) : std::nullopt;
}

std::optional<Float> common_rounding(const Enclosure& t, PositionRule rule, const Format& format,
                                     Rounding rounding) {
  const Float low = round_to(format, just_inside(t.impl().lo(), Side::lower, rule), rounding);
  const Float high = round_to(format, just_inside(t.impl().hi(), Side::upper, rule), rounding);
  return low == high ? std::optional(low) : std::nullopt;
}

Float middle(const Enclosure& a, const Format& format) {
  Number centre(mpfi_get_prec(a.impl().data()));
  mpfi_mid(centre.value, a.impl().data());
  return round_to(format, just_inside(centre.value, Side::lower, PositionRule::exact),
                  Rounding::nearest);
}

SignedUlpRange distance(const Dyadic& y, const Enclosure& t, std::int64_t exponent) {
  const Precision wide{std::max(precision(t).bits, 128) + 64};
  const Enclosure range = scaled(Enclosure(wide, y) - t, -exponent);
  return {lower(range), upper(range)};
}

SignedUlpRange widest_distance(const Dyadic& y, const Enclosure& t, PositionRule rule,
                               const Format& format) {
  const auto at = [&](std::int64_t binade) { return distance(y, t, ulp_exponent(format, binade)); };
  const SignedUlpRange a = at(binade_inside(t.impl().lo(), Side::lower, rule));
  const SignedUlpRange b = at(binade_inside(t.impl().hi(), Side::upper, rule));
  return {std::min(a.lo, b.lo), std::max(a.hi, b.hi)};
}

}  // namespace napier
