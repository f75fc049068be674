// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/tally/tally.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

#include "lib/util/overloaded.hpp"

namespace napier {

namespace {
/// ⌈4·log2 x⌉ of a positive normal number, by comparison of its significand with 2^(j/4).
int quarter_octaves(double x) {
  static const double half = std::sqrt(static_cast<double>(2)), quarter = std::sqrt(half);
  static const double ends[] = {1, quarter, half, half * quarter};
  constexpr std::uint64_t fraction = (std::uint64_t(1) << 52) - 1, one = std::uint64_t(1023) << 52;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const auto significand = std::bit_cast<double>((bits & fraction) | one);
  int place = 4 * (static_cast<int>(bits >> 52) - 1023);
  for (const double end : ends) place += significand > end ? 1 : 0;
  return place;
}
}  // namespace

std::size_t OctaveHistogram::bucket_of(double value) {
  if (!std::isfinite(value)) return buckets - 1;
  constexpr double scale = 256;  // 1 over the upper end of the first bucket
  if (!(value * scale > 1)) return 0;
  return static_cast<std::size_t>(std::min(quarter_octaves(value * scale), buckets - 2));
}

void OctaveHistogram::add(double value, std::uint64_t count) { counts_[bucket_of(value)] += count; }

void OctaveHistogram::merge(const OctaveHistogram& other) {
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
}

std::uint64_t OctaveHistogram::total() const {
  return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t(0));
}

double OctaveHistogram::median() const {
  const std::uint64_t half = (total() + 1) / 2;
  if (half == 0) return 0;
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    seen += counts_[i];
    if (seen >= half)
      return i + 1 == counts_.size() ? std::numeric_limits<double>::infinity()
                                     : std::exp2(double(i) / 4 - 8);
  }
  return 0;
}

namespace {
/// Islands of a search draw different points at one address: of them the first by its bits.
template <class Case>
bool comes_first(const Located& other, const std::optional<Case>& kept) {
  return !kept || other.address < kept->address ||
         (other.address == kept->address && bits_less(other.point, kept->point));
}
}  // namespace

namespace {
constexpr int resolution_bits = 30;

/// The last of so many bits of a figure.
template <int kept>
constexpr std::uint64_t place = std::uint64_t(1) << (53 - kept);

/// Rounded to so many bits. The last of a figure's own depend on how the filter came by it, with
/// fused operations or without: these do not.
template <int kept = 24>
double coarse(double figure) {
  const auto bits = std::bit_cast<std::uint64_t>(figure);
  const std::uint64_t odd = (bits / place<kept>) % 2;
  return std::bit_cast<double>((bits + place<kept> / 2 - 1 + odd) & ~(place<kept> - 1));
}

/// Of a case that is consistent, which is off centre by what only arithmetic leaves, or by more.
double share_used(double share) {
  constexpr int least_bits = 30;
  return share < std::ldexp(1, -least_bits) ? 0 : coarse(share);
}
}  // namespace

void Tally::add(const Verdict& verdict, const Located& located, std::span<const Answer> answers) {
  ++cases;
  std::visit(overloaded{
                 [&](const Consistent& consistent) {
                   resolution.add(coarse<resolution_bits>(consistent.resolution));
                   if (!std::isfinite(consistent.resolution)) ++vacuous;
                   largest_share = std::max(largest_share, share_used(consistent.share));
                 },
                 [&](const Refuted& refutation) {
                   ++refuted;
                   largest_share = std::max(largest_share, coarse(refutation.share));
                   worst.offer(coarse(refutation.share), located.point);
                   if (worst.entry->point == located.point)
                     worst_answers.assign(answers.begin(), answers.end());
                   if (comes_first(located, first_refuted))
                     first_refuted = RefutedCase{located, {answers.begin(), answers.end()}};
                 },
                 [&](const Undecided& undecided) {
                   switch (undecided.cause) {
                     case Cause::precision_cap:
                       ++undecided_cap;
                       break;
                     case Cause::no_answer:
                       ++undecided_no_answer;
                       break;
                   }
                 },
             },
             verdict);
}

void Tally::add_consistent(std::uint64_t count) {
  cases += count;
  resolution.add(0, count);
}

namespace {
bool confirms(std::uint64_t before, std::uint64_t after) {
  constexpr std::uint64_t now_and_then = 4096;
  return std::bit_width(before) != std::bit_width(after) ||
         before / now_and_then != after / now_and_then;
}
}  // namespace

bool Tally::add_refuted(std::uint64_t count) {
  cases += count;
  refuted += count;
  return confirms(refuted - count, refuted);
}

bool Tally::confirms_next() const { return confirms(refuted, refuted + 1); }

double Tally::below_worst() const {
  if (!worst.entry || !(worst.entry->value > 0)) return -1;
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(worst.entry->value) - 2 * place<24>);
}

double Tally::up_to_worst() const {
  if (!worst.entry || !(worst.entry->value > 0)) return -1;
  if (std::isinf(worst.entry->value)) return worst.entry->value;
  constexpr std::uint64_t last_bits = 64;
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(worst.entry->value) + place<24> / 2 -
                               last_bits);
}

bool Tally::holds_refuted(const Address& address, double most_share) const {
  return first_refuted && first_refuted->address < address && most_share <= below_worst();
}

bool Tally::holds_worst(const Point& point, double most_share) const {
  if (most_share <= below_worst()) return true;
  // Of equal ones the first by its bits is kept.
  return worst.entry && coarse(most_share) <= worst.entry->value &&
         bits_less(worst.entry->point, point);
}

void Tally::add_resolved(double case_resolution) {
  ++cases;
  resolution.add(coarse<resolution_bits>(case_resolution));
  if (!std::isfinite(case_resolution)) ++vacuous;
}

bool Tally::count_alike(double least_resolution, double most_resolution) {
  return OctaveHistogram::count_alike(coarse<resolution_bits>(least_resolution),
                                      coarse<resolution_bits>(most_resolution));
}

bool Tally::holds_share(double share) const { return share_used(share) <= largest_share; }

void Tally::add_vacuous(std::uint64_t count) {
  cases += count;
  vacuous += count;
  resolution.add(std::numeric_limits<double>::infinity(), count);
}

Tally Tally::without_cases() const {
  Tally none;
  none.largest_share = largest_share;
  none.largest_errors = largest_errors;
  none.user = user;
  none.worst = worst;
  none.worst_answers = worst_answers;
  none.first_refuted = first_refuted;
  none.first_unanswered = first_unanswered;
  return none;
}

void Tally::merge_calls(const Tally& other) {
  calls += other.calls;
  unanswered += other.unanswered;
  lost += other.lost;
  if (other.first_unanswered && comes_first(*other.first_unanswered, first_unanswered))
    first_unanswered = other.first_unanswered;
}

void Tally::merge(const Tally& other) {
  merge_calls(other);
  cases += other.cases;
  refuted += other.refuted;
  undecided_cap += other.undecided_cap;
  undecided_no_answer += other.undecided_no_answer;
  vacuous += other.vacuous;
  misrounded += other.misrounded;
  rounding_undecided += other.rounding_undecided;
  referred += other.referred;
  resolution.merge(other.resolution);
  largest_share = std::max(largest_share, other.largest_share);
  errors.merge(other.errors);
  largest_errors.merge(other.largest_errors);
  sums.merge(other.sums);
  user.merge(other.user);
  worst.merge(other.worst);
  if (other.worst.entry && worst.entry->point == other.worst.entry->point)
    worst_answers = other.worst_answers;
  if (other.first_refuted && comes_first(*other.first_refuted, first_refuted))
    first_refuted = other.first_refuted;
}

}  // namespace napier
