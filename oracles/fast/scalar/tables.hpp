// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "oracles/fast/scalar/double_double.hpp"

namespace napier::fast {

/// What the reduction of b^x = 2^(k/256) · b^r needs: x = k·step + r, |r·ln b| ≤ (ln 2)/512.
struct ExpBase {
  double inverse;  ///< 256 log2 b
  double step_1;   ///< log_b(2)/256 = step_1 + step_2 + step_3 to within 2^-159 of itself
  double step_2;
  double step_3;
  DoubleDouble ln_b;  ///< relative error below u²
};

/// One of 512 equal intervals of [1, 2): |reciprocal·z − 1| ≤ 2^-9 there, exactly 1 and ½ in the
/// first and the last. `log` is −ln(reciprocal), from interval log_carry on −ln(2·reciprocal): the
/// logarithm of z/2 is meant there. The reciprocal has 11 bits at most.
struct LogEntry {
  double reciprocal;
  DoubleDouble log;
};
inline constexpr int log_carry = 212;  ///< 1 + 212/512 = 1.4140625

// Each pair errs by at most u times its lo, hence by u² of itself.
extern const DoubleDouble power_table[256];            ///< 2^(j/256)
extern const DoubleDouble power_minus_one_table[512];  ///< 2^(k/256) − 1 at [k + 256]
extern const LogEntry log_table[512];

}  // namespace napier::fast
