// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/thread_pair.hpp"

#include <algorithm>
#include <barrier>
#include <map>
#include <thread>
#include <utility>
#include <vector>

namespace napier {
namespace {

class ThreadPair final : public Caller {
 public:
  explicit ThreadPair(const OpenCaller& open) : open_(open), first_(open()) {}

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

 private:
  using Key = std::pair<Bits, Bits>;
  static Key key(const Call& call) { return {call.x.bits, call.y.bits}; }

  void remember(std::span<const Call> calls, std::span<const Answer> answers) {
    before_.clear();
    for (std::size_t i = 0; i < calls.size(); ++i) before_[key(calls[i])] = answers[i].value;
  }

  void call_at_once(Rounding rounding, Observe observe, std::span<const Call> calls,
                    std::span<Answer> answers) {
    std::vector<Answer> others(calls.size());
    if (!first_->call_from_two_threads(rounding, observe, calls, answers, others)) {
      if (!second_) second_ = open_();
      napier::call_from_two_threads(*first_, *second_, rounding, observe, calls, answers, others);
    }
    for (std::size_t i = 0; i < calls.size(); ++i) {
      const auto alone = before_.find(key(calls[i]));
      if (alone == before_.end() || answers[i].value == alone->second) answers[i] = others[i];
    }
  }

  OpenCaller open_;
  std::unique_ptr<Caller> first_;
  std::unique_ptr<Caller> second_;  ///< null as long as the first one does it all
  std::map<Key, Float> before_;
  bool alone_ = true;
};

}  // namespace

std::unique_ptr<Caller> thread_pair(const OpenCaller& open) {
  return std::make_unique<ThreadPair>(open);
}

void call_from_two_threads(Caller& first, Caller& second, Rounding rounding, Observe observe,
                           std::span<const Call> calls, std::span<Answer> answers,
                           std::span<Answer> others) {
  std::vector<Call> backwards(calls.begin(), calls.end());
  std::ranges::reverse(backwards);
  std::barrier start(2);
  std::thread other([&] {
    start.arrive_and_wait();
    second.call(rounding, observe, backwards, others);
  });
  start.arrive_and_wait();
  first.call(rounding, observe, calls, answers);
  other.join();
  std::ranges::reverse(others);
}

}  // namespace napier
