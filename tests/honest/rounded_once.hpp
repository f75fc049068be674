// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/target/target.hpp"

namespace napier::honest {

/// A result with what a call must signal.
struct Answered {
  Float value;
  bool overflow = false;
  bool divide_by_zero = false;
  bool invalid = false;
  bool underflow = false;
};

/// The rounding mode of this thread's floating-point environment.
Rounding mode_of_thread();

/// f at exact arguments rounded once by MPFR, subnormal results and overflow as IEEE 754 has them.
Answered rounded_once(const Function& function, const Call& call, Rounding rounding);

/// What C leaves open, as the one or the other has it: whether an underflow sets errno, whether
/// signalling NaNs, and pow(±0, -inf), raise a flag.
enum class Habit { silent, outspoken };

/// The most honest target there is: a C function that computes by MPFR, in the rounding mode of
/// its thread, raises the flags that IEEE 754 asks for and leaves the errno of C23. It claims all
/// that can be claimed. In formats of 16 bits it remembers what it has computed.
Target rounded_once_target(const Function& function, const Format& format, Habit habit);

}  // namespace napier::honest
