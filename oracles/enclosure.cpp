// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/enclosure.hpp"

#include <algorithm>
#include <cassert>

#include "oracles/backend/mpfi_functions.hpp"
#include "oracles/backend/mpfi_number.hpp"

namespace napier {
namespace {

constexpr Precision minimal{64};

Enclosure blank(Precision precision) {
  return Enclosure(std::make_unique<Enclosure::Impl>(precision));
}

template <class Operation>
Enclosure unary(Operation operation, const Enclosure& a) {
  Enclosure result = blank(precision(a));
  operation(result.impl().data(), a.impl().data());
  return result;
}

template <class Operation>
Enclosure binary(Operation operation, const Enclosure& a, const Enclosure& b) {
  Enclosure result = blank(std::max(precision(a), precision(b)));
  operation(result.impl().data(), a.impl().data(), b.impl().data());
  return result;
}

}  // namespace

void assign(mpfr_ptr x, const Dyadic& value, mpfr_rnd_t direction) {
  const auto high = static_cast<unsigned long>(value.significand >> 64);
  const auto low = static_cast<unsigned long>(value.significand);
  const auto exponent = static_cast<mpfr_exp_t>(value.exponent);
  if (high == 0 && !value.negative) {
    mpfr_set_ui_2exp(x, low, exponent, direction);
    return;
  }
  mpz_t integer;
  mpz_init_set_ui(integer, high);
  mpz_mul_2exp(integer, integer, 64);
  mpz_add_ui(integer, integer, low);
  if (value.negative) mpz_neg(integer, integer);
  mpfr_set_z_2exp(x, integer, exponent, direction);
  mpz_clear(integer);
}

Enclosure::Enclosure() : Enclosure(minimal, Dyadic{}) {}
Enclosure::Enclosure(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Enclosure::Enclosure(Precision precision, const Dyadic& value)
    : Enclosure(precision, value, value) {}
Enclosure::Enclosure(Precision precision, const Dyadic& lo, const Dyadic& hi)
    : impl_(std::make_unique<Impl>(precision)) {
  assign(impl_->lo(), lo, MPFR_RNDD);
  assign(impl_->hi(), hi, MPFR_RNDU);
}
Enclosure::Enclosure(const Enclosure& other) : impl_(std::make_unique<Impl>(*other.impl_)) {}
Enclosure::Enclosure(Enclosure&& other) noexcept = default;
Enclosure& Enclosure::operator=(const Enclosure& other) {
  if (this != &other) impl_ = std::make_unique<Impl>(*other.impl_);
  return *this;
}
Enclosure& Enclosure::operator=(Enclosure&& other) noexcept = default;
Enclosure::~Enclosure() = default;

Precision precision(const Enclosure& a) {
  return {static_cast<int>(mpfi_get_prec(a.impl().data()))};
}

Enclosure operator+(const Enclosure& a, const Enclosure& b) { return binary(mpfi_add, a, b); }
Enclosure operator-(const Enclosure& a, const Enclosure& b) { return binary(mpfi_sub, a, b); }
Enclosure operator*(const Enclosure& a, const Enclosure& b) { return binary(mpfi_mul, a, b); }
Enclosure operator/(const Enclosure& a, const Enclosure& b) { return binary(mpfi_div, a, b); }
Enclosure operator-(const Enclosure& a) { return unary(mpfi_neg, a); }
Enclosure exp(const Enclosure& a) { return unary(one_sided_exp, a); }
Enclosure expm1(const Enclosure& a) { return unary(one_sided_expm1, a); }
Enclosure log(const Enclosure& a) { return unary(one_sided_log, a); }
Enclosure log1p(const Enclosure& a) { return unary(one_sided_log1p, a); }

Enclosure scaled(const Enclosure& a, std::int64_t power) {
  Enclosure result = blank(precision(a));
  mpfi_mul_2si(result.impl().data(), a.impl().data(), static_cast<long>(power));
  return result;
}

Enclosure hull(const Enclosure& a, const Enclosure& b) { return binary(mpfi_union, a, b); }

bool certainly_less(const Enclosure& a, const Enclosure& b) {
  return mpfr_less_p(a.impl().hi(), b.impl().lo()) != 0;
}
bool certainly_at_most(const Enclosure& a, const Enclosure& b) {
  return mpfr_lessequal_p(a.impl().hi(), b.impl().lo()) != 0;
}
bool is_exact(const Enclosure& a) { return mpfr_equal_p(a.impl().lo(), a.impl().hi()) != 0; }
bool is_exactly_zero(const Enclosure& a) { return is_exact(a) && mpfr_zero_p(a.impl().lo()) != 0; }

Enclosure log_of_base(Base base, const Enclosure& like) {
  assert(base != Base::argument);
  const Precision at = precision(like);
  switch (base) {
    case Base::e:
      return Enclosure(at, Dyadic::of_integer(1));
    case Base::two: {
      Enclosure result = blank(at);
      mpfi_const_log2(result.impl().data());
      return result;
    }
    case Base::ten:
      return log(Enclosure(at, Dyadic::of_integer(10)));
    case Base::argument:
      break;
  }
  return {};
}

double lower(const Enclosure& a) { return mpfr_get_d(a.impl().lo(), MPFR_RNDD); }
double upper(const Enclosure& a) { return mpfr_get_d(a.impl().hi(), MPFR_RNDU); }

std::int64_t binade(const Enclosure& a) {
  const auto binade_of = [](mpfr_srcptr x) -> std::int64_t {
    if (mpfr_zero_p(x) != 0) return 0;
    return mpfr_regular_p(x) != 0 ? mpfr_get_exp(x) - 1 : mpfr_get_emax();
  };
  return mpfr_cmpabs(a.impl().lo(), a.impl().hi()) > 0 ? binade_of(a.impl().lo())
                                                       : binade_of(a.impl().hi());
}

}  // namespace napier
