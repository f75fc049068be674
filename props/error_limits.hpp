// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <span>

#include "oracles/fast/bulk_filter.hpp"
#include "props/binades.hpp"
#include "props/called_block.hpp"
#include "props/tally.hpp"

namespace napier {

/// Cases of a block, by their places in it.
struct CaseRun {
  std::size_t begin;
  std::size_t count;
  bool is_walk = true;  ///< whose arguments go one way
  std::size_t end() const { return begin + count; }
  void drop(std::size_t first) { begin += first, count -= first; }
};

/// Limits in ulps for the cases of a block: what is above may break the promise, or be the largest
/// error of its binade, or of all.
class ErrorLimits {
 public:
  /// All outlive it. The tally grows meanwhile, which set() takes up.
  ErrorLimits(const Subject& subject, const CalledBlock& block, const Tally& tally,
              BulkLimit promise)
      : format_(subject.format()),
        binades_(Binades::of(subject)),
        block_(block),
        largest_errors_(tally.largest_errors),
        promise_(promise) {}

  /// Sets the limit of each case of a run.
  void set(CaseRun run);
  /// Those that were set.
  std::span<const double> of(CaseRun run) const { return {&limits_[run.begin], run.count}; }
  /// The largest that was set last.
  BulkLimit largest() const { return largest_; }

  /// Cases of a stretch that are in one binade.
  struct Alike {
    CaseRun run;
    int binade;
  };
  /// The first ones of such a run, as far as they are in the binade of the first.
  Alike alike_in(CaseRun run) const;
  double of_alike(const Alike& alike) const { return told(alike, limit(alike.binade)); }

 private:
  BulkLimit limit(int binade) const;
  double told(const Alike& alike, BulkLimit limit) const;
  bool come_first(const Alike& alike) const;
  std::span<const std::uint64_t> keys() const;
  int binade_of(std::size_t i) const;

  const Format& format_;
  const Binades& binades_;
  const CalledBlock& block_;
  const LargestErrors& largest_errors_;
  BulkLimit promise_;
  std::unique_ptr<double[]> limits_;  ///< of each case, made when first set
  BulkLimit largest_ = BulkLimit::at_most(0);
};

}  // namespace napier
