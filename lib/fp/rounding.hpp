// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace napier {

/// IEEE 754 rounding-direction attributes of binary formats.
enum class Rounding { nearest, up, down, zero };

inline constexpr std::array<Rounding, 4> all_roundings{Rounding::nearest, Rounding::up,
                                                       Rounding::down, Rounding::zero};

constexpr std::string_view name(Rounding rounding) {
  switch (rounding) {
    case Rounding::nearest:
      return "nearest";
    case Rounding::up:
      return "up";
    case Rounding::down:
      return "down";
    case Rounding::zero:
      return "zero";
  }
  return {};
}

constexpr std::optional<Rounding> find_rounding(std::string_view text) {
  for (const Rounding rounding : all_roundings)
    if (name(rounding) == text) return rounding;
  return std::nullopt;
}

/// The rounding of −t is minus the mirrored rounding of t.
constexpr Rounding mirrored(Rounding rounding) {
  return rounding == Rounding::up     ? Rounding::down
         : rounding == Rounding::down ? Rounding::up
                                      : rounding;
}

}  // namespace napier
