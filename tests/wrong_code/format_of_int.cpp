// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// A function of a type that is no format says which types are.
// refused: there is no format for this type
#include <napier/audit.hpp>

#ifdef NAPIER_WRONG
int f(int x) { return x; }
const auto audited = napier::exponential<int>(f);
#else
float f(float x) { return x; }
const auto audited = napier::exponential<float>(f);
#endif
