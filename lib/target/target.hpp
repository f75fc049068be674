// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "lib/target/caller.hpp"
#include "lib/target/claim.hpp"
#include "lib/target/function.hpp"
#include "lib/target/recorded_results.hpp"
#include "lib/target/shape.hpp"

namespace napier {

/// Opens a caller; may throw std::runtime_error with a remedy when the implementation is not there.
using OpenCaller = std::function<std::unique_ptr<Caller>()>;

/// What a derivative implementation differentiates: the same author's value, with its own claim,
/// so that (a^x)' = a^x ln a can be read from the two alone.
struct Primal {
  Claim claim;
  OpenCaller open;
};

/// A target whose results are to be the same bits (Claim::equals).
struct Twin {
  std::string name;  ///< as the claim has it
  Shape shape;
  OpenCaller open;
  std::shared_ptr<const RecordedResults> recorded = nullptr;  ///< what a table has; else null
};

/// An implementation under audit, with its claim.
struct Target {
  std::string name;  ///< "libm/exp:binary64"
  const Function* function = nullptr;
  const Format* format = nullptr;
  Shape shape;
  Claim claim;
  std::string method;  ///< the idea in one line, for those written here
  OpenCaller open;
  bool in_process = true;                ///< else each of its callers has a process of its own
  std::shared_ptr<const Primal> primal;  ///< of a slope target; null otherwise
  std::vector<std::shared_ptr<const Twin>> twins = {};  ///< that were found, of its claims

  /// The one that a claim names; null where it names none, or none was found.
  const Twin* twin_of(const Claim& of) const {
    for (const auto& twin : twins)
      if (twin->name == of.equals) return twin.get();
    return nullptr;
  }
};

}  // namespace napier
