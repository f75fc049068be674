// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ostream>

#include "lib/fp/hexfloat.hpp"

namespace napier {

// GoogleTest finds these and prints values as a reader wants them.
inline void PrintTo(Float x, std::ostream* out) {
  if (x.format == nullptr)
    *out << "nothing";
  else
    *out << to_hex(x) << " as " << x.format->name;
}
inline void PrintTo(const Dyadic& x, std::ostream* out) { *out << to_hex(x); }
inline void PrintTo(Rounding rounding, std::ostream* out) { *out << name(rounding); }

}  // namespace napier
