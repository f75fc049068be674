// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include <fmt/format.h>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/ordinal.hpp"
#include "lib/target/claim_set.hpp"
#include "lib/util/overloaded.hpp"
#include "oracles/fast/fast_oracle.hpp"
#include "oracles/oracle.hpp"
#include "props/accuracy_blocks.hpp"
#include "props/binades.hpp"
#include "props/call_domain.hpp"
#include "props/covered_part.hpp"
#include "props/judge.hpp"
#include "props/property.hpp"
#include "props/wrong_rounding.hpp"

namespace napier {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

Truth worse(Truth a, Truth b) {
  if (a == Truth::no || b == Truth::no) return Truth::no;
  return a == Truth::yes && b == Truth::yes ? Truth::yes : Truth::undecided;
}

/// Is the next datum away from zero a power of two?
bool below_a_binade(Float y) {
  if (!is_finite(y)) return false;
  const Float next = next_up(absolute(y));
  return is_infinite(next) || exact_value(next).reduced().significand == 1;
}

/// Is y the rounding of t, as far as the signed error (y − t)/ulp(t) tells? Data around t are one
/// ulp(t) apart, so in nearest less than half an ulp is right and more is wrong; in a directed
/// mode the error must have the mode's sign and stay below one.
Truth rounds_right(const SignedUlpRange& error, Float y, Rounding rounding) {
  if (rounding == Rounding::nearest) {
    const UlpRange size = error.magnitude();
    if (2 * size.hi.value < 1) return Truth::yes;
    return 2 * size.lo.value > 1 ? Truth::no : Truth::undecided;
  }
  if (rounding == Rounding::zero && is_zero(y)) {  // of either sign, from either side
    const UlpRange size = error.magnitude();
    if (size.hi.value < 1) return Truth::yes;
    return size.lo.value > 1 ? Truth::no : Truth::undecided;
  }
  const bool upward = rounding == Rounding::up || (rounding == Rounding::zero && is_negative(y));
  const SignedUlpRange toward = upward ? error : SignedUlpRange{-error.hi, -error.lo};
  // Next below a power of two data are half an ulp(t) apart if t lies above it: then y, on the side
  // of zero, may be less than an ulp away and not the next.
  const bool away = upward != is_negative(y);
  if (!away && below_a_binade(y) && 2 * toward.hi >= 1 && toward.lo < 1) return Truth::undecided;
  if (toward.lo > 0 && toward.hi < 1) return Truth::yes;
  return toward.hi < 0 || toward.lo > 1 ? Truth::no : Truth::undecided;
}

/// Does y keep the promise, as far as the filter's error tells?
Truth filter_keeps(const AccuracyClaim& claim, const SignedUlpRange& error, Float y, Truth right) {
  const UlpRange size = error.magnitude();
  return std::visit(overloaded{
                        [&](const WithinUlp& promise) {
                          // Rounding the limit either way is covered: to_double is within an ulp of
                          // it.
                          const double limit = to_double(promise.limit);
                          if (size.hi.value < std::nextafter(limit, 0)) return Truth::yes;
                          return size.lo.value > std::nextafter(limit, infinite) ? Truth::no
                                                                                 : Truth::undecided;
                        },
                        [&](const CorrectlyRounded&) { return right; },
                        [&](const Faithful&) {
                          if (below_a_binade(y) && 2 * size.hi.value >= 1 && size.lo.value < 1)
                            return Truth::undecided;  // as in rounds_right
                          if (size.hi.value < 1) return Truth::yes;
                          return size.lo.value > 1 ? Truth::no : Truth::undecided;
                        },
                    },
                    claim);
}

Truth filter_keeps_all(const Subject& subject, const SignedUlpRange& error, Float y, Truth right) {
  Truth kept = Truth::yes;
  for (const AccuracyClaim& claim : subject.promises(Role::target))
    kept = worse(kept, filter_keeps(claim, error, y, right));
  return kept;
}

/// The promises as the reference sees them, with the freedoms of a flushing target.
Truth reference_keeps(const Subject& subject, const Call& call, Float y, TrueValue& truth) {
  Truth kept = Truth::yes;
  for (const AccuracyClaim& claim : subject.promises(Role::target))
    kept = worse(kept, truth.keeps(y, claim, subject.rounding));
  if (kept == Truth::yes || !subject.claim->flush_subnormals) return kept;
  if (is_zero(y)) {
    Truth flushed = Truth::yes;
    for (const AccuracyClaim& claim : subject.promises(Role::target)) {
      const ClaimSet set = claim_set(y, claim, subject.rounding, true);
      const bool inside = set.lo && set.hi && truth.compare(*set.lo) == Position::above &&
                          truth.compare(*set.hi) == Position::below;
      flushed = worse(flushed, inside ? Truth::yes : Truth::undecided);
    }
    if (flushed == Truth::yes) return Truth::yes;
  }
  const auto read_as_zero = [](Float x) {
    const bool subnormal = x.format != nullptr && classify(x) == FloatClass::subnormal;
    return subnormal ? zero(*x.format, is_negative(x)) : x;
  };
  const Call flushed{read_as_zero(call.x), read_as_zero(call.y)};
  if (flushed == call) return kept;
  TrueValue other(*subject.target->function, flushed);
  Truth kept_there = Truth::yes;
  for (const AccuracyClaim& claim : subject.promises(Role::target))
    kept_there = worse(kept_there, other.keeps(y, claim, subject.rounding));
  return kept_there == Truth::yes ? Truth::yes : kept;
}

/// The bucket of an error: where its figure leaves that open, the edges are asked about.
std::size_t bucket_of(const UlpRange& error, Float y, Rounding rounding, TrueValue& truth) {
  std::size_t bucket = ErrorHistogram::bucket(error.lo.value, rounding);
  const std::size_t last = ErrorHistogram::bucket(error.hi.value, rounding);
  const auto within = [&](double edge) {
    return truth.keeps(y, WithinUlp{Dyadic::of(edge)}, rounding) == Truth::yes;
  };
  while (bucket < last && !within(ErrorHistogram::edges[bucket])) ++bucket;
  return bucket;
}

/// The error in terms of what is promised; the farther off a result, the larger.
double share_of_claim(const Subject& subject, double error) {
  const auto allowed = overloaded{
      [](const WithinUlp& within) { return to_double(within.limit); },
      [&](const CorrectlyRounded&) { return largest_rounding_error(subject.rounding); },
      [](const Faithful&) { return 1.0; },
  };
  double share = 0;
  for (const AccuracyClaim& claim : subject.promises(Role::target))
    share = std::max(share, error == 0 ? 0 : error / std::visit(allowed, claim));
  return share;
}

class Accuracy final : public Property {
 public:
  std::string_view name() const override { return "accuracy"; }
  std::string_view statement() const override { return "the error stays within the claim"; }
  bool asked_of_directed_claims() const override { return true; }
  std::string inapplicable(const Subject&) const override { return {}; }
  bool judges(const Subject& subject) const override {
    return !subject.promises(Role::target).empty();
  }
  Domain domain(const Subject& subject) const override { return call_domain(subject); }
  std::string_view domain_name() const override { return call_domain_name; }
  std::optional<Domain> exhaustive_domain(const Subject& subject) const override {
    return every_call(subject);
  }
  bool asks(const Subject& subject, const Point& point) const override {
    const Call call = point.call();
    return covers(subject.claim->domain, call.x, call.y);
  }
  bool asks_along(const Subject& subject, const Walk& walk, std::uint64_t step,
                  std::uint64_t count) const override {
    return covered_part(subject.claim->domain, walk, step, count).count != 0;
  }
  std::size_t most_calls() const override { return 1; }
  bool is_searched() const override { return true; }

  void plan(const Subject&, const Point& point, Transcript known,
            std::vector<Request>& wanted) const override {
    if (known.requests.empty()) wanted.push_back({Role::target, point.call()});
  }

  Verdict judge(const Subject& subject, const Point& point, Transcript transcript,
                Tally& figures) const override {
    const Answer& answer = transcript.answers.front();
    if (answer.ending != Ending::returned) return Undecided{Cause::no_answer};
    const Call& call = transcript.requests.front().call;
    return judge_case(Case(subject, point, call, answer.value), filter(subject, call, answer.value),
                      figures);
  }

  bool judges_blocks(const Subject& subject) const override { return accuracy_has_filter(subject); }
  bool judge_block(const Subject& subject, const CalledBlock& block, Tally& tally) const override {
    judge_accuracy(subject, block, tally,
                   {[&](std::span<const std::size_t> places) {
                      return judge_singly(subject, block, places, tally);
                    },
                    [&](std::size_t begin, std::size_t count) {
                      confirm_one(*this, subject, block, begin, count);
                    }});
    return true;
  }

  std::string explain(const Subject& subject, const Point&, Transcript transcript) const override {
    const Call& call = transcript.requests.front().call;
    const Float y = transcript.answers.front().value;
    TrueValue truth(*subject.target->function, call);
    if (truth.is_nan()) return "There is no true value here, and accuracy says nothing";
    const UlpRange error = truth.error(y, subject.rounding);
    const std::string wrong = wrong_rounding(truth, y, subject.rounding);
    const std::string distance =
        !std::isfinite(error.hi.value)
            ? fmt::format("The returned value, {}, is no approximation of the true one", to_hex(y))
            : fmt::format("The returned value is {:.6g} ulp from the true one", error.lo.value);
    return distance + (wrong.empty() ? "" : ": " + wrong);
  }
  std::string fault(const Subject& subject, const Point&, Transcript transcript) const override {
    TrueValue truth(*subject.target->function, transcript.requests.front().call);
    return wrong_rounding(truth, transcript.answers.front().value, subject.rounding);
  }

 private:
  /// See SingleCases.
  static void confirm_one(const Property& property, const Subject& subject,
                          const CalledBlock& block, std::size_t begin, std::size_t count) {
    for (std::size_t i = begin; i < begin + count; ++i) {
      const Call call = block.call_at(i);
      const Float y = block.result(i);
      const auto error = filter(subject, call, y);
      if (error && filter_keeps_all(subject, *error, y,
                                    rounds_right(*error, y, subject.rounding)) == Truth::yes)
        continue;
      TrueValue truth(*subject.target->function, call);
      if (reference_keeps(subject, call, y, truth) == Truth::no) return;
    }
    throw InternalError(disagreement(property, subject, block.located(begin).point));
  }

  /// The largest first: where errors grow from case to case, each would be the largest yet, which
  /// only the reference can measure.
  bool judge_singly(const Subject& subject, const CalledBlock& block,
                    std::span<const std::size_t> places, Tally& tally) const {
    struct Open {
      std::size_t place;
      std::optional<SignedUlpRange> filtered;
      double size() const { return filtered ? filtered->magnitude().hi.value : infinite; }
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
  bool judge_single(const Subject& subject, const CalledBlock& block, std::size_t i,
                    const std::optional<SignedUlpRange>& filtered, Tally& tally) const {
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
    tally.add(judge_case(found, filtered, tally), located);
    return (!was_largest && is_largest()) || is_first_or_worst();
  }

  static std::optional<SignedUlpRange> filter(const Subject& subject, const Call& call, Float y) {
    const auto t = fast_value(*subject.target->function, call);
    if (!t) return std::nullopt;
    return fast_signed_error(*t, y, subject.rounding);
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

  Verdict judge_case(const Case& found, const std::optional<SignedUlpRange>& filtered,
                     Tally& figures) const {
    const auto& [subject, point, call, y, binade] = found;
    if (is_one_more_nan(found, figures.largest_errors)) {
      ++figures.misrounded;
      figures.errors.add(ErrorHistogram::buckets - 1);
      if (!judges(subject)) return Consistent{};
      return Refuted{share_of_claim(subject, infinite)};
    }
    if (!filtered) return judge_by_reference(found, figures);
    const Truth right = rounds_right(*filtered, y, subject.rounding);
    const Truth kept = filter_keeps_all(subject, *filtered, y, right);
    const UlpRange size = filtered->magnitude();
    const auto bucket = ErrorHistogram::bucket(size, subject.rounding);
    const bool may_be_largest = figures.largest_errors.may_be_largest(binade, size.hi, point);
    const bool may_be_flushed = kept == Truth::no && subject.claim->flush_subnormals;
    const bool open = kept == Truth::undecided || right == Truth::undecided || !bucket;
    if (open || may_be_largest || may_be_flushed) return judge_by_reference(found, figures);
    figures.errors.add(*bucket);
    if (right == Truth::no) ++figures.misrounded;
    // A bad target breaks its claim a billion times. The filter's bounds are proven, and what a
    // finding shows is the smallest and the largest error, which the reference sees.
    if (kept == Truth::no) return Refuted{share_of_claim(subject, size.lo.value)};
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
    const double share = share_of_claim(subject, error.hi.value);
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

}  // namespace

std::unique_ptr<const Property> accuracy_property() { return std::make_unique<Accuracy>(); }

}  // namespace napier
