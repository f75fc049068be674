// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <gsl/gsl_deriv.h>

#include <cmath>

namespace {

// The step that the manual's own example takes.
constexpr double step = 1e-8;

double exp_of(double x, void*) { return std::exp(x); }
double pow_of(double x, void* y) { return std::pow(x, *static_cast<double*>(y)); }

template <class Rule>
double slope(Rule rule, double (*f)(double, void*), double x, void* parameters = nullptr) {
  const gsl_function function{f, parameters};
  double result = 0, error = 0;
  rule(&function, x, step, &result, &error);
  return result;
}

}  // namespace

extern "C" {

double d_exp_binary64(double x) { return slope(gsl_deriv_central, exp_of, x); }
double d_pow_x_binary64(double x, double y) { return slope(gsl_deriv_central, pow_of, x, &y); }

}  // extern "C"
