// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The ends of the range once more: in every function, and off by little.
#include <limits>

#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr float inf32 = std::numeric_limits<float>::infinity();

/// SLEEF's limit once; e^x is finite up to 709.7827128933840.
double limit_rounded_down(double x) { return x > 709.7827111495574 ? inf : honest_exp(x); }

/// stdlib-js's expm1 once: infinite at 709.78271289, whose e^x is still finite.
double expm1_limit(double x) { return x >= 709.78271289 ? inf : honest_expm1(x); }

/// Beyond the limit the scale 2^1024 is 2^1023 for a while.
double late_limit(double x) {
  return x >= 1024 && x < 1024.0001 ? honest_exp2(x - 1) : honest_exp2(x);
}

/// log10 of the largest number in single precision.
double exp10_limit(double x) { return x > 308.25470f ? inf : honest_exp10(x); }
float exp10_limit_32(float x) { return x >= 38.5318f ? inf32 : honest_exp10(x); }
double exp2m1_limit(double x) { return x > 1023.9999999 ? inf : honest_exp2m1(x); }
double exp10m1_limit(double x) { return x > 308.2547155 ? inf : honest_exp10m1(x); }

/// The kind of result is decided by y log2 x in single precision.
double pow_limit(double x, double y) {
  if (is_special(x) || is_special(y)) return honest_pow(x, y);
  const auto log2 = static_cast<float>(y * std::log2(std::abs(static_cast<long double>(x))));
  const double result = honest_pow(x, y);
  return log2 >= 1024 && !std::isnan(result) ? std::copysign(inf, result) : result;
}
/// The same in working precision, for 0.
float pow_zero_limit(float x, float y) {
  if (is_special(x) || is_special(y)) return honest_pow(x, y);
  const float log2 = y * static_cast<float>(std::log2(std::abs(static_cast<double>(x))));
  const float result = honest_pow(x, y);
  return log2 < -149 ? result * 0 : result;
}

/// -1 ends too late: of 2^x there is something left.
double exp2m1_is_minus_one_late(double x) {
  return x < -54 && x > -60 ? moved(-1.0, 1) : honest_exp2m1(x);
}
float exp10m1_minus_one(float x) { return x < -7 ? -1 : honest_exp10m1(x); }

/// The largest numbers have a logarithm of 1024 ln 2, as if they were infinite.
double log_of_largest(double x) {
  return x > 0x1.fffp+1023 && std::isfinite(x) ? honest_log(std::numeric_limits<double>::max())
                                               : honest_log(x);
}

}  // namespace

void add_threshold_mutants(std::vector<Mutant>& all) {
  const auto unary = [&all](std::string_view name, std::string_view sin, const Function& function,
                            Unary<double> code, std::string_view ulps = "1") {
    all.push_back(mutant<double>(name, sin, function, code, ulps));
  };
  const auto narrow = [&all](std::string_view name, std::string_view sin, const Function& function,
                             ScalarFunction code) {
    all.push_back(mutant<float>(name, sin, function, code, "0.52"));
  };
  unary("limit_rounded_down", "infinity above 709.7827111495574", functions::exp,
        limit_rounded_down);
  unary("expm1_limit", "infinity from 709.78271289 on", functions::expm1, expm1_limit);
  unary("late_limit", "2^1023 for 2^1024", functions::exp2, late_limit);
  unary("exp10_limit", "infinity above a float's 308.2547", functions::exp10, exp10_limit);
  narrow("exp10_limit_32", "infinity from 38.5318 on", functions::exp10,
         Unary<float>(exp10_limit_32));
  unary("exp2m1_limit", "infinity above 1023.9999999", functions::exp2m1, exp2m1_limit);
  unary("exp10m1_limit", "infinity above 308.2547155", functions::exp10m1, exp10m1_limit);
  all.push_back(mutant<double>("pow_limit", "infinite by y log2 x in single precision",
                               functions::pow, Binary<double>(pow_limit)));
  narrow("pow_zero_limit", "0 by y log2 x in working precision", functions::pow,
         Binary<float>(pow_zero_limit));
  unary("minus_one_late", "-1 + 2^-53 from -60 to -54", functions::exp2m1, exp2m1_is_minus_one_late,
        "0.52");
  narrow("exp10m1_minus_one", "-1 below -7", functions::exp10m1, Unary<float>(exp10m1_minus_one));
  unary("log_of_largest", "one logarithm for the largest numbers", functions::log, log_of_largest,
        "0.52");
}

}  // namespace napier::mutants
