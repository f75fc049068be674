// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Right at every ordinary argument, wrong at NaN, at an infinity, at a zero or at its sign.
#include <limits>

#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Clamps that compare with NaN and lose it: a vector unit's min and max do.
double nan_overflows(double x) { return std::isnan(x) ? inf : honest_exp2(x); }
float nan_is_minus_one(float x) { return std::isnan(x) ? -1 : honest_expm1(x); }

/// -inf - floor(-inf) is no number.
double exp10_of_minus_inf(double x) { return x == -inf ? nan : honest_exp10(x); }
double expm1_of_minus_inf(double x) { return x == -inf ? nan : honest_expm1(x); }
double finite_at_inf(double x) { return x == inf ? 0x1.fffffffffffffp+1023 : honest_exp2m1(x); }

/// 0 - 0, and x + x*x.
double loses_minus_zero(double x) { return x == 0 ? 0 : honest_expm1(x); }
float exp2m1_minus_zero(float x) { return x == 0 ? 0 : honest_exp2m1(x); }
double exp10m1_minus_zero(double x) { return x == 0 ? -x : honest_exp10m1(x); }
double one_off_at_zero(double x) {
  return x == 0 && std::signbit(x) ? moved(1.0, -1) : honest_exp(x);
}

double log_of_negative(double x) { return std::isnan(x) ? x : honest_log(std::abs(x)); }
double log_of_minus_zero(double x) { return x == 0 && std::signbit(x) ? nan : honest_log(x); }
double log_of_inf(double x) {
  return honest_log(x == inf ? std::numeric_limits<double>::max() : x);
}
double log_minus_inf(double x) { return x == -inf ? -inf : honest_log(x); }
double minus_zero_at_one(double x) { return x == 1 ? -0.0 : honest_log(x); }

/// newlib's pow(-1, NaN) = 1, and moonbit's pow(1, NaN).
double pow_of_minus_one(double x, double y) {
  return x == -1 && std::isnan(y) ? 1 : honest_pow(x, y);
}
double pow_of_one(double x, double y) { return x == 1 && std::isnan(y) ? nan : honest_pow(x, y); }
double one_to_infinity(double x, double y) {
  return std::abs(x) == 1 && std::isinf(y) ? nan : honest_pow(x, y);
}
double nan_to_zero(double x, double y) { return y == 0 && std::isnan(x) ? nan : honest_pow(x, y); }
float zero_to_zero(float x, float y) {
  return x == 0 && y == 0 ? std::numeric_limits<float>::quiet_NaN() : honest_pow(x, y);
}
/// (-0)^5 = +0.
double odd_power_of_minus_zero(double x, double y) {
  const double result = honest_pow(x, y);
  return x == 0 && y > 0 ? std::abs(result) : result;
}
double odd_pole(double x, double y) {
  const double result = honest_pow(x, y);
  return x == 0 && y < 0 ? std::abs(result) : result;
}
double power_of_minus_inf(double x, double y) {
  const double result = honest_pow(x, y);
  return x == -inf && y < 0 ? std::abs(result) : result;
}
double small_to_infinity(double x, double y) {
  return std::isinf(y) && std::abs(x) < 1 && x < 0 ? nan : honest_pow(x, y);
}

}  // namespace

void add_special_mutants(std::vector<Mutant>& all) {
  const auto add = [&all](std::string_view name, std::string_view sin, const Function& function,
                          ScalarFunction code) {
    const bool wide =
        std::holds_alternative<Unary<double>>(code) || std::holds_alternative<Binary<double>>(code);
    all.push_back(wide ? mutant<double>(name, sin, function, code, "1", false)
                       : mutant<float>(name, sin, function, code, "1", false));
  };
  using One = Unary<double>;
  using Two = Binary<double>;
  using One32 = Unary<float>;
  add("nan_overflows", "inf for NaN", functions::exp2, One(nan_overflows));
  add("nan_is_minus_one", "-1 for NaN", functions::expm1, One32(nan_is_minus_one));
  add("exp10_of_minus_inf", "NaN at -inf", functions::exp10, One(exp10_of_minus_inf));
  add("expm1_of_minus_inf", "NaN at -inf", functions::expm1, One(expm1_of_minus_inf));
  add("finite_at_inf", "a number at inf", functions::exp2m1, One(finite_at_inf));
  add("loses_minus_zero", "+0 at -0", functions::expm1, One(loses_minus_zero));
  add("exp2m1_minus_zero", "+0 at -0", functions::exp2m1, One32(exp2m1_minus_zero));
  add("exp10m1_minus_zero", "-0 at +0 and +0 at -0", functions::exp10m1, One(exp10m1_minus_zero));
  add("one_off_at_zero", "1 - 2^-53 at -0", functions::exp, One(one_off_at_zero));
  add("log_of_negative", "ln |x| for negative x", functions::log, One(log_of_negative));
  add("log_of_minus_zero", "NaN at -0", functions::log, One(log_of_minus_zero));
  add("log_of_inf", "a number at inf", functions::log, One(log_of_inf));
  add("log_minus_inf", "-inf at -inf", functions::log, One(log_minus_inf));
  add("minus_zero_at_one", "-0 at 1", functions::log, One(minus_zero_at_one));
  const Function& pow = functions::pow;
  add("pow_of_minus_one", "1 for (-1)^NaN", pow, Two(pow_of_minus_one));
  add("pow_of_one", "NaN for 1^NaN", pow, Two(pow_of_one));
  add("one_to_infinity", "NaN for (±1)^±inf", pow, Two(one_to_infinity));
  add("nan_to_zero", "NaN for NaN^0", pow, Two(nan_to_zero));
  add("zero_to_zero", "NaN for 0^0", pow, Binary<float>(zero_to_zero));
  add("odd_power_of_minus_zero", "+0 for (-0)^5", pow, Two(odd_power_of_minus_zero));
  add("odd_pole", "+inf for (-0)^-3", pow, Two(odd_pole));
  add("power_of_minus_inf", "+0 for (-inf)^-3", pow, Two(power_of_minus_inf));
  add("small_to_infinity", "NaN for (-1/2)^inf", pow, Two(small_to_infinity));
}

}  // namespace napier::mutants
