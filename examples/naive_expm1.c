// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0

/* e^x - 1 as one should not write it: near 0 the subtraction cancels, and nothing is left of x.
 *
 *   cc -O2 -fno-builtin -shared -fPIC -o libnaive.so examples/naive_expm1.c -lm
 *   napier audit so:./libnaive.so#naive_expm1 --function expm1 --format binary64 --max-ulp 1
 */
#include <math.h>

double naive_expm1(double x) { return exp(x) - 1; }
