// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/property/called_block.hpp"
#include "props/subject/argument_kind.hpp"

namespace napier {

/// The argument that changes along a stretch of a block.
class MovingArgument {
 public:
  /// All outlive it.
  MovingArgument(const Subject& subject, const CalledBlock& block, const Stretch& stretch)
      : block_(block), is_first_(stretch.walk.argument() == 0) {
    const ClaimDomain& domain = subject.claim->domain;
    const bool two = stretch.walk.start.count == 2;
    claimed_ = is_first_ ? domain.x : domain.y;
    const bool is_base = two && is_first_;
    const bool signed_base = two && is_negative(block.call_at(stretch.begin).x);
    asks_for_integers_ = !is_base && (signed_base || domain.integer_exponent);
  }
  ArgumentKind operator()(std::size_t i) const {
    const Call call = block_.call_at(i);
    return kind_of(is_first_ ? call.x : call.y, claimed_);
  }
  /// Whether an integer is asked something else than the numbers beside it: an exponent of a base
  /// with a sign, and an argument that is claimed for integers alone.
  bool asks_for_integers() const { return asks_for_integers_; }

 private:
  const CalledBlock& block_;
  bool is_first_;
  Range claimed_;
  bool asks_for_integers_ = false;
};

}  // namespace napier
