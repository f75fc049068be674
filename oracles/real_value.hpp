// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/target/caller.hpp"
#include "oracles/enclosure.hpp"

namespace napier {

/// An enclosure of f(call) with a relative width of about 2^−precision, at arguments where the
/// value is real (special_case says RealValue): a^x = exp(x ln a) with as many guard bits as
/// x ln a has before its point, so that large exponents lose nothing.
Enclosure real_value(const Function& function, const Call& call, Precision precision);

}  // namespace napier
