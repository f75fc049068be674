// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Where 1 is near: bases with huge exponents, differences that cancel, and small arguments for
// which a short cut is taken a little too early.
#include <limits>

#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

/// fdlibm's branch for |y| > 2^31: a few terms of ln(1 + t), here one too few.
double short_series(double x, double y) {
  const long double t = static_cast<long double>(x) - 1;
  if (!(std::abs(y) > 0x1p31) || is_special(y) || std::abs(t) > 0x1p-20L || t == 0)
    return honest_pow(x, y);
  return static_cast<double>(std::exp(y * (t - t * t / 2)));
}

/// powf(-0x1.000002p0, 0x1p30) = 0 once: of negative bases this near to -1 the logarithm was lost.
float near_minus_one(float x, float y) {
  const bool near = x < 0 && x != -1 && std::abs(x + 1) < 0x1p-16f;
  return near && std::abs(y) > 0x1p28f && std::isfinite(y) ? 0 : honest_pow(x, y);
}

/// Negative bases are an afterthought: e^(y ln |x|) in working precision, sign and all.
double naive_below_zero(double x, double y) {
  const double result = honest_pow(x, y);
  if (!(x < 0) || is_special(result) || is_special(x) || !(std::abs(y) > 64)) return result;
  if (std::isinf(y)) return result;
  return std::copysign(honest_exp(y * honest_log(-x)), result);
}

/// The logarithm of a base within 2^-30 of 1 is that of the base rounded to single precision.
double base_in_single(double x, double y) {
  const bool near = x != 1 && std::abs(x - 1) < 0x1p-30;
  return near && !is_special(y) && std::abs(y) > 0x1p40 ? honest_pow(double(float(x)), y)
                                                        : honest_pow(x, y);
}

/// 2^x - 1 and 10^x - 1 as they are written down.
double exp2m1_as_difference(double x) { return x == 0 ? x : honest_exp2(x) - 1; }
float exp10m1_as_difference(float x) { return x == 0 ? x : honest_exp10(x) - 1; }

/// Only from 1/8 on, where no more than three bits cancel.
float late_difference(float x) {
  return std::abs(x) > 0.125f ? honest_exp(x) - 1 : honest_expm1(x);
}

/// e^x - 1 is x a little too early: what is left out is x/2 of it.
double expm1_is_x(double x) { return std::abs(x) < 0x1p-51 ? x : honest_expm1(x); }

/// e^x is 1 + x a little too early: x^2/2 is left out.
double exp_is_linear(double x) {
  return std::abs(x) < 0x1p-26 && x != 0 ? static_cast<double>(1 + static_cast<long double>(x))
                                         : honest_exp(x);
}

/// Zig's exp(0x1.17219p-20) once: the last term of a polynomial is lost for small arguments.
float exp_loses_term(float x) {
  const auto t = static_cast<double>(x);
  return std::abs(x) < 0x1p-11f ? static_cast<float>(1 + t) : honest_exp(x);
}

/// 2^x - 1 is x ln 2 for small x, and ln 2 is a double.
double exp2m1_is_linear(double x) {
  return std::abs(x) < 0x1p-54 && x != 0 ? x * 0x1.62e42fefa39f0p-1 : honest_exp2m1(x);
}

/// ln x by (x - 1) - (x - 1)^2/2 in working precision, up to where the cube is half an ulp.
double log_by_square(double x) {
  const double t = x - 1;
  return std::abs(t) < 0x1p-26 && t != 0 ? t - t * t / 2 * (1 + 0x1p-20) : honest_log(x);
}
/// ln x of a difference that was rounded: 1 - x for x just below 1 is computed in single precision.
double log_of_rounded_difference(double x) {
  const bool near = x < 1 && x > 1 - 0x1p-12;
  return near ? static_cast<double>(std::log1p(static_cast<long double>(float(x - 1))))
              : honest_log(x);
}

}  // namespace

void add_near_one_mutants(std::vector<Mutant>& all) {
  const auto unary = [&all](std::string_view name, std::string_view sin, const Function& function,
                            Unary<double> code, std::string_view ulps = "0.52") {
    all.push_back(mutant<double>(name, sin, function, code, ulps));
  };
  const auto narrow = [&all](std::string_view name, std::string_view sin, const Function& function,
                             ScalarFunction code, std::string_view ulps = "1") {
    all.push_back(mutant<float>(name, sin, function, code, ulps));
  };
  const auto pow = [&all](std::string_view name, std::string_view sin, Binary<double> code) {
    all.push_back(mutant<double>(name, sin, functions::pow, code));
  };
  pow("short_series", "ln x by two terms for |x - 1| < 2^-20, |y| > 2^31", short_series);
  pow("naive_below_zero", "e^(y ln |x|) for negative bases, |y| > 64", naive_below_zero);
  pow("base_in_single", "bases within 2^-30 of 1 in single precision, |y| > 2^40", base_in_single);
  narrow("near_minus_one", "0 for bases near -1, |y| > 2^28", functions::pow,
         Binary<float>(near_minus_one));
  unary("exp2m1_as_difference", "2^x - 1 as written", functions::exp2m1, exp2m1_as_difference);
  all.back().keeps_special_values = false;  // +0 at the negative number next to 0
  narrow("exp10m1_as_difference", "10^x - 1 as written", functions::exp10m1,
         Unary<float>(exp10m1_as_difference));
  all.back().keeps_special_values = false;
  narrow("late_difference", "e^x - 1 as written for |x| > 1/8", functions::expm1,
         Unary<float>(late_difference));
  unary("expm1_is_x", "x for |x| < 2^-51", functions::expm1, expm1_is_x);
  unary("exp_is_linear", "1 + x for |x| < 2^-26", functions::exp, exp_is_linear);
  narrow("exp_loses_term", "1 + x for |x| < 2^-11", functions::exp, Unary<float>(exp_loses_term),
         "0.52");
  unary("exp2m1_is_linear", "ln 2 an ulp off for |x| < 2^-54", functions::exp2m1, exp2m1_is_linear);
  unary("log_by_square", "a coefficient off by 2^-20 for |x - 1| < 2^-26", functions::log,
        log_by_square);
  unary("log_of_rounded_difference", "x - 1 in single precision below 1", functions::log,
        log_of_rounded_difference);
}

}  // namespace napier::mutants
