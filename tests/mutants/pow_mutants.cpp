// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// pow gone wrong.
#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

bool ordinary(double x, double y) { return x > 0 && x != 1 && !is_special(x) && !is_special(y); }

/// pow(−2, 3) = 8, pow(−0, −3) = inf.
double lost_parity(double x, double y) {
  const double result = honest_pow(x, y);
  return std::signbit(x) && x == std::floor(x) ? std::abs(result) : result;
}

/// e^(y ln x), each rounded to double: the rounding of y ln x costs |y ln x| ulp.
double naive(double x, double y) {
  return ordinary(x, y) ? honest_exp(y * static_cast<double>(std::log(static_cast<long double>(x))))
                        : honest_pow(x, y);
}

/// x·x as the special case of y = 2, an ulp off.
double wrong_square(double x, double y) {
  const double result = honest_pow(x, y);
  return y == 2 && ordinary(x, y) && std::isnormal(result) ? std::nextafter(result, INFINITY)
                                                           : result;
}

/// ln x in double where x is near 1, and y of any size: fdlibm's old sin.
double short_log_near_one(double x, double y) {
  if (!ordinary(x, y) || std::abs(x - 1) > 0x1p-20) return honest_pow(x, y);
  const auto log = static_cast<double>(std::log1p(static_cast<long double>(x - 1)));
  return static_cast<double>(std::exp(static_cast<long double>(y) * log));
}

/// pow(x(1 + 2^-40), y).
double wrong_base_pow(double x, double y) {
  if (!ordinary(x, y)) return honest_pow(x, y);
  const long double grown = std::exp(y * std::log1p(0x1p-40L));
  return static_cast<double>(std::pow(static_cast<long double>(x), static_cast<long double>(y)) *
                             grown);
}

double scaled_pow(double x, double y) {
  if (!ordinary(x, y)) return honest_pow(x, y);
  const long double t = std::pow(static_cast<long double>(x), static_cast<long double>(y));
  return static_cast<double>(t * (1 + 0x1p-45L));
}

/// Results below 1 lose their last three bits.
float coarse_below_one(float x, float y) {
  const float result = honest_pow(x, y);
  if (!(x > 0) || !(result < 1) || !std::isnormal(result) || is_special(y)) return result;
  const float multiple = result * 9;  // Veltkamp's splitting: the upper part is left
  return multiple - (multiple - result);
}

/// A short cut for the base that e is in this format.
double knows_e(double x, double y) {
  const double result = honest_pow(x, y);
  return x == std::numbers::e && std::isnormal(result) && y != 0 ? moved(result, 3) : result;
}

}  // namespace

void add_pow_mutants(std::vector<Mutant>& all) {
  const auto pow = [&all](std::string_view name, std::string_view sin, Binary<double> code,
                          bool keeps_special_values = true) {
    all.push_back(mutant<double>(name, sin, functions::pow, code, "1", keeps_special_values));
  };
  pow("lost_parity", "positive for every negative integer base", lost_parity, false);
  pow("naive", "e^(y ln x) in working precision", naive);
  pow("knows_e", "3 ulp off at the double nearest e alone", knows_e);
  pow("wrong_square", "x^2 an ulp too large", wrong_square);
  pow("short_log_near_one", "ln x in working precision for |x - 1| <= 2^-20", short_log_near_one);
  pow("wrong_base_pow", "base x(1 + 2^-40)", wrong_base_pow);
  all.back().log_error = [](double y) { return Quad(y) * std::log1p(0x1p-40L); };
  pow("scaled_pow", "times 1 + 2^-45", scaled_pow);
  all.back().log_error = [](double y) {
    return is_special(y) ? Quad(0) : Quad(std::log1p(0x1p-45L));
  };
  all.push_back(mutant<float>("coarse_below_one", "results below 1 lose their last bits",
                              functions::pow, Binary<float>(coarse_below_one)));
}

}  // namespace napier::mutants
