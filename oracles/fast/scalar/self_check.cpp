// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/fast/scalar/self_check.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>

#include "lib/fp/environment.hpp"
#include "oracles/fast/scalar/double_double.hpp"

namespace napier {
namespace {

/// A number that the optimiser does not know.
double unknown(double x) {
  const volatile double kept = x;
  return kept;
}

// Functions of their own, so that their text is compiled as kernels are: from arguments.
[[gnu::noinline]] fast::DoubleDouble sum_of(double a, double b) { return fast::two_sum(a, b); }
[[gnu::noinline]] double product_and_sum(double a, double b, double c) { return a * b + c; }
[[gnu::noinline]] double over_49(double a) { return a / 49; }
[[gnu::noinline]] bool is_itself(double x) { return x == x; }
[[gnu::noinline]] double plus_zero(double x) { return x + 0.0; }
[[gnu::noinline]] double third(double one) { return one / 3; }

/// The sum's rest vanishes where b − ((a + b) − a) may be simplified.
bool keeps_order() {
  const fast::DoubleDouble sum = sum_of(unknown(1), unknown(0x1p-60));
  const fast::DoubleDouble other = sum_of(unknown(0x1p-60), unknown(1));
  return sum.hi == 1 && sum.lo == 0x1p-60 && other.hi == 1 && other.lo == 0x1p-60;
}
/// (1 + u)(1 − u) − 1 is 0 if the product is rounded, and −u² if it is not.
bool rounds_products() {
  return product_and_sum(unknown(1 + 0x1p-30), unknown(1 - 0x1p-30), unknown(-1)) == 0;
}
/// 49·(1/49) is less than 1.
bool divides() { return over_49(unknown(49)) == 1; }
bool knows_nan() { return !is_itself(unknown(std::numeric_limits<double>::quiet_NaN())); }
bool signs_zeros() {
  return std::bit_cast<std::uint64_t>(plus_zero(unknown(-0.0))) == 0;  // +0
}
bool keeps_subnormals() { return unknown(0x1p-1074) / unknown(0x1p-1074) == 1; }
bool rounds_as_told() {
  double up = 0, down = 0;
  {
    const ScopedRounding upward(Rounding::up);
    up = third(unknown(1));
  }
  {
    const ScopedRounding downward(Rounding::down);
    down = third(unknown(1));
  }
  return down < up && unknown(up) == std::nextafter(down, 1);
}

void require(bool kept, const char* flag) {
  if (!kept)
    throw std::runtime_error(
        std::string("this build's arithmetic is not what its proofs rest on: build Napier again "
                    "without ") +
        flag + " (or -ffast-math, -Ofast) among its compiler flags");
}

}  // namespace

void check_arithmetic() {
  reset_environment();
  require(keeps_order(), "-fassociative-math");
  require(rounds_products(), "-ffp-contract=fast");
  require(divides(), "-freciprocal-math");
  require(knows_nan(), "-ffinite-math-only");
  require(signs_zeros(), "-fno-signed-zeros");
  require(keeps_subnormals(), "flushing of subnormal numbers");
  require(rounds_as_told(), "whatever fixes the rounding direction");
  reset_environment();
}

}  // namespace napier
