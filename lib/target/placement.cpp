// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/placement.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace napier {

std::string describe(const Placement& placement) {
  const bool stands_anywhere = placement.x_offset == 0 && placement.fence == Fence::none;
  if (placement.length <= 1 && !placement.in_place && !placement.empty && stands_anywhere)
    return "alone in its array";
  if (placement.empty) return "in " + describe_array(placement);
  return fmt::format("as element {} (from 0) of {}", placement.position, describe_array(placement));
}

std::string describe_array(const Placement& placement) {
  std::string text = fmt::format("an array of {}", placement.empty ? 0 : placement.length);
  const bool fenced = placement.fence != Fence::none;
  const auto stand = [&](std::string_view what, int offset, int stride) {
    if (offset != 0 && !fenced)
      text += fmt::format(", its {} {} element{} past a 64-byte boundary", what, offset,
                          offset == 1 ? "" : "s");
    if (stride != 1) text += fmt::format(", its {} {} apart", what, stride);
  };
  stand("arguments", placement.x_offset, placement.x_stride);
  if (!placement.in_place) stand("results", placement.y_offset, placement.y_stride);
  if (placement.in_place) text += ", in place";
  if (fenced)
    text += placement.fence == Fence::before ? ", right behind a page that nobody may touch"
                                             : ", right before a page that nobody may touch";
  return text;
}

std::string describe(Damage damage) {
  switch (damage) {
    case Damage::before:
      return "wrote before the first result";
    case Damage::after:
      return "wrote after the last result";
    case Damage::between:
      return "wrote between two results";
    case Damage::arguments:
      return "wrote over an argument";
    case Damage::unwritten:
      return "left the result unwritten";
    case Damage::something:
      return "wrote something";
    case Damage::none:
      break;
  }
  return "did no damage";
}

std::string describe(const Trespassed& trespassed) {
  constexpr std::array<std::string_view, 7> names{"", "x", "a", "y", "d", "d2", "da"};
  const auto place = static_cast<std::size_t>(trespassed.array);
  if (place == 0 || place >= names.size()) return {};
  return fmt::format("{} {}[{}]", trespassed.wrote ? "wrote" : "read", names[place],
                     trespassed.element);
}

}  // namespace napier
