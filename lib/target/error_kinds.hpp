// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <string_view>

#include "lib/target/error_bound.hpp"

namespace napier {

/// A kind of error bound: how it is written, and the sums that its numbers make. Everything else
/// follows from these (error_bound.hpp). A new kind is a new row of the table.
struct ErrorKind {
  std::string_view pattern;  ///< words and symbols, with K for a number ≥ 0
  ErrorBound (*of)(std::span<const Amount> numbers);
};

/// The first of them is an error in ulps, which a claim has fields for.
std::span<const ErrorKind> error_kinds();

}  // namespace napier
