// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/fp/float.hpp"

namespace napier {

/// The monotone integer view of a format: consecutive ordinals are consecutive data.
///
/// +0 is 0 and −0 is −1, so the map is one to one over everything but NaN, and infinities are its
/// ends. binary80's pseudo-denormals share the ordinal of the normal they equal.
using Ordinal = SignedBits;

Ordinal ordinal(Float x);                             ///< x is not NaN (asserted)
Float from_ordinal(const Format& format, Ordinal n);  ///< clamped to the infinities
Ordinal max_ordinal(const Format& format);            ///< that of +inf; −inf has −max − 1

/// The neighbour `steps` away (negative: below); both zeros count as a step. Stops at infinity.
inline Float step(Float x, Ordinal steps) {
  Ordinal n = 0;  // binary128's ordinals leave an Ordinal no room for a step of its own size
  if (__builtin_add_overflow(ordinal(x), steps, &n)) return infinity(*x.format, steps < 0);
  return from_ordinal(*x.format, n);
}
/// The next larger or smaller *value*: both zeros are one value, infinities are their own.
Float next_up(Float x);
Float next_down(Float x);

}  // namespace napier
