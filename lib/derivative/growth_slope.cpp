// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The gradient of compound growth G = 2^(x/y): G·ln 2/y along the time x, and −G·ln 2/y²·x along
// what it takes to double, y. The factor x comes last, for it may be as small as it likes.
//
// The claims, in units of u = 2^-p: G is off by 1.0001u (growth.cpp), ln 2 in one word by 0.302u
// (0.047u in binary32), and each product or quotient by u, the last one by ½ ulp:
//
//   along x   1.0001 + 0.302 + 1 + ½      2.81   (2.55)
//   along y   1.0001 + 0.302 + 3 + ½      4.81   (4.55)
//
// where G, G/y and G/y² are normal numbers: the domain sees to that.
#include "lib/composition/growth.hpp"
#include "lib/derivative/row.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method method{"growth_slope", "2^(x/y) ln 2/y, and times -x/y",
                               "lib/derivative/growth_slope.cpp"};

template <Working T>
T d_growth_x(T x, T y) {
  return shelf::growth(x, y) * shelf::ln2<T>.hi / y;
}

template <Working T>
T d_growth_y(T x, T y) {
  return shelf::growth(x, y) * shelf::ln2<T>.hi / y / y * -x;
}

template <Working T>
void add(Catalogue& catalogue) {
  const shelf::Value growth{Binary<T>(shelf::growth<T>), shelf::growth_claim<T>()};
  shelf::add_derivative<T>(catalogue, method, functions::d_growth_x, Binary<T>(d_growth_x<T>),
                           {"ulp <= 2.56 on x in [-100, 100], y in [1, 128]",
                            "ulp <= 2.81 on x in [-900, 900], y in [1, 1024]"},
                           growth);
  shelf::add_derivative<T>(catalogue, method, functions::d_growth_y, Binary<T>(d_growth_y<T>),
                           {"ulp <= 4.56 on x in [-100, 100], y in [1, 128]",
                            "ulp <= 4.81 on x in [-900, 900], y in [1, 1024]"},
                           growth);
}

}  // namespace

void contribute_growth_slope(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
