// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <Sacado_Fad_SimpleFad.hpp>
#include <cmath>

namespace {

using Scalar = Sacado::Fad::SimpleFad<double>;
Scalar variable(double x) { return Scalar(1, 0, x); }

}  // namespace

extern "C" {

double d_exp_binary64(double x) { return exp(variable(x)).dx(0); }
double d_exp2_binary64(double x) { return pow(2.0, variable(x)).dx(0); }
double d_exp10_binary64(double x) { return pow(10.0, variable(x)).dx(0); }
double d_pow_x_binary64(double x, double y) { return pow(variable(x), y).dx(0); }
double d_pow_y_binary64(double x, double y) { return pow(x, variable(y)).dx(0); }

}  // extern "C"
