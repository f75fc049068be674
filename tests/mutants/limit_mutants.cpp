// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// exp, and an expm1, that go wrong at the limits of the format.
#include <limits>

#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

/// The last x with a finite e^x gives infinity already.
double early_overflow(double x) {
  return x >= 0x1.62e42fefa39efp+9 ? std::numeric_limits<double>::infinity() : honest_exp(x);
}

/// musl's expm1f once: infinite from 88.72169 on, where only 88.72284 is too much.
float early_overflow_expm1(float x) {
  return x >= 88.72169F ? std::numeric_limits<float>::infinity() : honest_expm1(x);
}

template <class T>
T flushes_subnormals(T x) {
  const T y = honest_exp(x);
  return y < std::numeric_limits<T>::min() ? T(0) : y;
}

/// Rounds to 53 bits as if the result were normal, and then to what is left of them.
double double_rounding(double x) {
  const long double t = std::exp(static_cast<long double>(x));
  if (!(t > 0x1p-1080L && t < 0x1p-1022L)) return static_cast<double>(t);
  const auto rounded = static_cast<double>(std::ldexp(t, 1000));
  return std::ldexp(rounded, -1000);
}

/// The scale 2^k is put together in 32 bits, which k leaves for huge x.
double exponent_wraps(double x) {
  if (!(x > 0x1p31 * 0.6931471805599453) || std::isinf(x)) return honest_exp(x);
  return std::ldexp(1.5, static_cast<int>(std::fmod(x, 1000)) - 500);
}

/// Clamps NaN away with the other arguments that are too large.
double loses_nan(double x) { return std::isnan(x) ? 0 : honest_exp(x); }

}  // namespace

void add_limit_mutants(std::vector<Mutant>& all) {
  const Function& exp = functions::exp;
  all.push_back(mutant<double>("early_overflow", "infinity one encoding early", exp,
                               Unary<double>(early_overflow)));
  all.push_back(mutant<double>("flushes_subnormals", "subnormal results become 0", exp,
                               Unary<double>(flushes_subnormals<double>)));
  all.push_back(mutant<float>("flushes_subnormals_32", "subnormal results become 0", exp,
                              Unary<float>(flushes_subnormals<float>)));
  all.push_back(mutant<double>("double_rounding", "subnormal results are rounded twice", exp,
                               Unary<double>(double_rounding), "0.52"));
  all.push_back(mutant<double>("exponent_wraps", "a 32-bit exponent wraps for x > 2^31 ln 2", exp,
                               Unary<double>(exponent_wraps)));
  all.push_back(
      mutant<double>("loses_nan", "0 for NaN", exp, Unary<double>(loses_nan), "1", false));
  all.push_back(mutant<float>("early_overflow_expm1", "infinity from 88.72169 on", functions::expm1,
                              Unary<float>(early_overflow_expm1)));
}

}  // namespace napier::mutants
