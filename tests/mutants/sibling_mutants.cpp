// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// expm1 and exp2 gone wrong.
#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

/// e^x − 1 as it is written down: everything cancels for small x.
double as_difference(double x) { return x == 0 ? x : honest_exp(x) - 1; }

double wrong_base_expm1(double x) {
  if (is_special(x)) return honest_expm1(x);
  const long double exponent = x + x * std::log1p(0x1p-40L);
  return static_cast<double>(std::expm1(exponent));
}

double scaled_expm1(double x) {
  if (is_special(x)) return honest_expm1(x);
  const long double t = std::expm1(static_cast<long double>(x));
  return static_cast<double>(x > 0 ? t * (1 + 0x1p-45L) : t);
}

/// Small arguments come back without their sign.
double lost_sign(double x) { return x < 0 && x > -0x1p-30 ? -honest_expm1(x) : honest_expm1(x); }

double wrong_base_exp2(double x) {
  if (is_special(x)) return honest_exp2(x);
  const long double t = std::exp2(static_cast<long double>(x));
  return static_cast<double>(t * std::exp(x * std::log1p(0x1p-40L)));
}

double scaled_exp2(double x) {
  if (is_special(x)) return honest_exp2(x);
  return static_cast<double>(std::exp2(static_cast<long double>(x)) * (1 + 0x1p-45L));
}

/// Beyond 2^±1000 the scale is made of two powers of two, one of them a bit off.
double wrong_far_scale(double x) {
  if (is_special(x) || std::abs(x) <= 1000) return honest_exp2(x);
  return static_cast<double>(std::exp2(static_cast<long double>(x)) * (1 + 0x1p-46L));
}

/// The coefficient of the linear term is off by 2^-20; integers stay right.
float wrong_coefficient(float x) {
  if (is_special(x) || std::abs(x) > 200) return honest_exp2(x);
  const double fraction = x - std::nearbyint(static_cast<double>(x));
  return static_cast<float>(std::exp2(static_cast<double>(x)) * (1 + fraction * 0x1p-20));
}

}  // namespace

void add_sibling_mutants(std::vector<Mutant>& all) {
  const auto expm1 = [&all](std::string_view name, std::string_view sin, Unary<double> code) {
    all.push_back(mutant<double>(name, sin, functions::expm1, code));
  };
  expm1("as_difference", "e^x - 1 as written", as_difference);
  all.back().keeps_special_values = false;  // +0 at the negative number next to 0
  expm1("wrong_base_expm1", "base e(1 + 2^-40)", wrong_base_expm1);
  expm1("scaled_expm1", "times 1 + 2^-45 for positive x", scaled_expm1);
  expm1("lost_sign", "positive for x in (-2^-30, 0)", lost_sign);

  using LogError = std::function<Quad(double)>;
  const auto exp2 = [&all](std::string_view name, std::string_view sin, Unary<double> code,
                           LogError log_error) {
    all.push_back(mutant<double>(name, sin, functions::exp2, code));
    all.back().log_error = std::move(log_error);
  };
  exp2("wrong_base_exp2", "base 2(1 + 2^-40)", wrong_base_exp2,
       [](double x) { return Quad(x) * std::log1p(0x1p-40L); });
  exp2("scaled_exp2", "times 1 + 2^-45", scaled_exp2,
       [](double x) { return is_special(x) ? Quad(0) : Quad(std::log1p(0x1p-45L)); });
  exp2("wrong_far_scale", "off by 2^-46 for |x| > 1000", wrong_far_scale, [](double x) {
    return std::abs(x) <= 1000 || is_special(x) ? Quad(0) : Quad(std::log1p(0x1p-46L));
  });
  all.push_back(mutant<float>("wrong_coefficient", "linear coefficient off by 2^-20",
                              functions::exp2, Unary<float>(wrong_coefficient)));
}

}  // namespace napier::mutants
