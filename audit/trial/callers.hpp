// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>

#include "lib/target/target.hpp"
#include "props/judge/judge.hpp"

namespace napier {

/// The callers of one target, for one thread.
class OwnedCallers {
 public:
  /// Throws what Target::open throws.
  explicit OwnedCallers(const Target& target)
      : target_(target.open()), primal_(target.primal ? target.primal->open() : nullptr) {
    if (const Twin* twin = target.twin_of(target.claim)) twin_ = twin->open();
  }

  Callers view() const { return {target_.get(), primal_.get(), twin_.get()}; }

 private:
  std::unique_ptr<Caller> target_;
  std::unique_ptr<Caller> primal_;
  std::unique_ptr<Caller> twin_;
};

}  // namespace napier
