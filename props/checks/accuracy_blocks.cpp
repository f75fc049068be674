// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/checks/accuracy_blocks.hpp"

#include <array>
#include <cmath>
#include <limits>

#include "oracles/fast/calls/bulk_powers.hpp"
#include "props/checks/error_limits.hpp"
#include "props/domain/covered_part.hpp"

namespace napier {
namespace {

constexpr std::size_t shortest_look = 16;    // cases asked about at once, between faster passes
constexpr std::size_t worth_its_ends = 256;  // cases that take longer than a look at two

/// The edges of the histogram from 1 ulp on.
constexpr auto far_edges =
    std::span(ErrorHistogram::edges).subspan<ErrorHistogram::first(Rounding::up)>();

/// The edges of the histogram from 1 ulp on, and what breaks a promise: what the filter is to tell
/// of an error.
class Edges {
 public:
  explicit Edges(const BulkPromise& promise) {
    const auto add = [&](double edge) { all_[count_++] = edge; };
    std::ranges::for_each(far_edges, add);
    if (promise.breaks == BulkPromise::Breaks::beyond) {
      for (const double edge : {promise.kept.value(), promise.broken}) add(edge);
      if (promise.inside)
        for (const double edge : {promise.inside->kept, promise.inside->broken}) add(edge);
    }
    const auto used = std::span(all_).first(count_);
    std::ranges::sort(used);
    count_ -= std::ranges::unique(used).size();
    const bool by_side = promise.inside && promise.inside->by_side;
    if (by_side)
      for (const double edge : {promise.inside->kept, promise.inside->broken})
        if (is_far(edge)) add_once_more(edge);
    for (std::size_t i = 0; i < far_edges.size(); ++i) far_[i] = place(far_edges[i]);
    kept_ = broken_ = count_;
    if (promise.breaks != BulkPromise::Breaks::beyond) return;
    kept_ = place(promise.most_kept(), by_side);
    broken_ = place(promise.inside ? promise.inside->broken : promise.broken, by_side);
    if (promise.inside)
      doubt_ = {place(promise.kept.value()),
                place(promise.broken),
                promise.inside->ulps,
                kept_,
                broken_,
                promise.inside->of_power,
                by_side};
  }
  std::span<const double> all() const { return std::span(all_).first(count_); }
  const BulkFilter::Doubt& doubt() const { return doubt_; }
  /// How many errors are above the i-th of the far edges.
  std::uint64_t beyond_far(const BulkFilter::Passed& passed, std::size_t i) const {
    return passed.beyond[far_[i]];
  }
  std::uint64_t broken(const BulkFilter::Passed& passed) const {
    return passed.beyond[broken_] - passed.flushed;
  }
  /// For results that may have been flushed, with limits of their own.
  BulkFilter::Flushing flushing(std::span<const double> limits) const {
    return {limits, kept_, broken_};
  }
  /// Whether none may or may not break the promise.
  bool tell_all(const BulkFilter::Passed& passed) const {
    return passed.beyond[kept_] == passed.beyond[broken_];
  }

 private:
  /// Beyond the second are only those that break the promise: not what a histogram counts.
  void add_once_more(double edge) {
    const std::span used(all_.data(), ++count_);
    used.back() = edge;
    std::ranges::sort(used);
  }
  static bool is_far(double edge) { return std::ranges::count(far_edges, edge) != 0; }
  std::size_t place(double edge, bool second = false) const {
    const auto at = std::ranges::lower_bound(all(), edge) - all().begin();
    return static_cast<std::size_t>(at) + (second && is_far(edge) ? 1 : 0);
  }
  std::array<double, BulkFilter::most_edges> all_{};
  std::size_t count_ = 0;
  std::array<std::size_t, far_edges.size()> far_{};
  std::size_t kept_ = 0, broken_ = 0;
  BulkFilter::Doubt doubt_;
};

/// A block as its filter sees it.
struct View {
  const BulkFilter* filter = nullptr;
  const BulkPowers* powers = nullptr;
  PowerCalls calls;  ///< without bases for a filter of one argument

  explicit operator bool() const { return filter != nullptr || powers != nullptr; }
  BulkFilter::Passed pass(CaseRun run, const BulkFilter::Wanted& wanted) const {
    if (powers != nullptr) return powers->pass(calls.part(run.begin, run.count), wanted);
    return filter->pass(calls.exponents.subspan(run.begin, run.count),
                        calls.results.subspan(run.begin, run.count), wanted);
  }
  void look(CaseRun run, std::span<const double> limits, std::span<std::uint64_t> words) const {
    if (powers != nullptr) return powers->look(calls.part(run.begin, run.count), limits, words);
    filter->look(calls.exponents.subspan(run.begin, run.count),
                 calls.results.subspan(run.begin, run.count), limits, words);
  }
};

class BlockJudge {
 public:
  BlockJudge(const Subject& subject, const ClaimPiece& piece, const CalledBlock& block,
             Tally& tally, const SingleCases& singly)
      : subject_(subject),
        domain_(piece.on),
        promise_(BulkPromise::of(subject, piece.promises)),
        edges_(promise_),
        block_(block),
        tally_(tally),
        limits_(subject, block, tally, promise_),
        singly_(singly) {}

  void judge_all() {
    const Function& f = *subject_.target->function;
    if (f.arity == 2) return judge_powers();
    const auto filter = BulkFilter::of(f, subject_.format(), subject_.rounding);
    const auto judge_run = [&](CaseRun run) {
      judge({filter ? &*filter : nullptr, nullptr, {{}, block_.arguments(), block_.results()}},
            run);
    };
    // Together, where no stretch may pass by its ends.
    const bool all_alike = has_long_stretch() && block_.results_are_alike(0, block_.size());
    if (!all_alike && domain_ == ClaimDomain{}) return judge_run({0, block_.size()});
    for (const Stretch& stretch : block_.stretches()) {
      CaseRun run = covered_run(stretch);
      while (filter && run.count != 0 && may_pass_by_ends(run)) {
        const auto alike = limits_.alike_in(run);
        if (!pass_by_ends(*filter, alike)) judge_run(alike.run);
        run.drop(alike.run.count);
      }
      if (run.count != 0) judge_run(run);
    }
  }

 private:
  /// A walk at a time, with one base if it is one of exponents; what is too short for that is taken
  /// together.
  void judge_powers() {
    constexpr std::size_t worth_a_run = 16;
    const bool of_power = subject_.target->function->kind == Kind::power;
    const auto powers =
        of_power ? BulkPowers::of(subject_.format(), subject_.rounding) : std::nullopt;
    View view{nullptr, powers ? &*powers : nullptr, {}};
    const auto judge_run = [&](CaseRun run, bool one_base) {
      if (run.count == 0) return;
      const auto bases = block_.bases();
      view.calls = {one_base ? bases.subspan(run.begin, 1) : bases, block_.arguments(),
                    block_.results()};
      judge(view, run);
    };
    CaseRun others{0, 0, false};
    const bool everywhere = domain_ == ClaimDomain{};
    for (const Stretch& stretch : block_.stretches()) {
      if (stretch.count < worth_a_run && everywhere) {
        others.count += stretch.count;
        continue;
      }
      judge_run(others, false);
      const CaseRun walk = covered_run(stretch);
      const bool one_base = !stretch.walk.over_bases;
      const bool by_ends = powers && one_base && may_pass_by_ends(walk);
      if (!by_ends || !pass_by_ends(*powers, limits_.alike_in(walk))) judge_run(walk, one_base);
      others = {stretch.begin + stretch.count, 0, false};
    }
    judge_run(others, false);
  }

  /// What the filter can't tell is judged as any single case is. Each of those may raise the
  /// largest error, the limit below which no case matters: then the rest is looked at anew.
  void judge(const View& view, CaseRun run) {
    const bool may_pass = view && is_covered(run);
    if (view) limits_.set(run);
    while (run.count != 0) {
      if (may_pass) pass(view, run);
      if (run.count == 0) return;
      // While results stay the same the error grows, or falls, along a walk: the last case before
      // the others, and one of them is the largest instead of all.
      CaseRun last{run.end() - 1, 1};
      --run.count;
      for (CaseRun* next : {&last, &run})
        if (look(view, *next) && view && run.count != 0) limits_.set(run);
    }
  }

  bool has_long_stretch() const {
    return std::ranges::any_of(block_.stretches(),
                               [](const Stretch& s) { return s.count >= worth_its_ends; });
  }

  /// Is it a run on one walk whose results are all the same?
  bool may_pass_by_ends(CaseRun run) const {
    return run.count >= worth_its_ends && is_covered(run) &&
           block_.results_are_alike(run.begin, run.count);
  }

  /// Counts such a run inside one binade, if its ends tell of all of it.
  bool pass_by_ends(const BulkFilter& filter, const ErrorLimits::Alike& alike) {
    return pass_alike(alike, [&](double first, double last, double y, const auto& wanted) {
      return filter.pass_alike(first, last, y, wanted);
    });
  }
  /// … of powers of one base; of a negative one they go more than one way.
  bool pass_by_ends(const BulkPowers& powers, const ErrorLimits::Alike& alike) {
    const double base = value_of(block_.call_at(alike.run.begin).x);
    if (!(base > 0)) return false;
    return pass_alike(alike, [&](double first, double last, double y, const auto& wanted) {
      return powers.pass_alike(base, first, last, y, wanted);
    });
  }
  template <class Filter>
  bool pass_alike(const ErrorLimits::Alike& alike, Filter filter) {
    const CaseRun run = alike.run;
    if (promise_.may_flush && may_be_flushed(run)) return false;
    const double limit = limits_.set_alike(alike);
    const auto last_argument = [&](std::size_t i) {
      return value_of({block_.argument_encodings()[i], &subject_.format()});
    };
    const BulkFilter::Wanted wanted{
        {&limit, 1},    BulkLimit::at_most(limit), limits_.rounded_right(), edges_.all(),
        edges_.doubt(), promise_.right_is_enough};
    const auto one = filter(last_argument(run.begin), last_argument(run.end() - 1),
                            value_of(block_.result(run.begin)), wanted);
    return one.count != 0 && count(one.times(run.count), run.begin);
  }

  /// May one of a run of one result, or its argument, be a subnormal number that was flushed?
  bool may_be_flushed(CaseRun run) const {
    const auto is_subnormal = [](Float x) {
      return x.format != nullptr && classify(x) == FloatClass::subnormal;
    };
    const auto has_subnormal = [&](std::size_t i) {
      const Call call = block_.call_at(i);
      return is_subnormal(call.x) || is_subnormal(call.y);
    };
    return is_zero(block_.result(run.begin)) || has_subnormal(run.begin) ||
           has_subnormal(run.end() - 1);
  }

  /// The cases of a stretch of which the claim may speak: of no others.
  CaseRun covered_run(const Stretch& stretch) const {
    const auto part = covered_part(domain_, stretch.walk, stretch.steps, stretch.count);
    return {stretch.begin + part.first, part.count};
  }

  /// Does the claim speak of all of them? Along a walk, whose encodings are of one sign, an
  /// interval holds consecutive ones; a NaN, the last of them, only if it holds every number.
  /// Integers are not consecutive.
  bool is_covered(CaseRun run) const {
    if (domain_ == ClaimDomain{}) return true;
    if (!run.is_walk) return false;
    const Call first = block_.call_at(run.begin), last = block_.call_at(run.end() - 1);
    return !domain_.integer_exponent && covers(domain_, first.x, first.y) &&
           covers(domain_, last.x, last.y);
  }

  /// Counts what leaves nothing to ask, and leaves the rest of the run.
  void pass(const View& view, CaseRun& run) {
    const auto some = [&](CaseRun part) {
      return view.pass(part, {limits_.of(part), limits_.largest(), limits_.rounded_right(),
                              edges_.all(), edges_.doubt(), promise_.right_is_enough,
                              edges_.flushing(limits_.of_flushed(part))});
    };
    if (!has_open_ones_) {
      const auto passed = some(run);
      if (count(passed, run.begin)) return run.drop(passed.count);
      has_open_ones_ = true;  // some may or may not break the promise: fewer at a time
    }
    while (run.count != 0) {
      const CaseRun few{run.begin, std::min(run.count, shortest_look), run.is_walk};
      const auto passed = some(few);
      if (passed.count == 0 || !count(passed, few.begin)) return;
      run.drop(passed.count);
      if (passed.count < few.count) return;
    }
  }

  /// Counts the cases that passed, those of the block from a place on; false if it can't be told
  /// which of them break a promise.
  bool count(const BulkFilter::Passed& passed, std::size_t begin) {
    if (!edges_.tell_all(passed)) return false;
    const std::uint64_t refuted = broken(passed);
    tally_.add_consistent(passed.count - passed.no_value - refuted);
    tally_.add_vacuous(passed.no_value);
    tally_.misrounded += passed.misrounded;
    sort(passed);
    if (refuted != 0 && tally_.add_refuted(refuted)) singly_.confirm(begin, passed.count);
    return true;
  }

  std::uint64_t broken(const BulkFilter::Passed& passed) const {
    using Breaks = BulkPromise::Breaks;
    switch (promise_.breaks) {
      case Breaks::unknown:
        return 0;
      case Breaks::beyond:
        return edges_.broken(passed);
      case Breaks::misrounded:
        return passed.misrounded;
    }
    return 0;
  }

  /// Counts errors in their buckets. In nearest a result is rounded right, or its error is above ½.
  void sort(const BulkFilter::Passed& passed) {
    std::uint64_t within = passed.count - passed.no_value;
    std::size_t bucket = ErrorHistogram::first(subject_.rounding);
    const auto leave = [&](std::uint64_t beyond) {
      tally_.errors.add(bucket++, within - beyond);
      within = beyond;
    };
    if (subject_.rounding == Rounding::nearest) leave(passed.misrounded);
    for (std::size_t i = 0; i < far_edges.size(); ++i) leave(edges_.beyond_far(passed, i));
    tally_.errors.add(bucket, within);
  }

  /// Goes through some cases one by one; whether one of them is the largest.
  bool look(const View& view, CaseRun& run) {
    std::array<std::uint64_t, shortest_look> words;  // written before they are read
    const std::size_t count = std::min(run.count, words.size());
    if (view) {
      std::array<double, shortest_look> limits;
      // Above 1 ulp errors have several buckets, of which a look says nothing.
      const double kept = promise_.right_is_enough ? promise_.broken : promise_.kept.value();
      const double most = std::min(kept, far_edges.front());
      std::ranges::transform(limits_.of({run.begin, count}), limits.begin(),
                             [most](double limit) { return std::min(limit, most); });
      view.look({run.begin, count}, std::span(limits).first(count), std::span(words).first(count));
    }
    std::array<std::size_t, shortest_look> open;
    std::size_t left = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t place = run.begin + i;
      const Call call = block_.call_at(place);
      if (!covers(domain_, call.x, call.y)) continue;
      if (!view || !in_order(words[i], place)) open[left++] = place;
    }
    run.drop(count);
    return left != 0 && singly_.judge(std::span(open).first(left));
  }

  /// Counts the case if the word leaves nothing to ask.
  bool in_order(std::uint64_t word, std::size_t place) {
    if (word == bulk_word::no_value) {
      tally_.add_vacuous(1);
      return true;
    }
    constexpr std::uint64_t needed = bulk_word::within | bulk_word::rounding_known;
    const bool misrounded = (word & bulk_word::misrounded) != 0;
    const bool has_to_be_right = promise_.rounded_right || promise_.right_is_enough;
    if ((word & needed) != needed || (misrounded && has_to_be_right)) return false;
    return count({1, misrounded ? 1u : 0u}, place);
  }

  const Subject& subject_;
  const ClaimDomain& domain_;  ///< of which the promise is made
  const BulkPromise promise_;
  const Edges edges_;
  const CalledBlock& block_;
  Tally& tally_;
  ErrorLimits limits_;
  const SingleCases& singly_;
  bool has_open_ones_ = false;
};

}  // namespace

bool accuracy_serves_blocks(const Subject& subject) { return has_values(subject.format()); }

void judge_accuracy(const Subject& subject, const CalledBlock& block, Tally& tally,
                    const SingleCases& singly) {
  for (const ClaimPiece& piece : subject.pieces(Role::target))
    BlockJudge(subject, piece, block, tally, singly).judge_all();
}

}  // namespace napier
