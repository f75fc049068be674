// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <napier/gtest.hpp>

#include <chrono>
#include <cmath>
#include <thread>
#include <utility>

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
double slow_exp(double x) {
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return std::exp(x);
}
double three_to(double x) { return std::pow(3.0, x); }
double two_to(double x) { return std::exp2(x); }
double slope_of_two_to(double x) { return 0x1.62e42fefa39efp-1 * std::exp2(x); }  // by ln 2
/// The derivative of e^x - 1 by a formula that loses it for arguments below 0.
std::pair<double, double> expm1_and_slope(double x) {
  const double y = std::expm1(x);
  return {y, y + 1};
}
struct Both {
  float value, derivative;
};

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
NAPIER_AUDIT(MeasuredOnly, napier::exponential<double>(bad_exp).cases(2000).measured_only());
NAPIER_AUDIT(Contradiction,
             napier::exponential<double>(bad_exp).claims("ulp <= 1").measured_only());
NAPIER_AUDIT(OfAllErrors, napier::exponential<double>(bad_exp).claims("mean ulp <= 9").cases(2000));
NAPIER_AUDIT(Misspelt,
             napier::exponential<double>(good_exp).claims(std::string("ulp <= one")).cases(2000));
NAPIER_AUDIT(Slow, napier::exponential<double>(slow_exp).claims("ulp <= 1").max_seconds(0.1));
NAPIER_AUDIT(Unknown, napier::function<double>("expp", good_exp).claims("ulp <= 1"));
NAPIER_AUDIT(ScaledWrong, napier::exponential<double>(scaled(1.01)).claims("ulp <= 1").cases(2000));
NAPIER_AUDIT(ScaledRight, napier::exponential<double>(scaled(1)).claims("ulp <= 1").cases(2000));

// A base of one's own: the power of one argument.
NAPIER_AUDIT(BaseThree, napier::exponential<double>(three_to, 3).claims("ulp <= 1").cases(2000));
NAPIER_AUDIT(BaseWrong, napier::exponential<double>(three_to, 2.5).claims("ulp <= 1").cases(2000));
NAPIER_AUDIT(BaseOne, napier::exponential<double>(three_to, 1).claims("ulp <= 1"));
NAPIER_AUDIT(BaseNegative, napier::exponential<double>(three_to, -3).claims("ulp <= 1"));
NAPIER_AUDIT(BaseOfNoFloat, napier::exponential<float>([](float x) { return std::exp(x); }, 0.1)
                                .claims("ulp <= 1"));

// A value and its derivative, in all forms.
NAPIER_AUDIT(Pair, napier::value_and_derivative<double>("expm1", expm1_and_slope)
                       .claims("ulp <= 1")
                       .derivative_claims("ulp <= 2")
                       .cases(4000));
NAPIER_AUDIT(PairInAStruct, napier::value_and_derivative<float>("exp",
                                                                [](float x) {
                                                                  const float y = std::exp(x);
                                                                  return Both{y, y};
                                                                })
                                .claims("ulp <= 1")
                                .derivative_claims("ulp <= 1")
                                .cases(1000));
NAPIER_AUDIT(PairByPointer,
             napier::value_and_derivative<long double>("exp",
                                                       [](long double x, long double* derivative) {
                                                         return *derivative = std::exp(x);
                                                       })
                 .claims("rounded ulp <= 1")
                 .derivative_claims("rounded ulp <= 1")
                 .cases(300));
NAPIER_AUDIT(PairOfFunctions, napier::value_and_derivative<double>("exp2", two_to, slope_of_two_to)
                                  .claims("ulp <= 1")
                                  .derivative_claims("ulp <= 4 on [-1000, 1000]")
                                  .cases(1000));
NAPIER_AUDIT(
    NoPair, napier::exponential<double>(good_exp).claims("ulp <= 1").derivative_claims("ulp <= 1"));
