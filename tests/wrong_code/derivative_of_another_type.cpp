// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// A derivative of another type would be audited through conversions.
// refused: the value and its derivative are not of the type that is audited
#include <napier/audit.hpp>

#include <utility>

#ifdef NAPIER_WRONG
std::pair<double, float> f(double x) { return {x, 1}; }
#else
std::pair<double, double> f(double x) { return {x, 1}; }
#endif
const auto audited = napier::value_and_derivative<double>("exp", f);
