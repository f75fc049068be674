// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/past.hpp"

#include <chrono>
#include <map>
#include <utility>
#include <vector>

#include "lib/fp/ordinal.hpp"

namespace napier {
namespace {

constexpr std::size_t calls_of_a_past = 20'000;

class WithPast final : public Caller {
 public:
  WithPast(Caller& caller, const Format& format, int arity)
      : caller_(caller), format_(format), arity_(arity) {
    for (const Float x : {quiet_nan(format), infinity(format), zero(format), min_subnormal(format),
                          max_finite(format)}) {
      specials_.push_back(x);
      specials_.push_back(negated(x));
    }
  }

  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    if (first_time_) {
      caller_.call(rounding, observe, calls, answers);
      for (std::size_t i = 0; i < calls.size(); ++i) before_[key(calls[i])] = answers[i].value;
    } else {
      call_amid(rounding, observe, calls, answers);
    }
    first_time_ = !first_time_;
  }

  void renew(Asking asking) override { caller_.renew(asking); }

 private:
  Call call_of(Float x, Float y) const { return {x, arity_ == 2 ? y : Float{}}; }

  /// Data of both signs and every size, far from each other.
  Float scattered(std::size_t i) const {
    constexpr std::uint64_t golden = 0x9e3779b97f4a7c15;
    const Bits bits = (Bits(golden * (2 * i + 1)) << 64) | (golden * (3 * i + 1));
    const auto n = static_cast<Ordinal>((bits >> 1) % static_cast<Bits>(max_ordinal(format_)));
    const Float x = from_ordinal(format_, n);
    return (bits & 1) != 0 ? x : negated(x);
  }

  /// Fewer of a function that takes long; then false.
  bool make_a_past(Rounding rounding) {
    constexpr std::size_t part = 500;
    constexpr std::chrono::seconds long_enough(2);
    const auto began = std::chrono::steady_clock::now();
    std::vector<Call> calls(part);
    std::vector<Answer> answers(part);
    for (std::size_t made = 0; made < calls_of_a_past; made += part) {
      for (std::size_t i = 0; i < part; ++i)
        calls[i] = call_of(scattered(made + i), scattered(made + i + calls_of_a_past));
      caller_.call(rounding, Observe::values, calls, answers);
      if (std::chrono::steady_clock::now() - began > long_enough) return false;
    }
    return true;
  }

  /// Every case after every special value, after one of them where calls take long; an answer that
  /// differs from the first is handed on.
  void call_amid(Rounding rounding, Observe observe, std::span<const Call> calls,
                 std::span<Answer> answers) {
    caller_.renew(Asking::usually);
    const std::size_t each = make_a_past(rounding) ? specials_.size() : 1;
    std::vector<Call> all;
    for (std::size_t i = 0; i < calls.size(); ++i)
      for (std::size_t k = 0; k < each; ++k) {
        const Float special = specials_[(i + k) % specials_.size()];
        for (const Call& next : {call_of(special, special), calls[i]}) all.push_back(next);
      }
    std::vector<Answer> given(all.size());
    caller_.call(rounding, observe, all, given);
    for (std::size_t i = 0; i < calls.size(); ++i) {
      const auto before = before_.find(key(calls[i]));
      for (std::size_t k = 0; k < each; ++k) {
        answers[i] = given[2 * (i * each + k) + 1];
        if (before == before_.end() || answers[i].value != before->second) break;
      }
    }
  }

  using Key = std::pair<Bits, Bits>;
  static Key key(const Call& call) { return {call.x.bits, call.y.bits}; }

  Caller& caller_;
  const Format& format_;
  int arity_;
  std::vector<Float> specials_;
  std::map<Key, Float> before_;
  bool first_time_ = true;
};

}  // namespace

std::unique_ptr<Caller> calls_with_past(Caller& caller, const Format& format, int arity) {
  return std::make_unique<WithPast>(caller, format, arity);
}

}  // namespace napier
