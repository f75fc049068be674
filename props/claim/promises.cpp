// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/claim/promises.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "lib/fp/ordinal.hpp"
#include "lib/target/claim_set.hpp"
#include "lib/util/overloaded.hpp"
#include "oracles/fast/calls/bound_limits.hpp"

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

Truth within(const UlpBound& k, const SignedUlpRange& error) {
  const UlpRange size = error.magnitude();
  if (size.hi.value < double_below(k.exact)) return Truth::yes;
  // Rounding the limit is covered: to_double is within an ulp of it.
  return size.lo.value > std::nextafter(to_double(k.limit), infinite) ? Truth::no
                                                                      : Truth::undecided;
}

/// How many data lie between two numbers of one sign.
double data_between(Float a, Float b) {
  return std::fabs(static_cast<double>(ordinal(a) - ordinal(b)));
}

/// How many data of y's own spacing lie between it and the next power of two above and below, the
/// nearer of the two. Subnormal numbers share the binade of the least normal ones.
double data_to_binades_end(Float y) {
  const Format& f = *y.format;
  const Dyadic size = magnitude(exact_value(y));
  const std::int64_t e =
      size.is_zero() ? f.min_exponent() : std::max<std::int64_t>(size.binade(), f.min_exponent());
  const double per_binade = std::ldexp(1.0, f.precision - 1);
  const double place = to_double(size.scaled(f.precision - 1 - e));  // of 2^(p−1) … 2^p
  const double above = 2 * per_binade - place;
  return e == f.min_exponent() ? above : std::min(above, place - per_binade);
}

/// |y − r| ≤ k·ulp(r) for the rounding r of t, s being (y − t)/ulp(t). r is at most `slack` ulp(t)
/// from t, and has the ulp of t or twice that. Inside a binade it is a whole number of ulps from y:
/// the nearest to s, or s rounded down where r is t rounded up, and up where it is t rounded down.
Truth within_rounded(const UlpBound& k, const SignedUlpRange& s, Float y, Rounding rounding) {
  const UlpRange size = s.magnitude();
  const double slack = to_double(most_of_rounding(rounding));
  if (size.hi.value + slack < double_below(k.exact)) return Truth::yes;
  const double limit = std::nextafter(to_double(k.limit), infinite), whole = std::floor(limit);
  const double farthest = 2 * limit + slack;
  // An infinite r has a place, and t may be far beyond it: not where y is farther from 0 than t.
  if ((is_negative(y) ? s.hi < -farthest : s.lo > farthest)) return Truth::no;
  const Float beyond = infinity(*y.format, is_negative(y));
  if (!is_finite(y) || data_between(y, beyond) <= farthest + 2) return Truth::undecided;
  if (size.lo.value > farthest) return Truth::no;
  const bool inside = size.hi.value < farthest + 1 && data_to_binades_end(y) > farthest + 3;
  const bool one_side =
      rounding != Rounding::zero || data_between(y, zero(*y.format, is_negative(y))) > farthest + 3;
  if (!inside || !one_side || std::floor(double_below(k.exact)) != whole) return Truth::undecided;
  const bool up = rounding == Rounding::up || (rounding == Rounding::zero && is_negative(y));
  const double below = rounding == Rounding::nearest ? whole + slack : up ? whole : whole + 1;
  const double above = rounding == Rounding::nearest ? whole + slack : up ? whole + 1 : whole;
  if (s.lo > -below && s.hi < above) return Truth::yes;
  return s.hi < -below || s.lo > above ? Truth::no : Truth::undecided;
}

/// The rounding of t, if it is finite and certain: a guess that rounds_right() confirms.
std::optional<Float> rounding_of(const FastEnclosure& t, const Format& format, Rounding rounding) {
  if (!t.is_known() || t.is_huge()) return std::nullopt;
  const Float guess = round_to(format, Dyadic::of(t.hi).scaled(t.exponent), rounding);
  if (!is_finite(guess)) return std::nullopt;
  const auto error = fast_signed_error(t, guess, rounding);
  const bool certain = error && rounds_right(*error, guess, rounding) == Truth::yes;
  return certain ? std::optional(guess) : std::nullopt;
}

/// The same, word for word, where the rounding of t is known, next to powers of two too.
Truth within_rounded(const UlpBound& k, const FastEnclosure& t, const SignedUlpRange& s, Float y,
                     Rounding rounding) {
  const Truth kept = within_rounded(k, s, y, rounding);
  // Fewer steps than binary64 has bits: their number is exact below.
  const double most_steps = std::ldexp(1.0, 20);
  if (kept != Truth::undecided || !is_finite(y) || !(s.magnitude().hi.value < most_steps))
    return kept;
  const auto r = rounding_of(t, *y.format, rounding);
  if (!r) return kept;
  const Dyadic place = exact_value(*r);
  const std::int64_t ulp =
      ulp_exponent(*y.format, place.is_zero() ? y.format->min_exponent() : place.binade());
  const double ulps = to_double(magnitude(subtract(exact_value(y), place)).scaled(-ulp));
  if (ulps <= double_below(k.exact)) return Truth::yes;
  return ulps > std::nextafter(to_double(k.limit), infinite) ? Truth::no : Truth::undecided;
}

/// y is one of the two data next to t, or t itself.
Truth faithful(const SignedUlpRange& error, Float y) {
  const UlpRange size = error.magnitude();
  // Rounding down, or up, all beyond the largest number is next to it.
  const bool largest = absolute(y) == max_finite(*y.format);
  if (largest && (is_negative(y) ? error.lo > 0 : error.hi < 0)) return Truth::yes;
  if (below_a_binade(y) && 2 * size.hi.value >= 1 && size.lo.value < 1)
    return Truth::undecided;  // as in rounds_right
  if (size.hi.value < 1) return Truth::yes;
  return size.lo.value > 1 && !(largest && error.lo < 0 && error.hi > 0) ? Truth::no
                                                                         : Truth::undecided;
}

/// Right at integers, as every right rounding is; of other results the reference knows.
Truth exact_on_integers(const SignedUlpRange& error, const Call& call, Float y, Rounding rounding) {
  const auto is_whole = [](Float x) { return x.format == nullptr || is_integer(x); };
  if (!is_whole(call.x) || !is_whole(call.y)) return Truth::yes;
  return rounds_right(error, y, rounding) == Truth::yes ? Truth::yes : Truth::undecided;
}

/// t between the ends that y may stand for, each of which a fast enclosure holds exactly or nearly.
Truth within_interval(const ClaimSet& allowed, const FastEnclosure& t) {
  if (allowed.empty) return Truth::no;
  if (!t.is_known()) return Truth::undecided;
  Truth kept = Truth::yes;
  const auto ask = [&](const std::optional<Dyadic>& end, auto is_inside, auto is_outside) {
    if (!end) return;
    const FastEnclosure at(precision(t), *end);
    kept = worse(kept, is_inside(at) ? Truth::yes : is_outside(at) ? Truth::no : Truth::undecided);
  };
  ask(
      allowed.lo, [&](const auto& end) { return certainly_less(end, t); },
      [&](const auto& end) { return certainly_less(t, end); });
  ask(
      allowed.hi, [&](const auto& end) { return certainly_less(t, end); },
      [&](const auto& end) { return certainly_less(end, t); });
  return kept;
}

/// |y − t| ≤ B(t), both in ulps of t. Where no double holds them nothing is told.
Truth within_bound(const ErrorBound& bound, const Filtered& t, Float y) {
  const UlpRange size = t.error.magnitude();
  Truth kept = Truth::no;
  for (const ErrorSum& sum : bound.any) {
    const AllowedUlps allowed = allowed_ulps(sum, t.value, t.call.x, *y.format);
    if (size.hi.value <= allowed.least) return Truth::yes;
    if (!(size.lo.value > allowed.most)) kept = Truth::undecided;
  }
  return kept;
}

}  // namespace

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

Truth filter_keeps(const AccuracyClaim& claim, const SignedUlpRange& error, Float y,
                   Rounding rounding) {
  return std::visit(overloaded{
                        [&](const WithinUlp& promise) { return within(promise, error); },
                        [&](const WithinRoundedUlp& promise) {
                          return within_rounded(promise, error, y, rounding);
                        },
                        [&](const CorrectlyRounded&) { return rounds_right(error, y, rounding); },
                        [&](const Faithful&) { return faithful(error, y); },
                        [](const ErrorBound&) { return Truth::undecided; },
                        [](const IntervalClaim&) { return Truth::undecided; },
                        [](const ExactOnIntegers&) { return Truth::undecided; },
                    },
                    claim);
}

Truth filter_keeps(const AccuracyClaim& claim, const Filtered& t, Float y, Rounding rounding) {
  if (const auto* promise = std::get_if<WithinRoundedUlp>(&claim))
    return within_rounded(*promise, t.value, t.error, y, rounding);
  if (const auto* bound = std::get_if<ErrorBound>(&claim)) return within_bound(*bound, t, y);
  if (const auto* interval = std::get_if<IntervalClaim>(&claim))
    return within_interval(interval->allowed(y, rounding), t.value);
  if (std::holds_alternative<ExactOnIntegers>(claim))
    return exact_on_integers(t.error, t.call, y, rounding);
  return filter_keeps(claim, t.error, y, rounding);
}

Truth filter_keeps(const Subject& subject, const Filtered& t, Float y) {
  if (is_unflushed(*subject.claim, y)) return Truth::no;
  Truth kept = Truth::yes;
  for (const AccuracyClaim& claim : subject.promises(Role::target, t.call))
    kept = worse(kept, filter_keeps(claim, t, y, subject.rounding));
  const bool may_be_early = kept == Truth::no && subject.claim->early_overflow && is_infinite(y);
  return may_be_early ? Truth::undecided : kept;
}

bool is_unflushed(const Claim& claim, Float y) {
  return claim.flushing.results == Flushing::Results::must && classify(y) == FloatClass::subnormal;
}

bool is_early_overflow(const Claim& claim, Float y, TrueValue& truth) {
  if (!claim.early_overflow || !is_infinite(y) || truth.is_nan() || truth.is_infinite())
    return false;
  const Dyadic least = least_early_overflow(*claim.early_overflow, *y.format);
  const Position at = truth.compare(is_negative(y) ? -least : least);
  return at == Position::equal || at == (is_negative(y) ? Position::below : Position::above);
}

std::vector<Call> readings(const Claim& claim, const Call& call) {
  std::vector<Call> all{call};
  if (!claim.flushing.arguments) return all;
  const auto read_as_zero = [&all](Float Call::*argument) {
    const Float x = all.front().*argument;
    if (x.format == nullptr || classify(x) != FloatClass::subnormal) return;
    for (std::size_t i = 0, known = all.size(); i < known; ++i) {
      all.push_back(all[i]);
      all.back().*argument = zero(*x.format, is_negative(x));
    }
  };
  read_as_zero(&Call::x);
  read_as_zero(&Call::y);
  return all;
}

namespace {

/// One call, and who made it.
struct Asked {
  const Subject& subject;
  const Request& request;
  const Claim& claim() const { return subject.claim_of(request.role); }
  const std::vector<AccuracyClaim>& promises() const {
    return subject.promises(request.role, request.call);
  }
};

Truth keeps_all(const Asked& asked, Float y, TrueValue& truth) {
  Truth kept = Truth::yes;
  for (const AccuracyClaim& claim : asked.promises())
    kept = worse(kept, truth.keeps(y, claim, asked.subject.rounding));
  return kept;
}

/// May a zero stand for a t that is below the least normal number, or within the claim of it?
bool is_flushed_result(const Asked& asked, Float x, Float y, TrueValue& truth) {
  if (!asked.claim().flushing.of_results() || !is_zero(y) || truth.is_nan() || truth.is_infinite())
    return false;
  return std::ranges::all_of(asked.promises(), [&](const AccuracyClaim& claim) {
    const ClaimSet set = claim_set(y, claim, asked.subject.rounding, true, x);
    return (!set.lo || truth.compare(*set.lo) == Position::above) &&
           (!set.hi || truth.compare(*set.hi) == Position::below);
  });
}

}  // namespace

Truth reference_keeps(const Subject& subject, const Request& request, Float y, TrueValue& truth) {
  const Asked asked{subject, request};
  const Claim& claim = asked.claim();
  if (is_unflushed(claim, y)) return Truth::no;
  const Truth kept = keeps_all(asked, y, truth);
  if (kept == Truth::yes || !(claim.flushing.any() || claim.early_overflow)) return kept;
  const auto is_allowed = [&](Float x, TrueValue& t) {
    return is_early_overflow(claim, y, t) || is_flushed_result(asked, x, y, t);
  };
  if (is_allowed(request.call.x, truth)) return Truth::yes;
  const auto all = readings(claim, request.call);
  const bool elsewhere = std::any_of(all.begin() + 1, all.end(), [&](const Call& read) {
    TrueValue other(subject.function(request.role), read);
    return other.is_nan() || keeps_all(asked, y, other) == Truth::yes || is_allowed(read.x, other);
  });
  return elsewhere ? Truth::yes : kept;
}

double share_of_promises(const Subject& subject, const Call& call, double error) {
  const double rounding = to_double(most_of_rounding(subject.rounding));
  const auto allowed = overloaded{
      [](const WithinUlp& within) { return to_double(within.limit); },
      [&](const WithinRoundedUlp& within) { return to_double(within.limit) + rounding; },
      [&](const CorrectlyRounded&) { return rounding; },
      [](const Faithful&) { return 1.0; },
      [](const ErrorBound&) { return 1.0; },
      [](const IntervalClaim&) { return 1.0; },
      [](const ExactOnIntegers&) { return 1.0; },
  };
  double share = 0;
  for (const AccuracyClaim& claim : subject.promises(Role::target, call))
    share = std::max(share, error == 0 ? 0 : error / std::visit(allowed, claim));
  return share;
}

}  // namespace napier
