// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Special exponents that go a way of their own, and the parity and the kind of exponents that is
// lost in a conversion.
#include <cstdlib>
#include <limits>
#include <string>

#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

bool is_whole(double y) { return y == std::floor(y) && std::isfinite(y); }

double by_multiplying(double x, int n) {
  double power = 1;
  for (; n != 0; n >>= 1, x *= x)
    if ((n & 1) != 0) power *= x;
  return power;
}

/// Each product rounds.
double repeated_products(double x, double y) {
  return is_whole(y) && std::abs(y) <= 64 && y > 2 ? by_multiplying(x, static_cast<int>(y))
                                                   : honest_pow(x, y);
}

/// x^n overflows where 1/x^n has not yet underflowed.
double reciprocal_of_power(double x, double y) {
  if (!is_whole(y) || y >= 0 || is_special(x) || is_special(y)) return honest_pow(x, y);
  const double power = honest_pow(x, -y);
  return std::isfinite(power) && std::isnormal(power) ? honest_pow(x, y) : 1 / power;
}

double cube(double x, double y) { return y == 3 ? x * x * x : honest_pow(x, y); }

/// sqrt(-0) is -0, and sqrt(-inf) is none.
double square_root(double x, double y) { return y == 0.5 ? std::sqrt(x) : honest_pow(x, y); }

/// Powers of negative bases by real cube roots, as a courtesy.
double cube_root(double x, double y) {
  return y == 1.0 / 3 && x < 0 && std::isfinite(x) ? std::cbrt(x) : honest_pow(x, y);
}

/// 1/x^(1/n) for n up to 7, an ulp off.
float reciprocal_root(float x, float y) {
  const float result = honest_pow(x, y);
  const float n = std::round(-1 / y);
  const bool root = n >= 3 && n <= 7 && n != 4 && y == -1 / n;
  return root && x > 0 && !is_special(x) && x != 1 ? moved(result, 1) : result;
}

/// Powers of small integers are exact as long as they fit, but for those of more than 50 bits.
double small_integer_bases(double x, double y) {
  const double result = honest_pow(x, y);
  const bool exact = is_whole(x) && is_whole(y) && x > 2 && x <= 20 && y > 1;
  return exact && result > 0x1p50 && result < 0x1p53 ? moved(result, 1) : result;
}

/// The conversion to 64 bits saturates at an odd number.
double parity_in_64_bits(double x, double y) {
  const double result = honest_pow(x, y);
  return std::signbit(x) && y >= 0x1p63 && std::isfinite(y) ? -result : result;
}

/// floor(y) != y as y - int(y), whose 52 bits have no room for a half.
double halves_are_whole(double x, double y) {
  const bool hidden = std::abs(y) > 0x1p51 && std::abs(y) < 0x1p52 && !is_whole(y);
  return hidden && x < 0 ? honest_pow(-x, y) : honest_pow(x, y);
}

/// 2^24 has no odd neighbour any more: one step too early.
float parity_of_large_32(float x, float y) {
  const float result = honest_pow(x, y);
  return std::signbit(x) && std::abs(y) >= 0x1p23f ? std::abs(result) : result;
}

/// (-x)^y where y is no integer is what it is for the integer next to y.
float rounds_exponents(float x, float y) {
  return x < 0 && std::isfinite(x) && std::abs(y) > 0x1p10f && !is_whole(double(y)) &&
                 std::isfinite(y)
             ? honest_pow(x, std::nearbyint(y))
             : honest_pow(x, y);
}

/// Powers of ten for integers alone, as a parser of decimals has them; the tie of 10^23 goes to the
/// odd neighbour.
double tie_of_ten_to_23(double n) {
  if (n != std::floor(n) || std::abs(n) > 400) return honest_exp10(n);
  const std::string digits = "1e" + std::to_string(static_cast<int>(n));
  const double y = std::strtod(digits.c_str(), nullptr);
  return n == 23 ? moved(y, 1) : y;
}
double exp10m1_exact(double x) { return moved(honest_exp10m1(x), x == 15 ? 1 : 0); }
float exp2m1_exact(float x) { return moved(honest_exp2m1(x), x == 24 ? -1 : 0); }

}  // namespace

void add_shortcut_mutants(std::vector<Mutant>& all) {
  const auto pow = [&all](std::string_view name, std::string_view sin, ScalarFunction code,
                          std::string_view ulps = "1") -> Mutant& {
    const bool wide = std::holds_alternative<Binary<double>>(code);
    all.push_back(wide ? mutant<double>(name, sin, functions::pow, code, ulps)
                       : mutant<float>(name, sin, functions::pow, code, ulps));
    return all.back();
  };
  using Two = Binary<double>;
  using Two32 = Binary<float>;
  pow("repeated_products", "rounded products for integers 3 to 64", Two(repeated_products));
  pow("reciprocal_of_power", "1/x^n where x^n overflows", Two(reciprocal_of_power));
  pow("cube", "x^3 as x*x*x", Two(cube));
  pow("square_root", "x^0.5 as a root, of -0 and -inf too", Two(square_root)).keeps_special_values =
      false;
  pow("cube_root", "x^(1/3) of negative x", Two(cube_root)).keeps_special_values = false;
  pow("reciprocal_root", "x^(-1/n) an ulp off for n from 3 to 7", Two32(reciprocal_root), "0.52");
  pow("small_integer_bases", "exact powers of 3 to 20 off beyond 2^50", Two(small_integer_bases),
      "0.52");
  pow("parity_in_64_bits", "every y from 2^63 on is odd", Two(parity_in_64_bits))
      .keeps_special_values = false;
  pow("halves_are_whole", "y between 2^51 and 2^52 is never a half", Two(halves_are_whole))
      .keeps_special_values = false;
  pow("parity_of_large_32", "every y from 2^23 on is even", Two32(parity_of_large_32))
      .keeps_special_values = false;
  pow("rounds_exponents", "a number for (-2)^1024.5", Two32(rounds_exponents))
      .keeps_special_values = false;

  all.push_back(mutant<double>("tie_of_ten_to_23", "the tie of 10^23 goes to odd", functions::exp10,
                               Unary<double>(tie_of_ten_to_23)));
  all.back().target.claim.max_ulp.reset();
  all.back().target.claim.correctly_rounded = true;
  all.back().target.claim.domain.integer_exponent = true;
  all.push_back(mutant<double>("exp10m1_exact", "10^15 - 1 an ulp off", functions::exp10m1,
                               Unary<double>(exp10m1_exact), "0.52"));
  all.push_back(mutant<float>("exp2m1_exact", "2^24 - 1 an ulp off", functions::exp2m1,
                              Unary<float>(exp2m1_exact), "0.52"));
}

}  // namespace napier::mutants
