// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include "lib/fp/float.hpp"
#include "lib/target/caller.hpp"
#include "lib/target/function.hpp"
#include "tests/honest/mpfr_numbers.hpp"

namespace napier::honest {

/// The true value of f at exact arguments, by MPFR: t cut to p + 16 bits, and whether anything was
/// cut off. A dyadic that those bits hold lies beyond t exactly if it lies beyond the cut t, so
/// comparisons with data, and with data and some quarters of an ulp more or less, are exact.
class Truth {
 public:
  Truth(const Function& function, const Call& call);

  bool is_nan() const { return mpfr_nan_p(cut_) != 0; }
  bool is_infinite() const { return mpfr_inf_p(cut_) != 0; }
  bool is_negative() const { return mpfr_signbit(cut_) != 0; }
  bool is_zero() const { return mpfr_zero_p(cut_) != 0 && exact_; }
  /// e with 2^e <= |t| < 2^(e+1), or the format's emin where that is less.
  std::int64_t binade() const;
  /// -1, 0 or 1 as |t| lies below the non-negative dyadic, on it or above it.
  int compare_size(const Dyadic& with) const;
  /// The largest finite datum of the format no larger than |t|, with the sign of t.
  Float towards_zero() const;

 private:
  const Format& format_;
  Number cut_;
  bool exact_ = false;
};

}  // namespace napier::honest
