// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Wrong at the ends of the range, at exact results, at signs, and in the functions that the other
// families leave out.
#include <limits>

#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

/// 2^x is 0 from -1074 down, where the least subnormal number is still right.
double early_zero(double x) { return x < -1073 ? 0 : honest_exp2(x); }

/// The largest number instead of infinity.
double saturates(double x) {
  const double y = honest_exp(x);
  return std::isinf(y) && !std::isinf(x) ? std::numeric_limits<double>::max() : y;
}

/// Infinite from 709.7 on.
double careless_limit(double x) { return x > 709.7 ? inf : honest_exp(x); }

/// Gradual underflow is cut off for bases below 1.
double underflows_below_one(double x, double y) {
  const double result = honest_pow(x, y);
  return x > 0 && x < 1 && std::abs(result) < std::numeric_limits<double>::min() ? 0 : result;
}

/// 10^n by multiplying with a rounded 0.1 for negative n and from 10^16 on.
double inexact_powers_of_ten(double x) {
  const double y = honest_exp10(x);
  return x == std::floor(x) && x > 2 && x < 23 ? std::nextafter(y, inf) : y;
}

double wrong_base_exp10(double x) {
  if (is_special(x)) return honest_exp10(x);
  const long double t = std::pow(10.0L, static_cast<long double>(x));
  return static_cast<double>(t * std::exp(x * std::log1p(0x1p-40L)));
}

double scaled_exp10(double x) {
  if (is_special(x)) return honest_exp10(x);
  return static_cast<double>(std::pow(10.0L, static_cast<long double>(x)) * (1 + 0x1p-45L));
}

/// 2^n off by an ulp where n is an integer.
float inexact_powers_of_two(float x) {
  const float y = honest_exp2(x);
  return x == std::floor(x) && x != 0 && std::isnormal(y)
             ? std::nextafter(y, std::numeric_limits<float>::infinity())
             : y;
}

/// The parity of y is that of its conversion to 32 bits, which saturates.
double parity_in_32_bits(double x, double y) {
  const double result = honest_pow(x, y);
  const bool clipped = y == std::floor(y) && std::abs(y) > 0x1p31 && std::isfinite(y);
  return std::signbit(x) && clipped ? std::abs(result) : result;
}

/// Every y from 2^52 on is taken for even.
double parity_of_large(double x, double y) {
  const double result = honest_pow(x, y);
  return std::signbit(x) && std::abs(y) >= 0x1p52 ? std::abs(result) : result;
}

/// Negative results that underflow lose their sign.
double lost_sign_of_zero(double x, double y) {
  const double result = honest_pow(x, y);
  return result == 0 && x != 0 && !std::isinf(y) && !std::isinf(x) ? 0.0 : result;
}

/// The derivative of e^x, a factor off.
double scaled_slope(double x) {
  if (is_special(x)) return honest_exp(x);
  return static_cast<double>(std::exp(static_cast<long double>(x)) * (1 + 0x1p-45L));
}

/// d/dx 2^x with ln 2 in single precision.
double short_ln2(double x) {
  return static_cast<double>(std::exp2(static_cast<long double>(x)) * 0.693147182464599609375L);
}

/// e^x - 1 is -1 a little too early.
double early_minus_one(double x) { return x < -36 ? -1 : honest_expm1(x); }

}  // namespace

void add_edge_mutants(std::vector<Mutant>& all) {
  const auto unary = [&all](std::string_view name, std::string_view sin, const Function& function,
                            Unary<double> code, std::string_view ulps = "1") {
    all.push_back(mutant<double>(name, sin, function, code, ulps));
  };
  const auto pow = [&all](std::string_view name, std::string_view sin, Binary<double> code,
                          bool keeps_special_values = true) {
    all.push_back(mutant<double>(name, sin, functions::pow, code, "1", keeps_special_values));
  };
  unary("early_zero", "2^x is 0 below -1073", functions::exp2, early_zero);
  unary("saturates", "the largest number instead of infinity", functions::exp, saturates, "0.51");
  unary("careless_limit", "infinity from 709.7 on", functions::exp, careless_limit);
  unary("early_minus_one", "-1 below -36", functions::expm1, early_minus_one, "0.51");
  pow("underflows_below_one", "bases below 1 give no subnormal results", underflows_below_one);
  unary("inexact_powers_of_ten", "10^3 to 10^22 an ulp off", functions::exp10,
        inexact_powers_of_ten, "0.52");
  unary("wrong_base_exp10", "base 10(1 + 2^-40)", functions::exp10, wrong_base_exp10);
  all.back().log_error = [](double x) { return Quad(x) * std::log1p(0x1p-40L); };
  unary("scaled_exp10", "times 1 + 2^-45", functions::exp10, scaled_exp10);
  all.back().log_error = [](double x) {
    return is_special(x) ? Quad(0) : Quad(std::log1p(0x1p-45L));
  };
  all.push_back(mutant<float>("inexact_powers_of_two", "2^n an ulp off for integer n",
                              functions::exp2, Unary<float>(inexact_powers_of_two), "0.51"));
  pow("parity_in_32_bits", "every y beyond 2^31 is even", parity_in_32_bits, false);
  pow("parity_of_large", "every y from 2^52 on is even", parity_of_large, false);
  pow("lost_sign_of_zero", "+0 for negative results that underflow", lost_sign_of_zero, false);
  unary("scaled_slope", "times 1 + 2^-45", functions::d_exp, scaled_slope);
  unary("short_ln2", "ln 2 in single precision", functions::d_exp2, short_ln2);
  for (std::size_t i = all.size() - 2; i < all.size(); ++i) {
    Target& slope = all[i].target;
    slope.claim.special_values = false;  // Annex F knows no derivatives
  }
}

}  // namespace napier::mutants
