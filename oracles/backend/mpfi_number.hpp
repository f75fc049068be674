// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <boost/multiprecision/mpfi.hpp>

#include "oracles/enclosure.hpp"

namespace napier {

/// Boost's variable-precision MPFI number.
///
/// Its operators take the precision of temporaries from a default held in static state, so two
/// threads at two precisions would disturb each other. Here every number is made with its own
/// precision and filled through the backend, and that default is never relied on.
struct Enclosure::Impl {
  using Number = boost::multiprecision::number<boost::multiprecision::mpfi_float_backend<0>,
                                               boost::multiprecision::et_off>;
  explicit Impl(Precision precision) { mpfi_set_prec(data(), precision.bits); }
  Impl(const Impl& other) {
    mpfi_set_prec(data(), mpfi_get_prec(other.data()));
    mpfi_set(data(), other.data());
  }
  Impl& operator=(const Impl&) = delete;

  mpfi_ptr data() { return number.backend().data(); }
  mpfi_srcptr data() const { return number.backend().data(); }
  mpfr_ptr lo() { return &data()->left; }
  mpfr_ptr hi() { return &data()->right; }
  mpfr_srcptr lo() const { return &data()->left; }
  mpfr_srcptr hi() const { return &data()->right; }

  Number number;
};

/// Sets x to the dyadic, rounded in the given direction.
void assign(mpfr_ptr x, const Dyadic& value, mpfr_rnd_t direction);

}  // namespace napier
