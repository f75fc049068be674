// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <napier/gtest.hpp>

#include <cmath>
#include <cstring>
#include <utility>

namespace {

long double good_expl(long double x) { return std::exp(x); }
_Float16 half_exp(_Float16 x) { return static_cast<_Float16>(std::exp(static_cast<float>(x))); }
__float128 quad_exp(__float128 x) { return std::exp(static_cast<long double>(x)); }

/// A bfloat16 is the upper half of a float.
napier::bfloat16 brain_exp(napier::bfloat16 x) {
  std::uint32_t bits = static_cast<std::uint32_t>(x) << 16;
  float value;
  std::memcpy(&value, &bits, sizeof value);
  value = std::exp(value);
  std::memcpy(&bits, &value, sizeof bits);
  return napier::bfloat16{static_cast<std::uint16_t>(bits >> 16)};  // towards 0: within 1 ulp
}

void exps(const double* x, double* y, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) y[i] = std::exp(x[i]);
}
/// The last three of each four are another function.
void odd_exps(const double* x, double* y, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) y[i] = std::exp(x[i]) * (i % 4 == 0 ? 1 : 1 + 0x1p-40);
}

}  // namespace

NAPIER_AUDIT(Extended,
             napier::exponential<long double>(good_expl).claims("rounded ulp <= 1").cases(500));
NAPIER_AUDIT(Half, napier::exponential<_Float16>(half_exp).claims("ulp <= 1").cases(2000));
NAPIER_AUDIT(Brain,
             napier::exponential<napier::bfloat16>(brain_exp).claims("ulp <= 1.01").cases(2000));
NAPIER_AUDIT(
    Quad, napier::exponential<__float128>(quad_exp).claims("rel <= 1e-15 on [-1, 1]").cases(200));
NAPIER_AUDIT(Array, napier::arrays<double>("exp", exps).claims("ulp <= 1").cases(2000));
NAPIER_AUDIT(OddArray, napier::arrays<double>("exp", odd_exps).cases(2000).measured_only());
NAPIER_AUDIT(HalfAndSlope, napier::value_and_derivative<_Float16>("exp", half_exp, half_exp)
                               .claims("ulp <= 1")
                               .derivative_claims("ulp <= 1")
                               .cases(500));
NAPIER_AUDIT(BrainAndSlope,
             napier::value_and_derivative<napier::bfloat16>("exp",
                                                            [](napier::bfloat16 x,
                                                               napier::bfloat16* derivative) {
                                                              return *derivative = brain_exp(x);
                                                            })
                 .claims("ulp <= 1.01")
                 .derivative_claims("ulp <= 1.01")
                 .cases(500));
NAPIER_AUDIT(QuadAndSlope, napier::value_and_derivative<__float128>("exp",
                                                                    [](__float128 x) {
                                                                      return std::pair(quad_exp(x),
                                                                                       quad_exp(x));
                                                                    })
                               .claims("rel <= 1e-15 on [-1, 1]")
                               .derivative_claims("rel <= 1e-15 on [-1, 1]")
                               .cases(100));
NAPIER_AUDIT(QuadAndWrongSlope,
             napier::value_and_derivative<__float128>("exp", quad_exp,
                                                      [](__float128 x) { return 2 * quad_exp(x); })
                 .claims("rel <= 1e-15 on [-1, 1]")
                 .derivative_claims("rel <= 1e-15 on [-1, 1]")
                 .cases(100));
NAPIER_AUDIT(ArrayOfPowers,
             napier::arrays<float>("pow",
                                   [](const float* x, const float* a, float* y, std::size_t n) {
                                     for (std::size_t i = 0; i < n; ++i)
                                       y[i] = std::pow(x[i], a[i]);
                                   })
                 .claims(std::string("ulp <= 1"))
                 .cases(1000));
NAPIER_AUDIT(
    Good, napier::exponential<long double>(good_expl).measured_only());  // audits.cpp has one, too
