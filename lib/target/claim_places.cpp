// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/claim_places.hpp"

#include <algorithm>
#include <cmath>

namespace napier {
namespace {

/// Of the points of an axis where something begins or ends, in order: each by itself, and what lies
/// between them.
std::vector<Range> parts_of(std::vector<double> cuts, const Range& whole) {
  std::erase_if(cuts, [](double cut) { return std::isinf(cut); });
  std::ranges::sort(cuts);
  cuts.erase(std::ranges::unique(cuts).begin(), cuts.end());
  std::vector<Range> parts{{.hi = cuts.empty() ? Range{}.hi : cuts.front()}};
  for (const double cut : cuts) {
    parts.back().hi = cut;
    parts.back().without_hi = true;
    parts.push_back({cut, cut});
    parts.push_back({.lo = cut, .without_lo = true});
  }
  const auto outside = [&](const Range& part) {
    const bool below = part.hi < whole.lo || (part.hi == whole.lo && part.lo < part.hi);
    const bool above = part.lo > whole.hi || (part.lo == whole.hi && part.lo < part.hi);
    return below || above;
  };
  std::erase_if(parts, outside);
  return parts;
}

/// Does the range hold a part that none of its ends cuts?
bool holds(const Range& range, const Range& part) {
  if (part.lo == part.hi) return contains(range, part.lo);
  return range.lo <= part.lo && part.hi <= range.hi;
}

bool holds(const Place& place, const Range& x, const Range& y) {
  return place.empty() || std::ranges::any_of(place, [&](const ClaimDomain& box) {
           return holds(box.x, x) && holds(box.y, y);
         });
}

Range joined(const Range& first, const Range& next) {
  return {first.lo, next.hi, first.without_lo, next.without_hi};
}

Range hull_of(const Range& a, const Range& b) {
  return {std::min(a.lo, b.lo), std::max(a.hi, b.hi)};
}

bool overlap(const Range& a, const Range& b) {
  const double lo = std::max(a.lo, b.lo), hi = std::min(a.hi, b.hi);
  return lo < hi || (lo == hi && (a.lo == a.hi || b.lo == b.hi));
}

}  // namespace

std::vector<PlaceCell> cells_of(const std::vector<Place>& places, const ClaimDomain& domain) {
  std::vector<double> x_cuts{domain.x.lo, domain.x.hi}, y_cuts{domain.y.lo, domain.y.hi};
  for (const Place& place : places)
    for (const ClaimDomain& box : place) {
      x_cuts.insert(x_cuts.end(), {box.x.lo, box.x.hi});
      y_cuts.insert(y_cuts.end(), {box.y.lo, box.y.hi});
    }
  const std::vector<Range> rows = parts_of(y_cuts, domain.y);
  const auto column_of = [&](const Range& x) {
    std::vector<PlaceCell> column;
    for (const Range& y : rows) {
      PlaceCell cell{{x, y, domain.integer_exponent}, {}};
      for (std::size_t i = 0; i < places.size(); ++i)
        if (holds(places[i], x, y)) cell.inside.push_back(i);
      if (column.empty() || column.back().inside != cell.inside)
        column.push_back(std::move(cell));
      else
        column.back().on.y = joined(column.back().on.y, y);
    }
    return column;
  };
  const auto alike = [](const PlaceCell& a, const PlaceCell& b) {
    return a.on.y == b.on.y && a.inside == b.inside;
  };
  std::vector<PlaceCell> all, last;
  for (const Range& x : parts_of(x_cuts, domain.x)) {
    std::vector<PlaceCell> column = column_of(x);
    if (std::ranges::equal(column, last, alike)) {
      for (PlaceCell& cell : last) cell.on.x = joined(cell.on.x, x);
      continue;
    }
    all.insert(all.end(), last.begin(), last.end());
    last = std::move(column);
  }
  all.insert(all.end(), last.begin(), last.end());
  return all;
}

Place outside(const Place& boxes) {
  Place left;
  for (const PlaceCell& cell : cells_of({boxes}, {}))
    if (cell.inside.empty()) left.push_back(cell.on);
  return left;
}

ClaimDomain hull_of(const Place& boxes) {
  ClaimDomain hull = boxes.front();
  for (const ClaimDomain& box : boxes)
    hull.x = hull_of(hull.x, box.x), hull.y = hull_of(hull.y, box.y);
  return hull;
}

bool overlap(const ClaimDomain& a, const ClaimDomain& b) {
  return overlap(a.x, b.x) && overlap(a.y, b.y);
}

}  // namespace napier
