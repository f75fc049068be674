// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <adolc/adtl.h>

#include <mutex>

namespace {

// The package keeps the slopes of all its numbers in one pool of memory, without a lock.
std::mutex one_at_a_time;

template <class Code>
double slope(double at, Code code) {
  const std::lock_guard lock(one_at_a_time);
  adtl::adouble active(at);
  active.setADValue(0, 1);
  return code(active).getADValue(0);
}

}  // namespace

extern "C" {

double d_exp_binary64(double x) {
  return slope(x, [](const adtl::adouble& t) { return exp(t); });
}
double d_exp2_binary64(double x) {
  return slope(x, [](const adtl::adouble& t) { return pow(2.0, t); });
}
double d_exp10_binary64(double x) {
  return slope(x, [](const adtl::adouble& t) { return pow(10.0, t); });
}
double d_pow_x_binary64(double x, double y) {
  return slope(x, [y](const adtl::adouble& t) { return pow(t, y); });
}
double d_pow_y_binary64(double x, double y) {
  return slope(y, [x](const adtl::adouble& t) { return pow(x, t); });
}

}  // extern "C"
