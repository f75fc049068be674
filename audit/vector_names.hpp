// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "audit/target_string.hpp"

namespace napier {

/// What the name of a vector function of x86-64 tells: of libmvec, as _ZGVdN4v_exp and
/// _ZGVbN4vv_powf, and of SLEEF, as Sleef_expd4_u10avx2 and, for one element, which is no vector,
/// Sleef_expd1_u10purec. All is null for any other name, as for one
/// that contradicts itself.
WellKnown vector_name(std::string_view symbol);

}  // namespace napier
