// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The derivative of the log-normal density, −f·(1 + ln x)/x.
//
// The claim, on [1/2, 1000], in units of u = 2^-p: f is off by 0.564 ulp (0.506), 1.13u at most;
// 1 + L, L ≥ −0.7, is taken in two words and rounded, u; their product u, the quotient ½ ulp: 3.63.
// Next to 1/e, where 1 + L is 0, nothing relative is left to promise.
#include "lib/composition/lognormal.hpp"
#include "lib/derivative/row.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method method{"product", "-f (1 + ln x)/x, each factor rounded",
                               "lib/derivative/lognormal_slope.cpp"};

template <Working T>
T d_lognormal(T x) {
  if (!(x > 0 && x < shelf::infinity<T>)) return shelf::lognormal(x);
  const auto [hi, lo] = shelf::log_pair(x);
  const auto [sum, sum_lo] = shelf::two_sum(hi, T(1));
  return -(shelf::lognormal(x) * (sum + (sum_lo + lo))) / x;
}

template <Working T>
void add(Catalogue& catalogue) {
  shelf::add_derivative<T>(catalogue, method, functions::d_lognormal, Unary<T>(d_lognormal<T>),
                           {"ulp <= 3.64 on [0.5, 1000]", "ulp <= 3.64 on [0.5, 1000]"},
                           {Unary<T>(shelf::lognormal<T>), shelf::lognormal_claim<T>()});
}

}  // namespace

void contribute_lognormal_slope(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
