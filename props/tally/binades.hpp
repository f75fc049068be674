// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <vector>

#include "props/subject/subject.hpp"

namespace napier {

/// Ranges of size that the cases of a function fall into, to tell how large errors are in each:
/// those in which the logarithm of its power spans a binade.
///
/// exp and its like are told apart by their argument, which is that logarithm: a binade of either
/// sign is a range, but all below 2^-(p+1) are one, and all from beyond overflow on. log is told
/// apart by its argument, and a function of two arguments by its result, whatever was returned:
/// 0, subnormal numbers, [2^-2^(j+1), 2^-2^j) up to ½, [1 − 2^-k, 1 − 2^-(k+1)) up to 1, 1 itself,
/// [1 + 2^-(k+1), 1 + 2^-k) up to 2, [2^2^j, 2^2^(j+1)), and the infinite with NaN.
class Binades {
 public:
  /// Those of the subject's function in its format, made once.
  static const Binades& of(const Subject& subject);

  /// Whether results tell cases apart, and not the last argument, with its sign.
  bool of_results() const { return of_results_; }
  /// What tells a case apart.
  Float key(const Point& point, Float result) const {
    return of_results_ ? result : point.args[point.count - 1];
  }

  /// The number of a key's range: in the order of magnitudes from 0 on, and from −1 down for
  /// negative arguments.
  int number(Float key) const;
  /// The range: from <= |key| < to, both with the key's sign, except that the last holds all
  /// beyond: there both are infinite.
  Float from(int number) const { return signed_start(number, 0); }
  Float to(int number) const { return signed_start(number, 1); }
  /// Whether number(key) is that number, which is one of a range.
  bool holds(int number, Float key) const;
  /// Is this the number of a range? Not of every int.
  bool has(int number) const { return index(number) < starts_.size(); }
  /// How many of some keys, given as encodings of at most 64 bits, are in the range of that number,
  /// up to the first that is not.
  std::size_t first_alike(int number, std::span<const std::uint64_t> keys) const;

 private:
  Binades(const Format& format, bool of_results, std::vector<Float> starts);
  static std::size_t index(int number) {
    return static_cast<std::size_t>(number < 0 ? -1 - number : number);
  }
  std::size_t index_of(Bits magnitude) const;
  Float signed_start(int number, std::size_t next) const;

  const Format* format_;
  bool of_results_;
  struct Field {
    std::uint16_t first;  ///< the range of its first magnitude
    std::uint16_t count;  ///< of ranges in it
  };
  std::vector<Bits> starts_;   ///< encodings of magnitudes, ascending from 0 to infinity
  std::vector<Field> fields_;  ///< by exponent field
};

}  // namespace napier
