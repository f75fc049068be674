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
  something,  ///< it was given no elements, and wrote
};

/// On which side of arrays stands a page that nobody may touch: right before the first element of
/// each, or right after the last one.
enum class Fence : std::uint8_t { none, before, after };

/// What was touched beyond a fence, and ended the process.
struct Trespassed {
  enum class Of : std::uint8_t { nothing, x, a, y, d, d2, da };
  Of array = Of::nothing;    ///< by the parameter; nothing: it is not known what
  bool wrote = false;        ///< or else read
  std::int32_t element = 0;  ///< from the first one of the array on, as C counts
  friend constexpr bool operator==(const Trespassed&, const Trespassed&) = default;
};

/// Where a call stood in an array, and what came of it beside its result.
struct Placement {
  std::uint16_t length = 0;    ///< of the array; 0: it was no array
  std::uint16_t position = 0;  ///< in it, from 0
  std::uint8_t x_offset = 0;   ///< elements between a boundary of 64 bytes and the first argument
  std::uint8_t y_offset = 0;   ///< … and the first result
  std::uint8_t x_stride = 1;   ///< elements from one argument to the next
  std::uint8_t y_stride = 1;
  bool in_place = false;      ///< the results take the arguments' place
  bool empty = false;         ///< the function was told that there are no elements, at these places
  Fence fence = Fence::none;  ///< then the offsets don't count
  Damage damage = Damage::none;
  Trespassed trespassed;
  friend constexpr bool operator==(const Placement&, const Placement&) = default;
};

/// "as element 4 (from 0) of an array of 17, its arguments 3 elements past a 64-byte boundary"
std::string describe(const Placement& placement);
/// The array alone: "an array of 17, its arguments 3 elements past a 64-byte boundary"
std::string describe_array(const Placement& placement);
/// "wrote before the first result"
std::string describe(Damage damage);
/// "read x[17]"; empty where nothing is known.
std::string describe(const Trespassed& trespassed);

}  // namespace napier
