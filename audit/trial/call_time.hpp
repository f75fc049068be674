// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <vector>

#include "audit/cost.hpp"
#include "lib/target/caller.hpp"
#include "props/domain/domain.hpp"

namespace napier {

/// So many calls made at once, as an audit makes them: of these over and over again, in nearest.
class TimedBlock {
 public:
  TimedBlock(Caller& caller, std::span<const Call> calls, std::size_t count);
  void operator()();

 private:
  Caller& caller_;
  std::vector<std::uint64_t> x_, y_, results_;
  std::vector<Call> calls_;
  std::vector<Answer> answers_;
};

/// What a call of those takes: made in longer and longer blocks, until one takes so long that what
/// each block costs besides is nothing. Of several goes the cheapest counts.
Seconds time_of_a_call(Caller& caller, std::span<const Call> calls);

/// Some calls for which a function has to compute: drawn from the strata that have no end, none of
/// them special. None where nothing can be drawn.
std::vector<Call> usual_calls(const Subject& subject, Seed seed);

}  // namespace napier
