// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

#include "lib/target/catalogue.hpp"

namespace napier {

/// A row of the shelf, as an implementation file states it.
///
/// `claim` sits beside the code it speaks of; the target is named collection/method/function,
/// for instance "shipped/tang/exp:binary64".
struct Shipped {
  std::string_view method;  ///< "tang"
  std::string_view idea;    ///< the idea in one line
  const Function* function;
  const Format* format;
  ScalarFunction code;
  Claim claim;
};

/// Adds an implementation of the shelf to `shipped/`.
void ship(Catalogue& catalogue, const Shipped& row);
/// Adds a derivative to `shipped/derivative/`, with the value that its author differentiates.
void ship_derivative(Catalogue& catalogue, const Shipped& row, ScalarFunction primal,
                     const Claim& primal_claim);

}  // namespace napier
