// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Calls of an isolated caller as elements of arrays.
#include <algorithm>

#include "audit/isolation/isolated_caller.hpp"
#include "audit/isolation/received.hpp"
#include "lib/fp/environment.hpp"

namespace napier {

/// An array takes as long as its elements do, as far as calls have told.
std::chrono::nanoseconds IsolatedCaller::time_for_an_array() const {
  constexpr int most_elements = 2048;  // of the longest array, and as many again
  return patience_.stuck + most_elements * pace_.slowest();
}

// Where a process ends the other calls have no answer: some kinds of arrays have not been made.
void IsolatedCaller::serve_lanes(std::span<const Call> calls, std::span<Answer> answers) {
  const auto count = static_cast<std::uint32_t>(calls.size());
  Channel& channel = session_.channel();
  write_calls(calls);
  fill(answers, {Ending::not_called, 0});
  bool asked_again = false;
  while (ready_for_more()) {
    write_again();
    fresh_ = false;
    channel.in_lanes = true;
    channel.first_of_array = 0;
    channel.placement = {};
    const Attempt tried = session_.attempt_in_lanes(count, time_for_an_array());
    channel.in_lanes = false;
    if (!tried.death && !tried.disorderly) return take_answers(0, count, answers);
    if (!tried.death) return;
    if (from_outside(*tried.death) && !std::exchange(asked_again, true)) continue;
    const std::uint32_t first = std::min<std::uint32_t>(channel.first_of_array, count - 1);
    const Placement placement = received(channel.placement);
    Loss loss{*tried.death, rounding_, asked(first)};
    loss.array_length = placement.length;
    loss.told = true;  // by that array, of which no element is to blame
    loss.before = answered_.all();
    ledger_.mourn(loss);
    fill(answers.subspan(first, 1), *tried.death);
    answers[first].placement = placement;
    return;
  }
}

void IsolatedCaller::call_in_lanes(Rounding rounding, std::span<const Call> calls,
                                   std::span<Answer> answers) {
  constexpr std::size_t at_once = 192;
  { const ScopedRounding tried(rounding); }
  finish_ahead();
  set_rounding(rounding);
  single_calls();
  for (std::size_t done = 0; done < calls.size(); done += at_once) {
    const std::size_t size = std::min(at_once, calls.size() - done);
    serve_lanes(calls.subspan(done, size), answers.subspan(done, size));
  }
}

}  // namespace napier
