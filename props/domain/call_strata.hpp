// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <vector>

#include "lib/fp/ordinal.hpp"
#include "props/domain/call_domain.hpp"
#include "props/domain/spread.hpp"

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
  return spread({"special", xs.size(), 1, [xs](Draw&, std::uint64_t i) { return single(xs[i]); }});
}

/// Enumerates some 64 encodings on each side of places where something changes, in runs, for a call
/// may depend on what the one before it left. The first runs visit every place once, so that a part
/// of the stratum is the middle of each neighbourhood.
inline Stratum neighbourhoods(std::string name, const std::vector<Float>& places) {
  constexpr std::uint64_t run = 8, runs = 17;  // a place's own, then one on each side in turn
  return {std::move(name), places.size() * run * runs, 1,
          [places](Draw&, std::uint64_t i) -> std::optional<Point> {
            const auto n = static_cast<Ordinal>(i / run / places.size());
            const Ordinal away = n % 2 == 0 ? n / 2 : -(n + 1) / 2;
            const auto within = static_cast<Ordinal>(i % run) - Ordinal(run / 2);
            return single(step(places[i / run % places.size()], away * Ordinal(run) + within));
          }};
}

/// Long enough for a draw to cost little beside the calls.
inline constexpr std::uint32_t walk_of_arguments = 64;

/// Calls in the pieces of a claim, and next to their ends; none where its promises hold everywhere.
void add_piece_calls(Domain& domain, const Subject& subject);

/// Pairs of arguments of a composition.
void add_composed_pairs(Domain& domain, const Subject& subject);
/// One of them, of any kind, inside a box.
std::optional<Point> composed_pair(Draw& draw, const Subject& subject, const ClaimDomain& box);

/// The calls of a logarithm, and of what else takes positive arguments alone.
void add_logarithm_calls(Domain& domain, const Subject& subject);

}  // namespace napier
