// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Subnormal arguments and results mistaken for zeros, for normal numbers, or rounded twice.
#include <limits>

#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

bool is_subnormal(double x) { return std::fpclassify(x) == FP_SUBNORMAL; }
bool is_subnormal(float x) { return std::fpclassify(x) == FP_SUBNORMAL; }

/// Go's exp once: no result below e^-740.
double zero_below_minus_740(double x) { return x < -740 ? 0 : honest_exp(x); }

/// Julia's 2.0^-1024 once.
double no_subnormal_powers_of_two(double x) { return x < -1022.0 ? 0 : honest_exp2(x); }

/// 5e-324 is lost.
double loses_least_power_of_ten(double x) { return x < -323 ? 0 : honest_exp10(x); }

/// As wide as a normal number first, then what is left of it.
template <class T>
T rounded_twice(Wide<T> t) {
  constexpr int lift = sizeof(T) == sizeof(float) ? 100 : 1000;
  if (!(std::abs(t) < Wide<T>(std::numeric_limits<T>::min())) || !std::isnormal(std::ldexp(t, 64)))
    return static_cast<T>(t);
  return std::ldexp(static_cast<T>(std::ldexp(t, lift)), -lift);
}
double exp10_rounds_twice(double x) {
  return is_special(x) ? honest_exp10(x) : rounded_twice<double>(std::pow(10.0L, Wide<double>(x)));
}
float exp2_rounds_twice(float x) { return rounded_twice<float>(std::exp2(Wide<float>(x))); }
double pow_rounds_twice(double x, double y) {
  if (is_special(x) || is_special(y)) return honest_pow(x, y);
  return rounded_twice<double>(std::pow(Wide<double>(x), Wide<double>(y)));
}

/// The bits of a subnormal base are taken for a normal number's, with the implicit one.
double subnormal_base(double x, double y) {
  const double least = std::numeric_limits<double>::min();
  return is_subnormal(x) ? honest_pow((std::abs(x) + least) / 2 * (x < 0 ? -1 : 1), y)
                         : honest_pow(x, y);
}

/// Read as zeros, where the mode is none of flushing.
float subnormal_base_is_zero(float x, float y) {
  return honest_pow(is_subnormal(x) ? std::copysign(0.0f, x) : x, y);
}
double log_of_subnormal(double x) { return honest_log(is_subnormal(x) ? 0 : x); }

/// k of a subnormal number is -1022, whatever zeros it begins with.
float log_without_normalizing(float x) {
  return x > 0 && is_subnormal(x) ? honest_log((x + std::numeric_limits<float>::min()) / 2)
                                  : honest_log(x);
}

/// x is returned for small x, but those that are subnormal come back as zeros.
double expm1_of_subnormal(double x) {
  return is_subnormal(x) ? std::copysign(0.0, x) : honest_expm1(x);
}
double exp10m1_into_subnormals(double x) {
  const double y = honest_exp10m1(x);
  return is_subnormal(y) ? std::copysign(0.0, x) : y;
}
/// x ln 2 by a product that is rounded, then rounded again where it is subnormal.
double exp2m1_rounds_twice(double x) {
  if (is_special(x) || std::abs(x) > 0x1p-1000) return honest_exp2m1(x);
  return std::ldexp(static_cast<double>(std::ldexp(x, 1000) * std::numbers::ln2_v<long double>),
                    -1000);
}

}  // namespace

void add_subnormal_mutants(std::vector<Mutant>& all) {
  const auto unary = [&all](std::string_view name, std::string_view sin, const Function& function,
                            Unary<double> code, std::string_view ulps = "1") {
    all.push_back(mutant<double>(name, sin, function, code, ulps));
  };
  unary("zero_below_minus_740", "0 below -740", functions::exp, zero_below_minus_740);
  unary("no_subnormal_powers_of_two", "0 below -1022", functions::exp2, no_subnormal_powers_of_two);
  unary("loses_least_power_of_ten", "0 below -323", functions::exp10, loses_least_power_of_ten,
        "0.52");
  unary("exp10_rounds_twice", "subnormal results are rounded twice", functions::exp10,
        exp10_rounds_twice, "0.52");
  all.push_back(mutant<float>("exp2_rounds_twice", "subnormal results are rounded twice",
                              functions::exp2, Unary<float>(exp2_rounds_twice), "0.52"));
  all.push_back(mutant<double>("pow_rounds_twice", "subnormal results are rounded twice",
                               functions::pow, Binary<double>(pow_rounds_twice), "0.52"));
  all.push_back(mutant<double>("subnormal_base", "bases 0.f 2^-1022 read as 1.f 2^-1023",
                               functions::pow, Binary<double>(subnormal_base)));
  all.push_back(mutant<float>("subnormal_base_is_zero", "subnormal bases read as 0", functions::pow,
                              Binary<float>(subnormal_base_is_zero)));
  all.back().keeps_special_values = false;  // (-0)^0.5 is a number
  unary("log_of_subnormal", "subnormal numbers read as 0", functions::log, log_of_subnormal);
  all.back().keeps_special_values = false;  // -inf for negative ones
  all.push_back(mutant<float>("log_without_normalizing", "subnormals 0.f read as 1.f/2",
                              functions::log, Unary<float>(log_without_normalizing)));
  unary("expm1_of_subnormal", "0 for subnormal x", functions::expm1, expm1_of_subnormal, "0.52");
  unary("exp10m1_into_subnormals", "subnormal results become 0", functions::exp10m1,
        exp10m1_into_subnormals, "0.52");
  unary("exp2m1_rounds_twice", "subnormal results are rounded twice", functions::exp2m1,
        exp2m1_rounds_twice, "0.52");
}

}  // namespace napier::mutants
