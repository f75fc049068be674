// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/recorded_results.hpp"

#include <algorithm>
#include <utility>

namespace napier {
namespace {

class RecordedCaller : public Caller {
 public:
  explicit RecordedCaller(std::shared_ptr<const RecordedResults> results)
      : results_(std::move(results)) {}

  void call(Rounding rounding, Observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    reset_environment();
    for (std::size_t i = 0; i < calls.size(); ++i) {
      answers[i] = {};
      answers[i].error_number = errno_before;
      if (const auto result = results_->at(calls[i], rounding))
        answers[i].value = *result;
      else
        answers[i].ending = Ending::not_called;
    }
  }

  std::optional<BlockEffects> call_block(Rounding rounding, const CallBlock& block) override {
    reset_environment();
    for (std::size_t i = 0; i < block.x.size(); ++i) {
      Call call{{block.x[i], results_->format}, {}};
      if (!block.y.empty()) call.y = {block.y[i], results_->format};
      const auto result = results_->at(call, rounding);
      if (!result) return std::nullopt;
      block.results[i] = static_cast<std::uint64_t>(result->bits);
    }
    std::ranges::fill(block.signals, std::uint8_t{0});
    return BlockEffects{};
  }

 private:
  std::shared_ptr<const RecordedResults> results_;
};

}  // namespace

bool is_before(const Call& one, const Call& other) {
  return std::pair(one.x.bits, one.y.bits) < std::pair(other.x.bits, other.y.bits);
}

bool RecordedResults::is_whole() const {
  const int bits = format->width * function->arity;
  return bits <= 32 && calls.size() == std::uint64_t{1} << bits;
}

bool RecordedResults::has(Rounding rounding) const {
  return std::ranges::find(roundings, rounding) != roundings.end();
}

std::optional<Float> RecordedResults::at(const Call& call, Rounding rounding) const {
  const auto mode = std::ranges::find(roundings, rounding);
  if (mode == roundings.end()) return std::nullopt;
  const auto found = std::ranges::lower_bound(calls, call, is_before);
  if (found == calls.end() || is_before(call, *found)) return std::nullopt;
  const std::size_t place = static_cast<std::size_t>(found - calls.begin()) * roundings.size();
  return Float{results[place + static_cast<std::size_t>(mode - roundings.begin())], format};
}

std::unique_ptr<Caller> recorded_caller(std::shared_ptr<const RecordedResults> results) {
  return std::make_unique<RecordedCaller>(std::move(results));
}

}  // namespace napier
