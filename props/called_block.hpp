// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "lib/target/caller.hpp"
#include "props/domain.hpp"
#include "props/tally.hpp"

namespace napier {

/// Part of a walk inside a block.
struct Stretch {
  Walk walk;
  Address address;          ///< of its first case here
  std::uint64_t steps = 0;  ///< on the walk, of that case
  std::size_t begin = 0;    ///< of the block's cases
  std::size_t count = 0;
};

/// Some thousand cases of one call each, made together: encodings, values, what the calls gave the
/// first time and when they were repeated backwards. Formats of at most 64 bits.
class CalledBlock {
 public:
  explicit CalledBlock(const Subject& subject) : subject_(&subject) {}

  void clear();
  /// `count` cases of the walk from that step on.
  void add(const Walk& walk, Address address, std::uint64_t steps, std::size_t count);
  /// Makes the calls, twice if `repeat`; false if they have to be made one by one.
  bool call(Caller& caller, bool repeat);

  std::size_t size() const { return size_; }
  std::span<const Stretch> stretches() const { return stretches_; }
  Located located(std::size_t i) const;
  Call call_at(std::size_t i) const;
  Float result(std::size_t i) const { return {results_[i], &subject_->format()}; }
  Float repeated(std::size_t i) const { return {repeated_[i], &subject_->format()}; }
  bool all_repeated_the_same() const;
  const BlockEffects& effects() const { return effects_; }

  /// The last arguments and the results as doubles, which hold data of narrow formats exactly.
  std::span<const double> arguments() const { return std::span(arguments_).first(size_); }
  std::span<const double> results() const { return std::span(values_).first(size_); }

 private:
  /// Makes room for that many cases. What the vectors hold beyond size_ is left from blocks before.
  void grow(std::size_t size);

  const Subject* subject_;
  std::size_t size_ = 0;
  std::vector<Stretch> stretches_;
  std::vector<std::uint64_t> first_;  ///< the base of each case, of functions of two arguments
  std::vector<std::uint64_t> last_;
  std::vector<std::uint64_t> results_;
  std::vector<std::uint64_t> repeated_;
  std::vector<std::uint64_t> scratch_;
  std::vector<std::uint64_t> more_scratch_;
  std::vector<double> arguments_;
  std::vector<double> values_;
  BlockEffects effects_;
};

}  // namespace napier
