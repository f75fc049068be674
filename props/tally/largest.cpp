// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/tally/largest.hpp"

namespace napier {

bool bits_less(const Point& a, const Point& b) {
  return std::ranges::lexicographical_compare(a.arguments(), b.arguments(),
                                              [](Float x, Float y) { return x.bits < y.bits; });
}

void LargestErrors::index_kept() {
  kept_.clear();
  for (const auto& [number, largest] : binades_) {
    const std::size_t place = place_of(number);
    if (place >= kept_.size()) kept_.resize(place + 1);
    kept_[place] = largest.entry->value.range.hi;
  }
}

void LargestErrors::offer(int binade, const UlpRange& range, const Point& point) {
  const bool is_large = range.hi.value > worth_keeping;
  if (is_large || !only_large_) all_.offer({range}, point);
  if (!is_large) return;
  Largest<CanonicalError>& largest = binades_[binade];
  largest.offer({range}, point);
  const std::size_t place = place_of(binade);
  if (place >= kept_.size()) kept_.resize(place + 1);
  kept_[place] = largest.entry->value.range.hi;
}

void LargestErrors::merge(const LargestErrors& other) {
  for (const auto& [number, largest] : other.binades_)
    offer(number, largest.entry->value.range, largest.entry->point);
  if (!only_large_) all_.merge(other.all_);  // else it is one of those
}

const LargestErrors::Entry* LargestErrors::of_binade(int number) const {
  const auto found = binades_.find(number);
  return found != binades_.end() ? &*found->second.entry : nullptr;
}

bool LargestErrors::may_be_largest(int binade, Ulp most, const Point& point) const {
  // Of equal ones the first is kept. The canonical figure of an error is the least double that is
  // not below it: at most that of any filter.
  const auto may_beat = [&](const Entry& known) {
    const bool stays = most <= known.value.range.hi && bits_less(known.point, point);
    return !stays && most >= known.value.range.lo;
  };
  if (!all_.entry && !only_large_) return true;
  if (all_.entry && may_beat(*all_.entry)) return true;
  const Entry* known = of_binade(binade);
  return known != nullptr ? may_beat(*known) : most >= Ulp{worth_asking};
}

}  // namespace napier
