// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/call_time.hpp"

#include <algorithm>
#include <functional>

#include "audit/isolation/child_caller.hpp"

#include "props/domain/call_domain.hpp"

namespace napier {

TimedBlock::TimedBlock(Caller& caller, std::span<const Call> calls, std::size_t count)
    : caller_(caller), results_(count), answers_(count) {
  for (std::size_t i = 0; i < count; ++i) {
    const Call& call = calls_.emplace_back(calls[i % calls.size()]);
    x_.push_back(static_cast<std::uint64_t>(call.x.bits));
    if (call.y.format != nullptr) y_.push_back(static_cast<std::uint64_t>(call.y.bits));
  }
}

void TimedBlock::operator()() {
  if (calls_.front().x.format->width > 64 ||
      !caller_.call_block(Rounding::nearest, {x_, y_, results_}))
    caller_.call(Rounding::nearest, Observe::values, calls_, answers_);
}

namespace {
/// Of a child's calls what they take by themselves: on a busy machine it takes milliseconds to wake
/// it.
LeastCost cost_of_calls(Caller& caller) {
  const auto* const child = dynamic_cast<const ChildCaller*>(&caller);
  if (child == nullptr || !child->time_in_calls()) return {};
  return LeastCost([child] { return Seconds(*child->time_in_calls()); });
}
}  // namespace

Seconds time_of_a_call(Caller& caller, std::span<const Call> calls) {
  constexpr Seconds long_enough = std::chrono::milliseconds(5);
  constexpr Seconds short_enough = std::chrono::milliseconds(200);
  constexpr std::size_t most = 1 << 16;
  constexpr int goes = 5;
  for (std::size_t count = 1;; count *= 4) {
    TimedBlock block(caller, calls, count);
    LeastCost cost = cost_of_calls(caller);
    const Cost once = cost.of(std::ref(block));
    const bool is_long = std::max(once.computing, once.waiting) >= long_enough;
    if (!is_long && count < most) continue;
    if (once.waiting < short_enough)
      for (int go = 1; go < goes; ++go) cost.of(std::ref(block));
    // On a busy machine it may have looked long, and was not.
    if (cost.time() >= long_enough / 4 || count >= most)
      return cost.time() / static_cast<double>(count);
  }
}

std::vector<Call> usual_calls(const Subject& subject, Seed seed) {
  constexpr std::uint64_t some = 1 << 12;
  const Domain domain = call_domain(subject);
  std::vector<Call> calls;
  for (const Portion& portion : portions(domain, some)) {
    if (domain.strata[portion.stratum].size != 0) continue;
    for (std::uint64_t i = 0; i < portion.count; ++i) {
      const Address address{property_key(call_domain_name), portion.stratum, portion.first + i};
      if (const auto point = domain.at(seed, address))
        calls.push_back({point->args[0], point->count == 2 ? point->args[1] : Float{}});
    }
  }
  return calls;
}

}  // namespace napier
