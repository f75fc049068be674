// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/accuracy_blocks.hpp"

#include <array>
#include <cmath>
#include <limits>

#include "lib/util/overloaded.hpp"
#include "oracles/fast/bulk_powers.hpp"

namespace napier {
namespace {

constexpr std::size_t shortest_look = 16;    // cases asked about at once, between faster passes
constexpr std::size_t worth_its_ends = 256;  // cases that take longer than a look at two

/// What a word has to say for a case to be in order.
struct BulkPromise {
  BulkLimit limit = BulkLimit::at_most(BulkLimit::most);
  bool rounded_right = false;
};

BulkPromise bulk_promise(const Subject& subject) {
  BulkPromise promise;
  const auto at_most = [&](BulkLimit limit) {
    if (limit.value() < promise.limit.value()) promise.limit = limit;
  };
  for (const AccuracyClaim& claim : subject.promises(Role::target))
    std::visit(overloaded{
                   [&](const WithinUlp& within) {
                     double limit = to_double(within.limit);
                     if (compare(Dyadic::of(limit), within.limit) > 0)
                       limit = std::nextafter(limit, 0);
                     at_most(BulkLimit::at_most(limit));
                   },
                   [&](const CorrectlyRounded&) { promise.rounded_right = true; },
                   [&](const Faithful&) { promise.rounded_right = true; },  // is enough
               },
               claim);
  return promise;
}

/// Cases of a block, by their places in it.
struct CaseRun {
  std::size_t begin;
  std::size_t count;
  bool is_walk = true;  ///< whose arguments go one way
  std::size_t end() const { return begin + count; }
  void drop(std::size_t first) { begin += first, count -= first; }
};

/// A block as its filter sees it.
struct View {
  std::optional<BulkFilter> filter;
  std::optional<BulkPowers> powers;
  PowerCalls calls;  ///< without bases for a filter of one argument

  explicit operator bool() const { return filter || powers; }
  BulkFilter::Passed pass(CaseRun run, BulkLimit limit, bool rounded_right) const {
    if (powers) return powers->pass(calls.part(run.begin, run.count), limit, rounded_right);
    return filter.value().pass(calls.exponents.subspan(run.begin, run.count),
                               calls.results.subspan(run.begin, run.count), limit, rounded_right);
  }
  void look(CaseRun run, BulkLimit limit, std::span<std::uint64_t> words) const {
    if (powers) return powers->look(calls.part(run.begin, run.count), limit, words);
    filter.value().look(calls.exponents.subspan(run.begin, run.count),
                        calls.results.subspan(run.begin, run.count), limit, words);
  }
};

class BlockJudge {
 public:
  BlockJudge(const Subject& subject, const CalledBlock& block, Tally& tally,
             const std::function<bool(std::size_t)>& singly)
      : subject_(subject),
        promise_(bulk_promise(subject)),
        block_(block),
        tally_(tally),
        singly_(singly) {}

  void judge_all() {
    const Function& f = *subject_.target->function;
    if (f.arity == 2) return judge_powers();
    const auto filter = BulkFilter::of(f, subject_.format(), subject_.rounding);
    const auto judge_run = [&](CaseRun run) {
      judge({filter, std::nullopt, {{}, block_.arguments(), block_.results()}}, run);
    };
    const bool alike =
        block_.size() >= worth_its_ends && block_.results_are_alike(0, block_.size());
    if (!alike && subject_.claim->domain == ClaimDomain{}) return judge_run({0, block_.size()});
    for (const Stretch& stretch : block_.stretches()) {
      const CaseRun run{stretch.begin, stretch.count};
      if (!pass_by_ends(filter, run)) judge_run(run);
    }
  }

 private:
  /// A walk at a time, with one base if it is one of exponents; what is too short for that is taken
  /// together.
  void judge_powers() {
    constexpr std::size_t worth_a_run = 16;
    View view{std::nullopt, BulkPowers::of(subject_.format(), subject_.rounding), {}};
    const auto judge_run = [&](CaseRun run, std::span<const double> bases) {
      view.calls = {bases, block_.arguments(), block_.results()};
      judge(view, run);
    };
    CaseRun others{0, 0, false};
    for (const Stretch& stretch : block_.stretches()) {
      if (stretch.count < worth_a_run) {
        others.count += stretch.count;
        continue;
      }
      judge_run(others, block_.bases());
      const CaseRun walk{stretch.begin, stretch.count};
      const auto bases = block_.bases();
      judge_run(walk, stretch.walk.over_bases ? bases : bases.subspan(walk.begin, 1));
      others = {walk.end(), 0, false};
    }
    judge_run(others, block_.bases());
  }

  /// What the filter can't tell is judged as any single case is. Each of those may raise the
  /// largest error, the limit below which no case matters: then the rest is looked at anew.
  void judge(const View& view, CaseRun run) {
    const bool may_pass = view && is_covered(run);
    while (run.count != 0) {
      if (may_pass) pass(view, run);
      if (run.count == 0) return;
      // While results stay the same the error grows, or falls, along a walk: the last case before
      // the others, and one of them is the largest instead of all.
      CaseRun last{run.end() - 1, 1};
      --run.count;
      look(view, last);
      look(view, run);
    }
  }

  /// Counts a run on one walk whose results are all the same, if those of its ends are in order and
  /// rounded right. Along a walk f rises or falls, or has no value anywhere: what is right at both
  /// ends is right between them, and as rounding is monotone there is no binade's end between them
  /// but at the result itself, so that the error is the largest at an end.
  bool pass_by_ends(const std::optional<BulkFilter>& filter, CaseRun run) {
    if (!filter || run.count < worth_its_ends || !is_covered(run) ||
        !block_.results_are_alike(run.begin, run.count))
      return false;
    std::array<double, 2> x{}, y{};
    std::array<Call, 2> calls{block_.call_at(run.begin), block_.call_at(run.end() - 1)};
    for (std::size_t i = 0; i < calls.size(); ++i) {
      const Float last = calls[i].y.format != nullptr ? calls[i].y : calls[i].x;
      const std::uint64_t bits[] = {static_cast<std::uint64_t>(last.bits),
                                    static_cast<std::uint64_t>(block_.result(run.begin).bits)};
      std::array<double, 2> values{};
      values_of(subject_.format(), bits, values);
      x[i] = values[0], y[i] = values[1];
    }
    std::array<std::uint64_t, 2> words{};
    filter->look(x, y, limit_below_the_largest(), words);
    const bool first_later = comes_after_the_largest(calls[0]);
    const bool last_later = comes_after_the_largest(calls[1]);
    const auto is_in_order = [&](std::uint64_t word) {
      const bool well = (word & bulk_word::well_within) != 0 || (first_later && last_later);
      return well && (word | bulk_word::well_within) == bulk_word::in_order;
    };
    if (std::ranges::all_of(words, is_in_order))
      tally_.add_consistent(run.count);
    else if (words[0] == bulk_word::no_value && words[1] == bulk_word::no_value)
      tally_.add_vacuous(run.count);
    else
      return false;
    return true;
  }

  /// Does the claim speak of all of them? A walk goes one way, and a domain is an interval.
  bool is_covered(CaseRun run) const {
    const ClaimDomain& domain = subject_.claim->domain;
    if (domain == ClaimDomain{}) return true;
    if (!run.is_walk) return false;
    const Call first = block_.call_at(run.begin), last = block_.call_at(run.end() - 1);
    return !domain.integer_exponent && covers(domain, first.x, first.y) &&
           covers(domain, last.x, last.y);
  }

  /// Counts what leaves nothing to ask, and leaves the rest of the run.
  void pass(const View& view, CaseRun& run) {
    const BulkLimit limit = limit_below_the_largest();
    const bool ties_are_in_order = run.is_walk &&
                                   comes_after_the_largest(block_.call_at(run.begin)) &&
                                   comes_after_the_largest(block_.call_at(run.end() - 1));
    const auto passed =
        view.pass(run, ties_are_in_order ? limit : limit.below(), promise_.rounded_right);
    tally_.add_consistent(passed.count - passed.no_value);
    tally_.add_vacuous(passed.no_value);
    tally_.misrounded += passed.misrounded;
    run.drop(passed.count);
  }

  /// Goes through some cases one by one, until one is the largest.
  void look(const View& view, CaseRun& run) {
    std::array<std::uint64_t, shortest_look> words;  // written before they are read
    const std::size_t count = std::min(run.count, words.size());
    if (view)
      view.look({run.begin, count}, limit_below_the_largest(), std::span(words).first(count));
    std::size_t i = 0;
    for (bool is_largest = false; i < count && !is_largest; ++i) {
      const Call call = block_.call_at(run.begin + i);
      if (!covers(subject_.claim->domain, call.x, call.y)) continue;
      if (view && in_order(words[i], call)) continue;
      is_largest = singly_(run.begin + i);
    }
    run.drop(i);
  }

  /// Errors above it may break the promise or be the largest.
  BulkLimit limit_below_the_largest() const {
    const auto& largest = tally_.error.entry;
    const BulkLimit seen =
        BulkLimit::at_most(largest ? std::max(largest->value.range.hi.value, 0.0) : 0);
    return seen.value() < promise_.limit.value() ? seen : promise_.limit;
  }

  /// Counts the case if the word leaves nothing to ask.
  bool in_order(std::uint64_t word, const Call& call) {
    if (word == bulk_word::no_value) {
      tally_.add_vacuous(1);
      return true;
    }
    constexpr std::uint64_t needed = bulk_word::within | bulk_word::rounding_known;
    const bool misrounded = (word & bulk_word::misrounded) != 0;
    if ((word & needed) != needed || (misrounded && promise_.rounded_right)) return false;
    // An error just at the largest is the largest if its arguments come first.
    if ((word & bulk_word::well_within) == 0 && !comes_after_the_largest(call)) return false;
    tally_.add_consistent(1);
    tally_.misrounded += misrounded ? 1 : 0;
    return true;
  }

  bool comes_after_the_largest(const Call& call) const {
    if (!tally_.error.entry) return false;
    Point point;
    point.push(call.x);
    if (call.y.format != nullptr) point.push(call.y);
    return bits_less(tally_.error.entry->point, point);
  }

  const Subject& subject_;
  const BulkPromise promise_;
  const CalledBlock& block_;
  Tally& tally_;
  const std::function<bool(std::size_t)>& singly_;
};

}  // namespace

bool accuracy_has_filter(const Subject& subject) {
  const Function& f = *subject.target->function;
  return f.arity == 2 ? f.kind == Kind::power && has_values(subject.format())
                      : BulkFilter::of(f, subject.format(), subject.rounding).has_value();
}

void judge_accuracy(const Subject& subject, const CalledBlock& block, Tally& tally,
                    const std::function<bool(std::size_t)>& singly) {
  BlockJudge(subject, block, tally, singly).judge_all();
}

}  // namespace napier
