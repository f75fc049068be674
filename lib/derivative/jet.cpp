// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Derivatives of orders 2 and 3 by Taylor polynomials (jet.hpp).
//
// The claims, in units of u = 2^-p, in ulp no more:
//
//   d²/dx² e^x: e₂ = e₀/2 and twice that is e₀, tang's e^x, exactly.
//   d³/dx³ 2^x, w = (fl(xL), L): e^z by z 0.903|x| (0.726|x|), see dual.cpp, and 1.06 (1.14)
//   itself;
//     three times L, 0.302 (0.047) each; products with L 3, the division by 3 1, the product with 6
//     ½
//   d²/dy² x^y, w = (yL, L): e^z 120.3, twice L 2.4, two products 2, see dual.cpp
//   d²/dx² x^y, w = (yL, y/x, −y/2x²): the second term of e₂ = (w₁e₁ + 2w₂e₀)/2 takes away from the
//     first. Beside e^z, that both share, w₁e₁ is 6 off and 2w₂e₀ 4. They are as y² to −y, so that
//     the sum is (6y² + 4y)/(y² − y) off, 16 for y = 2 and less above; its own rounding adds 1.
//
// Below, powers divided by 2 and 6 would be subnormal: the domains keep out of there.
#include "lib/derivative/jet.hpp"

#include "lib/derivative/row.hpp"

namespace napier {
namespace {

using shelf::Jet;
using shelf::Working;

constexpr shelf::Method method{"jet", "Taylor mode: the recurrences of Taylor coefficients",
                               "lib/derivative/jet.cpp"};

template <Working T>
T d2_exp(T x) {
  return highest(exp(Jet<T, 2>::variable(x)));
}

template <Working T>
T d3_exp2(T x) {
  return highest(exp(Jet<T, 3>::variable(x) * Jet<T, 3>::constant(shelf::ln2<T>.hi)));
}

template <Working T>
T d2_pow_x(T x, T y) {
  return highest(exp(Jet<T, 2>::constant(y) * shelf::log_of_variable<T, 2>(x)));
}

template <Working T>
T d2_pow_y(T x, T y) {
  return highest(exp(Jet<T, 2>::variable(y) * Jet<T, 2>::constant(shelf::series_log(x))));
}

template <Working T>
void add(Catalogue& catalogue) {
  using namespace functions;
  shelf::add_derivative<T>(catalogue, method, derivative(d_exp, 2), Unary<T>(d2_exp<T>),
                           {"ulp <= 0.57 on [-86, 88.7]", "ulp <= 0.53 on [-700, 709.7]"});
  shelf::add_derivative<T>(
      catalogue, method, derivative(d_exp2, 3), Unary<T>(d3_exp2<T>),
      {"ulp <= 5.9 + 0.726*|x| on [-119, 127]", "ulp <= 6.5 + 0.903*|x| on [-1015, 1023]"});
  const shelf::Value value{Binary<T>(shelf::naive_pow<T>), shelf::naive_pow_claim<T>()};
  constexpr std::string_view along_base = "ulp <= 139 on x in [0x1p-10, 0x1p10], y in [2, 12]";
  shelf::add_derivative<T>(catalogue, method, derivative(d_pow_x, 2), Binary<T>(d2_pow_x<T>),
                           {along_base, along_base}, value);
  constexpr std::string_view along_exponent =
      "ulp <= 125.5 on x in [0x1p-10, 0x1p10], y in [-12, 12]";
  shelf::add_derivative<T>(catalogue, method, derivative(d_pow_y, 2), Binary<T>(d2_pow_y<T>),
                           {along_exponent, along_exponent}, value);
}

}  // namespace

void contribute_jet(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
