// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <vector>

#include "lib/fp/ordinal.hpp"
#include "props/call_domain.hpp"

// What domains of calls are made from.
namespace napier {

inline Point single(Float x) {
  Point point;
  point.push(x);
  return point;
}
inline Point pair(Float x, Float y) {
  Point point;
  point.push(x);
  point.push(y);
  return point;
}

inline Stratum specials(const std::vector<Float>& xs) {
  return {"special", xs.size(), 1, [xs](Draw&, std::uint64_t i) { return single(xs[i]); }};
}

/// 64 encodings on each side of places where something changes.
inline Stratum neighbours(const std::vector<Float>& places) {
  constexpr std::int64_t reach = 64;
  constexpr std::uint64_t each = 2 * reach + 1;
  return {"thresholds", places.size() * each, 1,
          [places](Draw&, std::uint64_t i) -> std::optional<Point> {
            return single(step(places[i / each], static_cast<Ordinal>(i % each) - reach));
          }};
}

/// Long enough for a draw to cost little beside the calls.
inline constexpr std::uint32_t walk_of_arguments = 64;

/// The calls of a logarithm.
void add_logarithm_calls(Domain& domain, const Subject& subject);

}  // namespace napier
