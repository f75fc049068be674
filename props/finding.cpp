// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "lib/fp/hexfloat.hpp"
#include "oracles/oracle.hpp"
#include "props/judge.hpp"

namespace napier {
namespace {

std::string call_text(const Function& function, const Call& call) {
  const std::string second = call.y.format != nullptr ? ", " + to_hex(call.y) : "";
  return fmt::format("{}({}{})", function.name, to_hex(call.x), second);
}

std::string arguments_text(const Point& point) {
  std::string words;
  for (const Float x : point.arguments()) words += (words.empty() ? "" : ", ") + to_hex(x);
  return words;
}

/// ", 3.2 ulp away"; nothing where that is no number.
std::string distance_text(const UlpRange& ulp) {
  return std::isfinite(ulp.hi.value) ? fmt::format(", {:.6g} ulp away", ulp.lo.value) : "";
}

std::string claimed_words(const Property& property, const Subject& subject) {
  if (property.name() == "special_values") return "C23 Annex F";
  std::string words;
  for (const AccuracyClaim& claim : subject.promises(Role::target))
    words += (words.empty() ? "" : ", ") + describe(claim, *subject.claim, subject.rounding);
  return words;
}

/// What is broken is the property itself, not a promise about the error.
bool speaks_for_itself(const Property& property) {
  constexpr std::array names{"returns",  "deterministic", "environment", "threads",
                             "monotone", "flags",         "errno"};
  return std::ranges::find(names, property.name()) != names.end();
}

}  // namespace

std::string disagreement(const Property& property, const Subject& subject, const Point& point) {
  return fmt::format(
      "the filter refutes {} of {} at ({}), and the reference does not: a defect of this program, "
      "please report it",
      property.name(), subject.target->name, arguments_text(point));
}

Confirmed confirm(const Property& property, const Subject& subject, const Point& point,
                  Callers callers) {
  callers.target->renew(Asking::thoroughly);  // calls lost elsewhere leave this one its trial
  const JudgedCase judged = judge_point(property, subject, point, callers);
  Confirmed result;
  const auto arguments = point.arguments();
  result.witness.inputs.assign(arguments.begin(), arguments.end());
  if (!std::holds_alternative<Refuted>(judged.verdict)) {
    result.repeatable = false;
    result.explanation =
        "Refuted once, but not when asked again: the target's answer depends on "
        "more than its arguments";
    result.witness.fault = "refuted once, and not when asked again";
    return result;
  }
  result.explanation = property.explain(subject, point, judged.transcript());
  const auto blamed = property.blame(subject, point, judged.transcript());
  if (!blamed)
    throw InternalError(
        fmt::format("{} of {} is refuted at ({}) but no call is to blame: a defect "
                    "of this program, please report it",
                    property.name(), subject.target->name, arguments_text(point)));
  Witness& witness = result.witness;
  witness.fault = property.fault(subject, point, judged.transcript());
  const Request& request = judged.requests[*blamed];
  const Answer& answer = judged.answers[*blamed];
  if (answer.ending != Ending::returned || !property.is_about_values()) return result;
  const Function& function = subject.function(request.role);
  TrueValue truth(function, request.call);
  if (!truth.is_nan()) witness.want = truth.rounded(subject.format(), subject.rounding);
  witness.got = answer.value;
  witness.ulp = truth.error(answer.value, subject.rounding);
  if (property.law().empty() && judged.requests.size() == 1) return result;
  // A case of several calls: first which of them is wrong, then how that showed.
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
  found.property = property.name();
  found.law = property.law();
  found.basis = subject.basis;
  found.rounding = subject.rounding;
  found.count = tally.refuted;
  found.claimed = speaks_for_itself(property) ? std::string(property.statement())
                                              : claimed_words(property, subject);
  return found;
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
  callers.target->renew(Asking::hastily);
  const Point first = tally.first_refuted.value().point;
  const Point smallest = shrink(property, subject, domain, first, callers);
  Confirmed confirmed = confirm(property, subject, smallest, callers);
  found.smallest = std::move(confirmed.witness);
  found.explanation = std::move(confirmed.explanation);
  const Point largest = tally.worst.entry.value().point;
  const bool returned = found.smallest.got.has_value();
  if (confirmed.repeatable && !returned) {  // nothing is worse, and it may take long each time
    found.worst = found.smallest;
    return found;
  }
  Confirmed worst = confirm(property, subject, largest, callers);
  found.worst = std::move(worst.witness);
  found.repeatable = confirmed.repeatable && worst.repeatable;
  return found;
}

}  // namespace napier
