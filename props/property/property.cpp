// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/property/property.hpp"

#include "props/claim/promises.hpp"

namespace napier {

std::optional<std::size_t> Property::blame(const Subject& subject, const Point&,
                                           Transcript transcript) const {
  std::optional<std::size_t> worst;
  double worst_error = -1;
  for (std::size_t i = 0; i < transcript.requests.size(); ++i) {
    const Request& request = transcript.requests[i];
    const Answer& answer = transcript.answers[i];
    if (answer.ending != Ending::returned) continue;
    TrueValue truth(subject.function(request.role), request.call);
    if (reference_keeps(subject, request, answer.value, truth) != Truth::no) continue;
    const double error = truth.error(answer.value, subject.rounding).lo.value;
    if (error > worst_error) worst = i, worst_error = error;
  }
  return worst;
}

std::span<const Property* const> all_properties() {
  static const auto owned = [] {
    std::vector<std::unique_ptr<const Property>> all = law_properties();
    all.push_back(accuracy_property());
    all.push_back(special_values_property());
    all.push_back(monotone_property());
    all.push_back(overflow_property());
    all.push_back(flags_property());
    all.push_back(errno_property());
    for (auto& hygiene : hygiene_properties()) all.push_back(std::move(hygiene));
    return all;
  }();
  static const auto views = [] {
    std::vector<const Property*> all;
    all.reserve(owned.size());
    for (const auto& property : owned) all.push_back(property.get());
    return all;
  }();
  return views;
}

const Property* find_property(std::string_view name, const Target& target) {
  const Property* found = nullptr;
  for (const Property* property : all_properties()) {
    if (property->name() != name || property->amid_a_past()) continue;
    // The slope laws have two rows of one name: the one that applies is meant.
    const Subject subject(target, Rounding::nearest);
    if (found == nullptr || property->inapplicable(subject).empty()) found = property;
  }
  return found;
}

}  // namespace napier
