// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/telling_places.hpp"

#include <algorithm>

namespace napier {
namespace {

/// Of the largest errors of all binades those that are the largest: to ask at all of them would
/// cost a slow target minutes.
constexpr std::size_t most_errors = 32;

std::vector<Point> largest_errors(const LargestErrors& known) {
  std::vector<LargestErrors::Entry> entries;
  if (known.of_all()) entries.push_back(*known.of_all());
  for (const auto& [number, largest] : known.binades()) entries.push_back(*largest.entry);
  std::ranges::sort(entries, [](const auto& a, const auto& b) {
    return a.value == b.value ? bits_less(a.point, b.point) : a.value > b.value;
  });
  std::vector<Point> points;
  for (const LargestErrors::Entry& entry : entries)
    if (points.size() < most_errors) points.push_back(entry.point);
  return points;
}

}  // namespace

void TellingPlaces::add(const Point& point, const Subject& subject, Jury asked) {
  std::set<Question>& questions = asked_[point];
  for (const Property* property : asked)
    if (property->where.at_calls) questions.insert({property->name, subject.rounding});
}

void TellingPlaces::add_case(const Property& property, const Subject& subject, const Point& point,
                             Jury asked, Callers callers) {
  if (property.where.at_calls) return add(point, subject, asked);
  for (const Request& request : judge_point(property, subject, point, callers).requests) {
    if (request.role != Role::target) continue;
    Point place;
    place.push(request.call.x);
    if (subject.target->function->arity == 2) place.push(request.call.y);
    add(place, subject, {});
  }
}

void TellingPlaces::add(const Property& property, const Subject& subject, const Tally& tally,
                        Jury asked, Callers callers) {
  for (const Point& point : largest_errors(tally.largest_errors)) add(point, subject, asked);
  if (tally.first_refuted) add_case(property, subject, tally.first_refuted->point, asked, callers);
  if (tally.worst.entry) add_case(property, subject, tally.worst.entry->point, asked, callers);
}

std::vector<Point> TellingPlaces::without(const Property& property, const Subject& subject) const {
  std::vector<Point> places;
  for (const auto& [point, questions] : asked_)
    if (!questions.contains({property.name, subject.rounding})) places.push_back(point);
  return places;
}

}  // namespace napier
