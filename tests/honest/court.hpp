// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <functional>

#include "props/property/property.hpp"

namespace napier::honest {

/// scripts/test.sh --long asks for the counts that are too slow for every day.
bool long_run();

/// How calls are made: in blocks where that is possible, as in an audit, or one by one.
enum class Calls { in_blocks, singly };

/// How much is asked.
struct Counts {
  std::uint64_t calls;  ///< of properties of single calls, where not every argument is asked
  std::uint64_t cases;  ///< of each law
  std::uint64_t every;  ///< every argument is asked where there are no more of them
};

/// Which properties are asked.
using Which = std::function<bool(const Property&)>;
bool is_anything(const Property& property);
/// What is demanded whatever is claimed is left out.
bool is_claimed(const Property& property);

/// Judges a target in one mode by every property that its claim speaks of and by hygiene, as far as
/// they are asked, and expects that nothing is refuted, nothing stays undecided, and each has
/// cases.
void expect_stands(const Target& target, Rounding rounding, Calls calls, const Counts& counts,
                   const Which& asked = is_anything);

}  // namespace napier::honest
