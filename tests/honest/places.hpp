// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/domain/domain.hpp"

namespace napier::honest {

/// The arguments, and the data next to them, at which results pass an end of the range or a power
/// of two next to it: 2^(emax+1), 2^emax, the least normal and subnormal numbers and half of that,
/// 1, and where b^x - 1 is next to -1. By MPFR.
Domain places_that_matter(const Function& function, const Format& format);

}  // namespace napier::honest
