// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/hard/window.hpp"

#include <algorithm>
#include <cassert>

#include "oracles/hard/first_below.hpp"

namespace napier {
namespace {

constexpr Bits magnitude(SignedBits a) { return a < 0 ? Bits(0) - Bits(a) : Bits(a); }

/// The line near a cubic in a cell, as first_below() reads it, in units of 2^-64.
struct Line {
  std::uint64_t start;  ///< at the cell's first argument, W added
  std::uint64_t step;
  std::uint64_t bound;  ///< 2W + 1
  bool is_narrow;       ///< or else W is no small part of the circle
};

Line line_of(const LocalCubic& cubic, Bits h, Bits allowed) {
  const Bits bend = (magnitude(cubic.c2) * h * h >> 1) + magnitude(cubic.c3) * h * h * h + 1;
  const Bits width = ((bend + allowed) >> 64) + 1 + 2 + h / 2;
  const Bits middle = cubic.c0 + Bits(cubic.c2 * SignedBits(h) * SignedBits(h) / 2);
  const auto step = static_cast<std::uint64_t>((cubic.c1 + (Bits(1) << 63)) >> 64);
  const auto start = static_cast<std::uint64_t>((middle >> 64) + width - h * step);
  return {start, step, static_cast<std::uint64_t>(2 * width + 1), width >> 62 == 0};
}

}  // namespace

std::vector<Ordinal> near_integers(const Window& window, Bits half_cell, Bits threshold) {
  const Bits allowed = threshold + window.error;
  const auto h = static_cast<Ordinal>(half_cell);
  std::vector<Ordinal> found;
  LocalCubic cubic = window.cubic.shifted(window.first - window.centre + h);
  for (Ordinal begin = window.first; begin <= window.last; begin += 2 * h) {
    assert(magnitude(cubic.c2) <= (Bits(1) << 127) / (half_cell * half_cell));
    const auto count = static_cast<std::uint64_t>(std::min(2 * h, window.last - begin + 1));
    const Line line = line_of(cubic, half_cell, allowed);
    for (std::uint64_t i = 0; i < count; ++i) {
      if (line.is_narrow)
        i += first_below(line.start + i * line.step, line.step, line.bound, count - i);
      if (i < count && magnitude(cubic.at(static_cast<Ordinal>(i) - h)) <= allowed)
        found.push_back(begin + static_cast<Ordinal>(i));
    }
    cubic = cubic.shifted(2 * h);
  }
  return found;
}

}  // namespace napier
