// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <vector>

#include "lib/target/array_code.hpp"
#include "lib/target/caller.hpp"
#include "lib/target/shape.hpp"

namespace napier {

class ArrayMemory;

/// Who is told of calls while they are made: a parent that wants to know which one did not return.
struct ArrayNotice {
  void (*begins)() = [] {};  ///< a call alone
  void (*returned)() = [] {};
  /// So many kinds of arrays were gone through; one of that kind is about to be computed, which
  /// begins with that call.
  void (*in_lanes)(std::uint32_t done, const Placement& next,
                   std::uint32_t first) = [](std::uint32_t, const Placement&, std::uint32_t) {};
  /// Of arrays beside which stands a page that nobody may touch (Fence): only where a process may
  /// end by that.
  bool fences = false;
  /// … what is there, so that a handler of the signal can tell what was touched.
  void (*in_memory)(const ArrayMemory& memory) = [](const ArrayMemory&) {};
};

/// Calls a function of an array or a vector shape. Single calls are arrays of length 1, vectors
/// with the same argument in every lane; blocks are long arrays. In lanes the surroundings are
/// observed, too: an array that leaves others than it found, of calls that leave them alone when
/// they are, is told at its first call, with what it found and left.
std::unique_ptr<Caller> array_caller(void* address, const Shape& shape, const Format& format,
                                     int arity, ArrayNotice notice = {});
/// The same of code that computes arrays in whatever way.
std::unique_ptr<Caller> array_caller(std::unique_ptr<ArrayCode> code, const Shape& shape,
                                     const Format& format, int arity, ArrayNotice notice = {});

/// The kinds of arrays that call_in_lanes() makes, the shortest first, then one of no elements, and
/// those at fences, which may end the process: of these the ones of no elements come last.
std::vector<Placement> lane_placements(const Shape& shape, bool empty = true, bool fences = true);

}  // namespace napier
