// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// A claim with a promise that nobody knows does not compile where it is a literal.
// refused: claim_has_a_promise_that_is_not_known
#include <napier/audit.hpp>

double f(double x) { return x; }
#ifdef NAPIER_WRONG
const auto audited = napier::exponential<double>(f).claims("monotone; upl <= 1");
#else
const auto audited = napier::exponential<double>(f).claims("monotone; ulp <= 1");
#endif
