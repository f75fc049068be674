// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <adolc/adolc.h>

#include <mutex>

namespace {

// The package keeps its tapes in one place of the process, and says that they are for one thread at
// a time.
std::mutex one_at_a_time;

/// Writes the tape of a function of one variable, at an argument.
template <class Code>
void record(short tag, double at, Code code) {
  adouble in, out;
  double value = 0;
  trace_on(tag);
  in <<= at;
  out = code(in);
  out >>= value;
  trace_off();
}

/// (f)′ by the tape, backwards.
template <class Code>
double slope(short tag, double at, Code code) {
  const std::lock_guard lock(one_at_a_time);
  record(tag, at, code);
  double result = 0;
  gradient(tag, 1, &at, &result);
  return result;
}

/// A higher derivative, from the Taylor coefficients of f(x + t).
template <int order, class Code>
double derivative(short tag, double at, Code code) {
  const std::lock_guard lock(one_at_a_time);
  record(tag, at, code);
  double along[order] = {1}, coefficients[order] = {}, value = 0;
  double* in[] = {along};
  double* out[] = {coefficients};
  hos_forward(tag, 1, 1, order, 0, &at, in, &value, out);
  double factorial = 1;
  for (int n = 2; n <= order; ++n) factorial *= n;
  return coefficients[order - 1] * factorial;
}

}  // namespace

extern "C" {

double d_exp_binary64(double x) {
  return slope(1, x, [](const adouble& t) { return exp(t); });
}
double d_exp2_binary64(double x) {
  return slope(2, x, [](const adouble& t) { return pow(2.0, t); });
}
double d_pow_x_binary64(double x, double y) {
  return slope(3, x, [y](const adouble& t) { return pow(t, y); });
}
double d_pow_y_binary64(double x, double y) {
  return slope(4, y, [x](const adouble& t) { return pow(x, t); });
}
double d2_exp_binary64(double x) {
  return derivative<2>(5, x, [](const adouble& t) { return exp(t); });
}
double d3_exp2_binary64(double x) {
  return derivative<3>(6, x, [](const adouble& t) { return pow(2.0, t); });
}
double d2_pow_x_binary64(double x, double y) {
  return derivative<2>(7, x, [y](const adouble& t) { return pow(t, y); });
}

}  // extern "C"
