// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A derivative of a composition beside its value: D = F(P), the differential equation that the
// value obeys, as s′ = s(1 − s). Both results become the sets that their claims leave possible; F
// carries the one of P over, by its ends and where it turns; and if D's set shares no point with
// that, one of the two calls broke its claim.
#include <fmt/format.h>

#include "lib/target/composition.hpp"
#include "oracles/compositions/composition.hpp"
#include "oracles/oracle.hpp"
#include "props/domain/call_domain.hpp"
#include "props/law/algebra/claimed.hpp"
#include "props/law/consistency.hpp"
#include "props/property/askable.hpp"
#include "props/property/internal_error.hpp"
#include "props/property/property.hpp"

namespace napier {
namespace {

template <class E>
using Reals = RealSet<E, Form::plain>;

std::optional<Enclosure> image(const DifferentialEquation& equation, const Function& f,
                               const Call& call, const Enclosure& value) {
  return equation.at(f, call, value);
}
std::optional<FastEnclosure> image(const DifferentialEquation& equation, const Function& f,
                                   const Call& call, const FastEnclosure& value) {
  return equation.fast(f, call, value);
}

/// The larger or the smaller of two ends: both of them where that is not known.
template <class E>
E extreme(const E& a, const E& b, bool largest) {
  if (certainly_at_most(a, b)) return largest ? b : a;
  if (certainly_at_most(b, a)) return largest ? a : b;
  return hull(a, b);
}

/// {F(P)} of a set with two ends.
template <class E>
std::optional<Reals<E>> image_of(const Function& f, const Call& call, const Reals<E>& values,
                                 Precision precision) {
  const DifferentialEquation& equation = composition_of(f).equation;
  const auto at_lo = image(equation, f, call, values.lo);
  const auto at_hi = image(equation, f, call, values.hi);
  if (!at_lo || !at_hi) return std::nullopt;
  Reals<E> found = Reals<E>::point(extreme(*at_lo, *at_hi, false));
  found.hi = extreme(*at_lo, *at_hi, true);
  if (!equation.turning) return found;
  const E turning(precision, *equation.turning);
  if (certainly_less(turning, values.lo) || certainly_less(values.hi, turning)) return found;
  const E at_turning = *image(equation, f, call, turning);
  found.lo = extreme(found.lo, at_turning, false);
  found.hi = extreme(found.hi, at_turning, true);
  return found;
}

template <class E>
struct Sides {
  Reals<E> derivative;
  Reals<E> equation;  ///< without ends where nothing is known of the value
};

template <class E>
std::optional<Sides<E>> sides(const Subject& subject, const Call& call, Transcript transcript,
                              Precision precision) {
  const auto set = [&](Role role) -> std::optional<Reals<E>> {
    const Answer* answer = transcript.find({role, call});
    if (answer == nullptr || answer->ending != Ending::returned) return std::nullopt;
    return claimed_set<E, Form::plain>(subject, call, answer->value, role, precision);
  };
  auto derivative = set(Role::target);
  auto value = set(Role::primal);
  if (!derivative || !value) return std::nullopt;
  if (value->empty) return Sides<E>{*derivative, *value};
  Reals<E> anything;
  anything.has_lo = anything.has_hi = false;
  if (!value->has_lo || !value->has_hi) return Sides<E>{*derivative, anything};
  return Sides<E>{*derivative,
                  image_of(*subject.target->function, call, *value, precision).value_or(anything)};
}

template <class E>
Verdict judge_in(const Subject& subject, const Call& call, Transcript transcript,
                 Precision precision) {
  const auto both = sides<E>(subject, call, transcript, precision);
  if (!both) return Undecided{Cause::no_answer};
  switch (meeting(both->derivative, both->equation)) {
    case Meeting::disjoint:
      return Refuted{excess_share(both->derivative, both->equation, subject.format())};
    case Meeting::meet:
      return how_consistent(both->derivative, both->equation, subject.format());
    case Meeting::unknown:
      break;
  }
  return Undecided{Cause::precision_cap};
}

bool is_open(const Verdict& verdict) {
  const auto* undecided = std::get_if<Undecided>(&verdict);
  return undecided != nullptr && undecided->cause == Cause::precision_cap;
}

bool is_judged(const Subject& subject) {
  return !subject.promises(Role::target).empty() && !subject.promises(Role::primal).empty();
}

Verdict judge(const Subject& subject, const Point& point, Transcript transcript, Tally&) {
  if (!is_judged(subject)) return Consistent{beyond_all_figures, 0};
  const Call call = point.call();
  const Verdict fast = judge_in<FastEnclosure>(subject, call, transcript, {});
  if (!is_open(fast) && !std::holds_alternative<Refuted>(fast)) return fast;
  const Refinement refinement = default_refinement(subject.format());
  Precision precision = refinement.start;
  Verdict verdict = judge_in<Enclosure>(subject, call, transcript, precision);
  while (is_open(verdict) && precision < refinement.cap) {
    precision = std::min(Precision{2 * precision.bits}, refinement.cap);
    verdict = judge_in<Enclosure>(subject, call, transcript, precision);
  }
  if (std::holds_alternative<Refuted>(fast) && std::holds_alternative<Consistent>(verdict))
    throw InternalError(disagreement("differential_equation", subject, point));
  return verdict;
}

bool has_real_value(const Function& f, const Call& call) {
  return std::holds_alternative<RealValue>(special_case(f, call));
}

bool admits(const Subject& subject, const Point& point) {
  for (const Float x : point.arguments())
    if (!is_finite(x)) return false;
  const Call call = point.call();
  const Function& f = *subject.target->function;
  return has_real_value(f, call) && has_real_value(*f.primal, call) &&
         subject.covers_error({Role::target, call}) && subject.covers_error({Role::primal, call});
}

Domain domain_of(const Subject& subject) {
  Domain domain = call_domain(subject);
  domain.admits = [subject](const Point& point) { return admits(subject, point); };
  return domain;
}

std::string inapplicable(const Subject& subject) {
  const Function& f = *subject.target->function;
  if (!is_composed(f)) return "no composition";
  if (!is_derivative(f)) return "no derivative routine";
  const Float one = from_integer(subject.format(), 1);
  const auto half = Enclosure(Precision{64}, Dyadic::power_of_two(-1));  // exact: any value will do
  if (!composition_of(f).equation.at(f, {one, f.arity == 2 ? one : Float{}}, half))
    return "no equation of this order is known";
  return subject.target->primal == nullptr ? std::string(no_value_beside_it) : "";
}

void plan(const Subject&, const Point& point, Transcript known, std::vector<Request>& wanted) {
  if (!known.requests.empty()) return;
  wanted.push_back({Role::target, point.call()});
  wanted.push_back({Role::primal, point.call()});
}

std::string explain(const Subject& subject, const Point& point, Transcript transcript) {
  const Precision precision = default_refinement(subject.format()).start;
  const auto both = sides<Enclosure>(subject, point.call(), transcript, precision);
  const std::string_view statement = composition_of(*subject.target->function).equation.statement;
  if (!both) return fmt::format("{}: a call gave no answer", statement);
  const auto words = [](const Reals<Enclosure>& set) -> std::string {
    if (set.empty) return "no real number";
    return fmt::format("{} to {}", set.has_lo ? fmt::format("{:.17g}", lower(set.lo)) : "-inf",
                       set.has_hi ? fmt::format("{:.17g}", upper(set.hi)) : "inf");
  };
  return fmt::format(
      "{}. If both claims held, the derivative would be {}, and by the value it is {}", statement,
      words(both->derivative), words(both->equation));
}

}  // namespace

void contribute_differential_equation(Properties& rows) {
  rows.push_back({
      .name = "differential_equation",
      .statement = "D = F(P), as (s)' = s(1 - s)",
      .family = Family::law,
      .asked_in = AskedIn::claimed_modes,
      .inapplicable = inapplicable,
      .judges = is_judged,
      .where = {.domain = domain_of},
      .plan = {2, plan},
      .judge = judge,
      .explain = explain,
  });
}

}  // namespace napier
