// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

#include "lib/target/contribute.hpp"

namespace napier::shelf {

/// What a file of the shelf promises of one implementation. Ulps are exact ones, from the true
/// value, as decimals; an empty one promises nothing.
struct Promise {
  std::string_view max_ulp = {};           ///< round to nearest
  std::string_view max_ulp_directed = {};  ///< up, down and zero
  bool correctly_rounded = false;          ///< in every mode
  bool special_values = false;
  ClaimDomain domain = {};
};

/// The promise as a claim; `file` is where it is made.
inline Claim claim_of(const Promise& promise, const Format& format, std::string_view file) {
  Claim claim;
  if (!promise.max_ulp.empty()) claim.max_ulp = parse_limit(promise.max_ulp, format);
  if (!promise.max_ulp_directed.empty())
    claim.max_ulp_directed = parse_limit(promise.max_ulp_directed, format);
  claim.correctly_rounded = promise.correctly_rounded;
  claim.special_values = promise.special_values;
  claim.domain = promise.domain;
  claim.source = file;
  return claim;
}

}  // namespace napier::shelf
