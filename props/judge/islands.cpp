// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/judge/islands.hpp"

#include <algorithm>
#include <bit>

namespace napier {
namespace {

constexpr std::uint64_t most_islands = 1024;  // more than that serve no cluster
// The last search waits for all shards, so it is a small part of a large one.
constexpr std::uint64_t part_of_last = 32;

std::uint64_t last_of(std::uint64_t calls, std::uint64_t least_calls) {
  return std::max(calls / part_of_last, std::min(calls, least_calls));
}

}  // namespace

Islands::Islands(std::uint64_t calls, std::uint64_t least_calls)
    : count_(std::min(std::bit_floor((calls - last_of(calls, least_calls)) / least_calls),
                      most_islands)),
      calls_of_each_(count_ == 0 ? 0 : (calls - last_of(calls, least_calls)) / count_),
      calls_of_last_(calls - count_ * calls_of_each_) {}

Seed Islands::seed_of(std::uint64_t island, Seed seed) {
  return {Draw(seed, {property_key("island"), 0, island}).bits()};
}

}  // namespace napier
