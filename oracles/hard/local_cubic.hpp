// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/fp/format.hpp"

namespace napier {

/// c0 + c1·k + c2·k² + c3·k³ at integers k, modulo 1, in units of 2^-128: all of its arithmetic is
/// exact. c2 and c3 are small numbers with a sign, c0 and c1 are known modulo 1 only.
struct LocalCubic {
  Bits c0 = 0;
  Bits c1 = 0;
  SignedBits c2 = 0;
  SignedBits c3 = 0;

  /// The same cubic, of k − by.
  LocalCubic shifted(SignedBits by) const {
    const Bits d = static_cast<Bits>(by), b2 = static_cast<Bits>(c2), b3 = static_cast<Bits>(c3);
    return {c0 + d * (c1 + d * (b2 + d * b3)), c1 + d * (2 * b2 + d * 3 * b3),
            static_cast<SignedBits>(b2 + 3 * d * b3), c3};
  }
  /// Its value, from −2^127 to 2^127.
  SignedBits at(SignedBits k) const { return static_cast<SignedBits>(shifted(k).c0); }
};

}  // namespace napier
