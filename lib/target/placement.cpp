// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/placement.hpp"

#include <fmt/format.h>

namespace napier {

std::string describe(const Placement& placement) {
  if (placement.length <= 1 && !placement.in_place && placement.x_offset == 0)
    return "alone in its array";
  std::string text =
      fmt::format("as element {} (from 0) of an array of {}", placement.position, placement.length);
  const auto stand = [&text](std::string_view what, int offset, int stride) {
    if (offset != 0)
      text += fmt::format(", its {} {} element{} past a 64-byte boundary", what, offset,
                          offset == 1 ? "" : "s");
    if (stride != 1) text += fmt::format(", its {} {} apart", what, stride);
  };
  stand("arguments", placement.x_offset, placement.x_stride);
  if (placement.in_place) return text + ", in place";
  stand("results", placement.y_offset, placement.y_stride);
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
    case Damage::none:
      break;
  }
  return "did no damage";
}

}  // namespace napier
