// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/judge/error_places.hpp"

#include <algorithm>

namespace napier {
namespace {

constexpr std::size_t most_places = 8;
constexpr int halvings_of_a_place = 6;  // of a binade

Point place_of(Point point) {
  for (std::size_t i = 0; i < point.count; ++i) {
    Float& x = point.args[i];
    x.bits >>= std::max(x.format->precision - 1 - halvings_of_a_place, 0);
  }
  return point;
}

}  // namespace

bool has_neighbours(const Point& point) {
  const Float& last = point.args[point.count - 1];
  return is_finite(last) && !is_zero(last);
}

void ErrorPlaces::remember(const Entry& entry) {
  if (!has_neighbours(entry.point)) return;
  const auto same = std::ranges::find(entries_, place_of(entry.point),
                                      [](const Entry& known) { return place_of(known.point); });
  if (same == entries_.end()) {
    entries_.push_back(entry);
  } else {
    Largest<CanonicalError> largest{*same};
    largest.offer(entry.value, entry.point);
    *same = *largest.entry;
  }
  std::ranges::sort(entries_, [](const Entry& a, const Entry& b) {
    return a.value == b.value ? bits_less(a.point, b.point) : a.value > b.value;
  });
  if (entries_.size() > most_places) entries_.resize(most_places);
}

void ErrorPlaces::remember(const LargestErrors& known) {
  if (known.of_all()) remember(*known.of_all());
  for (const auto& [number, largest] : known.binades()) remember(*largest.entry);
}

}  // namespace napier
