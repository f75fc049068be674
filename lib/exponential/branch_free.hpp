// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>

#include "lib/exponential/encoding.hpp"

namespace napier::shelf {

/// e^x for each element; `powers` has the length of `arguments` and may be the same memory. What an
/// element gets depends neither on its place nor on its neighbours.
template <Working T>
void branch_free_exp(std::span<const T> arguments, std::span<T> powers);

}  // namespace napier::shelf
