// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/hard/hard_search.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "oracles/hard/fixed_point.hpp"
#include "oracles/hard/taylor.hpp"
#include "oracles/oracle.hpp"

namespace napier {
namespace {

constexpr int longest_half_cell = 27;  // log2: beyond, 64 bits of a line's slope are too few
constexpr int longest_half_window = 30;
constexpr Bits shortest_half_cell = 4;
constexpr Bits window_of_single_arguments = 256;
constexpr std::uint64_t most_windows = std::uint64_t(1) << 62;

/// Bits that keep e0 + e1·H + e2·H² + e3·H³ below some units of 2^-128: those of t/ulp(t), of the
/// fraction, of H and of x·ln a.
Precision working_precision(const Format& format) {
  return {format.precision + 128 + longest_half_window + 24};
}

Dyadic value(const Format& format, Ordinal n) { return exact_value(from_ordinal(format, n)); }

double magnitude(const Enclosure& a) { return std::max(std::fabs(lower(a)), std::fabs(upper(a))); }

/// Rounded up: far more than the roundings of the few operations that made x.
Bits units_up(double x) { return static_cast<Bits>(x * (1 + 0x1p-40)) + 1; }

}  // namespace

std::optional<Near> find_near(std::string_view text) {
  for (const Near near : {Near::midpoints, Near::numbers, Near::both})
    if (name(near) == text) return near;
  return std::nullopt;
}

std::optional<HardQuestion> shard(const HardQuestion& question, std::uint64_t index,
                                  std::uint64_t count) {
  const Ordinal from = ordinal(question.from);
  const auto size = static_cast<Bits>(ordinal(question.to) - from + 1);
  const auto begin = [&](std::uint64_t i) {
    return static_cast<Ordinal>(size / count * i + std::min<Bits>(i, size % count));
  };
  if (begin(index) == begin(index + 1)) return std::nullopt;
  HardQuestion part = question;
  part.from = from_ordinal(*question.from.format, from + begin(index));
  part.to = from_ordinal(*question.from.format, from + begin(index + 1) - 1);
  return part;
}

HardSearch::HardSearch(const HardQuestion& question)
    : question_(question),
      format_(*question.from.format),
      threshold_((question.near == Near::both ? 1 : 0) - question.bits) {
  if (!has_taylor(*question.function))
    throw std::invalid_argument(
        std::string(question.function->name) +
        " has no search for hard-to-round arguments: that is for functions of one argument that "
        "grow, as exp, exp2, exp10, expm1 and log");
  for (const Piece& piece :
       pieces(*question.function, format_, ordinal(question.from), ordinal(question.to))) {
    Part part = cut(piece);
    part.first_window = windows_;
    const auto size = static_cast<Bits>(piece.last - piece.first + 1);
    const Bits more = (size - 1) / part.length + 1;
    if (more > most_windows - windows_)
      throw std::invalid_argument(
          "so long a range is never searched to its end: name a part of it");
    windows_ += static_cast<std::uint64_t>(more);
    arguments_ += size;
    part.expected = expected_in(piece);
    parts_.push_back(part);
    if (part.expected > parts_[densest_].expected) densest_ = parts_.size() - 1;
    expected_ += part.expected;
  }
  if (parts_.empty())
    throw std::invalid_argument("no argument of the range has a true value in the range of " +
                                std::string(format_.name));
}

/// The exponent of the steps of the points: g.
std::int64_t HardSearch::grid(const Piece& piece) const {
  return piece.result_ulp - (question_.near == Near::both ? 1 : 0);
}

/// f⁽ⁱ⁾(x)/i!·2^(ia−g)
Enclosure HardSearch::coefficient(const Piece& piece, int i, const Enclosure& x) const {
  return scaled(taylor_coefficient(*question_.function, i, x),
                i * piece.argument_ulp - grid(piece));
}

HardSearch::Part HardSearch::cut(const Piece& piece) const {
  Part part{piece, 0, window_of_single_arguments, 0, 0};
  if (piece.vanishes) return part;
  const Enclosure all(working_precision(format_), value(format_, piece.first),
                      value(format_, piece.last));
  const double c2 = magnitude(coefficient(piece, 2, all));
  const double c3 = magnitude(coefficient(piece, 3, all));
  const double c4 = magnitude(coefficient(piece, 4, all));
  const auto is_short = [&](double h) {
    return c2 * 4 * h * h * h <= 1 && c3 * 16 * h * h * h * h <= 1;
  };
  Bits h = Bits(1) << longest_half_cell;
  const auto is_near = [&](double half_window) {
    return c4 * std::pow(half_window, 4) * 512 * static_cast<double>(h) <= 1;
  };
  while (h >= shortest_half_cell &&
         !(is_short(static_cast<double>(h)) && is_near(static_cast<double>(h))))
    h /= 2;
  if (h < shortest_half_cell) return part;
  Bits half_window = h;
  while (half_window < Bits(1) << longest_half_window &&
         is_near(2 * static_cast<double>(half_window)))
    half_window *= 2;
  part.half_cell = h;
  part.length = 2 * half_window;
  return part;
}

double HardSearch::expected_in(const Piece& piece) const {
  const double threshold = std::ldexp(1, threshold_);
  const auto size = static_cast<double>(piece.last - piece.first + 1);
  if (piece.vanishes) return size;
  const Precision precision = working_precision(format_);
  const Enclosure first(precision, value(format_, piece.first));
  const double slope = lower(coefficient(piece, 1, first));
  if (slope * size >= 1) return size * std::min(2 * threshold, 1.0);
  // The values pass no more than an integer or two, if any.
  FixedPoint begin = fixed_point(coefficient(piece, 0, first));
  if (question_.near == Near::midpoints) begin.value -= Bits(1) << 127;
  const double from = std::ldexp(static_cast<double>(static_cast<SignedBits>(begin.value)), -128);
  const double to = from + slope * size;
  const bool passes = (from <= threshold && to >= -threshold) || to >= 1 - threshold;
  return passes ? std::min(size, 2 * threshold / slope) : 0;
}

std::vector<HardCase> HardSearch::find_in(std::uint64_t window) const {
  const auto next = std::ranges::upper_bound(parts_, window, {}, &Part::first_window);
  const Part& part = *std::prev(next);
  const Ordinal first =
      part.piece.first + static_cast<Ordinal>(part.length * (window - part.first_window));
  const Ordinal last = std::min(part.piece.last, first + static_cast<Ordinal>(part.length) - 1);
  std::vector<Ordinal> candidates;
  if (part.half_cell != 0)
    candidates = near_integers(expand(part.piece, first, last), part.half_cell,
                               Bits(1) << (128 + threshold_));
  else
    for (Ordinal n = first; n <= last; ++n) candidates.push_back(n);
  std::vector<HardCase> found;
  for (const Ordinal n : candidates)
    if (const auto hard = confirmed(part.piece, n)) found.push_back(*hard);
  return found;
}

Window HardSearch::expand(const Piece& piece, Ordinal first, Ordinal last) const {
  const Precision precision = working_precision(format_);
  Window window{first, last, first + (last - first) / 2, {}, 0};
  const Enclosure centre(precision, value(format_, window.centre));
  const Enclosure all(precision, value(format_, first), value(format_, last));
  const auto half = static_cast<double>(last - window.centre);
  FixedPoint c[4];
  double error = std::ldexp(magnitude(coefficient(piece, 4, all)), 128) * std::pow(half, 4);
  for (int i = 0; i < 4; ++i) {
    c[i] = fixed_point(coefficient(piece, i, centre));
    error += c[i].error * std::pow(half, i);
  }
  if (question_.near == Near::midpoints) c[0].value -= Bits(1) << 127;
  window.cubic = {c[0].value, c[1].value, static_cast<SignedBits>(c[2].value),
                  static_cast<SignedBits>(c[3].value)};
  window.error = units_up(error);
  return window;
}

std::optional<HardCase> HardSearch::confirmed(const Piece& piece, Ordinal n) const {
  const Float x = from_ordinal(format_, n);
  const TrueValue t(*question_.function, {x, {}});
  Precision at{working_precision(format_).bits + question_.bits};
  for (;; at.bits *= 2) {
    Enclosure units = scaled(t.enclosure(at), -grid(piece));
    if (question_.near == Near::midpoints) units = units - Enclosure(at, Dyadic::power_of_two(-1));
    const Dyadic integer = nearby_integer(units);
    const Enclosure off = units - Enclosure(at, integer);
    const Enclosure limit(at, Dyadic::power_of_two(threshold_));
    const bool is_odd = (integer.significand & 1) != 0;
    if (certainly_less(off, limit) && certainly_less(-limit, off))
      return HardCase{
          x, question_.near == Near::midpoints || (question_.near == Near::both && is_odd),
          is_exactly_zero(off), std::log2(magnitude(off)) - (question_.near == Near::both ? 1 : 0)};
    if (certainly_at_most(limit, off) || certainly_at_most(off, -limit)) return std::nullopt;
  }
}

}  // namespace napier
