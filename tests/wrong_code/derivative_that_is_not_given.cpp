// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// Whoever gives one number gives no derivative beside it.
// refused: the function returns no pair
#include <napier/audit.hpp>

double f(double x) { return x; }
#ifdef NAPIER_WRONG
const auto audited = napier::value_and_derivative<double>("exp", f);
#else
const auto audited = napier::value_and_derivative<double>("exp", f, f);
#endif
