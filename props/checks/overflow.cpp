// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The ends of the range: where results become infinite, subnormal, 0 (or -1), next to the exact
// limits, which the reference finds by bisection.
#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/ordinal.hpp"
#include "lib/target/composition.hpp"
#include "lib/util/overloaded.hpp"
#include "oracles/oracle.hpp"
#include "props/claim/promises.hpp"
#include "props/domain/base_sampler.hpp"
#include "props/domain/exponent_range.hpp"
#include "props/property/property.hpp"

namespace napier {
namespace {

constexpr Ordinal reach = 4096;     // encodings on each side of a limit
constexpr Ordinal pow_reach = 256;  // the same for each of many bases

/// Values at which the kind of result changes: 2^(emax+1) and, below, either the least normal
/// number and half the least subnormal one, or what still rounds to something else than -1.
std::vector<Dyadic> turning_values(const Function& function, const Format& f) {
  const Dyadic top = Dyadic::power_of_two(f.max_exponent + 1);
  if (function.kind == Kind::power_minus_one)
    return {top, add(Dyadic::of_integer(-1), Dyadic::power_of_two(-f.precision - 1))};
  return {top, Dyadic::power_of_two(f.min_exponent()),
          Dyadic::power_of_two(f.least_exponent() - 1)};
}

/// The first exponent x, going up, at which f(a, x) >= value; if f falls, at which f <= value.
/// Bisection over the encodings, started at an estimate.
Float limit(const Function& function, std::optional<Float> base, const Dyadic& value,
            Float estimate) {
  const auto call = [&](Float x) { return base ? Call{*base, x} : Call{x, {}}; };
  const bool falls = base && approximate_log(*base) < 0;
  const auto past = [&](Float x) {
    if (is_infinite(x)) return !is_negative(x);
    TrueValue t(function, call(x));
    const Position at = t.compare(value);
    return at == Position::equal || at == (falls ? Position::below : Position::above);
  };
  Float lo = estimate;
  Float hi = estimate;
  for (Ordinal stride = 1; past(lo); stride *= 2) lo = step(lo, -stride);
  for (Ordinal stride = 1; !past(hi); stride *= 2) hi = step(hi, stride);
  while (lo != hi && step(lo, 1) != hi) {
    // Ordinals of one sign or small ones: their sum cannot overflow here.
    const Float middle = from_ordinal(*lo.format, ordinal(lo) + (ordinal(hi) - ordinal(lo)) / 2);
    (past(middle) ? hi : lo) = middle;
  }
  return hi;
}

std::vector<Float> limits(const Subject& subject, std::optional<Float> base) {
  const Format& format = subject.format();
  const double log_a = base ? approximate_log(*base) : log_of_fixed_base(subject.power().base);
  std::vector<Float> found;
  Draw fixed(Seed{}, Address{});  // a limit is not random
  for (const Dyadic& value : turning_values(*subject.target->function, format)) {
    const double u = value.negative ? -(format.precision + 1) * std::numbers::ln2
                                    : static_cast<double>(value.binade()) * std::numbers::ln2;
    const Float estimate = fixed.datum(format, u / log_a);
    if (is_infinite(estimate)) continue;  // such a base never gets there
    found.push_back(limit(*subject.target->function, base, value, estimate));
  }
  return found;
}

/// 0, ±2^k for all k, then every number up to the reach: the first ones say the most.
std::vector<Ordinal> offsets(const Format& format, Ordinal reach_here) {
  std::vector<Ordinal> all{0};
  for (int k = 0; k < format.width - 1; ++k)
    for (const int sign : {1, -1}) all.push_back((Ordinal(1) << k) * sign);
  for (Ordinal n = 3; n <= reach_here; ++n)
    if ((n & (n - 1)) != 0)
      for (const int sign : {1, -1}) all.push_back(n * sign);
  return all;
}

struct Place {
  std::optional<Float> base;
  Float exponent;
};

Stratum around(const Format& format, std::vector<Place> places, Ordinal reach_here) {
  const std::vector<Ordinal> steps = offsets(format, reach_here);
  return {"limits", places.size() * steps.size(), 1,
          [places = std::move(places), steps](Draw&, std::uint64_t i) -> std::optional<Point> {
            const Place& place = places[i % places.size()];
            Point point;
            if (place.base) point.push(*place.base);
            point.push(step(place.exponent, steps[i / places.size()]));
            return point;
          }};
}

bool inside(const ClaimDomain& domain, const Place& place) {
  constexpr Ordinal offsets[] = {0, reach, -reach};
  return std::ranges::any_of(offsets, [&](Ordinal offset) {
    const Float x = step(place.exponent, offset);
    return place.base ? covers(domain, *place.base, x) : covers(domain, x, {});
  });
}

std::vector<Float> bases(const Format& f) {
  const Float one = from_integer(f, 1);
  std::vector<Float> all{next_up(one),
                         next_down(one),
                         max_finite(f),
                         min_normal(f),
                         min_subnormal(f),
                         next_down(min_normal(f)),
                         step(one, Ordinal(1) << (f.precision / 2)),
                         step(one, -(Ordinal(1) << (f.precision / 2)))};
  for (const std::int64_t n : {2, 3, 7, 10, 100}) all.push_back(from_integer(f, n));
  for (const int k : {1, 3, 5, 7, 9, 11, 13, 15, 17})  // eighths
    all.push_back(round_to(f, {false, Bits(static_cast<unsigned>(k)), -3}, Rounding::nearest));
  return all;
}

/// The limits that lie where the claim says something.
std::vector<Place> places(const Subject& subject) {
  std::vector<Place> all;
  if (subject.target->function->arity == 1) {
    for (const Float x : limits(subject, std::nullopt)) all.push_back({std::nullopt, x});
  } else {
    for (const Float a : bases(subject.format()))
      for (const Float y : limits(subject, a)) all.push_back({a, y});
  }
  std::erase_if(all, [&](const Place& p) { return !inside(subject.claim->domain, p); });
  return all;
}

/// Results of one kind: of which one is returned where another is right is what is judged here.
enum class Size { nan, infinite, normal, subnormal, zero };
Size size_of(Float y) {
  switch (classify(y)) {
    case FloatClass::nan:
      return Size::nan;
    case FloatClass::infinite:
      return Size::infinite;
    case FloatClass::normal:
      return Size::normal;
    case FloatClass::subnormal:
      return Size::subnormal;
    case FloatClass::zero:
      break;
  }
  return Size::zero;
}
const char* words(Size size) {
  switch (size) {
    case Size::nan:
      return "no number";
    case Size::infinite:
      return "infinite";
    case Size::normal:
      return "a normal number";
    case Size::subnormal:
      return "subnormal";
    case Size::zero:
      break;
  }
  return "0";
}

std::string inapplicable(const Subject& subject) {
  const Function& function = *subject.target->function;
  if (function.kind == Kind::logarithm) return "a logarithm neither overflows nor underflows";
  if (is_composed(function)) return "of a composition no limits are looked for";
  if (function.kind == Kind::slope && function.arity == 2) return "its limits are no exponents";
  const bool bounded = !(subject.claim->domain == ClaimDomain{});
  return bounded && places(subject).empty() ? "no limit lies inside the claim's domain" : "";
}

Domain domain_of(const Subject& subject) {
  const Ordinal reach_here = subject.target->function->arity == 1 ? reach : pow_reach;
  Domain domain;
  domain.strata.push_back(around(subject.format(), places(subject), reach_here));
  return domain;
}

bool asks(const Subject& subject, const Point& point) {
  const Call call = point.call();
  return is_finite(point.args[point.count - 1]) && subject.covers_error({Role::target, call});
}

Verdict judge(const Subject& subject, const Point&, Transcript transcript, Tally&) {
  const Answer& answer = transcript.answers.front();
  if (answer.ending != Ending::returned) return Undecided{Cause::no_answer};
  TrueValue truth(*subject.target->function, transcript.requests.front().call);
  const auto right = truth.rounded(subject.format(), subject.rounding);
  if (!right) return Undecided{Cause::precision_cap};
  const Size is = size_of(answer.value);
  const Size should = size_of(*right);
  if (is == should) return Consistent{};
  if (subject.claim->flushing.of_results() && is == Size::zero && should != Size::infinite &&
      exact_value(*right).binade() <= subject.format().min_exponent())
    return Consistent{};
  if (is_early_overflow(*subject.claim, answer.value, truth)) return Consistent{};
  bool undecided = false;
  for (const AccuracyClaim& claim :
       subject.promises(Role::target, transcript.requests.front().call))
    switch (truth.keeps(answer.value, claim, subject.rounding)) {
      case Truth::no:
        return Refuted{truth.error(answer.value, subject.rounding).lo.value};
      case Truth::undecided:
        undecided = true;
        break;
      case Truth::yes:
        break;
    }
  return undecided ? Verdict(Undecided{Cause::precision_cap}) : Consistent{};
}

/// What one kind in place of the other amounts to.
std::string change(Size is, Size should) {
  if (is == Size::nan) return "it is no number";
  if (is == should) return {};
  if (is == Size::infinite) return "an overflow, though the true value is in range";
  if (should == Size::infinite) return "an overflow that is missed";
  if (is == Size::zero) return "lost to zero";
  if (should == Size::zero) return "an underflow to zero that is missed";
  return is == Size::subnormal ? "subnormal too early" : "subnormal too late";
}

/// Where the nearest exact limit is, if the point is one of those next to it.
std::string limit_text(const Subject& subject, const Point& point) {
  const bool binary = point.count == 2;
  const auto base = binary ? std::optional(point.args[0]) : std::nullopt;
  if (base && (is_negative(*base) || !is_finite(*base) || approximate_log(*base) == 0)) return {};
  const Float x = point.args[point.count - 1];
  std::optional<Float> nearest;
  const auto apart = [&](Float place) {
    const Ordinal steps = ordinal(x) / 2 - ordinal(place) / 2;
    return steps < 0 ? -steps : steps;
  };
  for (const Float place : limits(subject, base))
    if (!nearest || apart(place) < apart(*nearest)) nearest = place;
  if (!nearest || apart(*nearest) > reach) return {};
  return fmt::format("; the nearest exact limit is at {}", to_hex(*nearest));
}

std::string explain(const Subject& subject, const Point& point, Transcript transcript) {
  const Float y = transcript.answers.front().value;
  TrueValue truth(*subject.target->function, transcript.requests.front().call);
  const auto right = truth.rounded(subject.format(), subject.rounding);
  const Size should = right ? size_of(*right) : size_of(y);
  return fmt::format("The returned value is {}, the right one is {}{}", words(size_of(y)),
                     words(should), limit_text(subject, point));
}

std::string fault(const Subject& subject, const Point&, Transcript transcript) {
  TrueValue truth(*subject.target->function, transcript.requests.front().call);
  const auto right = truth.rounded(subject.format(), subject.rounding);
  return right ? change(size_of(transcript.answers.front().value), size_of(*right)) : "";
}

}  // namespace

void contribute_overflow(Properties& rows) {
  rows.push_back({
      .name = "overflow",
      .statement = "results become infinite, subnormal and 0 where the claim lets them",
      .family = Family::limits,
      .inapplicable = inapplicable,
      .judges = [](const Subject& subject) { return !subject.promises(Role::target).empty(); },
      .where = {.domain = domain_of, .asks = asks},
      .judge = judge,
      .explain = explain,
      .fault = fault,
  });
}

}  // namespace napier
