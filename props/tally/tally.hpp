// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>
#include <vector>

#include "props/domain/sampler.hpp"
#include "props/subject/subject.hpp"
#include "props/subject/verdict.hpp"
#include "props/tally/error_histogram.hpp"
#include "props/tally/error_sums.hpp"
#include "props/tally/largest.hpp"

namespace napier {

/// A case with its address.
struct Located {
  Address address;
  Point point;
};

/// A refuted case with what was answered: asked again, who has changed his mind, the target or
/// Napier?
struct RefutedCase : Located {
  std::vector<Answer> answers;
};

/// Counts over quarter octaves, from which medians are read: 2^−8 to 2^56 and the infinite.
class OctaveHistogram {
 public:
  void add(double value, std::uint64_t count = 1);
  void merge(const OctaveHistogram& other);
  std::uint64_t total() const;
  /// The upper end of the bucket that holds the median; 0 without cases, inf if most are.
  double median() const;
  static bool count_alike(double a, double b) { return a == b || bucket_of(a) == bucket_of(b); }
  /// Says what it holds, each by its name: for who writes it down and reads it again.
  template <class Self, class Say>
  static void fields(Self& self, Say&& say) {
    say("counts", self.counts_);
  }

 private:
  static std::size_t bucket_of(double value);
  static constexpr int buckets = 4 * 64 + 2;
  std::array<std::uint64_t, buckets> counts_{};
};

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
  ErrorHistogram errors;  ///< of the cases that have a true value
  LargestErrors largest_errors;
  ErrorSums sums;         ///< where the claim has statistics
  Largest<double> user;   ///< machine reading, ulps
  Largest<double> worst;  ///< refuted cases by share
  std::vector<Answer> worst_answers;
  std::optional<RefutedCase> first_refuted;
  std::uint64_t unanswered = 0;  ///< calls that did not return
  std::uint64_t lost = 0;        ///< the same, weighed by what they cost: a hung one counts 16
  std::optional<Located> first_unanswered;

  /// The answers are kept where it is a refuted case that is shown.
  void add(const Verdict& verdict, const Located& located, std::span<const Answer> answers = {});
  /// The same for many cases that all are Consistent{0, 0}, or vacuous.
  void add_consistent(std::uint64_t count);
  void add_vacuous(std::uint64_t count);
  /// The same for refuted cases that are neither the first nor the worst. True if it is time that
  /// the reference confirms one of them: as the count passes a power of two, and each multiple of
  /// 4096.
  [[nodiscard]] bool add_refuted(std::uint64_t count);
  /// A share up to which a refuted case is certainly not the worst, although a figure may be off in
  /// its last bits; below 0 if any may be.
  double below_worst() const;
  /// … if its arguments come after those of the worst, too.
  double up_to_worst() const;
  /// Would a refuted case at that address, with at most this share, be neither the first nor the
  /// worst?
  bool holds_refuted(const Address& address, double most_share) const;
  /// Would it not be the worst? The share is at most that, and infinite where it is exactly so.
  bool holds_worst(const Point& point, double most_share) const;
  /// Whether the reference is to confirm the next refuted case; see add_refuted().
  bool confirms_next() const;
  /// The same for one case whose share is no new largest (holds_share); `resolution` may be any of
  /// those that count alike.
  void add_resolved(double resolution);
  static bool count_alike(double least_resolution, double most_resolution);
  /// Would a case with this share leave the largest as it is?
  bool holds_share(double share) const;
  void merge(const Tally& other);
  /// Its calls alone, with those that did not return.
  void merge_calls(const Tally& other);
  /// One without cases that knows the largest figures and first cases of this one, which spares the
  /// reference many a case. Both merged are as if all cases had been added to this one.
  Tally without_cases() const;
};

/// Says what a tally holds, each by its name; see OctaveHistogram::fields(). A field that is not
/// said here does not compile.
template <class Self, class Say>
requires std::same_as<std::remove_const_t<Self>, Tally>
void fields(Self& tally, Say&& say) {
  auto& [calls, cases, refuted, undecided_cap, undecided_no_answer, vacuous, misrounded,
         rounding_undecided, referred, resolution, largest_share, errors, largest_errors, sums,
         user, worst, worst_answers, first_refuted, unanswered, lost, first_unanswered] = tally;
  say("calls", calls);
  say("cases", cases);
  say("refuted", refuted);
  say("undecided_cap", undecided_cap);
  say("undecided_no_answer", undecided_no_answer);
  say("vacuous", vacuous);
  say("misrounded", misrounded);
  say("rounding_undecided", rounding_undecided);
  say("referred", referred);
  say("resolution", resolution);
  say("largest_share", largest_share);
  say("errors", errors);
  say("largest_errors", largest_errors);
  say("sums", sums);
  say("user", user.entry);
  say("worst", worst.entry);
  say("worst_answers", worst_answers);
  say("first_refuted", first_refuted);
  say("unanswered", unanswered);
  say("lost", lost);
  say("first_unanswered", first_unanswered);
}

}  // namespace napier
