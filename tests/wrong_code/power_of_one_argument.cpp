// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// A power takes two arguments.
// refused: power<double> for a double f
#include <napier/audit.hpp>

double f(double x) { return x; }
#ifdef NAPIER_WRONG
const auto audited = napier::power<double>(f);
#else
const auto audited = napier::exponential<double>(f, 3);
#endif
