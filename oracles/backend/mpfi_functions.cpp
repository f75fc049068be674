// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/backend/mpfi_functions.hpp"

namespace napier {
namespace {

/// An interval is narrow if it is this many binades narrower than what its width is compared with.
constexpr mpfr_exp_t narrow_binades = 33;
/// Within 2^(6 − precision) of 1, e^x may have to end at 1 itself: a growth rounded up would pass
/// it.
constexpr mpfr_exp_t beside_one = 6;
/// Widths and growths need few bits, for they are rounded up: on the stack, in one word.
constexpr int growth_bits = 64;

using MpfrFunction = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);
using MpfiFunction = int (*)(mpfi_ptr, mpfi_srcptr);
/// Sets x, which is positive, to what the width of [lo, …] has to be small against.
using Scale = void (*)(mpfr_ptr x, mpfr_srcptr lo);
/// Turns the width in units of the scale into a bound of f(hi) − f(lo), with f(lo) ≤ value.
using Growth = void (*)(mpfr_ptr width, mpfr_srcptr value);

void one_sided(mpfi_ptr result, mpfi_srcptr a, MpfrFunction f, Scale scale, Growth growth,
               MpfiFunction two_sided) {
  mpfr_srcptr lo = &a->left;
  MPFR_DECL_INIT(width, growth_bits);
  mpfr_sub(width, &a->right, lo, MPFR_RNDU);
  const bool point = mpfr_zero_p(width) != 0;
  if (!point) {
    MPFR_DECL_INIT(unit, growth_bits);
    scale(unit, lo);
    const bool narrow = mpfr_regular_p(width) != 0 && mpfr_regular_p(unit) != 0 &&
                        mpfr_get_exp(width) <= mpfr_get_exp(unit) - narrow_binades;
    if (!narrow) {
      two_sided(result, a);
      return;
    }
    mpfr_div(width, width, unit, MPFR_RNDU);
  }
  const bool inexact = f(&result->left, lo, MPFR_RNDD) != 0;
  mpfr_set(&result->right, &result->left, MPFR_RNDU);
  if (inexact) mpfr_nextabove(&result->right);
  if (point) return;
  growth(width, &result->right);
  mpfr_add(&result->right, &result->right, width, MPFR_RNDU);
}

void one(mpfr_ptr x, mpfr_srcptr) { mpfr_set_ui(x, 1, MPFR_RNDD); }
void itself(mpfr_ptr x, mpfr_srcptr lo) { mpfr_set(x, lo, MPFR_RNDD); }
void one_more(mpfr_ptr x, mpfr_srcptr lo) { mpfr_add_ui(x, lo, 1, MPFR_RNDD); }

/// w + w² ≥ e^w − 1 for 0 ≤ w ≤ 1.
void exponential(mpfr_ptr width) {
  MPFR_DECL_INIT(square, growth_bits);
  mpfr_sqr(square, width, MPFR_RNDU);
  mpfr_add(width, width, square, MPFR_RNDU);
}

/// e^hi − e^lo = e^lo (e^w − 1).
void growth_of_exp(mpfr_ptr width, mpfr_srcptr value) {
  exponential(width);
  mpfr_mul(width, width, value, MPFR_RNDU);
}

void growth_of_expm1(mpfr_ptr width, mpfr_srcptr value) {
  exponential(width);
  MPFR_DECL_INIT(power, growth_bits);
  mpfr_add_ui(power, value, 1, MPFR_RNDU);
  mpfr_mul(width, width, power, MPFR_RNDU);
}

/// ln hi − ln lo = ln(1 + w/lo) ≤ w/lo, and so with 1 added to both ends.
void growth_of_log(mpfr_ptr, mpfr_srcptr) {}

}  // namespace

void one_sided_exp(mpfi_ptr result, mpfi_srcptr a) {
  if (mpfr_regular_p(&a->left) != 0 &&
      mpfr_get_exp(&a->left) < beside_one - mpfr_get_prec(&result->left)) {
    mpfi_exp(result, a);
    return;
  }
  one_sided(result, a, mpfr_exp, one, growth_of_exp, mpfi_exp);
}
void one_sided_expm1(mpfi_ptr result, mpfi_srcptr a) {
  one_sided(result, a, mpfr_expm1, one, growth_of_expm1, mpfi_expm1);
}
void one_sided_log(mpfi_ptr result, mpfi_srcptr a) {
  one_sided(result, a, mpfr_log, itself, growth_of_log, mpfi_log);
}
void one_sided_log1p(mpfi_ptr result, mpfi_srcptr a) {
  one_sided(result, a, mpfr_log1p, one_more, growth_of_log, mpfi_log1p);
}

}  // namespace napier
