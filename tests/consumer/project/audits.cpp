// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <napier/gtest.hpp>

#include <cmath>

namespace {

double good_exp(double x) { return std::exp(x); }
/// One argument in eight is wrong by some ulps.
double bad_exp(double x) {
  const double y = std::exp(x);
  return std::fabs(x) > 1 && std::fabs(x) < 2 ? y * (1 + 0x1p-50) : y;
}
/// Objects of one type, of which each is its own function.
auto scaled(double factor) {
  return [factor](double x) { return factor * std::exp(x); };
}
float good_powf(float x, float y) { return std::pow(x, y); }

}  // namespace

NAPIER_AUDIT(Good, napier::exponential<double>(good_exp)
                       .claims("ulp <= 1; special values; monotone")
                       .cases(20000));
NAPIER_AUDIT(Sabotaged, napier::exponential<double>(bad_exp).claims("ulp <= 1").cases(20000));
NAPIER_AUDIT(Power, napier::power<float>(good_powf).claims("ulp <= 1").cases(2000));
NAPIER_AUDIT(Lambda, napier::function<float>("expm1", [](float x) { return std::expm1(x); })
                         .claims("ulp <= 1.5")
                         .cases(2000));
NAPIER_AUDIT(Unclaimed, napier::exponential<double>(bad_exp).cases(2000));
NAPIER_AUDIT(Misspelt,
             napier::exponential<double>(good_exp).claims(std::string("ulp <= one")).cases(2000));
NAPIER_AUDIT(Unknown, napier::function<double>("expp", good_exp).claims("ulp <= 1"));
NAPIER_AUDIT(ScaledWrong, napier::exponential<double>(scaled(1.01)).claims("ulp <= 1").cases(2000));
NAPIER_AUDIT(ScaledRight, napier::exponential<double>(scaled(1)).claims("ulp <= 1").cases(2000));
