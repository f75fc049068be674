// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "props/domain/domain.hpp"
#include "props/judge/aim.hpp"
#include "props/tally/tally.hpp"

namespace napier {

/// A phase of a search for large errors: differential evolution (R. Storn, K. Price, 1997) on
/// stretches of arguments around the largest errors that are known.
///
/// An error is a sum of rounding errors, and each is periodic in what is rounded: over some
/// thousand thousand consecutive arguments, on which all intermediate results are as good as lines,
/// it is a function of the argument times a slope modulo 1. Where two arguments have large errors,
/// all of these are near where they add up; so their difference is nearly a period of all, though
/// nobody knows what is rounded, and added to a third such argument it leads to a fourth. Of a
/// stretch some thousand arguments are asked, the largest errors are kept, and sums p + q - r of
/// three take the place of the smallest of them as long as they are larger.
class DifferenceSearch {
 public:
  using Entry = LargestErrors::Entry;

  /// With fewer no stretch is begun.
  static constexpr std::uint64_t least_calls = 14'336;

  /// Makes at most `budget` calls around `places`, each with its error, the largest first.
  DifferenceSearch(const Function& function, Seed seed, std::uint64_t budget,
                   std::vector<Entry> places);

  /// The points to ask next, to be asked before learn(); none when the search is over.
  std::vector<Domain> next() const;
  /// Hears what was found at them, a tally for each.
  void learn(std::span<const Tally> found);

 private:
  void begin_stretch();
  void end_stretch();
  std::vector<Point> sampled(std::uint64_t number) const;
  std::vector<Point> combined(std::uint64_t number) const;
  Aim aim(double least) const;

  const Function& function_;
  Seed seed_;
  std::uint64_t left_;  ///< calls
  std::vector<Entry> places_;
  std::uint32_t stretch_ = 0;  ///< its number
  std::uint64_t round_ = 0;    ///< of the stretch: in the first it is sampled
  std::uint64_t in_vain_ = 0;  ///< rounds that found nothing larger than what was kept
  Point start_;                ///< of the stretch
  std::optional<CubicView> view_;
  int log2_length_ = 0;
  bool above_ = false;  ///< on which side of results true values are
  std::vector<Entry> kept_;
};

}  // namespace napier
