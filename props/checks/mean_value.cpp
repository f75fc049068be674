// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A derivative against the chord of its own values: by the mean value theorem the slope of P from x
// to x′ is D somewhere between, and where P is convex or concave, D rises or falls from one end to
// the other, so that
//
//   P(x′) − P(x) lies between (x′ − x)·D(x) and (x′ − x)·D(x′).
//
// It knows neither function's formula, only that P bends one way: a^x and a^x − 1, x^y along either
// argument for x > 0, ln x, ln(1 + e^x), ln(e^x + e^y). That P rises where D is positive is in it,
// for then all that lies between is. All four results become the sets that their claims leave
// possible; if the two sides share no point, one of the calls broke its claim.
//
// How much it sees depends on the step: a D that is off by a factor 1 + δ shows where the step
// changes D by less than δ and P by more than its claim. So steps are drawn at every size, from the
// next argument up to whole binades.
#include <cmath>

#include <fmt/format.h>

#include "lib/fp/ordinal.hpp"
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

/// The ends of a chord.
struct Chord {
  Call from;
  Call to;
  Float x;       ///< the argument that changes
  Float beyond;  ///< its value at the other end
};

bool is_along_base(const Function& f) { return f.arity == 1 || f.variable == Variable::base; }

/// A point is the call at one end, and the argument that changes at the other.
Chord chord_of(const Subject& subject, const Point& point) {
  const Function& f = *subject.target->function;
  const Float other = point.args[point.count - 1];
  if (f.arity == 1) return {{point.args[0], {}}, {other, {}}, point.args[0], other};
  const Call from{point.args[0], point.args[1]};
  if (is_along_base(f)) return {from, {other, from.y}, from.x, other};
  return {from, {from.x, other}, from.y, other};
}

template <class E>
struct Sides {
  Reals<E> rise;     ///< P(x′) − P(x)
  Reals<E> between;  ///< all between (x′ − x)·D(x) and (x′ − x)·D(x′)
};

template <class E>
std::optional<Sides<E>> sides(const Subject& subject, const Point& point, Transcript transcript,
                              Precision precision) {
  const auto set = [&](Role role, const Call& call) -> std::optional<Reals<E>> {
    const Answer* answer = transcript.find({role, call});
    if (answer == nullptr || answer->ending != Ending::returned) return std::nullopt;
    return claimed_set<E, Form::plain>(subject, call, answer->value, role, precision);
  };
  const Chord chord = chord_of(subject, point);
  const auto here = set(Role::primal, chord.from), there = set(Role::primal, chord.to);
  const auto slope = set(Role::target, chord.from), slope_there = set(Role::target, chord.to);
  if (!here || !there || !slope || !slope_there) return std::nullopt;
  Sides<E> both;
  both.rise.empty = here->empty || there->empty;
  both.rise.has_lo = there->has_lo && here->has_hi;
  both.rise.has_hi = there->has_hi && here->has_lo;
  if (both.rise.has_lo) both.rise.lo = there->lo - here->hi;
  if (both.rise.has_hi) both.rise.hi = there->hi - here->lo;
  const E step = E(precision, exact_value(chord.beyond)) - E(precision, exact_value(chord.x));
  both.between.empty = slope->empty || slope_there->empty;
  both.between.has_lo = slope->has_lo && slope_there->has_lo;
  both.between.has_hi = slope->has_hi && slope_there->has_hi;
  if (both.between.has_lo) both.between.lo = extreme(slope->lo, slope_there->lo, false) * step;
  if (both.between.has_hi) both.between.hi = extreme(slope->hi, slope_there->hi, true) * step;
  return both;
}

template <class E>
Verdict judge_in(const Subject& subject, const Point& point, Transcript transcript,
                 Precision precision) {
  const auto both = sides<E>(subject, point, transcript, precision);
  if (!both) return Undecided{Cause::no_answer};
  return verdict_on(both->rise, both->between, subject.format());
}

bool is_judged(const Subject& subject) {
  return !subject.promises(Role::target).empty() && !subject.promises(Role::primal).empty();
}

Verdict judge(const Subject& subject, const Point& point, Transcript transcript, Tally&) {
  if (!is_judged(subject)) return Consistent{beyond_all_figures, 0};
  return filtered_verdict(
      "mean_value", subject, point,
      [&] { return judge_in<FastEnclosure>(subject, point, transcript, {}); },
      [&](Precision at) { return judge_in<Enclosure>(subject, point, transcript, at); });
}

bool has_real_value(const Function& f, const Call& call) {
  return std::holds_alternative<RealValue>(special_case(f, call));
}

bool admits(const Subject& subject, const Point& point) {
  const Function& f = *subject.target->function;
  if (point.count != static_cast<std::size_t>(f.arity) + 1) return false;
  for (const Float x : point.arguments())
    if (!is_finite(x)) return false;
  const Chord chord = chord_of(subject, point);
  if (compare(exact_value(chord.x), exact_value(chord.beyond)) >= 0) return false;
  for (const Call& call : {chord.from, chord.to}) {
    // Of negative bases powers bend this way and that.
    if (f.kind == Kind::slope && f.arity == 2 && is_negative(call.x)) return false;
    if (!has_real_value(f, call) || !has_real_value(*f.primal, call)) return false;
    if (!subject.covers_error({Role::target, call}) || !subject.covers_error({Role::primal, call}))
      return false;
  }
  return true;
}

/// The call with another end above it, at a step of any size.
std::optional<Point> with_end(Draw& draw, const Function& f, std::optional<Point> call) {
  if (!call) return call;
  const Float x = f.arity == 1 || is_along_base(f) ? call->args[0] : call->args[1];
  if (!is_finite(x)) return std::nullopt;
  constexpr int widest = 62;  // bits of an Ordinal
  const double size = draw.uniform(0, std::min(x.format->precision + 2, widest));
  call->push(step(x, static_cast<Ordinal>(std::exp2(size))));
  return call;
}

Domain domain_of(const Subject& subject) {
  const Function& f = *subject.target->function;
  Domain domain = call_domain(subject);
  for (Stratum& stratum : domain.strata) {
    stratum.walk = 1;
    stratum.over_bases = false;
    stratum.make = [make = stratum.make, &f](Draw& draw, std::uint64_t index) {
      return with_end(draw, f, make(draw, index));
    };
  }
  domain.admits = [subject](const Point& point) { return admits(subject, point); };
  return domain;
}

std::string inapplicable(const Subject& subject) {
  const Function& f = *subject.target->function;
  if (!is_derivative(f)) return "no derivative routine";
  if (f.order != 1) return "a derivative of a higher order";
  if (is_composed(f) && !composition_of(f).bends_one_way)
    return "its value is neither convex nor concave";
  return subject.target->primal == nullptr ? std::string(no_value_beside_it) : "";
}

void plan(const Subject& subject, const Point& point, Transcript known,
          std::vector<Request>& wanted) {
  if (!known.requests.empty()) return;
  const Chord chord = chord_of(subject, point);
  for (const Role role : {Role::target, Role::primal})
    for (const Call& call : {chord.from, chord.to}) wanted.push_back({role, call});
}

constexpr std::string_view statement = "P(x') - P(x) lies between (x' - x) D(x) and (x' - x) D(x')";

std::string explain(const Subject& subject, const Point& point, Transcript transcript) {
  const Precision precision = default_refinement(subject.format()).start;
  const auto both = sides<Enclosure>(subject, point, transcript, precision);
  if (!both) return fmt::format("{}: a call gave no answer", statement);
  return fmt::format(
      "{}, for P bends one way. If all claims held, the values would rise by {}, and by the "
      "derivative it is {}",
      statement, set_in_words(both->rise), set_in_words(both->between));
}

}  // namespace

void contribute_mean_value(Properties& rows) {
  rows.push_back({
      .name = "mean_value",
      .statement = statement,
      .family = Family::law,
      .asked_in = AskedIn::claimed_modes,
      .inapplicable = inapplicable,
      .judges = is_judged,
      .where = {.domain = domain_of},
      .plan = {4, plan},
      .judge = judge,
      .explain = explain,
  });
}

}  // namespace napier
