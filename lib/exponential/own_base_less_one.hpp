// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/exponential/own_base.hpp"

namespace napier::shelf {

/// 2^x − 1 and 10^x − 1, and what own_base_less_one.cpp derives and promises of them.
template <Working T>
T own_base_exp2m1(T x);
template <Working T>
T own_base_exp10m1(T x);
template <Working T>
Claim own_base_less_one_claim();

}  // namespace napier::shelf
