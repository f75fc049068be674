// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include "lib/fp/format.hpp"

namespace napier {

/// The least j < count with (start + j·step) mod 2^64 < bound, or count if there is none. Takes
/// about log count steps of Euclid's algorithm, each a division or two. bound and count are not 0.
///
/// Call p the least of the values of 0, …, j. While p ≥ bound the next lower value decides: the
/// first one below the bound is lower than all before it. It is p − d for the least s > 0 whose
/// way down, d = −s·step mod 2^64, is at most p. So one walks from each record p to the next, and
/// what is needed are the ways down that are shorter than all before them, in their order.
///
/// These come from the theorem of the three distances (Sós 1958, Slater 1967): with `up` the
/// shortest way up and `down` the shortest way down of all s < up_cost + down_cost, where up_cost
/// and down_cost are the s that have them, the next s with a shorter way, either way, is up_cost +
/// down_cost, and its way is the difference of the two. It begins with s = 1: up = step, down =
/// 2^64 − step. Throughout up·down_cost + down·up_cost = 2^64, so no cost passes 2^64. Where both
/// are equal the difference is 0: the values repeat, and no lower one follows.
///
/// Subtractions of the same kind are done at once, as in Euclid's algorithm, and of the ways
/// between down and down mod up the longest that is at most p is taken, which comes first.
///
/// Lefèvre (thesis, ENS Lyon 2000; "New results on the distance between a segment and Z²", ARITH
/// 2005) bounds the least value from below by the same walk; here it stops at the first hit, so
/// nothing has to be split where there is one.
inline std::uint64_t first_below(std::uint64_t start, std::uint64_t step, std::uint64_t bound,
                                 std::uint64_t count) {
  std::uint64_t p = start, j = 0;
  if (p < bound) return 0;
  if (step == 0) return count;
  std::uint64_t up = step, up_cost = 1;
  std::uint64_t down = 0 - step, down_cost = 1;
  while (true) {
    if (down <= p) {
      const std::uint64_t most = p / down;
      const std::uint64_t enough = (p - bound) / down + 1;
      const std::uint64_t taken = enough < most ? enough : most;
      const Bits reached = Bits(taken) * down_cost + j;
      if (reached >= count) return count;
      j = static_cast<std::uint64_t>(reached);
      if (enough <= most) return j;
      p -= most * down;
    }
    // Here bound <= p < down.
    if (up >= down) {
      const std::uint64_t times = up / down;
      up -= times * down;
      if (up == 0) return count;
      up_cost += times * down_cost;
    }
    const std::uint64_t wanted = (down - p - 1) / up + 1;
    const std::uint64_t possible = down / up;
    const std::uint64_t times = wanted < possible ? wanted : possible;
    down -= times * up;
    if (down == 0) return count;
    const Bits cost = Bits(times) * up_cost + down_cost;
    if (cost + j >= count) return count;
    down_cost = static_cast<std::uint64_t>(cost);
  }
}

}  // namespace napier
