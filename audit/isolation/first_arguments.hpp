// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include "lib/fp/float.hpp"

namespace napier {

/// What every target is asked first, until it answers: harmless arguments. That one which answers
/// did not answer at those before is a finding, so they are of several kinds: a function that hangs
/// at small powers of two, or at all positive numbers, is known as one.
inline std::array<Float, 6> first_arguments(const Format& format) {
  return {from_integer(format, 1), power_of_two(format, -1), from_integer(format, 2),
          from_integer(format, 3), from_integer(format, -1), from_integer(format, 0)};
}

}  // namespace napier
