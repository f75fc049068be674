// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Where a logarithm is called.
#include <cmath>
#include <numbers>

#include "props/domain/base_sampler.hpp"
#include "props/domain/call_strata.hpp"

namespace napier {
namespace {

/// Where a logarithm changes: zero, the ends of the range, 1, where reductions switch, and where
/// the result passes ±1.
std::vector<Float> log_places(const Format& format) {
  std::vector<Float> places{min_subnormal(format), min_normal(format), max_finite(format)};
  for (const double x : {1.0 / 4, 1.0 / 2, std::numbers::sqrt2 / 2, 1.0, std::numbers::sqrt2,
                         std::numbers::e, 1 / std::numbers::e})
    places.push_back(Draw(Seed{}, Address{}).datum(format, x));
  return places;
}

}  // namespace

void add_logarithm_calls(Domain& domain, const Subject& subject) {
  const Format& format = subject.format();
  const Range& claimed = subject.claim->domain.x;
  domain.strata.push_back(specials(special_arguments(format)));
  domain.strata.push_back(neighbourhoods("thresholds", log_places(format)));
  domain.strata.push_back({"binades", 0, 8,
                           [&format, claimed](Draw& draw, std::uint64_t) {
                             return std::optional(single(draw_base(draw, format, claimed)));
                           },
                           walk_of_arguments});
  domain.strata.push_back({"near 1", 0, 4,
                           [&format](Draw& draw, std::uint64_t) {
                             const double d = draw.magnitude(1 - format.precision, -1);
                             return std::optional(single(draw.datum(format, 1 + d)));
                           },
                           walk_of_arguments});
  // So close that no binade is, on either side, and at every closeness as often.
  domain.strata.push_back({"near thresholds", 0, 2,
                           [&format, places = log_places(format)](Draw& draw, std::uint64_t) {
                             const auto last = static_cast<std::int64_t>(places.size()) - 1;
                             const Float place = places[std::size_t(draw.integer(0, last))];
                             const double size = draw.uniform(0, format.precision + 1);
                             const auto steps = static_cast<Ordinal>(std::exp2(size));
                             return std::optional(
                                 single(step(place, draw.coin() ? steps : -steps)));
                           },
                           walk_of_arguments});
  domain.strata.push_back({"negative", 0, 1,
                           [&format, claimed](Draw& draw, std::uint64_t) {
                             const Float a = draw_base(draw, format, claimed);
                             return std::optional(single(negated(a)));
                           },
                           walk_of_arguments});
}

}  // namespace napier
