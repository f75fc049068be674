// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include <fmt/format.h>

#include "lib/fp/hexfloat.hpp"
#include "lib/target/composition.hpp"
#include "oracles/fast/scalar/fast_oracle.hpp"
#include "oracles/oracle.hpp"
#include "props/checks/accuracy_blocks.hpp"
#include "props/checks/error_statistics.hpp"
#include "props/claim/beyond_bound.hpp"
#include "props/claim/promises.hpp"
#include "props/domain/call_domain.hpp"
#include "props/domain/covered_part.hpp"
#include "props/property/internal_error.hpp"
#include "props/property/property.hpp"
#include "props/subject/wrong_rounding.hpp"
#include "props/tally/binades.hpp"

namespace napier {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// The bucket of an error: where its figure leaves that open, the edges are asked about.
std::size_t bucket_of(const UlpRange& error, Float y, Rounding rounding, TrueValue& truth) {
  std::size_t bucket = ErrorHistogram::bucket(error.lo.value, rounding);
  const std::size_t last = ErrorHistogram::bucket(error.hi.value, rounding);
  const auto within = [&](double edge) {
    return truth.keeps(y, WithinUlp(Dyadic::of(edge)), rounding) == Truth::yes;
  };
  while (bucket < last && !within(ErrorHistogram::edges[bucket])) ++bucket;
  return bucket;
}

/// e^x, e^x − 1 and ln x are dyadic nowhere but at one argument: nor are their errors in ulps.
bool is_no_dyadic(const Function& f, const Call& call) {
  if (f.arity != 1 || f.base != Base::e || is_derivative(f) || is_composed(f)) return false;
  const Float& x = call.x;
  return is_finite(x) && x != (f.kind == Kind::logarithm ? from_integer(*x.format, 1)
                                                         : zero(*x.format, is_negative(x)));
}

/// The bucket of an error, where its range tells; of one that is no edge.
std::optional<std::size_t> bucket_of(UlpRange error, bool is_no_edge, Rounding rounding) {
  const double above = std::nextafter(error.lo.value, infinite);
  if (is_no_edge && above <= error.hi.value) error.lo = Ulp{above};
  return ErrorHistogram::bucket(error, rounding);
}

constexpr std::string_view accuracy = "accuracy";

/// What the row's functions are.
class Accuracy {
 public:
  static bool judges(const Subject& subject) { return !subject.promises(Role::target).empty(); }

  static Verdict judge(const Subject& subject, const Point& point, Transcript transcript,
                       Tally& figures) {
    const Answer& answer = transcript.answers.front();
    if (answer.ending != Ending::returned) return Undecided{Cause::no_answer};
    const Call& call = transcript.requests.front().call;
    if (wants_statistics(subject)) add_to_sums(subject, call, answer.value, figures);
    return judge_case(Case(subject, point, call, answer.value), filter(subject, call, answer.value),
                      figures);
  }

  static bool judge_block(const Subject& subject, const CalledBlock& block, Tally& tally) {
    judge_accuracy(
        subject, block, tally,
        {[&](std::span<const std::size_t> places) {
           return judge_singly(subject, block, places, tally);
         },
         [&](std::size_t begin, std::size_t count) { confirm_one(subject, block, begin, count); }});
    if (wants_statistics(subject)) add_to_sums(subject, block, tally);
    return true;
  }

  static std::string explain(const Subject& subject, const Point&, Transcript transcript) {
    const Call& call = transcript.requests.front().call;
    const Float y = transcript.answers.front().value;
    TrueValue truth(*subject.target->function, call);
    if (truth.is_nan()) return "There is no true value here, and accuracy says nothing";
    const UlpRange error = truth.error(y, subject.rounding);
    const std::string wrong = what_is_wrong(subject, call, truth, y);
    const std::string distance =
        !std::isfinite(error.hi.value)
            ? fmt::format("The returned value, {}, is no approximation of the true one", to_hex(y))
            : fmt::format("The returned value is {:.6g} ulp from the true one", error.lo.value);
    return distance + (wrong.empty() ? "" : ": " + wrong);
  }
  static std::string fault(const Subject& subject, const Point&, Transcript transcript) {
    const Call& call = transcript.requests.front().call;
    TrueValue truth(*subject.target->function, call);
    return what_is_wrong(subject, call, truth, transcript.answers.front().value);
  }

 private:
  /// What the distance in ulps doesn't tell.
  static std::string what_is_wrong(const Subject& subject, const Call& call, TrueValue& truth,
                                   Float y) {
    if (is_unflushed(*subject.claim, y)) return "a subnormal result, which must be flushed to 0";
    const std::string rounding = wrong_rounding(truth, y, subject.rounding);
    if (!rounding.empty()) return rounding;
    const std::string side = wrong_side_of_truth(subject, {Role::target, call}, truth, y);
    return side.empty() ? beyond_bound(subject, call, truth, y) : side;
  }

  /// See SingleCases.
  static void confirm_one(const Subject& subject, const CalledBlock& block, std::size_t begin,
                          std::size_t count) {
    for (std::size_t i = begin; i < begin + count; ++i) {
      const Call call = block.call_at(i);
      const Float y = block.result(i);
      const auto error = filter(subject, call, y);
      if (error && filter_keeps(subject, *error, y) == Truth::yes) continue;
      TrueValue truth(*subject.target->function, call);
      if (reference_keeps(subject, call, y, truth) == Truth::no) return;
    }
    throw InternalError(disagreement(accuracy, subject, block.located(begin).point));
  }

  /// The largest first: where errors grow from case to case, each would be the largest yet, which
  /// only the reference can measure.
  static bool judge_singly(const Subject& subject, const CalledBlock& block,
                           std::span<const std::size_t> places, Tally& tally) {
    struct Open {
      std::size_t place;
      std::optional<Filtered> filtered;
      double size() const { return filtered ? filtered->error.magnitude().hi.value : infinite; }
    };
    std::vector<Open> all;
    all.reserve(places.size());
    for (const std::size_t place : places)
      all.push_back({place, filter(subject, block.call_at(place), block.result(place))});
    std::ranges::stable_sort(all, std::greater(), &Open::size);
    bool any_is_largest = false;
    for (const Open& open : all)
      if (judge_single(subject, block, open.place, open.filtered, tally)) any_is_largest = true;
    return any_is_largest;
  }

  /// True if it has become the largest error, of its binade or of all, or the first or the worst
  /// that is refuted.
  static bool judge_single(const Subject& subject, const CalledBlock& block, std::size_t i,
                           const std::optional<Filtered>& filtered, Tally& tally) {
    const Located located = block.located(i);
    const Call call = block.call_at(i);
    const Case found(subject, located.point, call, block.result(i));
    const auto is_largest = [&, &largest = tally.largest_errors] {
      const LargestErrors::Entry* of_binade = largest.of_binade(found.binade);
      return (largest.of_all() && largest.of_all()->point == located.point) ||
             (of_binade != nullptr && of_binade->point == located.point);
    };
    const auto is_first_or_worst = [&] {
      const auto& worst = tally.worst.entry;
      return (worst && worst->point == located.point) ||
             (tally.first_refuted && tally.first_refuted->address == located.address);
    };
    const bool was_largest = is_largest();
    const Answer answer{.value = found.y};
    tally.add(judge_case(found, filtered, tally), located, {&answer, 1});
    return (!was_largest && is_largest()) || is_first_or_worst();
  }

  static std::optional<Filtered> filter(const Subject& subject, const Call& call, Float y) {
    const auto t = fast_value(*subject.target->function, call);
    if (!t) return std::nullopt;
    const bool no_dyadic = is_no_dyadic(*subject.target->function, call);
    const auto error = fast_signed_error(*t, y, subject.rounding, no_dyadic);
    return error ? std::optional(Filtered{*t, *error, call}) : std::nullopt;
  }

  struct Case {
    Case(const Subject& of, const Point& at, const Call& made, Float result)
        : subject(of), point(at), call(made), y(result) {
      const Binades& binades = Binades::of(subject);
      binade = binades.number(binades.key(point, y));
    }
    const Subject& subject;
    const Point& point;
    const Call& call;
    Float y;
    int binade;
  };

  /// A NaN where there is a value, after another one: no larger error is to be found.
  static bool is_one_more_nan(const Case& found, const LargestErrors& known) {
    if (!is_nan(found.y)) return false;
    const LargestErrors::Entry* largest = known.of_binade(found.binade);
    return largest != nullptr && largest->value.range.lo.value == infinite &&
           bits_less(largest->point, found.point) &&
           fast_value(*found.subject.target->function, found.call);
  }

  static Verdict judge_case(const Case& found, const std::optional<Filtered>& filtered,
                            Tally& figures) {
    const auto& [subject, point, call, y, binade] = found;
    if (is_one_more_nan(found, figures.largest_errors)) {
      ++figures.misrounded;
      figures.errors.add(ErrorHistogram::buckets - 1);
      if (!judges(subject)) return Consistent{};
      return Refuted{share_of_promises(subject, call, infinite)};
    }
    if (!filtered) return judge_by_reference(found, figures);
    const Truth right = rounds_right(filtered->error, y, subject.rounding);
    const Truth kept = filter_keeps(subject, *filtered, y);
    const UlpRange size = filtered->error.magnitude();
    const auto bucket =
        bucket_of(size, is_no_dyadic(*subject.target->function, call), subject.rounding);
    const bool may_be_largest = figures.largest_errors.may_be_largest(binade, size.hi, point);
    const bool may_be_flushed = kept == Truth::no && subject.claim->flushing.any() &&
                                (is_zero(y) || readings(*subject.claim, call).size() > 1);
    const bool open = kept == Truth::undecided || right == Truth::undecided || !bucket;
    if (open || may_be_largest || may_be_flushed) return judge_by_reference(found, figures);
    figures.errors.add(*bucket);
    if (right == Truth::no) ++figures.misrounded;
    // A bad target breaks its claim a billion times. The filter's bounds are proven, and what a
    // finding shows is the smallest and the largest error, which the reference sees.
    if (kept == Truth::no) return Refuted{share_of_promises(subject, call, size.lo.value)};
    // The largest share is that of the largest error, which the reference has seen.
    return Consistent{};
  }

  static Verdict judge_by_reference(const Case& found, Tally& figures) {
    const auto& [subject, point, call, y, binade] = found;
    ++figures.referred;
    TrueValue truth(*subject.target->function, call);
    if (truth.is_nan()) return Consistent{infinite, 0};  // no real value: special_values judges it
    const auto right = truth.rounded(subject.format(), subject.rounding);
    if (!right)
      ++figures.rounding_undecided;
    else if (*right != y && !(is_zero(*right) && is_zero(y)))
      ++figures.misrounded;
    const UlpRange error = truth.error(y, subject.rounding);
    figures.largest_errors.offer(binade, error, point);
    figures.errors.add(bucket_of(error, y, subject.rounding, truth));
    const double share = share_of_promises(subject, call, error.hi.value);
    switch (reference_keeps(subject, call, y, truth)) {
      case Truth::yes:
        return Consistent{0, share};
      case Truth::no:
        return Refuted{share};
      case Truth::undecided:
        break;
    }
    return Undecided{Cause::precision_cap};
  }
};

/// Wherever a piece of the claim says something of errors.
Where promised_calls() {
  Where where = all_calls();
  where.every_point = every_covered_call;
  where.asks = [](const Subject& subject, const Point& point) {
    const Call call = point.call();
    return std::ranges::any_of(subject.pieces(Role::target), [&](const ClaimPiece& piece) {
      return covers(piece.on, call.x, call.y);
    });
  };
  where.asks_along = [](const Subject& subject, const Walk& walk, std::uint64_t step,
                        std::uint64_t count) {
    return std::ranges::any_of(subject.pieces(Role::target), [&](const ClaimPiece& piece) {
      return covered_part(piece.on, walk, step, count).count != 0;
    });
  };
  return where;
}

}  // namespace

void contribute_accuracy(Properties& rows) {
  rows.push_back({
      .name = accuracy,
      .statement = "the error stays within the claim",
      .family = Family::accuracy,
      .asked_in = AskedIn::claimed_modes,
      .is_searched = true,
      .judges = Accuracy::judges,
      .where = promised_calls(),
      .judge = Accuracy::judge,
      .judging = InBlocks{.serves = accuracy_serves_blocks, .judge = Accuracy::judge_block},
      .explain = Accuracy::explain,
      .fault = Accuracy::fault,
  });
}

}  // namespace napier
