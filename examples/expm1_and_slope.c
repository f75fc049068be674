// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// e^x - 1 and its derivative e^x by one call, as an optimiser wants them. The derivative is taken
// from the value, which costs nothing, and is 0 below -37: every checker of gradients that compares
// with a difference quotient and an absolute tolerance lets that pass.
#include <math.h>

double expm1_and_slope(double x, double* d) {
  const double y = expm1(x);
  *d = y + 1;
  return y;
}
