// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/suite/asked.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "lib/fp/hexfloat.hpp"

namespace napier::suite {
namespace {

std::string hex(const Point& point, std::string_view between) {
  std::string words;
  for (const Float x : point.arguments()) {
    if (!words.empty()) words += between;
    words += to_hex(x);
  }
  return words;
}

bool promises_directed(const Claim& claim) {
  return claim.names_directed_modes() || claim.correctly_rounded || claim.faithful;
}

std::vector<Subject> subjects_of(const Property& property, const Target& target) {
  std::vector<Subject> subjects;
  for (const Rounding rounding : all_roundings) {
    if (rounding != Rounding::nearest && !promises_directed(target.claim)) continue;
    Subject subject(target, rounding);
    if (property.judges(subject)) subjects.push_back(std::move(subject));
  }
  if (subjects.empty())
    throw std::logic_error(target.name + " promises nothing that " + std::string(property.name) +
                           " could judge");
  return subjects;
}

// A campaign's budget of one law at the lowest effort: the strata's shares are read off it.
constexpr std::uint64_t campaign = 10'000;

}  // namespace

std::string describe(const Case& one) {
  return fmt::format("{} at {}", name(one.rounding),
                     one.point.count == 0 ? "the constants" : hex(one.point, ", "));
}

std::string replay_line(const Property& property, const Target& target, const Case& one) {
  return fmt::format("napier replay {} --property {} --rounding {}{}{}", target.name, property.name,
                     name(one.rounding), one.point.count == 0 ? "" : " --at=", hex(one.point, ","));
}

Asked::Asked(const Property& property, const Target& target)
    : property_(property),
      target_(target),
      subjects_(subjects_of(property, target)),
      domain_(property.where.domain(subjects_.front())),
      portions_(portions(domain_, campaign)),
      caller_(target.open()),
      primal_(target.primal ? target.primal->open() : nullptr) {
  for (const Portion& portion : portions_) total_ += portion.count;
}

std::optional<std::uint64_t> Asked::size() const {
  std::uint64_t sum = 0;
  for (const Stratum& stratum : domain_.strata) {
    if (stratum.size == 0) return std::nullopt;
    sum += stratum.size;
  }
  return sum * subjects_.size();
}

std::optional<Case> Asked::at(std::uint64_t mode, std::uint64_t stratum,
                              std::uint64_t index) const {
  if (total_ == 0) return std::nullopt;
  std::uint64_t place = stratum % total_;
  const auto portion = std::ranges::find_if(portions_, [&](const Portion& one) {
    if (place < one.count) return true;
    place -= one.count;
    return false;
  });
  const std::uint64_t size = domain_.strata[portion->stratum].size;
  const Address address{property_key(property_.where.name), portion->stratum,
                        size != 0 ? index % size : index};
  const auto point = domain_.at(Seed{}, address);
  if (!point || !concerns(*point)) return std::nullopt;
  return Case{subjects_[mode % subjects_.size()].rounding, *point};
}

bool Asked::concerns(const Point& point) const {
  return domain_.admits(point) && property_.where.asks(subjects_.front(), point);
}

std::vector<Case> Asked::simpler(const Case& one) const {
  std::vector<Case> cases;
  for (const Point& point : simpler_points(one.point))
    if (concerns(point)) cases.push_back({one.rounding, point});
  return cases;
}

const Subject& Asked::subject(Rounding rounding) const {
  return *std::ranges::find(subjects_, rounding, &Subject::rounding);
}

JudgedCase Asked::judge(const Case& one) const {
  return judge_point(property_, subject(one.rounding), one.point, callers());
}

std::string Asked::explain(const Case& one) const {
  const Subject& judged = subject(one.rounding);
  return fmt::format("{} of {} is refuted, rounding {}.\n{}.\n{}", property_.name, target_.name,
                     describe(one), confirm(property_, judged, one.point, callers()).explanation,
                     replay_line(property_, target_, one));
}

}  // namespace napier::suite
