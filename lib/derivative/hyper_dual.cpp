// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Second derivatives by hyper-dual numbers (Fike & Alonso 2011): v + aε₁ + bε₂ + cε₁ε₂ with
// ε₁² = ε₂² = 0. The last part carries the mixed second derivative along, free of any step.
//
// The claims, in units of u = 2^-p, in ulp no more; e^z is 120.3 off as in dual.cpp:
//
//   d²/dx² x^y = e^z(c + ab), a = b = y/x, c = −y/x²: ab is 5 off and c 4, and they are as y² to
//   −y:
//     (5y² + 4y)/(y² − y), 14 for y = 2 and less above; the sum and the product add 2.
//   d²/dx dy x^y = e^z(1/x + (y/x)·ln x): no part is negative for x ≥ 1, y ≥ 0. The second is at
//     most 2 + 1.2 + 1 off where z is large, and 5.2 where ln x < 1 and z is nearly exact; the sum
//     and the product add 2.
#include "lib/derivative/row.hpp"
#include "lib/exponential/naive_pow.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method method{"hyper_dual", "hyper-dual numbers: the mixed part carried along",
                               "lib/derivative/hyper_dual.cpp"};

template <Working T>
struct HyperDual {
  T value;
  T first;
  T second;
  T mixed;

  friend HyperDual operator*(const HyperDual& a, const HyperDual& b) {
    return {a.value * b.value, a.first * b.value + a.value * b.first,
            a.second * b.value + a.value * b.second,
            a.mixed * b.value + a.first * b.second + a.second * b.first + a.value * b.mixed};
  }
};

template <Working T>
HyperDual<T> exp(const HyperDual<T>& z) {
  const T value = shelf::tang_exp(z.value);
  return {value, value * z.first, value * z.second, value * (z.mixed + z.first * z.second)};
}

template <Working T>
HyperDual<T> log(const HyperDual<T>& x) {
  const T first = x.first / x.value;
  const T second = x.second / x.value;
  return {shelf::series_log(x.value), first, second, x.mixed / x.value - first * second};
}

template <Working T>
T d2_pow_x(T x, T y) {
  return exp(HyperDual<T>{y, 0, 0, 0} * log(HyperDual<T>{x, 1, 1, 0})).mixed;
}

template <Working T>
T d2_pow_xy(T x, T y) {
  return exp(HyperDual<T>{y, 0, 1, 0} * log(HyperDual<T>{x, 1, 0, 0})).mixed;
}

template <Working T>
void add(Catalogue& catalogue) {
  const shelf::Value value{Binary<T>(shelf::naive_pow<T>), shelf::naive_pow_claim<T>()};
  constexpr std::string_view along_base = "ulp <= 137 on x in [0x1p-10, 0x1p10], y in [2, 12]";
  shelf::add_derivative<T>(catalogue, method, derivative(functions::d_pow_x, 2),
                           Binary<T>(d2_pow_x<T>), {along_base, along_base}, value);
  constexpr std::string_view mixed = "ulp <= 128 on x in [1, 0x1p10], y in [0, 12]";
  shelf::add_derivative<T>(catalogue, method, mixed_derivative(), Binary<T>(d2_pow_xy<T>),
                           {mixed, mixed}, value);
}

}  // namespace

void contribute_hyper_dual(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
