// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "lib/target/target.hpp"

namespace napier {

/// One case judged again.
struct ReplayedCase {
  bool refuted = false;
  std::string text;  ///< the verdict, both sides with their intervals, and which call is to blame
};

/// Judges a property at exact inputs (a base first). Without inputs the case is what loading a
/// shared object does. A case for two threads is judged by two threads, amid others.
///
/// Throws std::invalid_argument for an unknown property, one that does not apply to the target, or
/// a wrong number of inputs; what Target::open throws; and InternalError.
ReplayedCase replay(const Target& target, const std::string& property, Rounding rounding,
                    const std::vector<Float>& inputs);

}  // namespace napier
