// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>

#include "lib/fp/ulp.hpp"
#include "props/error_histogram.hpp"
#include "props/sampler.hpp"
#include "props/subject.hpp"
#include "props/verdict.hpp"

namespace napier {

/// A case with its address.
struct Located {
  Address address;
  Point point;
};

/// Arguments in a total order by their bits: the tie-breaker of every maximum.
bool bits_less(const Point& a, const Point& b);

/// The largest of something over points, under the order (value descending, bits ascending):
/// merging is associative, commutative and idempotent.
template <class Value>
struct Largest {
  struct Entry {
    Value value;
    Point point;
  };
  std::optional<Entry> entry;

  void offer(const Value& value, const Point& point) {
    if (!entry || value > entry->value || (value == entry->value && bits_less(point, entry->point)))
      entry = Entry{value, point};
  }
  void merge(const Largest& other) {
    if (other.entry) offer(other.entry->value, other.entry->point);
  }
};

/// Errors are ordered by their canonical figure: the reference's value rounded up.
struct CanonicalError {
  UlpRange range;
  friend bool operator==(const CanonicalError& a, const CanonicalError& b) {
    return a.range.hi == b.range.hi;
  }
  friend bool operator>(const CanonicalError& a, const CanonicalError& b) {
    return a.range.hi > b.range.hi;
  }
};

/// Counts over quarter octaves, from which medians are read: 2^−8 to 2^56 and the infinite.
class OctaveHistogram {
 public:
  void add(double value, std::uint64_t count = 1);
  void merge(const OctaveHistogram& other);
  std::uint64_t total() const;
  /// The upper end of the bucket that holds the median; 0 without cases, inf if most are.
  double median() const;

 private:
  static constexpr int buckets = 4 * 64 + 2;
  std::array<std::uint64_t, buckets> counts_{};
};

/// Of a binade whose errors are all tiny, as where results are next to 1 or saturated, no largest
/// one is kept: the figure would be that of the enclosure. What is certainly below the first is not
/// kept, what the reference finds above the second is; its figures are far sharper than that.
inline constexpr double worth_asking = 0.375 - 0x1p-10;  // exact: shown, judges nothing
inline constexpr double worth_keeping = 0.375;           // exact: shown, judges nothing

/// What a run over some cases of one property found. Merging tallies in any order and grouping
/// gives the same tally.
struct Tally {
  std::uint64_t calls = 0;
  std::uint64_t cases = 0;
  std::uint64_t refuted = 0;
  std::uint64_t undecided_cap = 0;
  std::uint64_t undecided_no_answer = 0;
  std::uint64_t vacuous = 0;
  std::uint64_t misrounded = 0;
  std::uint64_t rounding_undecided = 0;  ///< cases that may or may not be misrounded
  std::uint64_t referred = 0;  ///< cases that the double-double filter left to the reference
  OctaveHistogram resolution;
  double largest_share = 0;
  Largest<CanonicalError> error;
  ErrorHistogram errors;                           ///< of the cases that have a true value
  std::map<int, Largest<CanonicalError>> binades;  ///< by the numbers of Binades
  Largest<double> user;                            ///< machine reading, ulps
  Largest<double> worst;                           ///< refuted cases by share
  std::optional<Located> first_refuted;
  std::uint64_t unanswered = 0;  ///< calls that did not return
  std::uint64_t lost = 0;        ///< the same, weighed by what they cost: a hung one counts 16
  std::optional<Located> first_unanswered;

  void add(const Verdict& verdict, const Located& located);
  /// The same for many cases that all are Consistent{0, 0}, or vacuous.
  void add_consistent(std::uint64_t count);
  void add_vacuous(std::uint64_t count);
  /// The same for one case whose share is of no matter: holds_share(share).
  void add_resolved(double resolution);
  /// Would a case with this share leave the largest as it is?
  bool holds_share(double share) const;
  /// An error that the reference measured, in that binade.
  void offer_error(int binade, const UlpRange& range, const Point& point);
  /// Whether an error of at most that much may be the largest of its binade, or of all. Where a
  /// binade keeps none yet, what is below worth_asking is of no interest.
  bool may_be_largest(int binade, Ulp most) const;
  void merge(const Tally& other);
};

}  // namespace napier
