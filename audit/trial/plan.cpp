// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/plan.hpp"

#include <algorithm>

#include "audit/effort.hpp"
#include "lib/target/pipe.hpp"
#include "props/property/askable.hpp"

namespace napier {
namespace {

constexpr std::uint64_t most_cases_of_threads = 20'000;  // and of lanes
constexpr std::uint64_t most_unclaimed_cases = 20'000;

/// Whether some property is claimed in this very mode.
bool claims_mode(const Subject& subject) {
  return std::ranges::any_of(
      all_properties(), [&](const Property& property) { return property.claims_mode(subject); });
}

}  // namespace

std::vector<Rounding> Plan::roundings() const {
  if (is_process(target_.shape)) return {Rounding::nearest};
  if (!options_.roundings.empty()) return options_.roundings;
  const bool every_argument = options_.effort == Effort::deep && target_.format->width <= 32;
  if (every_argument || target_.claim.names_directed_modes())
    return {all_roundings.begin(), all_roundings.end()};
  std::vector<Rounding> claimed;
  for (const Rounding rounding : all_roundings)
    if (rounding == Rounding::nearest || claims_mode(Subject(target_, rounding)))
      claimed.push_back(rounding);
  return claimed;
}

std::vector<Rounding> Plan::other_roundings() const {
  if (is_process(target_.shape)) return {};
  const std::vector<Rounding> asked = roundings();
  std::vector<Rounding> others;
  for (const Rounding rounding : all_roundings)
    if (std::ranges::find(asked, rounding) == asked.end()) others.push_back(rounding);
  return others;
}

bool Plan::for_hygiene_alone(const Subject& subject) const {
  const std::vector<Rounding> others = other_roundings();
  return std::ranges::find(others, subject.rounding) != others.end();
}

bool Plan::unasked(const Subject& subject) const {
  return options_.roundings.empty() && subject.rounding != Rounding::nearest &&
         options_.effort != Effort::deep;
}

std::uint64_t Plan::cases_of(const Property& property, const Subject& subject) const {
  std::uint64_t whole = budget(property, target_, options_.effort, options_.cases);
  if (property.calling == Calling::in_two_threads || property.calling == Calling::in_lanes)
    whole = std::min(whole, most_cases_of_threads);
  // Accuracy is worth measuring whether or not it is claimed; of the others a glance will do.
  const bool measured_only =
      !property.judges(subject) && property.asked_in == AskedIn::modes_asked_for;
  if (measured_only) whole = std::min(whole, most_unclaimed_cases);
  if (for_hygiene_alone(subject))
    return std::min(whole / part_of_unasked_modes, most_cases_of_hygiene);
  return unasked(subject) && !property.claims_mode(subject) ? whole / part_of_unasked_modes : whole;
}

Plan::Ground Plan::ground(const Property& property, const Subject& subject) const {
  const std::uint64_t cases = cases_of(property, subject);
  if (auto all = property.where.every_point(subject)) {
    const std::uint64_t size = all->strata.front().size;
    const bool whole = options_.exhaustive && !for_hygiene_alone(subject);
    if (whole || cases >= size) return {std::move(*all), size, Strength::exhaustive};
  }
  return {property.where.domain(subject), cases, Strength::sampled};
}

std::uint64_t Plan::calls(const Jury& jury, const Subject& subject) const {
  const std::size_t most =
      std::ranges::max(jury, {}, [](auto* p) { return p->plan.most; })->plan.most;
  const Ground ground = this->ground(*jury.front(), subject);
  if (ground.strength != Strength::exhaustive) return ground.cases * most;
  // Only those that belong to the domain are asked, which may be few of all there are.
  constexpr std::uint64_t tried = 1 << 14;
  const std::uint64_t stride = std::max<std::uint64_t>(ground.cases / tried, 1);
  const auto is_asked = [&](const Point& point) {
    return std::ranges::any_of(jury,
                               [&](const Property* p) { return p->where.asks(subject, point); });
  };
  std::uint64_t asked = 0;
  for (std::uint64_t index = 0; index < ground.cases; index += stride)
    if (const auto point = ground.domain.at(options_.seed, {0, 0, index}))
      asked += is_asked(*point) ? 1 : 0;
  return asked * stride * most;
}

bool Plan::share_calls(const Property& one, const Property& other, const Subject& subject) const {
  // Hygiene is asked beyond the claim's domain, too: where only the domain is small enough to be
  // asked in full, it stays with its samples.
  if (one.where.name == other.where.name)
    return one.where.every_point(subject).has_value() ==
           other.where.every_point(subject).has_value();
  const auto everywhere = [&](const Property& property) {
    return in_blocks(property, subject) != nullptr &&
           ground(property, subject).strength == Strength::exhaustive;
  };
  return everywhere(one) && everywhere(other);
}

namespace {
/// Behind those of its domain, at the end if there are none.
Plan::Jury::const_iterator after_its_kind(const Plan::Jury& jury, const Property& property) {
  const auto last = std::ranges::find_if(jury.rbegin(), jury.rend(), [&](const Property* p) {
    return p->where.name == property.where.name;
  });
  return last == jury.rend() ? jury.end() : last.base();
}
}  // namespace

void Plan::seat(std::vector<Jury>& juries, const Property& property, const Subject& subject) const {
  const auto same = std::ranges::find_if(
      juries, [&](const Jury& jury) { return share_calls(*jury.front(), property, subject); });
  if (same == juries.end())
    juries.push_back({&property});
  else
    same->insert(after_its_kind(*same, property), &property);
}

std::vector<Plan::Jury> Plan::juries(const std::vector<const Property*>& properties,
                                     const Subject& subject, const NotAsked& not_asked) const {
  std::vector<Jury> all;
  for (const Property* property : properties) {
    if (property->calling == Calling::by_others || property->calling == Calling::amid_a_past)
      continue;
    if (unasked(subject) && !property->claims_mode(subject) &&
        (property->asked_in == AskedIn::modes_asked_for || !property->judges(subject)))
      continue;
    const std::string why_not = why_not_asked(*property, subject);
    if (why_not.empty())
      seat(all, *property, subject);
    else
      not_asked(*property, subject, why_not);
  }
  return all;
}

std::vector<Plan::Round> Plan::rounds(const std::vector<const Property*>& properties,
                                      const NotAsked& not_asked) const {
  std::vector<Round> all;
  for (const Rounding rounding : roundings()) {
    const Subject subject(target_, rounding);
    all.push_back({subject, juries(properties, subject, not_asked)});
  }
  std::vector<const Property*> hygiene;
  std::ranges::copy_if(properties, std::back_inserter(hygiene),
                       [](const Property* p) { return p->asked_in == AskedIn::every_mode; });
  for (const Rounding rounding : other_roundings()) {
    const Subject subject(target_, rounding);
    all.push_back({subject, juries(hygiene, subject, not_asked)});
  }
  return all;
}

}  // namespace napier
