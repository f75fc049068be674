// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// ∂/∂x x^y = y·x^y/x: one power for value and slope, as many packages do it. It costs the base 0,
// where 0/0 is no number though x^y has a slope there for y ≥ 1, and results whose power is out of
// range while the slope is not: the domain leaves both out.
//
// The claim. The power is off by 1.032u (1.006u in binary32; u = 2^-p), the product and the
// quotient are rounded: 1.032 + 1 ulp and the last ½: 2.54 and 2.51.
#include "lib/derivative/row.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method method{"power_over_base", "y x^y / x, from the power at hand",
                               "lib/derivative/power_over_base.cpp"};

template <Working T>
T d_pow_x(T x, T y) {
  return shelf::power(x, y) * y / x;
}

template <Working T>
void add(Catalogue& catalogue) {
  shelf::add_derivative<T>(catalogue, method, functions::d_pow_x, Binary<T>(d_pow_x<T>),
                           {"ulp <= 2.51 on x in [0x1p-10, 0x1p10], y in [0.125, 12]",
                            "ulp <= 2.54 on x in [0x1p-10, 0x1p10], y in [0.125, 100]"});
}

}  // namespace

void contribute_power_over_base(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
