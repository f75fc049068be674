// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <type_traits>
#include <vector>

#include "lib/fp/ulp.hpp"
#include "props/subject/subject.hpp"

namespace napier {

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

/// Where all errors of a binade are tiny, as where results are next to 1 or saturated, no largest
/// one is kept: its figure would be the width of the enclosure. An error that is certainly below
/// the first is not asked for; one that the reference finds above the second is kept.
inline constexpr double worth_asking = 0.375 - 0x1p-10;  // exact: shown, judges nothing
inline constexpr double worth_keeping = 0.375;           // exact: shown, judges nothing

/// The largest error of all, and of each binade by its number in Binades.
class LargestErrors {
 public:
  using Entry = Largest<CanonicalError>::Entry;

  LargestErrors() = default;
  /// Of all, too, what is not above worth_keeping is left out.
  static LargestErrors large_ones() {
    LargestErrors errors;
    errors.only_large_ = true;
    return errors;
  }

  /// An error that the reference measured.
  void offer(int binade, const UlpRange& range, const Point& point);
  void merge(const LargestErrors& other);

  const std::optional<Entry>& of_all() const { return all_.entry; }
  /// Null if there is none. A binade without one keeps only what is above worth_keeping.
  const Entry* of_binade(int number) const;
  /// Ascending by their numbers.
  const std::map<int, Largest<CanonicalError>>& binades() const { return binades_; }

  /// Above it an error may be larger than what is known of its binade, or of all; 0 if nothing
  /// is known, or all that is known is how wide an enclosure was: a lesser error may have a figure
  /// as large.
  Ulp limit(int binade) const {
    if (!all_.entry) return Ulp{only_large_ ? worth_asking : 0};
    if (all_.entry->value.range.lo == Ulp{0}) return Ulp{0};
    const std::size_t place = place_of(binade);
    if (place < kept_.size() && kept_[place] > Ulp{0}) return kept_[place];
    return std::min(all_.entry->value.range.hi, Ulp{worth_asking});
  }
  /// Whether an error of at most that much at a point may be the largest of its binade, or of all.
  bool may_be_largest(int binade, Ulp most, const Point& point) const;
  /// Says what it holds, each by its name: for who writes it down and reads it again.
  template <class Self, class Say>
  static void fields(Self& self, Say&& say) {
    say("only_large", self.only_large_);
    say("of_all", self.all_.entry);
    say("of_binades", self.binades_);
    if constexpr (!std::is_const_v<Self>) self.index_kept();
  }

 private:
  static std::size_t place_of(int binade) {
    return binade < 0 ? 2 * static_cast<std::size_t>(-1 - binade) + 1
                      : 2 * static_cast<std::size_t>(binade);
  }
  void index_kept();

  bool only_large_ = false;
  Largest<CanonicalError> all_;
  std::map<int, Largest<CanonicalError>> binades_;
  std::vector<Ulp> kept_;  ///< that of each binade by its place, 0 without one
};

}  // namespace napier
