// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "lib/fp/float.hpp"
#include "lib/target/function.hpp"
#include "oracles/enclosure.hpp"
#include "oracles/hard/pieces.hpp"
#include "oracles/hard/window.hpp"

namespace napier {

/// Near what true values are hard to round: midpoints of consecutive numbers in round to nearest,
/// the numbers themselves in the directed modes.
enum class Near { midpoints, numbers, both };

constexpr std::string_view name(Near near) {
  switch (near) {
    case Near::midpoints:
      return "midpoints";
    case Near::numbers:
      return "numbers";
    case Near::both:
      return "both";
  }
  return {};
}
std::optional<Near> find_near(std::string_view text);

/// Which arguments x, from one datum to another, have a true value t nearer than 2^-bits ulp(t) to
/// one of those points?
struct HardQuestion {
  const Function* function = nullptr;
  Float from;
  Float to;
  int bits = 0;
  Near near = Near::both;
};

inline constexpr int least_hard_bits = 4;
inline constexpr int most_hard_bits = 120;

/// The index-th of `count` parts of the range, as long as each other but for an argument; nullopt
/// where there are fewer arguments than that.
std::optional<HardQuestion> shard(const HardQuestion& question, std::uint64_t index,
                                  std::uint64_t count);

struct HardCase {
  Float x;
  bool is_midpoint = false;  ///< or else a number
  bool is_exact = false;     ///< t is that very point
  double log2_distance = 0;  ///< of the distance in ulp(t), if it isn't 0
};

/// Finds every such argument, by Lefèvre's algorithm: none is missed.
///
/// In a piece (Piece) the arguments are x = x_c + k·2^a with integers k, and ulp(t) = 2^r. Asked is
/// for which k
///
///     F(k) = f(x_c + k·2^a)·2^−g − o   is less than T from an integer,
///
/// with g = r and T = 2^−bits for numbers (o = 0) and for midpoints (o = ½), and g = r − 1, o = 0
/// and T = 2^(1−bits) for both. A *window* is what lies up to H steps from a centre x_c. In it, by
/// Taylor's theorem,
///
///     |F(k) − (C0 + C1·k + C2·k² + C3·k³)| ≤ E,   Cᵢ ≈ f⁽ⁱ⁾(x_c)/i!·2^(ia−g), C0 less o,
///     E = sup |f⁗|/4!·2^(4a−g)·H⁴ + Σ eᵢ·Hⁱ,
///
/// where each Cᵢ is a multiple of 2^-128, taken modulo 1, which changes F by an integer, and eᵢ
/// bounds how far it is off. The reference encloses all of these, so E is proven. What is near an
/// integer according to the cubic near_integers() finds, and proves that nothing else is. The
/// reference has the last word on each of these: it decides whether |t − point| < 2^−bits ulp(t),
/// with as many bits as it takes.
///
/// How long cells and windows are has no part in the proof: cells so long that |c2|·(2h)³ ≤ 2, of
/// which every second has one j where the line is near an integer and the cubic isn't; windows so
/// long that E is small beside that. Where a cell would have fewer than 8 arguments, as in the
/// highest binades of narrow formats, each argument is put to the reference.
class HardSearch {
 public:
  /// Throws std::invalid_argument if the function has no such search, or the range none for it.
  explicit HardSearch(const HardQuestion& question);

  /// Arguments with a real value that neither overflows nor underflows: those that are searched.
  Bits arguments() const { return arguments_; }
  /// About how many will be found, as if fractions were random.
  double expected() const { return expected_; }
  /// The piece that most of these are from.
  const Piece& densest() const { return parts_[densest_].piece; }

  /// The range falls into so many windows, in its order.
  std::uint64_t windows() const { return windows_; }
  std::vector<HardCase> find_in(std::uint64_t window) const;

 private:
  struct Part {  ///< a piece, and how it is cut
    Piece piece;
    Bits half_cell = 0;  ///< h; 0: each argument is put to the reference
    Bits length = 0;     ///< of a window: 2H
    std::uint64_t first_window = 0;
    double expected = 0;  ///< cases
  };
  Part cut(const Piece& piece) const;
  std::int64_t grid(const Piece& piece) const;
  Enclosure coefficient(const Piece& piece, int i, const Enclosure& x) const;
  double expected_in(const Piece& piece) const;
  Window expand(const Piece& piece, Ordinal first, Ordinal last) const;
  std::optional<HardCase> confirmed(const Piece& piece, Ordinal n) const;

  HardQuestion question_;
  const Format& format_;
  int threshold_;  ///< log2 T
  std::vector<Part> parts_;
  Bits arguments_ = 0;
  std::uint64_t windows_ = 0;
  double expected_ = 0;
  std::size_t densest_ = 0;
};

}  // namespace napier
