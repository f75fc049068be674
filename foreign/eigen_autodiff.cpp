// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <Eigen/Core>
#include <cmath>
#include <unsupported/Eigen/AutoDiff>

namespace {

template <class T>
using Scalar = Eigen::AutoDiffScalar<Eigen::Matrix<T, 1, 1>>;

template <class T>
Scalar<T> variable(T x) {
  return {x, Eigen::Matrix<T, 1, 1>(1)};
}
template <class Result>
auto slope(const Result& result) {
  return result.derivatives()[0];
}

}  // namespace

extern "C" {

float d_exp_binary32(float x) { return slope(exp(variable(x))); }
double d_exp_binary64(double x) { return slope(exp(variable(x))); }
double d_exp2_binary64(double x) { return slope(exp(variable(x) * std::log(2.0))); }
double d_pow_x_binary64(double x, double y) { return slope(pow(variable(x), y)); }

}  // extern "C"
