// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/profile/seen_cases.hpp"

#include <algorithm>
#include <optional>

#include "lib/target/known_hang.hpp"

namespace napier {
namespace {

constexpr std::string_view place_name = "pictures";

/// The calls of the property's case at that point, if they are that one call of the target.
std::optional<std::vector<Request>> sole_call(const Property& property, const Subject& subject,
                                              const Point& point, const Answer& answer) {
  std::vector<Request> made, more;
  property.plan.add(subject, point, {}, made);
  if (made.size() != 1 || made.front() != Request{Role::target, point.call()}) return std::nullopt;
  property.plan.add(subject, point, {made, {&answer, 1}}, more);
  return more.empty() ? std::optional(std::move(made)) : std::nullopt;
}

}  // namespace

SeenCases::SeenCases(std::span<const Measurement> asked) {
  for (const Property& row : all_properties()) {
    const auto is_of_row = [&](const Measurement& m) { return m.property == row.name; };
    if (row.where.at_calls && row.observe == Observe::values && row.calling == Calling::plain &&
        std::ranges::any_of(asked, is_of_row))
      jury_.push_back(&row);
  }
}

Tally& SeenCases::tally_of(const Property& property, const Subject& subject) {
  for (Seen& seen : seen_)
    if (seen.property == &property && seen.subject.rounding == subject.rounding) return seen.tally;
  return seen_.emplace_back(&property, subject, Tally{}).tally;
}

void SeenCases::count(const Call& call, const Answer& answer) {
  const Address here{property_key(place_name), 0, calls_.calls++};
  if (answer.ending == Ending::returned || answer.ending == Ending::not_called) return;
  ++calls_.unanswered;
  calls_.lost += cost_of_loss(answer);
  if (calls_.first_unanswered) return;
  calls_.first_unanswered = Located{here, {}};
  calls_.first_unanswered->point.push(call.x);
  if (call.y.format != nullptr) calls_.first_unanswered->point.push(call.y);
}

bool SeenCases::add(const Subject& subject, const Point& point, const Answer& answer) {
  count(point.call(), answer);
  if (answer.ending != Ending::returned) return false;
  bool any_refuted = false;
  for (const Property* property : jury_) {
    if (!property->judges(subject) || !property->inapplicable(subject).empty() ||
        !property->where.asks(subject, point))
      continue;
    const auto made = sole_call(*property, subject, point, answer);
    if (!made) continue;
    Tally& tally = tally_of(*property, subject);
    const Located located{{property_key(place_name), 0, tally.cases}, point};
    const Transcript transcript{*made, {&answer, 1}};
    const Verdict verdict = property->judge(subject, point, transcript, tally);
    tally.add(verdict, located, transcript.answers);
    any_refuted |= std::holds_alternative<Refuted>(verdict);
  }
  return any_refuted;
}

void SeenCases::add(const Property& property, const Subject& subject, const Tally& tally) {
  tally_of(property, subject).merge(tally);
  calls_.merge_calls(tally);
}

}  // namespace napier
