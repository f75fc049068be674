// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <compare>
#include <cstdint>
#include <memory>

#include "lib/fp/dyadic.hpp"
#include "lib/target/function.hpp"

namespace napier {

/// A working precision in bits. It does not convert from a bare number.
struct Precision {
  int bits = 0;
  friend constexpr auto operator<=>(const Precision&, const Precision&) = default;
};

/// A rigorous enclosure of one real number: the reference arithmetic (MPFI by way of
/// Boost.Multiprecision), of which every operation rounds outward.
///
/// It shares its operations, found by argument-dependent lookup, with FastEnclosure: code that is
/// generic over the two is the same mathematics at two speeds. An operation works at the larger of
/// its operands' precisions; no precision is ever taken from static state.
///
/// An exact enclosure (one point) stays exact as long as results fit the precision.
class Enclosure {
 public:
  Enclosure();  ///< exactly 0, at a minimal precision
  Enclosure(Precision precision, const Dyadic& value);
  /// [lo, hi]: anything between two dyadics.
  Enclosure(Precision precision, const Dyadic& lo, const Dyadic& hi);
  Enclosure(const Enclosure& other);
  Enclosure(Enclosure&& other) noexcept;
  Enclosure& operator=(const Enclosure& other);
  Enclosure& operator=(Enclosure&& other) noexcept;
  ~Enclosure();

  struct Impl;  ///< the Boost number, known to oracles/ only
  Impl& impl() { return *impl_; }
  const Impl& impl() const { return *impl_; }
  explicit Enclosure(std::unique_ptr<Impl> impl);

 private:
  std::unique_ptr<Impl> impl_;
};

Precision precision(const Enclosure& a);

Enclosure operator+(const Enclosure& a, const Enclosure& b);
Enclosure operator-(const Enclosure& a, const Enclosure& b);
Enclosure operator*(const Enclosure& a, const Enclosure& b);
Enclosure operator/(const Enclosure& a, const Enclosure& b);  ///< b must not contain 0
Enclosure operator-(const Enclosure& a);
Enclosure exp(const Enclosure& a);
Enclosure expm1(const Enclosure& a);
Enclosure log(const Enclosure& a);                         ///< a > 0
Enclosure log1p(const Enclosure& a);                       ///< a > −1
Enclosure scaled(const Enclosure& a, std::int64_t power);  ///< a · 2^power, exactly
Enclosure hull(const Enclosure& a, const Enclosure& b);

/// Certain comparisons: false means "not known at this precision".
bool certainly_less(const Enclosure& a, const Enclosure& b);
bool certainly_at_most(const Enclosure& a, const Enclosure& b);
bool is_exact(const Enclosure& a);  ///< a single point
bool is_exactly_zero(const Enclosure& a);

/// ln of a fixed base; e gives exactly 1.
Enclosure log_of_base(Base base, const Enclosure& like);

/// Bounds as binary64, rounded outward (±inf beyond its range).
double lower(const Enclosure& a);
double upper(const Enclosure& a);
/// The binade e of the value, 2^e ≤ |a| < 2^(e+1), of the end of larger magnitude; 0 for zero.
std::int64_t binade(const Enclosure& a);

}  // namespace napier
