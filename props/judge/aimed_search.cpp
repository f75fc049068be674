// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/judge/aimed_search.hpp"

#include <algorithm>
#include <bit>
#include <memory>
#include <optional>

#include "props/judge/aim.hpp"
#include "props/judge/moves.hpp"

namespace napier {
namespace {

constexpr std::uint64_t domains_of_a_place = 4;
constexpr std::uint64_t rounds_of_a_stage = 8;
constexpr int least_halvings = 4;  // of a binade, around a place
constexpr int most_halvings = 20;
constexpr std::uint64_t points_of_a_stretch = 8;
constexpr int one_of_the_other_side = 8;
constexpr double least_width = 1.0 / (1 << 13);  // of an aim, in ulps

/// The widest and the narrowest aim are parts of what the error is beyond the last rounding's half.
Ulp width_within(double width, double largest) {
  const double excess = std::max(largest - 1.0 / 2, least_width);
  return {
      std::clamp(width, std::max(excess / 128, least_width), std::max(excess / 4, least_width))};
}

}  // namespace

AimedSearch::AimedSearch(const Function& function, Seed seed, std::uint64_t budget,
                         const std::vector<Entry>& places)
    : function_(function), seed_(seed), left_(budget) {
  for (const Entry& place : places) places_.push_back(at(place));
  if (places_.empty()) return;
  sort_places();
  width_ = width_within(largest().value - 1.0 / 2, largest().value);
  constexpr std::uint64_t few = 8, many = 512;
  points_ =
      std::clamp(budget / (rounds_of_a_stage * domains_of_a_place * 2 * places_.size()), few, many);
  until_cut_ = left_ - left_ / std::bit_width(places_.size());
}

AimedSearch::Place AimedSearch::at(const Entry& largest) const {
  return {largest, is_above(function_, largest.point, largest.value.range.hi)};
}

std::vector<AimedSearch::Entry> AimedSearch::largest_of_places() const {
  std::vector<Entry> entries;
  for (const Place& place : places_) entries.push_back(place.largest);
  return entries;
}

void AimedSearch::sort_places() {
  std::ranges::sort(places_, [](const Place& a, const Place& b) {
    return a.largest.value == b.largest.value ? bits_less(a.largest.point, b.largest.point)
                                              : a.largest.value > b.largest.value;
  });
}

std::vector<Domain> AimedSearch::next() const {
  std::vector<Domain> domains;
  if (left_ < places_.size() * domains_of_a_place * points_) return domains;
  for (std::uint64_t i = 0; i < places_.size() * domains_of_a_place; ++i)
    domains.push_back(around(places_[i / domains_of_a_place], i));
  return domains;
}

Domain AimedSearch::around(const Place& place, std::uint64_t number) const {
  const Aim aim{largest(), {largest().value + width_.value}};
  const auto stretch = [this, place, aim, number](std::uint64_t which) {
    const auto in_round = static_cast<std::uint32_t>(number);
    Draw draw(seed_, {property_key("aimed search"), in_round, round_ * points_ + which});
    Point point = place.largest.point;
    if (point.count == 2) move_base(point.args[0], draw);
    const auto halvings = static_cast<int>(draw.integer(least_halvings, most_halvings));
    move_within(point.args[point.count - 1], halvings, draw);
    const bool other_side = draw.integer(1, one_of_the_other_side) == 1;
    return AimedStretch(function_, point, aim, place.above != other_side);
  };
  // A point depends on its index alone; in their order they need no new stretch for each.
  struct Memory {
    std::optional<AimedStretch> stretch;
    std::uint64_t next = 0;
  };
  const auto memory = std::make_shared<Memory>();
  const auto make = [stretch, memory](Draw&, std::uint64_t index) -> std::optional<Point> {
    const std::uint64_t passed = index % points_of_a_stretch;
    if (passed == 0 || index != memory->next) {
      memory->stretch = stretch(index / points_of_a_stretch);
      for (std::uint64_t i = 0; i < passed; ++i) memory->stretch->next();
    }
    memory->next = index + 1;
    return memory->stretch->next();
  };
  Domain domain;
  domain.strata.push_back({"aimed", points_, 1, make});
  return domain;
}

void AimedSearch::learn(std::span<const Tally> found) {
  left_ -= std::min<std::uint64_t>(left_, found.size() * points_);
  const Ulp before = largest();
  for (std::size_t i = 0; i < places_.size(); ++i) {
    Largest<CanonicalError> here{places_[i].largest};
    for (const Tally& one : found.subspan(i * domains_of_a_place, domains_of_a_place))
      here.merge({one.largest_errors.of_all()});
    if (here.entry->value > places_[i].largest.value) places_[i] = at(*here.entry);
  }
  ++round_;
  sort_places();
  const bool grown = largest() > before;
  width_ = width_within(grown ? 2 * width_.value : width_.value / 2, largest().value);
  if (left_ > until_cut_ || places_.size() < 2) return;
  places_.resize((places_.size() + 1) / 2);
  until_cut_ = left_ - left_ / std::bit_width(places_.size());
}

}  // namespace napier
