// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The first calls of an isolated caller.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "audit/isolation/first_arguments.hpp"
#include "audit/isolation/isolated_caller.hpp"
#include "audit/isolation/received.hpp"
#include "audit/isolation/sandbox.hpp"
#include "audit/isolation/wrong_shape.hpp"
#include "lib/fp/decimal.hpp"

namespace napier {
namespace {

/// What a first call is given. Where one has hung the others are tried in haste, and one that has
/// much to set up gets the time for it at last.
std::chrono::nanoseconds time_for_a_first_call(const Patience& patience, bool any_hung, bool last) {
  constexpr int in_haste = 6;
  if (!any_hung) return std::min(patience.stuck, patience.loading);
  return last ? patience.loading : patience.stuck / in_haste;
}

}  // namespace

Attempt IsolatedCaller::ask_one(const Call& call, std::chrono::nanoseconds stuck) {
  if (!session_.alive()) session_.start(patience_.loading);
  write_calls({&call, 1});
  return session_.attempt(0, 1, stuck);
}

// Asks for one value at a few harmless arguments, until one is answered.
void IsolatedCaller::arrive() {
  set_rounding(Rounding::nearest);
  set_observe(Observe::everything);
  std::string story;
  std::optional<Loss> hung;  // that was given its full time
  bool any_hung = false;
  const auto arguments = first_arguments(format_);
  for (std::size_t place = 0; place < arguments.size(); ++place) {
    const Float x = arguments[place];
    const Call call{x, arity_ == 2 ? x : Float{}};
    if (known_to_hang(call)) {  // another caller has been there
      any_hung = true;
      continue;
    }
    const auto began = std::chrono::steady_clock::now();
    const bool last = place + 1 == arguments.size();
    const Attempt tried = ask_one(call, time_for_a_first_call(patience_, any_hung, last));
    set_up_ = std::chrono::steady_clock::now() - began;
    Answer answer;
    if (!tried.death) take_answers(0, 1, std::span(&answer, 1));
    if (!tried.death && answer.ending == Ending::returned) {
      arrived_at(call);
      if (hung) judge_hung_first_call(*hung);
      return check_shape();
    }
    const Death death = tried.death.value_or(Death{answer.ending});
    if (death.ending == Ending::hung) {
      if (!std::exchange(any_hung, true)) hung = loss_of(tried, 0);
    } else if (tried.death && !from_outside(death)) {
      ledger_.history().add(loss_of(tried, 0));
    }
    story += fmt::format("{}{} at {}", story.empty() ? "" : ", ", describe(death), to_decimal(x));
  }
  session_.fail("no first answer: " + story, expected());
}

std::string IsolatedCaller::expected() const {
  return fmt::format("check that it is {}, as --function, --format and --shape say{}",
                     declaration(shape_, format_, arity_),
                     sandbox_in_use() ? ", and that it needs no file to write and no socket, which "
                                        "--sandbox forbids"
                                      : "");
}

void IsolatedCaller::check_shape() {
  if (!is_strange(format_, arrival_.first_call, arrival_.first_answer)) return;
  std::vector<Call> calls;
  const auto arguments = first_arguments(format_);
  for (const Float x : std::span(arguments).first<3>())  // three tell enough
    calls.push_back({x, arity_ == 2 ? x : Float{}});
  std::vector<Answer> answers(calls.size());
  call(Rounding::nearest, Observe::values, calls, answers);
  const auto returned = [](const Answer& answer) { return answer.ending == Ending::returned; };
  if (!std::ranges::all_of(answers, returned)) return;
  if (const auto why = why_wrong_shape(shape_, format_, calls, answers); !why.empty())
    session_.fail(why, expected());
}

void IsolatedCaller::arrived_at(const Call& call) {
  Channel& channel = session_.channel();
  arrival_ = {channel.before_loading,    channel.after_loading,     call, {},
              text_in(channel.bindings), received(channel.filtered)};
  take_answers(0, 1, std::span(&arrival_.first_answer, 1));
  pace_.took(1, set_up_, true);
  note_answered(call);
}

// A first call that took long elsewhere, too, may have been busy with what every process has to
// set up: it is asked again when that is done.
void IsolatedCaller::judge_hung_first_call(const Loss& hung) {
  constexpr int quick = 4;
  const bool much_to_set_up = set_up_ >= patience_.stuck / quick;
  if (much_to_set_up && session_.alive()) {
    const Attempt again = ask_one(*hung.last, patience_.stuck);
    if (!again.death || again.death->ending != Ending::hung) return;
  }
  ledger_.history().add(hung);
  ledger_.history().remember_hang(hung.rounding, *hung.last);
}

}  // namespace napier
