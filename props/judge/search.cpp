// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/judge/search.hpp"

#include <algorithm>
#include <bit>

#include "lib/fp/ordinal.hpp"
#include "props/judge/aim.hpp"

namespace napier {
namespace {

constexpr std::uint64_t parts = 4;
constexpr std::size_t widest_beam = 32;
constexpr std::size_t narrowest_beam = 4;
constexpr std::size_t fair_beam = 8;
constexpr std::size_t starts = 8;  // for each that is kept
constexpr int most_halvings = 14;  // of a binade, to start from
constexpr int sparsely = 4;        // halvings apart, around the largest error of a binade
constexpr std::uint64_t part_of_beam = 4;
constexpr int halvings_of_a_base = 4;  // the first other bases are within 2^-4 of the way to 1

/// Rounds from a binade down to consecutive arguments, the first counted as what it costs.
std::uint32_t rounds_in_all(const Format& format, std::uint32_t points) {
  const int halvings = format.precision - static_cast<int>(std::bit_width(points));
  return starts + static_cast<std::uint32_t>(std::max(halvings, 0)) / 2;
}

/// What is left of the point's binade after so many halvings.
Interval around(Point point, int halvings) {
  Float& x = point.args[point.count - 1];
  const int bits = std::max(x.format->precision - 1 - halvings, 0);
  const Bits length = Bits(1) << bits;
  x.bits &= ~(length - 1);
  return {point, length};
}

Interval part_of(const Interval& whole, Bits first, Bits length) {
  Interval part{whole.start, length};
  part.start.args[part.start.count - 1].bits += first;
  return part;
}

/// Evenly spread points of an interval, the first at an offset.
Domain points_of(const Interval& interval, std::uint32_t count) {
  const auto asked = static_cast<std::uint64_t>(std::min<Bits>(count, interval.length));
  Stratum stratum{"interval", asked, 1,
                  [start = interval.start](Draw&, std::uint64_t) { return std::optional(start); }};
  stratum.walk = static_cast<std::uint32_t>(asked);
  stratum.stride = interval.length / asked;
  Domain domain;
  domain.strata.push_back(std::move(stratum));
  return domain;
}

}  // namespace

Search::Search(const Subject& subject, const Domain& drawn_from, Seed seed, std::uint64_t budget,
               const Tally& known)
    : function_(*subject.target->function),
      format_(subject.format()),
      drawn_from_(drawn_from),
      seed_(seed),
      left_(budget),
      for_approach_(can_be_aimed_at(function_) ? budget - budget / part_of_beam : 0) {
  // Points tell intervals apart, and the beam keeps more than one peak in sight.
  constexpr std::uint32_t few = 64, many = 1024;
  const auto beam = [&] {
    return budget / part_of_beam / (rounds_in_all(format_, points_) * parts * points_);
  };
  for (points_ = many; points_ > few && beam() < fair_beam;) points_ /= 2;
  beam_ = std::clamp<std::size_t>(beam(), narrowest_beam, widest_beam);
  places_.remember(known.largest_errors);
  begin_around(known.largest_errors);
  begin();
}

/// The largest of all, and of the binades those with the largest; no more than are drawn beside.
void Search::begin_around(const LargestErrors& known) {
  if (const auto& largest = known.of_all()) add_around(largest->point, 1);
  std::vector<LargestErrors::Entry> by_error;
  for (const auto& [number, largest] : known.binades()) by_error.push_back(*largest.entry);
  std::ranges::sort(by_error, [](const auto& a, const auto& b) {
    return a.value == b.value ? bits_less(a.point, b.point) : a.value > b.value;
  });
  for (const LargestErrors::Entry& largest : by_error)
    if (asked_.size() < wanted() / 2) add_around(largest.point, sparsely);
}

void Search::add_around(const Point& point, int halvings_apart) {
  if (!has_neighbours(point)) return;
  for (int halvings = 0; halvings <= most_halvings; halvings += halvings_apart)
    add(around(point, halvings));
}

/// Intervals around points that the strata draw, each once: binades, and down to parts of cells of
/// a table, whose errors are lost in those of wider intervals.
void Search::begin() {
  depth_ = 0;
  constexpr std::size_t attempts = 4;
  for (std::size_t i = 0; i < attempts * wanted() && asked_.size() < wanted(); ++i) {
    Draw draw(seed_, {property_key("search"), round_, i});
    if (const auto interval = drawn(draw)) add(*interval);
  }
  ++round_;
}

/// How many intervals a descent starts with.
std::size_t Search::wanted() const {
  return std::min<std::uint64_t>(starts * parts * beam_, left_ / points_);
}

void Search::add(const Interval& interval) {
  const auto same = [&](const Interval& other) {
    return other.start == interval.start && other.length == interval.length;
  };
  if (std::ranges::none_of(asked_, same)) asked_.push_back(interval);
}

/// Strata are chosen as often as they are drawn from.
std::optional<Interval> Search::drawn(Draw& draw) const {
  const auto serves = [](const Stratum& s) { return s.size == 0 && s.walk > 1 && !s.over_bases; };
  double left = 0;
  for (const Stratum& stratum : drawn_from_.strata) left += serves(stratum) ? stratum.weight : 0;
  left *= draw.unit();
  const auto chosen = std::ranges::find_if(drawn_from_.strata, [&](const Stratum& stratum) {
    return serves(stratum) && (left -= stratum.weight) < 0;
  });
  if (chosen == drawn_from_.strata.end()) return std::nullopt;
  const Stratum& stratum = *chosen;
  const auto point = stratum.make(draw, 0);
  if (!point || !has_neighbours(*point)) return std::nullopt;
  return around(*point, static_cast<int>(draw.integer(0, most_halvings)));
}

std::vector<Domain> Search::next() {
  std::vector<Domain> domains;
  if (approach_) {
    domains = approach_->next();
    for (Domain& domain : domains) domain.admits = drawn_from_.admits;
    return domains;
  }
  for (const Interval& interval : asked_) {
    domains.push_back(points_of(interval, points_));
    domains.back().admits = drawn_from_.admits;
  }
  return domains;
}

void Search::learn(std::span<const Tally> found) {
  if (approach_) return approach_->learn(found);
  std::vector<Scored> scored;
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    // Whether or not a call came of each: outside the claim's domain none does.
    left_ -= std::min<std::uint64_t>(left_, points_);
    if (const auto& largest = found[i].largest_errors.of_all())
      scored.push_back({asked_[i], largest});
    if (const auto& largest = found[i].largest_errors.of_all()) places_.remember(*largest);
  }
  std::ranges::sort(scored, [](const Scored& a, const Scored& b) {
    if (a.largest->value == b.largest->value) return bits_less(a.largest->point, b.largest->point);
    return a.largest->value > b.largest->value;
  });
  asked_.clear();
  for (std::size_t i = 0; i < std::min(scored.size(), beam_); ++i) {
    Draw draw(seed_, {property_key("search"), round_, i});
    split(scored[i].interval, draw);
  }
  ++round_;
  ++depth_;
  // What is left has to do for a whole descent, or there is no use in starting it.
  const std::uint64_t descent = rounds_in_all(format_, points_) * parts * beam_ * points_;
  if (asked_.empty() && left_ >= for_approach_ + descent / 2) begin();
  if (asked_.size() * points_ > left_) asked_.clear();
  if (asked_.empty())
    approach_.emplace(function_, seed_, for_approach_ == 0 ? 0 : left_, places_.entries());
}

void Search::split(const Interval& interval, Draw& draw) {
  if (interval.length <= points_) return;  // every argument was asked
  const bool two = interval.start.count == 2;
  const std::uint64_t count = two ? parts / 2 : parts;
  const Bits length = interval.length / count;
  const Bits stride = std::max<Bits>(length / points_, 1);
  for (std::uint64_t i = 0; i < count; ++i) {
    // Other points than those asked before.
    const Bits offset = (Bits(draw.bits()) << 64 | draw.bits()) % stride;
    asked_.push_back(part_of(interval, i * length + offset, length - offset));
  }
  for (std::uint64_t i = count; i < parts; ++i) with_another_base(interval, draw);
}

/// The same exponents, of a base the nearer the deeper the search is: by a part of its distance
/// from 1, so that the logarithm keeps its magnitude.
void Search::with_another_base(const Interval& interval, Draw& draw) {
  Interval other = interval;
  Float& base = other.start.args[0];
  const Ordinal distance = ordinal(absolute(base)) - ordinal(from_integer(format_, 1));
  const auto halvings = halvings_of_a_base + static_cast<int>(2 * depth_);
  const Bits most =
      static_cast<Bits>(distance < 0 ? -distance : distance) >> std::min(halvings, 127);
  const auto steps = static_cast<Ordinal>((Bits(draw.bits()) << 64 | draw.bits()) % (most + 1)) + 1;
  const Float moved = step(base, draw.coin() ? steps : -steps);
  if (!is_finite(moved) || is_zero(moved) || is_negative(moved) != is_negative(base)) return;
  base = moved;
  asked_.push_back(other);
}

}  // namespace napier
