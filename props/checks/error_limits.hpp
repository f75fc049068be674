// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <span>

#include "oracles/fast/calls/bound_limits.hpp"
#include "oracles/fast/calls/bulk_filter.hpp"
#include "props/property/called_block.hpp"
#include "props/tally/binades.hpp"
#include "props/tally/tally.hpp"

namespace napier {

/// Cases of a block, by their places in it.
struct CaseRun {
  std::size_t begin;
  std::size_t count;
  bool is_walk = true;  ///< whose arguments go one way
  std::size_t end() const { return begin + count; }
  void drop(std::size_t first) { begin += first, count -= first; }
};

/// What is promised of an error, as the filter can tell it.
struct BulkPromise {
  /// Errors up to it break no promise; with `rounded_right` that is said of right roundings alone,
  /// and other results are judged singly.
  BulkLimit kept = BulkLimit::at_most(BulkLimit::infinite);
  bool rounded_right = false;
  /// Which results certainly break a promise: none that can be told, those with errors above
  /// `broken` ulp, or those that are not the right rounding.
  enum class Breaks { unknown, beyond, misrounded };
  Breaks breaks = Breaks::unknown;
  double broken = std::numeric_limits<double>::infinity();
  /// Inside a binade, errors up to the first break no promise and those above the second do, both
  /// between kept and broken; `ulps` is what is inside. Only where results break by `beyond`.
  /// Where t rounds to a power of two, or is less than an ulp from one, a result breaks a promise
  /// that is more than `of_power` ulps from the rounding; 0 if that is not known. `by_side`:
  /// inside, errors between kept and broken break it on one side of t, not where the mode rounds
  /// to.
  struct Inside {
    double kept, broken, ulps, of_power = 0;
    bool by_side = false;
  };
  std::optional<Inside> inside;
  /// No result that is the right rounding breaks a promise, nor one that is at most an ulp off and
  /// not below t's binade; between kept and broken others are what is told.
  bool right_is_enough = false;
  /// A zero may stand for any |t| below the least normal number, and what has a subnormal argument
  /// may be right for another one: such cases break by less than is told.
  bool may_flush = false;
  BoundLimits bounds;      ///< what is promised of each result by itself
  double whole_share = 0;  ///< the error, in ulps, whose share of what is allowed is 1

  /// Of what is promised in one piece of a claim.
  static BulkPromise of(const Subject& subject, std::span<const AccuracyClaim> promises);
  /// Errors up to it break no promise, of results that are inside their binade where that is known.
  double most_kept() const { return inside ? inside->kept : kept.value(); }
  /// The first limit of errors: among those that are not above it the edges tell what breaks. That
  /// of the largest number, which stands for all beyond, is a right rounding's, and a whole ulp.
  double first_limit() const {
    constexpr double one = largest_rounding_error(Rounding::zero);
    return right_is_enough ? std::max(most_kept(), one) : most_kept();
  }
};

/// Limits in ulps for the cases of a block: what is above may be the largest error of its binade,
/// or of all, or break the promise – or be the first that does, or the worst, where those that do
/// can be told.
class ErrorLimits {
 public:
  /// All outlive it. The tally grows meanwhile, which set() takes up.
  ErrorLimits(const Subject& subject, const CalledBlock& block, const Tally& tally,
              const BulkPromise& promise)
      : format_(subject.format()),
        binades_(Binades::of(subject)),
        block_(block),
        tally_(tally),
        largest_errors_(tally.largest_errors),
        promise_(promise) {}

  /// Sets the limit of each case of a run.
  void set(CaseRun run);
  /// Those that were set.
  std::span<const double> of(CaseRun run) const { return {&limits_[run.begin], run.count}; }
  /// … of results that may have been flushed: whatever is promised. None if nobody may flush.
  std::span<const double> of_flushed(CaseRun run) const {
    if (!flushed_limits_) return {};
    return {&flushed_limits_[run.begin], run.count};
  }
  /// The largest that was set last.
  BulkLimit largest() const { return largest_; }
  /// Whether all within the limits set last have to be rounded right.
  bool rounded_right() const { return rounded_right_; }

  /// Cases of a stretch that are in one binade.
  struct Alike {
    CaseRun run;
    int binade;
  };
  /// The first ones of such a run, as far as they are in the binade of the first. A binade of
  /// arguments is an interval of encodings of one sign, so the last of a run tells of all; results
  /// are in no order and looked at one by one.
  Alike alike_in(CaseRun run) const;
  /// The limit of those, set as set() does.
  double set_alike(const Alike& alike);

 private:
  /// What is promised of some cases, and of those whose arguments come after the worst one's.
  struct Promised {
    double of_all, of_later_ones;
  };
  Promised promised(const Stretch& stretch, std::size_t i);
  const Stretch& stretch_of(std::size_t i) const;
  BulkLimit limit(const Alike& alike, const Promised& promised) const;
  bool may_come_first(const Alike& alike, double largest) const;
  bool come_before(CaseRun run, const Point& known) const;
  void set_flushed(const Alike& alike);
  std::span<const std::uint64_t> keys() const;
  int binade_of(std::size_t i) const;

  const Format& format_;
  const Binades& binades_;
  const CalledBlock& block_;
  const Tally& tally_;
  const LargestErrors& largest_errors_;
  const BulkPromise& promise_;
  std::unique_ptr<double[]> limits_;          ///< of each case, made when first set
  std::unique_ptr<double[]> flushed_limits_;  ///< … where the promise is of one who may flush
  BulkLimit largest_ = BulkLimit::at_most(0);
  bool rounded_right_ = false;
};

}  // namespace napier
