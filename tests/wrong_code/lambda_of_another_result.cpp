// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// Results of another type would be audited through conversions.
// refused: does not return the type that is audited
#include <napier/audit.hpp>

#ifdef NAPIER_WRONG
const auto f = [](double x) { return static_cast<float>(x); };
#else
const auto f = [](double x) { return x; };
#endif
const auto audited = napier::exponential<double>(f);
