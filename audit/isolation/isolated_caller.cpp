// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/isolated_caller.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <stdexcept>

#include "audit/isolation/received.hpp"
#include "lib/fp/environment.hpp"
#include "lib/fp/hexfloat.hpp"
#include "lib/target/known_hang.hpp"
#include "lib/target/thread_pair.hpp"

namespace napier {
namespace {

/// Where the last few of these calls begin.
std::uint32_t first_of_last(std::uint32_t first, std::uint32_t end) {
  return std::max(first, end - std::min(end, static_cast<std::uint32_t>(LastCalls::most)));
}

}  // namespace

void fill(std::span<Answer> answers, const Death& death) {
  for (Answer& answer : answers) {
    answer = {};
    answer.ending = death.ending;
    answer.detail = death.detail;
  }
}

void IsolatedCaller::take_answers(std::uint32_t first, std::uint32_t end,
                                  std::span<Answer> answers) const {
  take(std::span(session_.channel().answers).subspan(first, end - first),
       answers.subspan(first, end - first));
}

// The answers come from memory that the target can write into, and from registers of which it has
// filled only a part: what is wider than the format is not the value's.
void IsolatedCaller::take(std::span<const Answer> given, std::span<Answer> answers) const {
  const Bits datum = datum_bits(format_);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    Answer& answer = answers[i];
    answer = received(given[i]);
    answer.value.bits &= datum;
    answer.value.format = &format_;
    const bool unwritten = !shape_.is_scalar() && answer.ending == Ending::unwritten;
    answer.ending = unwritten ? Ending::unwritten : Ending::returned;
    answer.detail = 0;
  }
}

Call IsolatedCaller::asked(std::uint32_t i) const {
  if (!whole_) return calls_[i];
  i = whole_->place(i);
  return {{whole_x_[i], &format_}, arity_ == 2 ? Float{whole_y_[i], &format_} : Float{}};
}

/// Of an attempt that began with the first-th call of the channel.
Loss IsolatedCaller::loss_of(const Attempt& tried, std::uint32_t first) const {
  Loss loss{*tried.death, rounding_, last_};
  const std::uint32_t unreturned = tried.started - tried.ended;
  loss.returned = unreturned == 0;
  loss.among = std::max<std::uint32_t>(unreturned, 1);
  if (tried.started == 0) {
    loss.before = answered_.all_but_last();
    return loss;
  }
  const std::uint32_t last = first + tried.ended - (loss.returned ? 1 : 0);
  loss.last = asked(last);
  LastCalls before = answered_;
  for (std::uint32_t i = first_of_last(first, last); i < last; ++i) before.add(asked(i));
  loss.before = before.all();
  return loss;
}

void IsolatedCaller::settle() {
  if (ahead_ && !ahead_->made) session_.abandon();  // nobody asked for it
  ahead_.reset();
  const std::optional<Death> death = session_.idle_death();
  if (death && !from_outside(*death)) ledger_.mourn(loss_between_calls(*death, rounding_));
  ledger_.settle();
}

// Is there a child to make the next call? A new one is started unless the target was given up.
bool IsolatedCaller::ready_for_more() {
  if (ledger_.given_up() || session_.alive()) return !ledger_.given_up();
  try {
    session_.start(patience_.loading);
    answered_.forget();
    fresh_ = true;
  } catch (const std::runtime_error& error) {
    ledger_.give_up(fmt::format(": {}", error.what()));
  }
  return !ledger_.given_up();
}

Attempt IsolatedCaller::ask(std::uint32_t first, std::uint32_t end) {
  write_again();
  const auto begun = std::chrono::steady_clock::now();
  session_.begin(first, end);
  return await(first, end, begun, true);
}

/// What was begun. `is_timed` says whether it ends now, so that how long it took is known.
Attempt IsolatedCaller::await(std::uint32_t first, std::uint32_t end,
                              std::chrono::steady_clock::time_point begun, bool is_timed) {
  const bool whole = whole_.has_value();
  const bool first_of_process = std::exchange(fresh_, false);
  std::chrono::nanoseconds patience = ledger_.time_for_a_call(whole, pace_.slowest());
  if (from_two_threads_) patience = time_for_a_pair(end - first);
  constexpr int slower = 3;
  if (first_of_process) patience += slower * set_up_;
  Attempt tried = session_.finish(patience, whole ? calls_in_a_step : 1);
  if (tried.disorderly) pace_.one_by_one();
  if (tried.death || tried.disorderly) return tried;
  const auto took = std::chrono::steady_clock::now() - begun;
  const std::chrono::nanoseconds in_calls(session_.channel().took);
  in_calls_ += std::clamp(in_calls, std::chrono::nanoseconds{}, std::chrono::nanoseconds(took));
  if (is_timed) pace_.took(end - first, took, first_of_process);
  for (std::uint32_t i = first_of_last(first, end); i < end; ++i) note_answered(asked(i));
  return tried;
}

/// As far as the pace allows, and up to a call that is known to hang.
std::uint32_t IsolatedCaller::end_of_attempt(std::uint32_t next,
                                             std::span<const Call> calls) const {
  const std::size_t end = std::min<std::size_t>(calls.size(), next + pace_.calls());
  if (!ledger_.anything_hangs()) return static_cast<std::uint32_t>(end);
  while (++next < end && !known_to_hang(calls[next])) {
  }
  return next;
}

void IsolatedCaller::met_known_hang(const Call& call) {
  ledger_.met_again(Ending::hung, 0);
  ledger_.history().tell_hang(rounding_, call);
}

void IsolatedCaller::write_calls(std::span<const Call> calls) {
  assert(std::ranges::all_of(calls, [&](const Call& c) { return c.x.format == &format_; }));
  calls_.assign(calls.begin(), calls.end());
  for (std::size_t i = 0; i < calls.size(); ++i) {
    session_.channel().x[i] = calls[i].x.bits;
    session_.channel().y[i] = calls[i].y.bits;
  }
}

/// A process before may have written something else.
void IsolatedCaller::write_again() {
  set_rounding(rounding_);
  set_observe(observe_);
  if (!fresh_ || whole_) return;
  const std::vector<Call> calls = calls_;
  write_calls(calls);
}

/// What ended a disorderly attempt, which began with the next-th call, is left open, and its calls
/// are made again, in smaller numbers; unless it was a jump, once there were too many: then it is
/// that call's answer.
bool IsolatedCaller::is_answer(const Attempt& tried, std::uint32_t next) {
  if (!tried.death) return false;
  Loss loss = loss_of(tried, next);
  const bool jumped = note_jump(*tried.death);
  loss.told = jumped && ledger_.history().jumps_again_and_again();
  if (!loss.told) {
    ledger_.leave_open(loss);
    return false;
  }
  loss.last = asked(next);
  ledger_.mourn(loss);
  return true;
}

bool IsolatedCaller::note_jump(const Death& death) {
  const bool jumped = death.ending == Ending::hung && death.detail == by_a_jump;
  if (jumped) ledger_.history().add_jump();
  return jumped;
}

void IsolatedCaller::serve_block(std::span<const Call> calls, std::span<Answer> answers) {
  const auto count = static_cast<std::uint32_t>(calls.size());
  write_calls(calls);
  std::uint32_t next = 0;
  std::optional<std::uint32_t> asked_again;
  while (next < count) {
    if (known_to_hang(calls[next])) {
      met_known_hang(calls[next]);
      fill(answers.subspan(next++, 1), {Ending::hung, napier::known_to_hang});
      continue;
    }
    if (!ready_for_more()) break;
    const std::uint32_t end = end_of_attempt(next, calls);
    const Attempt tried = ask(next, end);
    if (tried.disorderly) {
      if (is_answer(tried, next)) fill(answers.subspan(next++, 1), *tried.death);
      continue;
    }
    Loss loss = tried.death ? loss_of(tried, next) : Loss{};
    // Of a call that had returned when the process ended the answer may be missing.
    const std::uint32_t done = tried.started - (tried.death && tried.started > 0 ? 1 : 0);
    take_answers(next, next + done, answers);
    next += done;
    if (!tried.death) continue;
    if (from_outside(*tried.death) && asked_again != next) {
      asked_again = next;  // before it is believed
      continue;
    }
    loss.told = !loss.returned;
    const Death death = ledger_.mourn(loss);
    if (loss.told) fill(answers.subspan(next++, 1), death);
  }
  fill(answers.subspan(next), {Ending::not_called, 0});
}

void IsolatedCaller::call(Rounding rounding, Observe observe, std::span<const Call> calls,
                          std::span<Answer> answers) {
  assert(calls.size() == answers.size());
  // A platform that refuses the direction is to throw here, not to end the child. It also leaves
  // this thread's environment as promised.
  { const ScopedRounding tried(rounding); }
  finish_ahead();
  set_rounding(rounding);
  set_observe(observe);
  single_calls();
  for (std::size_t done = 0; done < calls.size(); done += block_capacity) {
    const std::size_t size = std::min<std::size_t>(block_capacity, calls.size() - done);
    serve_block(calls.subspan(done, size), answers.subspan(done, size));
  }
}

// Only the first of many rounds is announced, both threads compute, and where they seldom meet each
// waits for the other by computing: none of that is to look like a hang. So the time is never cut
// short, as that for a call is where another one has hung.
std::chrono::nanoseconds IsolatedCaller::time_for_a_pair(std::uint32_t count) const {
  constexpr int threads = 2, last_rounds = 2;
  const std::chrono::nanoseconds round = count * pace_.slowest();
  return threads * (patience_.stuck + rounds_of_a_pair_take + last_rounds * round);
}

// Which of two threads ended the child is not known: it is told of the call that the first one had
// begun last, or was to begin, and the others have no answer. Who asks makes sure that none of the
// calls ends it by itself.
void IsolatedCaller::serve_pair(std::span<const Call> calls, std::span<Answer> answers,
                                std::span<Answer> others) {
  const auto count = static_cast<std::uint32_t>(calls.size());
  write_calls(calls);
  fill(answers, {Ending::not_called, 0});
  bool asked_again = false;
  while (ready_for_more()) {
    Channel& channel = session_.channel();
    channel.from_two_threads = from_two_threads_ = true;
    const Attempt tried = ask(0, count);
    channel.from_two_threads = from_two_threads_ = false;
    if (!tried.death && !tried.disorderly) {
      take(std::span(channel.answers).first(count), answers);
      take(std::span(channel.others).first(count), others);
      return;
    }
    if (!tried.death) break;
    if (from_outside(*tried.death) && !std::exchange(asked_again, true)) continue;
    ledger_.bear(*tried.death);
    fill(answers.subspan(std::max<std::uint32_t>(tried.started, 1) - 1, 1), *tried.death);
    break;
  }
  std::ranges::copy(answers, others.begin());
}

std::optional<double> IsolatedCaller::call_from_two_threads(Rounding rounding, Observe observe,
                                                            std::span<const Call> calls,
                                                            std::span<Answer> answers,
                                                            std::span<Answer> others) {
  { const ScopedRounding tried(rounding); }
  finish_ahead();
  single_calls();
  set_rounding(rounding);
  set_observe(observe);
  double overlap = 0, blocks = 0;
  for (std::size_t done = 0, size = 0; done < calls.size(); done += size) {
    const std::size_t most = std::min(pace_.hoped(), block_capacity);  // to meet each other
    size = std::min(most, calls.size() - done);
    session_.channel().overlap = 0;
    serve_pair(calls.subspan(done, size), answers.subspan(done, size), others.subspan(done, size));
    const double seen = session_.channel().overlap;
    if (seen >= 0) overlap += std::min(seen, 1.0);  // whatever the target has written there
    ++blocks;
  }
  return blocks > 0 ? overlap / blocks : 0;
}

}  // namespace napier
