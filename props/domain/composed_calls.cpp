// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Calls of compositions of two arguments. What they do is decided by x − y (log-sum-exp) or by x/y
// (growth): both are drawn, over all that a result may be and beyond, and each argument by itself.
#include <cmath>
#include <numbers>

#include "props/domain/call_strata.hpp"
#include "props/domain/exponent_range.hpp"

namespace napier {
namespace {

/// One way of drawing a pair; u is an exponent of the range of results, of either sign.
struct PairChoice {
  const char* name;
  double weight;
  Point (*make)(Draw&, const Format&, double u);
};

Float of(Draw& draw, const Format& format, double value) { return draw.datum(format, value); }

constexpr PairChoice pair_choices[] = {
    {"both wide", 3,
     [](Draw& d, const Format& f, double u) {
       return pair(of(d, f, u), of(d, f, u * d.uniform(-1, 1)));
     }},
    {"both small", 2,
     [](Draw& d, const Format& f, double) {
       return pair(of(d, f, d.magnitude(-12, 5)), of(d, f, d.magnitude(-12, 5)));
     }},
    {"next to each other", 3,
     [](Draw& d, const Format& f, double u) {
       const double x = d.coin() ? u : d.magnitude(-8, 3);
       return pair(of(d, f, x), of(d, f, x + d.magnitude(-f.precision, 5)));
     }},
    // ln(e^x + e^y) is 0 along a curve through (−ln 2, −ln 2).
    {"where e^x + e^y is 1", 1,
     [](Draw& d, const Format& f, double) {
       const double x = -std::abs(d.magnitude(-6, 3));
       const double y = std::log1p(-std::exp(x)) * (1 + d.magnitude(-f.precision, -2));
       return d.coin() ? pair(of(d, f, x), of(d, f, y)) : pair(of(d, f, y), of(d, f, x));
     }},
    // x/y = u/ln 2 at every scale, and near whole numbers.
    {"quotients", 4,
     [](Draw& d, const Format& f, double u) {
       const double scale =
           d.magnitude(d.coin() ? -8 : -f.max_exponent / 2.0, 8);  // exact: chooses points
       const double ratio = d.coin() ? u : d.magnitude(-f.precision, 3);
       return pair(of(d, f, ratio / std::numbers::ln2 * scale), of(d, f, scale));
     }},
    {"whole quotients", 1,
     [](Draw& d, const Format& f, double u) {
       const double scale = std::nearbyint(d.magnitude(0, 12));
       const double whole = std::nearbyint(u / std::numbers::ln2);
       const double off = d.coin() ? 0 : d.magnitude(-f.precision, -4);
       return pair(of(d, f, whole * scale * (1 + off)), of(d, f, scale));
     }},
    {"of every size", 1,
     [](Draw& d, const Format& f, double) {
       const auto any = [&] {
         return of(d, f,
                   d.magnitude(double(std::max<std::int64_t>(f.least_exponent(), -1000)),
                               double(std::min<std::int64_t>(f.max_exponent, 1000))));
       };
       return pair(any(), any());
     }},
};

/// An exponent of results, at times somewhat past their range.
double exponent(Draw& draw, const Format& format) {
  const ExponentRange range = exponent_range(functions::exp, format);
  const double beyond = 17.0 / 16;  // exact: some points are out of range
  const double reach = draw.integer(1, 8) == 1 ? beyond : 1;
  return draw.uniform(range.lo, range.hi) * reach;
}

Float moved_into(Draw& draw, const Range& range, Float x) {
  if (contains(range, x) || !std::isfinite(range.lo) || !std::isfinite(range.hi)) return x;
  return draw.datum(*x.format, draw.uniform(range.lo, range.hi));
}

}  // namespace

std::optional<Point> composed_pair(Draw& draw, const Subject& subject, const ClaimDomain& box) {
  const Format& format = subject.format();
  constexpr auto last = static_cast<std::int64_t>(std::size(pair_choices)) - 1;
  const auto& choice = pair_choices[static_cast<std::size_t>(draw.integer(0, last))];
  const Point drawn = choice.make(draw, format, exponent(draw, format));
  return pair(moved_into(draw, box.x, drawn.args[0]), moved_into(draw, box.y, drawn.args[1]));
}

void add_composed_pairs(Domain& domain, const Subject& subject) {
  const Format& format = subject.format();
  const std::vector<Float> xs = special_arguments(format);
  const std::uint64_t n = xs.size();
  domain.strata.push_back(spread({"special pairs", n * n, 1, [xs, n](Draw&, std::uint64_t i) {
                                    return std::optional(pair(xs[i / n], xs[i % n]));
                                  }}));
  for (const PairChoice& choice : pair_choices)
    domain.strata.push_back({choice.name, 0, choice.weight,
                             [&format, &choice, box = subject.claim->domain](
                                 Draw& draw, std::uint64_t) -> std::optional<Point> {
                               const Point drawn =
                                   choice.make(draw, format, exponent(draw, format));
                               return pair(moved_into(draw, box.x, drawn.args[0]),
                                           moved_into(draw, box.y, drawn.args[1]));
                             },
                             4});
}

}  // namespace napier
