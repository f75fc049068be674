// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// A claim whose form is wrong does not compile where it is a literal.
// refused: claim_has_no_number_after_a_comparison
#include <napier/audit.hpp>

double f(double x) { return x; }
#ifdef NAPIER_WRONG
const auto audited = napier::exponential<double>(f).claims("ulp <= K; monotone");
#else
const auto audited = napier::exponential<double>(f).claims("ulp <= 1; monotone");
#endif
