// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/target/caller.hpp"

namespace napier {

/// The detail of a hung call that had hung before, and so was not made again: it took no time.
inline constexpr int known_to_hang = 2;

/// How often a call that did not return is to count, where one that ended its process counts once.
inline std::uint64_t cost_of_loss(const Answer& answer) {
  constexpr std::uint64_t cost_of_a_hang = 16;  // a watchdog's patience
  if (answer.ending != Ending::hung) return 1;
  return answer.detail == known_to_hang ? 0 : cost_of_a_hang;
}

}  // namespace napier
