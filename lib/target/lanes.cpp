// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/lanes.hpp"

#include <set>
#include <utility>
#include <vector>

namespace napier {
namespace {

class InLanes final : public Caller {
 public:
  explicit InLanes(Caller& caller) : caller_(caller) {}

  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    if (alone_)
      call_alone(rounding, observe, calls, answers);
    else
      call_among(rounding, calls, answers);
    alone_ = !alone_;
  }

  void renew(Asking asking) override { caller_.renew(asking); }

 private:
  using Key = std::pair<Bits, Bits>;
  static Key key(const Call& call) { return {call.x.bits, call.y.bits}; }

  void call_alone(Rounding rounding, Observe observe, std::span<const Call> calls,
                  std::span<Answer> answers) {
    caller_.call(rounding, observe, calls, answers);
    unreturned_.clear();
    for (std::size_t i = 0; i < calls.size(); ++i)
      if (answers[i].ending != Ending::returned) unreturned_.insert(key(calls[i]));
  }

  void call_among(Rounding rounding, std::span<const Call> calls, std::span<Answer> answers) {
    std::vector<Call> all;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < calls.size(); ++i) {
      answers[i] = {.value = {}, .ending = Ending::not_called};
      if (unreturned_.contains(key(calls[i]))) continue;
      all.push_back(calls[i]);
      places.push_back(i);
    }
    std::vector<Answer> given(all.size());
    caller_.call_in_lanes(rounding, all, given);
    for (std::size_t k = 0; k < places.size(); ++k) answers[places[k]] = given[k];
  }

  Caller& caller_;
  std::set<Key> unreturned_;
  bool alone_ = true;
};

}  // namespace

std::unique_ptr<Caller> calls_in_lanes(Caller& caller) { return std::make_unique<InLanes>(caller); }

}  // namespace napier
