// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/judge/difference_search.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "lib/fp/ordinal.hpp"
#include "props/judge/moves.hpp"

namespace napier {
namespace {

constexpr std::size_t kept_errors = 32;
constexpr std::uint64_t points_of_a_sample = 256;  // for each that is kept
constexpr std::uint64_t points_of_a_round = 8;
constexpr std::uint64_t most_rounds = 48;
constexpr std::uint64_t most_in_vain = 6;
constexpr std::size_t most_places = 4;
constexpr std::uint64_t points_of_a_run = 8;  // of the sample, near each other
constexpr int attempts = 32;                  // at a sum of which a large error could show
constexpr int bent = 3, shorter = 6;          // halvings of the longest stretch that is a line
constexpr int least_halvings = 4, most_halvings = 20;  // of a binade, around a place

constexpr double half = 1.0 / 2;
constexpr double least_excess = 1.0 / (1 << 13);
constexpr double widest_aim = 15.0 / 16;  // exact: all around the circle would be no aim

Float& moving(Point& point) { return point.args[point.count - 1]; }
const Float& moving(const Point& point) { return point.args[point.count - 1]; }

bool is_larger(const LargestErrors::Entry& a, const LargestErrors::Entry& b) {
  return a.value == b.value ? bits_less(a.point, b.point) : a.value > b.value;
}

/// So many points, which whoever asks for the first of them makes: the domains of a round are
/// judged by several threads.
Domain domain_of(std::uint64_t size, std::function<std::vector<Point>()> make) {
  struct Points {
    std::once_flag made;
    std::vector<Point> all;
  };
  const auto points = std::make_shared<Points>();
  Domain domain;
  domain.strata.push_back(
      {"large errors", size, 1,
       [points, make = std::move(make)](Draw&, std::uint64_t index) -> std::optional<Point> {
         std::call_once(points->made, [&] { points->all = make(); });
         return points->all.at(index);
       }});
  return domain;
}

}  // namespace

static_assert(kept_errors * (points_of_a_sample + most_rounds / 2 * points_of_a_round) ==
              DifferenceSearch::least_calls);

DifferenceSearch::DifferenceSearch(const Function& function, Seed seed, std::uint64_t budget,
                                   std::vector<Entry> places)
    : function_(function), seed_(seed), left_(budget), places_(std::move(places)) {
  if (places_.size() > most_places) places_.resize(most_places);
  if (!places_.empty()) begin_stretch();
}

/// The first at a place is around the largest error there, others are near it.
void DifferenceSearch::begin_stretch() {
  const Entry& place = places_[stretch_ % places_.size()];
  Draw draw(seed_, {property_key("stretch"), stretch_, 0});
  kept_.clear();
  round_ = in_vain_ = 0;
  above_ = is_above(function_, place.point, place.value.range.hi);
  start_ = place.point;
  if (stretch_ < places_.size()) {
    kept_.push_back(place);
  } else {
    if (start_.count == 2) move_base(start_.args[0], draw);
    move_within(moving(start_), static_cast<int>(draw.integer(least_halvings, most_halvings)),
                draw);
  }
  const int longest = (moving(start_).format->precision - bent) / 2;
  log2_length_ = std::max(longest - static_cast<int>(draw.integer(0, shorter)), 1);
  moving(start_).bits &= ~((Bits(1) << log2_length_) - 1);
  view_ = CubicView::of(function_, start_, log2_length_);
}

void DifferenceSearch::end_stretch() {
  Entry& place = places_[stretch_ % places_.size()];
  if (!kept_.empty() && is_larger(kept_.front(), place)) place = kept_.front();
  ++stretch_;
  begin_stretch();
}

/// Errors from one on, up to what is beyond the largest of the stretch by a quarter of its excess.
Aim DifferenceSearch::aim(double least) const {
  const double largest =
      (kept_.empty() ? places_[stretch_ % places_.size()] : kept_.front()).value.range.hi.value;
  const double most = largest + std::max(largest - half, least_excess) / 4;
  return {{std::clamp(least, most - widest_aim, most)}, {most}};
}

std::vector<Point> DifferenceSearch::sampled(std::uint64_t number) const {
  // Half of what is beyond the last rounding's half says as well where to go on.
  const double largest = places_[stretch_ % places_.size()].value.range.hi.value;
  const Aim wide = aim(half + (largest - half) * half);
  Draw draw(seed_, {property_key("sample of a stretch"), stretch_, number});
  std::vector<Point> points;
  while (points.size() < points_of_a_sample) {
    Point from = start_;
    const Bits random = Bits(draw.bits()) << 64 | draw.bits();
    moving(from) =
        step(moving(from), static_cast<Ordinal>(random & ((Bits(1) << log2_length_) - 1)) *
                               (is_negative(moving(from)) ? -1 : 1));
    if (!is_finite(moving(from))) from = start_;
    AimedStretch run(function_, from, wide, above_);
    for (std::uint64_t i = 0; i < points_of_a_run; ++i) points.push_back(run.next());
  }
  return points;
}

std::vector<Point> DifferenceSearch::combined(std::uint64_t number) const {
  const Aim larger = aim(kept_.back().value.range.hi.value);
  Draw draw(seed_, {property_key("sums of three"), stretch_, round_ * kept_errors + number});
  std::vector<Ordinal> places;
  for (const Entry& entry : kept_) places.push_back(ordinal(moving(entry.point)));
  const std::uint64_t n = places.size();
  const Ordinal start = ordinal(moving(start_));
  const bool negative = is_negative(moving(start_));
  std::vector<Point> points;
  for (std::uint64_t i = 0; i < points_of_a_round; ++i) {
    Point sum = start_;
    for (int attempt = 0; attempt < attempts; ++attempt) {
      const auto three =
          static_cast<std::uint64_t>(draw.integer(0, static_cast<std::int64_t>(n * n * n) - 1));
      const Ordinal place = places[three % n] + places[three / n % n] - places[three / n / n];
      const Ordinal away = negative ? start - place : place - start;
      if (view_ && view_->reaches(away)) {
        moving(sum).bits = moving(start_).bits + static_cast<Bits>(away);
        if (view_->shows(static_cast<std::int64_t>(away), larger, above_)) break;
      } else {
        const Float moved = from_ordinal(*moving(sum).format, place);
        if (!is_finite(moved) || is_zero(moved)) continue;
        moving(sum) = moved;
        if (shows(function_, sum, larger, above_)) break;
      }
    }
    points.push_back(sum);
  }
  return points;
}

std::vector<Domain> DifferenceSearch::next() const {
  std::vector<Domain> domains;
  const bool first = round_ == 0;
  if (places_.empty() || left_ < (first ? least_calls : kept_errors * points_of_a_round))
    return domains;
  for (std::uint64_t number = 0; number < kept_errors; ++number)
    domains.push_back(first ? domain_of(points_of_a_sample, [=, this] { return sampled(number); })
                            : domain_of(points_of_a_round, [=, this] { return combined(number); }));
  return domains;
}

void DifferenceSearch::learn(std::span<const Tally> found) {
  const std::uint64_t points = round_ == 0 ? points_of_a_sample : points_of_a_round;
  left_ -= std::min<std::uint64_t>(left_, found.size() * points);
  const std::vector<Entry> before = kept_;
  for (const Tally& one : found) {
    const auto& largest = one.largest_errors.of_all();
    const auto is_same = [&](const Entry& known) { return known.point == largest->point; };
    if (!largest || std::ranges::any_of(kept_, is_same)) continue;
    kept_.push_back(*largest);
  }
  std::ranges::sort(kept_, is_larger);
  if (kept_.size() > kept_errors) kept_.resize(kept_errors);
  ++round_;
  const bool none_larger =
      !before.empty() && !kept_.empty() && !is_larger(kept_.front(), before.front());
  in_vain_ = none_larger ? in_vain_ + 1 : 0;
  if (kept_.size() < 3 || round_ > most_rounds || in_vain_ > most_in_vain) end_stretch();
}

}  // namespace napier
