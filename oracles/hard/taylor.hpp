// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/target/function.hpp"
#include "oracles/enclosure.hpp"

namespace napier {

/// Whether hard-to-round arguments can be searched: functions of one argument that grow with it,
/// powers, powers less one and logarithms.
bool has_taylor(const Function& function);

/// Encloses f⁽ⁱ⁾(x)/i! for every x of an enclosure: the i-th Taylor coefficient, and of an interval
/// the factor of the remainder. x lies where f is real.
Enclosure taylor_coefficient(const Function& function, int i, const Enclosure& x);

}  // namespace napier
