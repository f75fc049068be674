// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "tests/props/support.hpp"

namespace napier::testing_support {

/// What a function of one argument gives at every argument of 16 bits: right, but for a fault.
using Results = std::vector<Float>;
inline Results results_of(const Function& function, const Format& format, const Fault& fault) {
  Results results(std::size_t(1) << format.width);
  for (std::size_t bits = 0; bits < results.size(); ++bits) {
    const Call call{{Bits(bits), &format}, {}};
    const Float right = TrueValue(function, call).rounded(format, Rounding::nearest).value();
    results[bits] = fault ? fault(call, right) : right;
  }
  return results;
}

/// Gives them, in blocks or one by one.
class TableCaller final : public Caller {
 public:
  TableCaller(std::shared_ptr<const Results> results, bool in_blocks)
      : results_(std::move(results)), in_blocks_(in_blocks) {}
  void call(Rounding, Observe, std::span<const Call> calls, std::span<Answer> answers) override {
    for (std::size_t i = 0; i < calls.size(); ++i) {
      answers[i] = {};
      answers[i].value = (*results_)[static_cast<std::size_t>(calls[i].x.bits)];
    }
  }
  std::optional<BlockEffects> call_block(Rounding, const CallBlock& block) override {
    if (!in_blocks_) return std::nullopt;
    for (std::size_t i = 0; i < block.results.size(); ++i)
      block.results[i] = static_cast<std::uint64_t>((*results_)[block.x[i]].bits);
    return BlockEffects{};
  }

 private:
  std::shared_ptr<const Results> results_;
  bool in_blocks_;
};

inline Target table_target(const Function& function, const Format& format, const Claim& claim,
                           const std::shared_ptr<const Results>& results, bool in_blocks) {
  Target target = correctly_rounded_target(function, format, claim);
  target.open = [results, in_blocks] { return std::make_unique<TableCaller>(results, in_blocks); };
  return target;
}

/// Accuracy at every argument, to nearest.
inline Tally accuracy_everywhere(const Target& target) {
  const Subject subject(target, Rounding::nearest);
  const Property& accuracy = *find_property("accuracy", target);
  const Domain domain = accuracy.where.every_point(subject).value();
  const auto caller = target.open();
  Tally all;
  for (std::uint32_t k = 0; k < domain.strata.size(); ++k)
    all.merge(judge_portion(accuracy, subject, domain, Seed{}, {k, 0, domain.strata[k].size},
                            {caller.get(), nullptr}));
  return all;
}

}  // namespace napier::testing_support
