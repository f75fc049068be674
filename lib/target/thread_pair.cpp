// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/thread_pair.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <map>
#include <thread>
#include <utility>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace napier {
namespace {

// A race of some ns shows where two threads are in the same code at the same time. A thread that
// sleeps before it starts wakes up when the other one has long been through a block. So rounds are
// counted in which both were calling for half of the time: on a busy machine it takes more of them.
constexpr int rounds_together = 32;
constexpr int most_rounds = 128;

class CallingPair final : public ThreadPair {
 public:
  explicit CallingPair(const OpenCaller& open) : open_(open), first_(open()) {}

  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    if (alone_) {
      first_->call(rounding, observe, calls, answers);
      remember(calls, answers);
    } else {
      call_at_once(rounding, observe, calls, answers);
    }
    alone_ = !alone_;
  }

  void renew(Asking asking) override {
    first_->renew(asking);
    if (second_) second_->renew(asking);
  }

  double overlap() const override { return blocks_ == 0 ? 0 : overlap_ / blocks_; }

 private:
  using Key = std::pair<Bits, Bits>;
  static Key key(const Call& call) { return {call.x.bits, call.y.bits}; }

  void remember(std::span<const Call> calls, std::span<const Answer> answers) {
    before_.clear();
    for (std::size_t i = 0; i < calls.size(); ++i) before_[key(calls[i])] = answers[i];
  }

  /// A call that did not return from one thread is not made from two: it would end the process of
  /// both, whichever came to it first, and innocent calls with it.
  void call_at_once(Rounding rounding, Observe observe, std::span<const Call> calls,
                    std::span<Answer> answers) {
    std::vector<Call> asked;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < calls.size(); ++i) {
      const auto alone = before_.find(key(calls[i]));
      if (alone != before_.end() && alone->second.ending != Ending::returned) {
        answers[i] = alone->second;
        continue;
      }
      asked.push_back(calls[i]);
      places.push_back(i);
    }
    if (asked.empty()) return;
    std::vector<Answer> given(asked.size()), others(asked.size());
    auto overlap = first_->call_from_two_threads(rounding, observe, asked, given, others);
    if (!overlap) {
      if (!second_) second_ = open_();
      overlap = napier::call_from_two_threads(*first_, *first_, *second_, rounding, observe, asked,
                                              given, others);
    }
    overlap_ += *overlap;
    ++blocks_;
    for (std::size_t k = 0; k < places.size(); ++k) {
      const auto alone = before_.find(key(asked[k]));
      const bool same = alone == before_.end() || given[k].value == alone->second.value;
      answers[places[k]] = given[k].ending == Ending::returned && same ? others[k] : given[k];
    }
  }

  OpenCaller open_;
  std::unique_ptr<Caller> first_;
  std::unique_ptr<Caller> second_;  ///< null as long as the first one does it all
  std::map<Key, Answer> before_;    ///< of one thread
  bool alone_ = true;
  double overlap_ = 0;  ///< of all blocks
  int blocks_ = 0;
};

/// Where two threads wait for each other without going to sleep.
class StartingLine {
 public:
  void wait_for_both(int round) {
    arrived_.fetch_add(1);
    for (int spins = 0; arrived_.load(std::memory_order_acquire) < 2 * (round + 1); ++spins)
      pause(spins);
  }

 private:
  static void pause(int spins) {
    constexpr int patience = 1 << 14;  // where both share one processor the other must get a turn
    if (spins > patience) return std::this_thread::yield();
#if defined(__x86_64__)
    _mm_pause();
#endif
  }
  std::atomic<int> arrived_{0};
};

using Clock = std::chrono::steady_clock;
struct Span {
  Clock::time_point begin, end;
};

/// One thread's part: its first answers, in the order in which it asks, and for each another one if
/// it ever gave another.
struct Runner {
  std::vector<Answer> first, other, latest;
  std::array<Span, most_rounds> spans;

  explicit Runner(std::size_t count) : first(count), latest(count) {}
  template <class Make>
  void run_round(int round, Make make) {
    Span& span = spans[static_cast<std::size_t>(round)];
    span.begin = Clock::now();
    make(std::span(round == 0 ? first : latest));
    span.end = Clock::now();
    if (round == 0) other = first;
    for (std::size_t i = 0; round > 0 && i < first.size(); ++i)
      if (latest[i].value != first[i].value) other[i] = latest[i];
  }
};

/// How long both were calling in a round, and each of them.
struct Together {
  std::chrono::duration<double> both{}, each{};
  double share() const { return each.count() > 0 ? both / each : 0; }
};
Together together(const Runner& one, const Runner& other, int round) {
  const Span &a = one.spans[static_cast<std::size_t>(round)],
             &b = other.spans[static_cast<std::size_t>(round)];
  return {std::max(Clock::duration{}, std::min(a.end, b.end) - std::max(a.begin, b.begin)) * 2,
          (a.end - a.begin) + (b.end - b.begin)};
}

}  // namespace

std::unique_ptr<ThreadPair> thread_pair(const OpenCaller& open) {
  return std::make_unique<CallingPair>(open);
}

double call_from_two_threads(Caller& first, Caller& again, Caller& second, Rounding rounding,
                             Observe observe, std::span<const Call> calls,
                             std::span<Answer> answers, std::span<Answer> others) {
  std::vector<Call> backwards(calls.begin(), calls.end());
  std::ranges::reverse(backwards);
  const std::size_t count = calls.size();
  StartingLine start;
  // Written before both meet for that round. One of them may still be about to begin the round
  // before, so it says which, and not merely that it is over.
  std::atomic<int> no_round = most_rounds;
  Runner forth(count), back(count);
  std::thread other([&] {
    for (int round = 0; start.wait_for_both(round), round != no_round; ++round)
      back.run_round(round, [&](auto given) { second.call(rounding, observe, backwards, given); });
  });
  const auto began = Clock::now();
  Together all;
  int met = 0, round = 0;
  const auto add = [&](int ended) {
    const Together one = together(forth, back, ended);
    all = {all.both + one.both, all.each + one.each};
    if (2 * one.both >= one.each) ++met;
  };
  for (;; ++round) {
    if (round > 1) add(round - 2);  // that of the other thread, too, which has met us since
    const bool enough = met >= rounds_together || Clock::now() - began > rounds_of_a_pair_take;
    if (round > 0 && enough) no_round = std::min(round, most_rounds);
    const bool over = round == no_round;
    start.wait_for_both(round);
    if (over) break;
    Caller& caller = round == 0 ? first : again;
    forth.run_round(round, [&](auto given) { caller.call(rounding, observe, calls, given); });
  }
  other.join();
  add(round - 1);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t j = count - 1 - i;
    answers[i] = forth.first[i];
    others[i] = back.first[j];
    for (const Answer& given : {forth.other[i], back.first[j], back.other[j]})
      if (given.value != answers[i].value) others[i] = given;
  }
  return all.share();
}

}  // namespace napier
