// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>

#include "lib/fp/hexfloat.hpp"
#include "oracles/oracle.hpp"
#include "props/judge/judge.hpp"

namespace napier {
namespace {

std::string call_text(const Function& function, const Call& call) {
  const std::string second = call.y.format != nullptr ? ", " + to_hex(call.y) : "";
  return fmt::format("{}({}{})", function.name, to_hex(call.x), second);
}

/// ", 3.2 ulp away"; nothing where that is no number.
std::string distance_text(const UlpRange& ulp) {
  return std::isfinite(ulp.hi.value) ? fmt::format(", {:.6g} ulp away", ulp.lo.value) : "";
}

/// The words that a refutation breaks.
std::string promised_words(const Property& property, const Subject& subject) {
  if (!property.promised.empty()) return std::string(property.promised);
  return describe_errors(*subject.claim, subject.rounding);
}

/// Were they the same, as far as the property looks?
bool same(const Answer& a, const Answer& b, Observe observe) {
  if (a.ending != b.ending || a.detail != b.detail) return false;
  if (a.ending != Ending::returned) return true;
  if (a.value != b.value) return false;
  return observe == Observe::values || (signals_of(flag_bits(a.flags), a.error_number) ==
                                            signals_of(flag_bits(b.flags), b.error_number) &&
                                        (a.error_number == 0) == (b.error_number == 0) &&
                                        flag_bits(a.lowered) == flag_bits(b.lowered) &&
                                        (a.before == a.after) == (b.before == b.after));
}

InternalError contradiction(const Property& property, const Subject& subject, const Point& point,
                            std::string_view what) {
  return InternalError(fmt::format(
      "{} of {} ({}, rounding {}) {}: Napier contradicts itself. This is a defect of Napier and no "
      "verdict on the target: please report it",
      property.name, subject.target->name, to_hex(point.arguments()), name(subject.rounding),
      what));
}

/// Are a point's arguments those of the call? Anchors have points of fewer, or of none.
bool is_made_at(const Call& call, const Point& point) {
  const auto arguments = point.arguments();
  if (arguments.empty() || arguments.front() != call.x) return false;
  return call.y.format == nullptr ? arguments.size() == 1
                                  : arguments.size() == 2 && arguments.back() == call.y;
}

/// Refuted once, and not when asked again.
Confirmed not_repeated(const Property& property, const Subject& subject, const Point& point,
                       const JudgedCase& again, std::span<const Answer> before) {
  Confirmed result;
  result.repeatable = false;
  const auto arguments = point.arguments();
  result.witness.inputs.assign(arguments.begin(), arguments.end());
  result.explanation =
      "Refuted once, but not when asked again: the target's answer depends on "
      "more than its arguments";
  result.witness.fault = "the fault did not show when asked again";
  const std::size_t both = std::min(before.size(), again.answers.size());
  if (both == 0) return result;
  std::size_t other = 0;
  while (other < both && same(before[other], again.answers[other], property.observe)) ++other;
  // What differed was asked once more.
  if (other == both && before.size() != again.answers.size()) return result;
  if (other == both)
    throw contradiction(property, subject, point,
                        "was refuted, and with the same answers it is not");
  if (before[other].ending == Ending::returned) result.witness.got = before[other].value;
  const auto words = [](const Answer& answer) {
    if (answer.ending == Ending::crashed)
      return fmt::format("no answer, killed by signal {} ({})", answer.detail,
                         ::strsignal(answer.detail));
    if (answer.ending == Ending::exited)
      return fmt::format("no answer, ending its process with status {}", answer.detail);
    return answer.ending == Ending::returned ? to_hex(answer.value) : std::string("no answer");
  };
  result.witness.fault = "asked again, it gave " + words(again.answers[other]);
  const bool same_value = before[other].ending == Ending::returned &&
                          again.answers[other].ending == Ending::returned &&
                          before[other].value == again.answers[other].value;
  if (same_value) {  // it did something else that is judged
    result.witness.got.reset();
    const std::span<const Request> made = again.requests;
    const std::string did = property.fault(subject, point, {made.first(both), before.first(both)});
    result.witness.fault = fmt::format("the first time: {}; not when asked again", did);
    result.explanation += fmt::format(". The first time: {}", did);
    return result;
  }
  const Request& request = again.requests[other];
  result.explanation += fmt::format(". {} gave {} the first time and {} when asked again",
                                    call_text(subject.function(request.role), request.call),
                                    words(before[other]), words(again.answers[other]));
  return result;
}

}  // namespace

Confirmed confirm(const Property& property, const Subject& subject, const Point& point,
                  Callers callers, std::span<const Answer> before) {
  callers.target->renew(Asking::thoroughly);  // calls lost elsewhere leave this one its trial
  const JudgedCase judged = judge_point(property, subject, point, callers);
  if (!std::holds_alternative<Refuted>(judged.verdict))
    return not_repeated(property, subject, point, judged, before);
  Confirmed result;
  const auto arguments = point.arguments();
  result.witness.inputs.assign(arguments.begin(), arguments.end());
  result.explanation = property.explain(subject, point, judged.transcript());
  const auto blamed = property.blame(subject, point, judged.transcript());
  if (!blamed) throw contradiction(property, subject, point, "is refuted, and no call is to blame");
  Witness& witness = result.witness;
  witness.fault = property.fault(subject, point, judged.transcript());
  const Request& request = judged.requests[*blamed];
  const Answer& answer = judged.answers[*blamed];
  if (answer.ending != Ending::returned || property.about != About::a_value) return result;
  const Function& function = subject.function(request.role);
  TrueValue truth(function, request.call);
  if (!truth.is_nan()) witness.want = truth.rounded(subject.format(), subject.rounding);
  witness.got = answer.value;
  witness.ulp = truth.error(answer.value, subject.rounding);
  const bool alone = judged.requests.size() == 1 && is_made_at(request.call, point);
  if (property.law.empty() && alone) return result;
  // Not simply the call at the point: first which one is wrong, then how that showed.
  witness.call = call_text(function, request.call);
  result.explanation = fmt::format(
      "To blame: {} = {}{}. {}", witness.call, to_hex(answer.value),
      witness.want ? ", right is " + to_hex(*witness.want) + distance_text(witness.ulp) : "",
      result.explanation);
  return result;
}

namespace {

/// What is known of it before anybody is asked again.
Finding outline(const Property& property, const Subject& subject, const Tally& tally) {
  Finding found;
  found.property = property.name;
  found.law = property.law;
  found.basis = basis_of(property, subject);
  found.rounding = subject.rounding;
  found.count = tally.refuted;
  found.claimed = promised_words(property, subject);
  return found;
}

}  // namespace

namespace {

/// Did that call not return before? Then it is not waited for again here.
bool is_known_to_hang(const Property& property, const Subject& subject, const Point& point,
                      Callers callers) {
  if (property.about != About::no_return) return false;
  callers.target->renew(Asking::usually);
  return std::ranges::any_of(judge_point(property, subject, point, callers).answers,
                             [](const Answer& answer) { return answer.ending == Ending::hung; });
}

}  // namespace

Finding unconfirmed_finding(const Property& property, const Subject& subject, const Tally& tally,
                            std::string why) {
  Finding found = outline(property, subject, tally);
  const Point& first = tally.first_refuted.value().point;
  const Point& worst = tally.worst.entry.value().point;
  found.smallest.inputs.assign(first.arguments().begin(), first.arguments().end());
  found.worst.inputs.assign(worst.arguments().begin(), worst.arguments().end());
  found.smallest.fault = found.worst.fault = why;
  found.explanation = std::move(why);
  found.repeatable = false;
  return found;
}

Finding finding(const Property& property, const Subject& subject, const Domain& domain,
                const Tally& tally, Callers callers) {
  Finding found = outline(property, subject, tally);
  const RefutedCase& first = tally.first_refuted.value();
  // All the time that a call is given is spent once, on the simplest one that does not return.
  const bool hangs = is_known_to_hang(property, subject, first.point, callers);
  Confirmed confirmed;
  if (!hangs) confirmed = confirm(property, subject, first.point, callers, first.answers);
  callers.target->renew(Asking::usually);
  const Point smallest = shrink(property, subject, domain, first.point, callers);
  if (hangs || smallest != first.point) confirmed = confirm(property, subject, smallest, callers);
  if (hangs && smallest != first.point && !confirmed.repeatable)
    confirmed = confirm(property, subject, first.point, callers, first.answers);
  found.smallest = std::move(confirmed.witness);
  found.explanation = std::move(confirmed.explanation);
  const bool returned = found.smallest.got.has_value();
  // Where no value is at fault nothing is worse, and what did not return may take long each time.
  if (confirmed.repeatable && !returned) {
    found.worst = found.smallest;
    return found;
  }
  // Shrinking may come by a case that is worse than all that were counted.
  Largest<double> largest = tally.worst;
  const Verdict again = judge_point(property, subject, smallest, callers).verdict;
  if (const auto* refuted = std::get_if<Refuted>(&again)) largest.offer(refuted->share, smallest);
  const Point& point = largest.entry.value().point;
  if (confirmed.repeatable && point == smallest) {
    found.worst = found.smallest;
    return found;
  }
  const bool is_counted = point == tally.worst.entry->point;
  Confirmed worst = confirm(
      property, subject, point, callers,
      is_counted ? std::span<const Answer>(tally.worst_answers) : std::span<const Answer>());
  found.worst = std::move(worst.witness);
  found.repeatable = confirmed.repeatable && worst.repeatable;
  return found;
}

}  // namespace napier
