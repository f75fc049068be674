// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Where a logarithm is called, its derivatives, and compositions of it.
#include <cmath>
#include <numbers>

#include "lib/target/composition.hpp"
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

/// Where a derivative of a logarithm is exact, and where a density in ln x is not 0.
void add_composed_calls(Domain& domain, const Format& format) {
  const std::int64_t least = format.least_exponent();
  const auto count = static_cast<std::uint64_t>(format.max_exponent - least + 1);
  domain.strata.push_back(
      spread({"powers of two", count, 1, [&format, least](Draw&, std::uint64_t i) {
                const Dyadic power = Dyadic::power_of_two(least + static_cast<std::int64_t>(i));
                return std::optional(single(round_to(format, power, Rounding::nearest)));
              }}));
  domain.strata.push_back({"around 1", 0, 4,
                           [&format](Draw& draw, std::uint64_t) {
                             constexpr double far = 64;
                             const double size = std::exp2(draw.uniform(-far, far));
                             return std::optional(single(draw.datum(format, size)));
                           },
                           walk_of_arguments});
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
  if (is_composed(*subject.target->function)) add_composed_calls(domain, format);
}

}  // namespace napier
