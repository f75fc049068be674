// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

#include "lib/target/target.hpp"

namespace napier::testing_support {

/// What a call in a format of 16 bits gives, and what it does besides.
struct Given {
  std::uint16_t bits = 0;
  std::uint8_t flags = 0;           ///< flag_bits
  std::uint8_t lowered = 0;         ///< … of those that it lowers, where they are raised before
  bool tiny = false;                ///< a real value below the least normal number
  int error_number = errno_before;  ///< what is left in errno
};

/// A function's right answers in a format of 16 bits: rounded once, with the flags of Annex F and
/// errno as C has it, and silent at underflows.
///
/// They are computed apart from the oracles, in the machine's long double with room for what that
/// may be off by; only where that leaves a rounding open, next to a datum or to the middle of two,
/// is the reference asked. Of derivatives and of compositions it is asked everywhere: what is tried
/// with them is whether judging a block says what judging its cases says.
class RightAnswers {
 public:
  RightAnswers(const Function& function, const Format& format)
      : function_(function), format_(format) {}
  const Function& function() const { return function_; }
  const Format& format() const { return format_; }

  const Given& at(const Call& call, Rounding rounding);
  void forget() { known_.clear(); }

 private:
  using Modes = std::array<Given, all_roundings.size()>;
  Modes compute(const Call& call) const;
  Modes compute_real(const Call& call) const;
  Modes compute_by_reference(const Call& call) const;

  const Function& function_;
  const Format& format_;
  std::unordered_map<std::uint32_t, Modes> known_;
};

/// Where a call stands among those of a walk, whichever of its arguments moves.
inline Bits place_of(const Call& call) { return call.x.bits + call.y.bits; }

/// What becomes of a right answer.
using Change = std::function<Given(const Call&, Rounding, Given)>;

struct Manner {
  Change change = {};
  bool fickle = false;  ///< at some arguments every other call gives another result
};
/// A target that gives these answers, changed; in blocks of calls, or only one by one.
std::unique_ptr<Caller> answering(RightAnswers& answers, const Manner& manner, bool in_blocks);
Target target_of(RightAnswers& answers, Claim claim);
/// … a derivative beside its value.
Target target_of(RightAnswers& answers, RightAnswers& values, Claim claim);

}  // namespace napier::testing_support
