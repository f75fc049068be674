// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <memory>

#include "lib/target/target.hpp"

namespace napier {

/// A caller that makes its first, third, … block of calls from one thread, and every other block
/// from two threads at once, one of them going through it backwards. What one thread gave last
/// time is remembered: where the two threads disagree, an answer that differs from it is handed
/// on. So who asks for the same block twice and compares sees whatever either thread got wrong.
/// A call that did not return from one thread keeps that answer, and two are not asked for it: what
/// ends a process in which two threads are calling, or never comes back there, is no fault of a
/// call alone.
///
/// Both threads call the very same code of one process: of this one, or of the child that the
/// caller has.
class ThreadPair : public Caller {
 public:
  /// The share of their time in which both threads were calling, where two did.
  virtual double overlap() const = 0;
};
std::unique_ptr<ThreadPair> thread_pair(const OpenCaller& open);

/// How long the rounds of a block take together, where both threads seldom meet; a last one may
/// have been begun by then.
inline constexpr std::chrono::milliseconds rounds_of_a_pair_take(100);

/// Has both callers, of one process, make the calls at once, the second one backwards, a few times
/// over, and more often where they seldom do so together; the first one's later times are made by
/// `again`. They start together to some 100 ns. The answers are in the order of the calls: the
/// first one given, and another one if any time either thread gave another. Returns the share of
/// the time in which both were calling.
double call_from_two_threads(Caller& first, Caller& again, Caller& second, Rounding rounding,
                             Observe observe, std::span<const Call> calls,
                             std::span<Answer> answers, std::span<Answer> others);

}  // namespace napier
