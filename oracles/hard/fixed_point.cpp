// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/hard/fixed_point.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "oracles/backend/mpfi_number.hpp"

namespace napier {
namespace {

/// A GMP integer with its own lifetime.
struct Integer {
  Integer() { mpz_init(value); }
  ~Integer() { mpz_clear(value); }
  Integer(const Integer&) = delete;
  Integer& operator=(const Integer&) = delete;

  /// Of one that is not negative and has at most 128 bits.
  Bits bits() const {
    std::uint64_t words[2] = {0, 0};
    mpz_export(words, nullptr, -1, sizeof(std::uint64_t), 0, 0, value);
    return (Bits(words[1]) << 64) | words[0];
  }
  mpz_t value;
};

}  // namespace

FixedPoint fixed_point(const Enclosure& a) {
  const Enclosure units = scaled(a, 128);
  Integer nearest;
  mpfr_get_z(nearest.value, units.impl().lo(), MPFR_RNDN);
  Enclosure off = units;
  mpfi_sub_z(off.impl().data(), units.impl().data(), nearest.value);
  const double error = std::max(std::fabs(lower(off)), std::fabs(upper(off)));
  mpz_fdiv_r_2exp(nearest.value, nearest.value, 128);
  return {nearest.bits(), error};
}

Dyadic nearby_integer(const Enclosure& a) {
  Integer nearest;
  mpfr_get_z(nearest.value, a.impl().lo(), MPFR_RNDN);
  const bool negative = mpz_sgn(nearest.value) < 0;
  mpz_abs(nearest.value, nearest.value);
  assert(mpz_sizeinbase(nearest.value, 2) <= 120);
  const Bits bits = nearest.bits();
  return {negative && bits != 0, bits, 0};
}

}  // namespace napier
