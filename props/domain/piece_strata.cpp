// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Calls in the pieces of a claim: a narrow one would hold few of those drawn for all of it.
#include <algorithm>
#include <cmath>

#include "lib/target/composition.hpp"
#include "oracles/compositions/composition.hpp"
#include "props/domain/base_sampler.hpp"
#include "props/domain/call_strata.hpp"
#include "props/domain/exponent_range.hpp"

namespace napier {
namespace {

/// A number of a bounded range: any, or one of any size.
double number_in(Draw& draw, double lo, double hi) {
  if (draw.coin() || lo == hi) return draw.uniform(lo, hi);
  const double far = std::max(std::abs(lo), std::abs(hi));
  const double least = lo > 0 ? lo : hi < 0 ? -hi : far * std::exp2(-draw.uniform(0, 64));
  const double size = std::exp2(draw.uniform(std::log2(least), std::log2(far)));
  const bool negative = hi <= 0 || (lo < 0 && draw.coin());
  return std::clamp(negative ? -size : size, lo, hi);
}

/// An exponent of a piece, where its results are neither saturated nor lost.
std::optional<double> exponent_in(Draw& draw, const Subject& subject, const Range& piece,
                                  double log_a) {
  if (log_a == 0) return std::nullopt;
  const ExponentRange range =
      within(exponent_range(subject.power(), subject.format()), piece, log_a);
  if (!(range.lo <= range.hi)) return std::nullopt;
  return number_in(draw, range.lo, range.hi) / log_a;
}

std::optional<Point> call_in(Draw& draw, const Subject& subject, const ClaimDomain& piece) {
  const Format& format = subject.format();
  if (subject.target->function->arity == 2 && is_composed(*subject.target->function))
    return composed_pair(draw, subject, piece);
  if (subject.target->function->arity == 2) {
    const Float a = draw_base(draw, format, piece.x);
    const auto y = exponent_in(draw, subject, piece.y, approximate_log(a));
    if (!y) return std::nullopt;
    return pair(a, draw.datum(format, piece.integer_exponent ? std::nearbyint(*y) : *y));
  }
  if (takes_positive(*subject.target->function)) return single(draw_base(draw, format, piece.x));
  const auto x = exponent_in(draw, subject, piece.x, log_of_fixed_base(subject.power().base));
  if (!x) return std::nullopt;
  return single(draw.datum(format, piece.integer_exponent ? std::nearbyint(*x) : *x));
}

/// What lies next to the ends of pieces, where a target may take another way than its author meant.
std::vector<Float> ends_of(const Subject& subject) {
  std::vector<Float> ends;
  for (const ClaimPiece& piece : subject.pieces(Role::target))
    for (const double end : {piece.on.x.lo, piece.on.x.hi}) {
      const Float datum = datum_of(subject.format(), end);
      if (is_finite(datum) && std::ranges::find(ends, datum) == ends.end()) ends.push_back(datum);
    }
  return ends;
}

}  // namespace

void add_piece_calls(Domain& domain, const Subject& subject) {
  const auto& all = subject.pieces(Role::target);  // in this mode
  if (all.empty() || (all.size() == 1 && all.front().on == subject.claim->domain)) return;
  constexpr std::uint32_t walk_of_a_piece = 16;
  constexpr double as_often_as_the_widest = 4;
  const std::vector<Float> ends = ends_of(subject);
  if (subject.target->function->arity == 1 && !ends.empty())
    domain.strata.push_back(neighbourhoods("ends of pieces", ends));
  domain.strata.push_back({"pieces", 0, as_often_as_the_widest,
                           [subject](Draw& draw, std::uint64_t) -> std::optional<Point> {
                             const auto& pieces = subject.pieces(Role::target);
                             const auto last = static_cast<std::int64_t>(pieces.size()) - 1;
                             return call_in(draw, subject,
                                            pieces[std::size_t(draw.integer(0, last))].on);
                           },
                           subject.claim->domain.integer_exponent ? 1 : walk_of_a_piece});
}

}  // namespace napier
