// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>

namespace napier {

/// What an array function did that none may do.
enum class Damage : std::uint8_t {
  none,
  before,     ///< it wrote before the first result
  after,      ///< … after the last one
  between,    ///< … between two results that stand apart
  arguments,  ///< … over an argument
  unwritten,  ///< it left a result as it had been
};

/// Where a call stood in an array, and what came of it beside its result.
struct Placement {
  std::uint16_t length = 0;    ///< of the array; 0: it was no array
  std::uint16_t position = 0;  ///< in it, from 0
  std::uint8_t x_offset = 0;   ///< elements between a boundary of 64 bytes and the first argument
  std::uint8_t y_offset = 0;   ///< … and the first result
  std::uint8_t x_stride = 1;   ///< elements from one argument to the next
  std::uint8_t y_stride = 1;
  bool in_place = false;  ///< the results take the arguments' place
  Damage damage = Damage::none;
  friend constexpr bool operator==(const Placement&, const Placement&) = default;
};

/// "as element 4 (from 0) of an array of 17, its arguments 3 elements past a 64-byte boundary"
std::string describe(const Placement& placement);
/// "wrote before the first result"
std::string describe(Damage damage);

}  // namespace napier
