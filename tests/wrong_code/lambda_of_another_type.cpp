// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// A lambda of another type would be audited through conversions.
// refused: does not take the type that is audited
#include <napier/audit.hpp>

#ifdef NAPIER_WRONG
const auto f = [](float x) -> double { return x; };
#else
const auto f = [](const double& x) -> double { return x; };
#endif
const auto audited = napier::exponential<double>(f);
