// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// An error is no plain number, and a plain number is no error.
// refused: conver
#include "lib/fp/ulp.hpp"

#ifdef NAPIER_WRONG
const double error = napier::Ulp{1};
#else
const double error = napier::Ulp{1}.value;
#endif
