// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A derivative of a composition beside its value: D = F(P), the differential equation that the
// value obeys, as s′ = s(1 − s). Both results become the sets that their claims leave possible; F
// carries the one of P over, by its ends and where it turns; and if D's set shares no point with
// that, one of the two calls broke its claim.
#include <fmt/format.h>

#include "lib/target/composition.hpp"
#include "oracles/compositions/composition.hpp"
#include "props/domain/call_domain.hpp"
#include "props/law/algebra/claimed.hpp"
#include "props/law/judged_sets.hpp"
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
  return verdict_on(both->derivative, both->equation, subject.format());
}

bool is_judged(const Subject& subject) {
  return !subject.promises(Role::target).empty() && !subject.promises(Role::primal).empty();
}

Verdict judge(const Subject& subject, const Point& point, Transcript transcript, Tally&) {
  if (!is_judged(subject)) return Consistent{beyond_all_figures, 0};
  const Call call = point.call();
  return filtered_verdict(
      "differential_equation", subject, point,
      [&] { return judge_in<FastEnclosure>(subject, call, transcript, {}); },
      [&](Precision at) { return judge_in<Enclosure>(subject, call, transcript, at); });
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
  return fmt::format(
      "{}. If both claims held, the derivative would be {}, and by the value it is {}", statement,
      set_in_words(both->derivative), set_in_words(both->equation));
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
