// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <gtest/gtest.h>
#include <mpfr.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>

#include "lib/fp/dyadic.hpp"
#include "oracles/fast/scalar/fast_enclosure.hpp"
#include "tests/oracles/points.hpp"

/// MPFR itself is what the fast tier is tested against, not the reference oracle.
namespace napier::fast_testing {

using testing_support::points;
using testing_support::Random;
using testing_support::words;

class Real {
 public:
  explicit Real(mpfr_prec_t bits = 400) { mpfr_init2(value_, bits); }
  Real(const Real&) = delete;
  Real& operator=(const Real&) = delete;
  ~Real() { mpfr_clear(value_); }

  mpfr_ptr get() { return value_; }
  mpfr_srcptr get() const { return value_; }

  /// Forgets the value.
  void precision(mpfr_prec_t bits) {
    if (mpfr_get_prec(value_) != bits) mpfr_set_prec(value_, bits);
  }
  /// The middle of an enclosure, exactly while 2^-801 and the like fit the precision.
  void set_middle(const FastEnclosure& a) {
    mpfr_set_d(value_, a.hi, MPFR_RNDN);
    mpfr_add_d(value_, value_, a.lo, MPFR_RNDN);
    mpfr_mul_2si(value_, value_, a.exponent, MPFR_RNDN);
  }
  void set(const Dyadic& a) {
    mpfr_set_ui(value_, static_cast<unsigned long>(a.significand >> 64), MPFR_RNDN);
    mpfr_mul_2ui(value_, value_, 64, MPFR_RNDN);
    mpfr_add_ui(value_, value_, static_cast<unsigned long>(a.significand), MPFR_RNDN);
    mpfr_mul_2si(value_, value_, a.exponent, MPFR_RNDN);
    if (a.negative) mpfr_neg(value_, value_, MPFR_RNDN);
  }

 private:
  mpfr_t value_;
};

inline std::string text(const FastEnclosure& a) {
  std::ostringstream out;
  out << std::hexfloat << "(" << a.hi << " + " << a.lo << " +- " << a.error << ")*2^" << a.exponent;
  return out.str();
}

/// Checks enclosures against true values, and how idle their bounds are.
class Tally {
 public:
  /// Bounds are taken times `scale`: less than 1 to see the test fail.
  explicit Tally(std::string name, double scale = 1) : name_(std::move(name)), scale_(scale) {}

  /// True if `a` holds the value, which `difference` may be overwritten with.
  bool check(const FastEnclosure& a, mpfr_srcptr value, const std::string& about) {
    ++checked_;
    const double off = offset(a, value);
    if (!(off <= a.error * scale_)) {
      if (violations_++ == 0) first_ = about + ": " + text(a) + " is off by " + hex(off);
      return false;
    }
    if (a.hi != 0 && std::isfinite(a.hi)) {
      if (a.error / std::fabs(a.hi) > bound_) widest_ = about + ": " + text(a);
      bound_ = std::max(bound_, a.error / std::fabs(a.hi));
      observed_ = std::max(observed_, off / std::fabs(a.hi));
    }
    return true;
  }

  long checked() const { return checked_; }
  long violations() const { return violations_; }
  const std::string& first() const { return first_; }
  double bound() const { return bound_; }
  double observed() const { return observed_; }

  /// What a test demands in the end: all enclosed, by a bound below `most`, and not 2^12 of it
  /// idle.
  void expect_tight(double most) const {
    std::cout << "  " << name_ << ": " << checked_ << " values, bound 2^" << std::log2(bound_)
              << ", observed 2^" << std::log2(observed_) << "\n";
    EXPECT_EQ(0, violations_) << name_ << " " << first_;
    EXPECT_GT(checked_, 0) << name_;
    EXPECT_LE(bound_, most) << name_ << ": " << widest_;
    EXPECT_GE(observed_, bound_ * 0x1p-12) << name_ << ": an idle bound";
  }

 private:
  static std::string hex(double x) {
    std::ostringstream out;
    out << std::hexfloat << x;
    return out.str();
  }

  /// |value − middle| in units of 2^exponent, rounded up; 0 for a huge one that is.
  double offset(const FastEnclosure& a, mpfr_srcptr value) {
    if (!a.is_known()) return std::numeric_limits<double>::quiet_NaN();
    if (a.is_huge()) {
      const bool is =
          mpfr_inf_p(value) != 0 ||
          (mpfr_regular_p(value) != 0 && mpfr_get_exp(value) > FastEnclosure::huge_exponent);
      return is && (mpfr_sgn(value) < 0) == (a.hi < 0) ? 0 : a.hi;
    }
    difference_.precision(std::max<mpfr_prec_t>(mpfr_get_prec(value), 400));
    middle_.precision(mpfr_get_prec(difference_.get()) + 1000);
    middle_.set_middle(a);
    mpfr_sub(difference_.get(), value, middle_.get(), MPFR_RNDA);
    mpfr_mul_2si(difference_.get(), difference_.get(), -a.exponent, MPFR_RNDA);
    return std::fabs(mpfr_get_d(difference_.get(), MPFR_RNDA));
  }

  std::string name_;
  double scale_;
  long checked_ = 0;
  long violations_ = 0;
  std::string first_;
  std::string widest_;
  double bound_ = 0;
  double observed_ = 0;
  Real difference_;
  Real middle_;
};

}  // namespace napier::fast_testing
