// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/judge/islands.hpp"

#include <algorithm>
#include <bit>

namespace napier {
namespace {

// Islands of fewer calls don't get far; more islands than that serve no cluster.
constexpr std::uint64_t calls_of_an_island = 1 << 17;
constexpr std::uint64_t most_islands = 1024;
// What follows on all islands waits for all shards, so it is a small part of a large search.
constexpr std::uint64_t part_of_approach = 32;
constexpr std::uint64_t calls_of_a_fair_approach = 1 << 17;

std::uint64_t approach_of(std::uint64_t calls) {
  return std::max(calls / part_of_approach, std::min(calls / 2, calls_of_a_fair_approach));
}

}  // namespace

Islands::Islands(std::uint64_t calls)
    : count_(
          std::clamp<std::uint64_t>(std::bit_floor(calls / calls_of_an_island), 1, most_islands)),
      calls_of_each_((calls - approach_of(calls)) / count_),
      calls_of_approach_(calls - count_ * calls_of_each_) {}

Seed Islands::seed_of(std::uint64_t island, Seed seed) {
  return {Draw(seed, {property_key("island"), 0, island}).bits()};
}

}  // namespace napier
