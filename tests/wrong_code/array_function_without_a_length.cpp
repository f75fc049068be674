// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// A function of arrays is told how long they are.
// refused: a function of arrays is a void f
#include <napier/audit.hpp>

#ifdef NAPIER_WRONG
void f(const double*, double*) {}
#else
void f(const double*, double*, std::size_t) {}
#endif
const auto audited = napier::arrays<double>("exp", f);
