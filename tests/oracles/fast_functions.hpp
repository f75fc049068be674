// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/fp/float.hpp"
#include "lib/fp/ordinal.hpp"
#include "lib/target/caller.hpp"
#include "lib/target/function.hpp"
#include "tests/oracles/fast_support.hpp"

/// True values by MPFR and the arguments to ask for them.
namespace napier::fast_testing {

/// ln of a base as MPFR knows it, into `out`.
inline void set_log_of_base(Real& out, Base base) {
  if (base == Base::two) {
    mpfr_const_log2(out.get(), MPFR_RNDN);
  } else {
    mpfr_set_ui(out.get(), base == Base::ten ? 10 : 1, MPFR_RNDN);
    if (base == Base::ten) mpfr_log(out.get(), out.get(), MPFR_RNDN);
  }
}

/// f(call) at a precision that no cancellation touches: 400 bits, and as many as 1 + tiny needs.
class TrueFunction {
 public:
  mpfr_srcptr operator()(const Function& f, const Call& call) {
    for (Real* real : {&x_, &y_, &value_, &factor_}) real->precision(400);
    x_.set(exact_value(call.x));
    if (f.arity == 2) y_.set(exact_value(call.y));
    switch (f.kind) {
      case Kind::logarithm:
        mpfr_log(value_.get(), x_.get(), MPFR_RNDN);
        break;
      case Kind::power:
        power(f);
        break;
      case Kind::power_minus_one:
        power_minus_one(f);
        break;
      case Kind::slope:
        slope(f);
        break;
    }
    return value_.get();
  }

 private:
  void power(const Function& f) {
    if (f.base == Base::argument) {
      if (mpfr_regular_p(y_.get()) != 0)
        deepen(mpfr_get_exp(y_.get()) - (mpfr_cmpabs(x_.get(), one_.get()) == 0 ? 0 : 60));
      mpfr_pow(value_.get(), x_.get(), y_.get(), MPFR_RNDN);
      return;
    }
    if (mpfr_zero_p(x_.get()) == 0) deepen(mpfr_get_exp(x_.get()));
    if (f.base == Base::e) mpfr_exp(value_.get(), x_.get(), MPFR_RNDN);
    if (f.base == Base::two) mpfr_exp2(value_.get(), x_.get(), MPFR_RNDN);
    if (f.base == Base::ten) mpfr_exp10(value_.get(), x_.get(), MPFR_RNDN);
  }

  void power_minus_one(const Function& f) {
    power(f);
    const mpfr_exp_t size = mpfr_regular_p(value_.get()) != 0 ? mpfr_get_exp(value_.get()) : 0;
    if (size >= 2 || size < 0) {  // nothing cancels
      factor_.precision(400 + std::min<mpfr_exp_t>(std::abs(size), 1500));
      mpfr_sub_ui(factor_.get(), value_.get(), 1, MPFR_RNDN);
      mpfr_set_prec(value_.get(), mpfr_get_prec(factor_.get()));
      mpfr_set(value_.get(), factor_.get(), MPFR_RNDN);
      return;
    }
    value_.precision(400);
    set_log_of_base(factor_, f.base);
    mpfr_mul(factor_.get(), factor_.get(), x_.get(), MPFR_RNDN);
    mpfr_expm1(value_.get(), factor_.get(), MPFR_RNDN);
  }

  void slope(const Function& f) {
    if (f.variable == Variable::base) {
      if (mpfr_zero_p(y_.get()) == 0) deepen(mpfr_get_exp(y_.get()));  // as of y(y − 1) at 1
      y_less(f.order);
      mpfr_pow(value_.get(), x_.get(), factor_.get(), MPFR_RNDN);
      for (int k = 0; k < f.order; ++k) {
        y_less(k);
        mpfr_mul(value_.get(), value_.get(), factor_.get(), MPFR_RNDN);
      }
      return;
    }
    if (f.variable == Variable::both) {  // x^(y−1)·(1 + y ln x)
      y_less(1);
      mpfr_pow(value_.get(), x_.get(), factor_.get(), MPFR_RNDN);
      factor_.precision(2000);
      mpfr_log(factor_.get(), x_.get(), MPFR_RNDN);
      mpfr_mul(factor_.get(), factor_.get(), y_.get(), MPFR_RNDN);
      mpfr_add_ui(factor_.get(), factor_.get(), 1, MPFR_RNDN);
      mpfr_mul(value_.get(), value_.get(), factor_.get(), MPFR_RNDN);
      return;
    }
    power(f);
    if (f.base == Base::argument)
      mpfr_log(factor_.get(), x_.get(), MPFR_RNDN);
    else
      set_log_of_base(factor_, f.base);
    for (int k = 0; k < f.order; ++k)
      mpfr_mul(value_.get(), value_.get(), factor_.get(), MPFR_RNDN);
  }

  /// y − n, exactly.
  void y_less(int n) {
    if (mpfr_zero_p(y_.get()) == 0)
      factor_.precision(80 + std::min<mpfr_exp_t>(std::abs(mpfr_get_exp(y_.get())), 20000));
    mpfr_sub_ui(factor_.get(), y_.get(), static_cast<unsigned long>(n), MPFR_RNDN);
  }

  /// Enough bits for 1 + d with an exponent of d like this.
  void deepen(mpfr_exp_t exponent) {
    if (exponent < -100) value_.precision(400 + std::min<mpfr_exp_t>(-exponent, 1500));
  }

  Real x_, y_, value_, factor_;
  struct One : Real {
    One() { mpfr_set_ui(get(), 1, MPFR_RNDN); }
  } one_;
};

/// Arguments from all over a format: its encodings, the range with finite results, the neighbours
/// of what the kernels treat apart.
class Arguments {
 public:
  Arguments(const Format& format, std::uint64_t seed) : format_(format), random_(seed) {}

  Call draw(const Function& f) {
    if (f.kind == Kind::logarithm) return {absolute(positive()), {}};
    if (f.base == Base::argument) return base_and_exponent(f.kind == Kind::power);
    return {exponent(f.base), {}};
  }

 private:
  Float rounded(double x) { return round_to(format_, Dyadic::of(x), Rounding::nearest); }
  Float near(double x) {
    const Float at = napier::step(rounded(x), random_.between(-3, 3));
    return is_finite(at) ? at : max_finite(format_, x < 0);
  }
  Float encoding() {
    for (;;) {
      const Bits all = (Bits(random_.next()) << 64) | random_.next();
      const Float x{all & ((Bits(1) << format_.width) - 1), &format_};
      if (is_finite(x)) return x;
    }
  }

  Float exponent(Base base) {
    const double log2_base = base == Base::two   ? 1
                             : base == Base::ten ? 3.3219280948873622
                                                 : 1.4426950408889634;
    const double top = (format_.max_exponent + 1) / log2_base;
    const double bottom = (format_.least_exponent() - 3) / log2_base;
    switch (random_.between(0, 6)) {
      case 0:
        return encoding();
      case 1:
        return rounded(random_.around(random_.between(-120, 3)));
      case 2:
        return near(static_cast<double>(random_.between(-2000, 2000)) / 256 / log2_base);
      case 3:
        return near(static_cast<double>(random_.between(-20000, 20000)));
      case 4:
        return near(random_.coin() ? top : bottom);
      default:
        return rounded(random_.in(bottom, top));
    }
  }

  Float positive() {
    switch (random_.between(0, 4)) {
      case 0:
        return near(1);
      case 1:
        return near(std::ldexp(1 + static_cast<double>(random_.between(0, 512)) / 512,
                               static_cast<int>(random_.between(-3, 3))));
      case 2:
        return rounded(1 + random_.around(random_.between(-50, -2)));
      default: {
        const Float x = encoding();
        return is_zero(x) ? min_subnormal(format_) : x;
      }
    }
  }

  Call base_and_exponent(bool negative_too) {
    Float x = absolute(positive());
    if (is_zero(x)) x = rounded(1.5);
    Float y = encoding();
    const double ln = std::log(to_double(exact_value(x)));
    const double top = format_.max_exponent * 0.69314718055994531;
    if (ln != 0 && std::isfinite(ln) && random_.between(0, 3) != 0) {
      const double wanted = random_.coin() ? random_.in(-1.02 * top, 1.02 * top)
                                           : random_.around(random_.between(-60, 8));
      const double chosen = wanted / ln;
      if (std::isfinite(chosen)) y = rounded(chosen);
      if (!is_finite(y)) y = max_finite(format_, chosen < 0);
    }
    if (random_.between(0, 7) == 0) y = near(static_cast<double>(random_.between(-40, 40)) / 2);
    if (negative_too && random_.between(0, 7) == 0) {
      y = rounded(static_cast<double>(random_.between(-30, 30)));
      x = negated(x);
    }
    return {x, y};
  }

  const Format& format_;
  Random random_;
};

}  // namespace napier::fast_testing
