// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "lib/fp/ulp.hpp"
#include "lib/target/target.hpp"

namespace napier {

/// What becomes of a case that is judged again, the gravest last. What nobody claims stands.
enum class Replayed { stands, undecided, refuted };
/// The exit status that says so.
int status_of(Replayed outcome);

/// One case judged again.
struct ReplayedCase {
  Replayed outcome = Replayed::stands;
  /// Each call with what it gave, what is right and how far apart they are, in hex and in decimal;
  /// the verdict; which call is to blame, and both sides with their intervals.
  std::string text;
};

/// Judges a property at exact inputs (a base first). Without inputs the case is what loading a
/// shared object does. A case for two threads is judged by two threads, amid others.
///
/// Throws std::invalid_argument for an unknown property, one that does not apply to the target, or
/// a wrong number of inputs; what Target::open throws; and InternalError.
ReplayedCase replay(const Target& target, const std::string& property, Rounding rounding,
                    const std::vector<Float>& inputs);

/// How far off a target is at exact inputs; infinite where it does not answer. Throws what
/// Target::open throws.
UlpRange error_at(const Target& target, Rounding rounding, const std::vector<Float>& inputs);

}  // namespace napier
