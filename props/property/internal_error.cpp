// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/property/internal_error.hpp"

#include <fmt/format.h>

#include "lib/fp/hexfloat.hpp"

namespace napier {

std::string disagreement(std::string_view property, const Subject& subject, const Point& point) {
  return fmt::format(
      "the filter refutes {} of {} at ({}), and the reference does not: a defect of this program, "
      "please report it",
      property, subject.target->name, to_hex(point.arguments()));
}

}  // namespace napier
