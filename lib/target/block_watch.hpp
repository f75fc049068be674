// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cerrno>
#include <limits>

#include "lib/target/caller.hpp"

namespace napier {

/// Sees what a block of calls does to its surroundings, as BlockEffects says.
///
/// Flags may be raised before, as marks: where one is gone, some call cleared it, perhaps after
/// another had raised it. Underflow always is one, for it is not judged.
class BlockWatch {
 public:
  explicit BlockWatch(bool flags_raised) {
    error_number_ = errno_before;
    clear_flags();
    if (flags_raised)
      raise_all_flags();
    else
      raise_underflow();
    marks_ = flag_bits(raised_flags());
  }

  /// After each call.
  void look() {
    arithmetic_.look();
    const int left = error_number_;
    changed_ |= left ^ errno_before;
    zeroed_ |= left == 0;
  }

  /// After the last one; the control state is put back.
  BlockEffects seen() const {
    const ControlState after = control_state();
    const Flags raised = raised_flags();
    if (after != before_) restore_control_state(before_);
    return {.control_kept = after == before_ && !arithmetic_.changed(),
            .errno_zeroed = zeroed_,
            .signalled = flag_bits(raised) != marks_ || !raised.underflow || changed_ != 0,
            .flags_lowered = (marks_ & ~flag_bits(raised)) != 0};
  }

 private:
  /// By arithmetic, so that it shows where the flags of float and double do.
  static void raise_underflow() {
    volatile float least = std::numeric_limits<float>::min();
    least = least * least;
  }

  int& error_number_ = errno;
  ControlState before_ = control_state();
  std::uint8_t marks_ = 0;
  int changed_ = 0;
  bool zeroed_ = false;
  ArithmeticWatch arithmetic_;
};

}  // namespace napier
