// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "props/property/property.hpp"

namespace napier {

enum class Effort { quick, standard, deep };

constexpr std::string_view name(Effort effort) {
  switch (effort) {
    case Effort::quick:
      return "quick";
    case Effort::standard:
      return "standard";
    case Effort::deep:
      return "deep";
  }
  return {};
}
std::optional<Effort> find_effort(std::string_view text);

/// Cases of a property on a target: those that were asked for, or else a count that depends on
/// shape, format and effort, never on measured speed.
std::uint64_t budget(const Property& property, const Target& target, Effort effort,
                     std::optional<std::uint64_t> asked = std::nullopt);

/// The modes up, down and zero, when a directed claim and no --rounding brings them in, get one
/// case in this many; at effort deep, all of them.
inline constexpr std::uint64_t part_of_unasked_modes = 16;

/// And the modes that nothing brings in are asked for hygiene alone, on at most so many: in 16-bit
/// formats that is every argument.
inline constexpr std::uint64_t most_cases_of_hygiene = 1 << 16;

/// A search for large errors follows on a sampled accuracy, of at most one call for so many cases.
inline constexpr std::uint64_t part_of_a_search = 8;
/// With fewer it does not get beyond its first intervals.
inline constexpr std::uint64_t least_calls_of_a_search = 1000;

}  // namespace napier
