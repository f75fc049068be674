// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// A function that cannot be called with the type says what it should be, and not what the library
// stumbles over.
// refused: does not take the type that is audited
#include <napier/audit.hpp>

#ifdef NAPIER_WRONG
double f(const std::string& x) { return x.empty() ? 0 : 1; }
#else
double f(double x) { return x; }
#endif
const auto audited = napier::exponential<double>(f);
