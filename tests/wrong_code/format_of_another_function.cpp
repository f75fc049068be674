// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// A function of another type would be audited through conversions.
// refused: does not take the type that is audited
#include <napier/audit.hpp>

double f(double x) { return x; }
#ifdef NAPIER_WRONG
const auto audited = napier::exponential<float>(f);
#else
const auto audited = napier::exponential<double>(f);
#endif
