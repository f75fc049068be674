// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <math.h>

/// A power of a number next to e: laws 1.1 to 1.4 hold, the slope does not.
double wrong_base(double x) { return exp(x * (1 + 1e-13)); }
