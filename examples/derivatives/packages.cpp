// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Derivatives as the packages of Debian take them, as C functions to audit: Boost.Math (autodiff,
// finite_difference; libboost-dev) and Eigen (AutoDiffScalar; libeigen3-dev). README.md says how.
#include <Eigen/Core>
#include <boost/math/differentiation/autodiff.hpp>
#include <boost/math/differentiation/finite_difference.hpp>
#include <cmath>
#include <complex>
#include <unsupported/Eigen/AutoDiff>

namespace {

namespace fd = boost::math::differentiation;

template <std::size_t order>
auto variable(double x) {
  return fd::make_fvar<double, order>(x);
}

using Scalar = Eigen::AutoDiffScalar<Eigen::Matrix<double, 1, 1>>;
Scalar eigen_variable(double x) { return {x, Eigen::Matrix<double, 1, 1>(1)}; }

double exp_of(double x) { return std::exp(x); }

}  // namespace

extern "C" {

double boost_d_exp(double x) { return exp(variable<1>(x)).derivative(1); }
double boost_d2_exp(double x) { return exp(variable<2>(x)).derivative(2); }
double boost_d3_exp(double x) { return exp(variable<3>(x)).derivative(3); }
double boost_d_exp2(double x) { return pow(2.0, variable<1>(x)).derivative(1); }
double boost_d2_exp2(double x) { return pow(2.0, variable<2>(x)).derivative(2); }
double boost_d_pow_x(double x, double y) { return pow(variable<1>(x), y).derivative(1); }
double boost_d_pow_y(double x, double y) { return pow(x, variable<1>(y)).derivative(1); }
double boost_d2_pow_x(double x, double y) { return pow(variable<2>(x), y).derivative(2); }

double boost_difference_d_exp(double x) { return fd::finite_difference_derivative(exp_of, x); }
double boost_difference2_d_exp(double x) {
  return fd::finite_difference_derivative<decltype(&exp_of), double, 2>(&exp_of, x);
}
double boost_complex_step_d_exp(double x) {
  return fd::complex_step_derivative([](std::complex<double> z) { return std::exp(z); }, x);
}

double eigen_d_exp(double x) { return exp(eigen_variable(x)).derivatives()[0]; }
double eigen_d_exp2(double x) { return exp(eigen_variable(x) * std::log(2.0)).derivatives()[0]; }
double eigen_d_pow_x(double x, double y) { return pow(eigen_variable(x), y).derivatives()[0]; }

}  // extern "C"
