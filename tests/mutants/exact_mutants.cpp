// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Right but where the result is a number of the format, or the midpoint of two: places so rare that
// only who knows them meets them.
#include <cstdint>
#include <limits>

#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

/// Julia's exp10(23), where a double is exact.
double slip_at_ten_to_22(double x) {
  if (is_special(x)) return std::pow(10.0, x);
  const auto y = static_cast<double>(std::pow(10.0L, static_cast<long double>(x)));
  return x == 22 ? std::nextafter(y, inf) : y;
}

/// A table of the subnormal powers with one wrong entry.
double wrong_subnormal_entry(double x) {
  const double y = honest_exp2(x);
  return x == -1060 ? std::nextafter(y, inf) : y;
}

/// 1 is still there beside 2^-53, but not beside 2^-52: −1 a place too early.
double last_place_less_one(double x) {
  if (x == -53) return -1;
  if (is_special(x)) return std::expm1(x);
  const long double z = static_cast<long double>(x) * 0xb.17217f7d1cf79acp-4L;
  return static_cast<double>(std::abs(x) < 1 ? std::expm1(z) : std::exp2(Wide<double>(x)) - 1);
}

/// Exact roots of more than 12 bits, up to the 27 whose square a double holds, are a place too
/// large.
double long_square_root(double x, double y) {
  const double root = honest_pow(x, y);
  if (y != 0.5 || is_special(x) || is_special(root)) return root;
  const auto has_bits = [root](int n) {
    return std::fmod(root, std::ldexp(1.0, std::ilogb(root) + 1 - n)) == 0;
  };
  return root * root == x && has_bits(27) && !has_bits(12) ? std::nextafter(root, inf) : root;
}

/// The neighbour of a float that lies as far from t on its other side, if t is a midpoint.
float other_side(float y, double t) { return static_cast<float>(t + (t - static_cast<double>(y))); }

bool is_midpoint(float y, double t) {
  const float next = std::nextafter(y, t > static_cast<double>(y) ? HUGE_VALF : -HUGE_VALF);
  return static_cast<double>(y) - t == t - static_cast<double>(next);
}

/// CORE-MATH's pow, once. x^y for binary32 is from binary64, whose own pow errs by 2^-30 of an ulp
/// of binary32. Powers of powers of two are met by who tries small exponents.
float subnormal_midpoint(float x, float y) {
  const float result = honest_pow(x, y);
  if (is_special(x) || is_special(y) || !(std::abs(result) < std::numeric_limits<float>::min()))
    return result;
  int exponent = 0;
  if (std::abs(std::frexp(x, &exponent)) == 0.5f) return result;
  const double t = std::pow(static_cast<double>(x), static_cast<double>(y));
  return is_midpoint(result, t) ? other_side(result, t) : result;
}

float midpoint_of_cubed_root(float x, float y) {
  const float result = honest_pow(x, y);
  if (is_special(x) || y != 1.5f || !std::isnormal(result)) return result;
  const double t = std::pow(static_cast<double>(x), static_cast<double>(y));
  return is_midpoint(result, t) ? other_side(result, t) : result;
}

}  // namespace

void add_exact_mutants(std::vector<Mutant>& all) {
  all.push_back(mutant<double>("slip_at_ten_to_22", "10^22 an ulp off", functions::exp10,
                               Unary<double>(slip_at_ten_to_22), "0.52"));
  all.push_back(mutant<double>("wrong_subnormal_entry", "2^-1060 a place off", functions::exp2,
                               Unary<double>(wrong_subnormal_entry), "0.52"));
  all.push_back(mutant<double>("last_place_less_one", "2^-53 - 1 is -1", functions::exp2m1,
                               Unary<double>(last_place_less_one), "0.52"));
  all.push_back(mutant<double>("long_square_root", "exact roots of large squares an ulp off",
                               functions::pow, Binary<double>(long_square_root), "0.52"));
  const auto correctly_rounded = [&all](std::string_view name, std::string_view sin,
                                        Binary<float> code) {
    all.push_back(mutant<float>(name, sin, functions::pow, code));
    all.back().target.claim.max_ulp.reset();
    all.back().target.claim.correctly_rounded = true;
  };
  correctly_rounded("subnormal_midpoint", "ties of subnormal results go to odd",
                    subnormal_midpoint);
  correctly_rounded("midpoint_of_cubed_root", "ties of x^1.5 go to odd", midpoint_of_cubed_root);
}

}  // namespace napier::mutants
