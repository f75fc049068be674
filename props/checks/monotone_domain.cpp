// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/checks/monotone_domain.hpp"

#include <cmath>
#include <numbers>

#include "lib/fp/ordinal.hpp"
#include "lib/target/composition.hpp"
#include "props/domain/base_sampler.hpp"
#include "props/domain/call_strata.hpp"
#include "props/domain/domain_ends.hpp"
#include "props/domain/exponent_range.hpp"

namespace napier {
namespace {

constexpr std::int64_t nearby = 8;                  // encodings on each side of a place, drawn
constexpr std::uint64_t draws_unclaimed = 1 << 16;  // of each stratum, where nothing is judged

/// A place, a step from it as often as not, or a few.
Float beside(Draw& draw, Float place) {
  const std::int64_t most = draw.coin() ? 1 : nearby;
  return step(place, draw.integer(-most, most));
}

using Choose = double (*)(Draw&, const ExponentRange&, double log_a, int precision);
struct Choice {
  const char* name;
  double weight;
  Choose argument;
};

/// Where |x ln a| is small a step in x moves the result by few ulps or less than one, and a fault
/// of as many puts it out of order: of the halves, quarters … of the range each is drawn as often.
double snapped(Draw& draw, const ExponentRange& range, double cell) {
  constexpr std::int64_t halvings = 10;  // down to |x ln a| < 1 in the widest of ranges but two
  const double part = std::exp2(-static_cast<double>(draw.integer(0, halvings)));
  return std::nearbyint(draw.uniform(range.lo, range.hi) * part / cell) * cell;
}

/// Ways of drawing an exponent x of a^x.
constexpr Choice choices[] = {
    {"integers", 2,
     [](Draw& d, const ExponentRange& r, double log_a, int) {
       return snapped(d, r, log_a) / log_a;
     }},
    {"powers of two", 1,
     [](Draw& d, const ExponentRange&, double, int p) {
       return std::exp2(static_cast<double>(d.integer(-p - 2, 14))) * d.sign();
     }},
    // A table has its cells in x or in x ln a / ln 2; a switch lies at an edge or in the middle.
    {"sub-interval edges in x ln a", 4,
     [](Draw& d, const ExponentRange& r, double log_a, int) {
       return snapped(d, r, std::numbers::ln2 / static_cast<double>(1 << d.integer(0, 13))) / log_a;
     }},
    {"sub-interval edges in x", 2,
     [](Draw& d, const ExponentRange& r, double log_a, int) {
       return snapped(d, r, log_a / static_cast<double>(1 << d.integer(1, 13))) / log_a;
     }},
    {"wide", 2,
     [](Draw& d, const ExponentRange& r, double log_a, int) {
       return d.uniform(r.lo, r.hi) / log_a;
     }},
    // From |x| < 1 on results change by less than an ulp a step: there a fault of an ulp shows.
    {"plateaus", 4,
     [](Draw& d, const ExponentRange&, double log_a, int) { return d.magnitude(-8, 0) / log_a; }},
    {"small", 2,
     [](Draw& d, const ExponentRange&, double log_a, int p) {
       return d.magnitude(-p - 2, -8) / log_a;
     }},
};

std::vector<Float> places(const Format& format, const ExponentRange& range, double log_a) {
  Draw fixed(Seed{}, Address{});  // the places themselves are not random
  std::vector<Float> found{
      zero(format),       min_subnormal(format),       min_normal(format),
      max_finite(format), negated(min_normal(format)), negated(max_finite(format))};
  for (const double u : {range.hi, range.lo, range.least_normal, range.hi - std::numbers::ln2,
                         range.lo + std::numbers::ln2})
    found.push_back(fixed.datum(format, u / log_a));
  for (int k = -16; k <= 16; ++k) {
    found.push_back(fixed.datum(format, k * std::numbers::ln2 / 2 / log_a));
    found.push_back(fixed.datum(format, static_cast<double>(k) / 4));
  }
  for (int k = 0; k <= format.precision + 2; ++k) {
    if (-k < format.least_exponent()) break;
    found.push_back(power_of_two(format, -k));
    found.push_back(negated(power_of_two(format, -k)));
  }
  return found;
}

void add_power(Domain& domain, const Subject& subject) {
  const Format& format = subject.format();
  const double log_a = log_of_fixed_base(subject.power().base);
  const ExponentRange range =
      within(exponent_range(*subject.target->function, format), subject.claim->domain.x, log_a);
  domain.strata.push_back(neighbourhoods("edges", places(format, range, log_a)));
  for (const Choice& choice : choices)
    domain.strata.push_back(
        {choice.name, 0, choice.weight,
         [&format, &choice, range, log_a](Draw& draw, std::uint64_t) -> std::optional<Point> {
           const double x = choice.argument(draw, range, log_a, format.precision);
           return single(beside(draw, draw.datum(format, x)));
         }});
}

/// A datum m·2^e with e as drawn and m at the edge of a cell of [1, 2).
Float cell_edge(Draw& draw, const Format& format, std::int64_t lo, std::int64_t hi) {
  const int bits = static_cast<int>(draw.integer(0, std::min(10, format.precision - 1)));
  const Bits m = (Bits(1) << bits) + static_cast<Bits>(draw.integer(0, (1 << bits) - 1));
  const Dyadic edge = Dyadic{false, m, -bits}.scaled(draw.integer(lo, hi));
  return round_to(format, edge, Rounding::nearest);
}

void add_logarithm(Domain& domain, const Subject& subject) {
  const Format& format = subject.format();
  std::vector<Float> edges{zero(format), min_normal(format), max_finite(format)};
  for (int k = 1; k < 16; ++k)
    edges.push_back(
        round_to(format, {false, Bits(static_cast<unsigned>(k)), -3}, Rounding::nearest));
  domain.strata.push_back(neighbourhoods("edges", edges));
  domain.strata.push_back(
      {"sub-interval edges", 0, 2, [&format](Draw& draw, std::uint64_t) {
         return std::optional(single(
             beside(draw, cell_edge(draw, format, format.min_exponent(), format.max_exponent))));
       }});
  domain.strata.push_back(
      {"near 1", 0, 1, [&format](Draw& draw, std::uint64_t) {
         return std::optional(
             single(beside(draw, draw.datum(format, 1 + draw.magnitude(-format.precision, -2)))));
       }});
}

/// A base as laws draw it, or one at the edge of a cell, where tables of logarithms switch.
Float base_near(Draw& draw, const Format& format, const Range& range) {
  const Float a = draw.coin() ? draw_base(draw, format, range) : cell_edge(draw, format, -3, 3);
  return beside(draw, a);
}

void add_pow(Domain& domain, const Subject& subject) {
  const Format& format = subject.format();
  const ClaimDomain& claimed = subject.claim->domain;
  const ExponentRange whole = exponent_range(subject.power(), format);
  for (const Choice& choice : choices)
    domain.strata.push_back(
        {choice.name, 0, choice.weight,
         [&format, &choice, whole, claimed](Draw& draw, std::uint64_t) -> std::optional<Point> {
           const Float a = base_near(draw, format, claimed.x);
           if (!is_finite(a) || is_zero(a) || is_negative(a)) return std::nullopt;
           const double log_a = approximate_log(a);
           if (log_a == 0) return std::nullopt;
           const ExponentRange range = within(whole, claimed.y, log_a);
           const double y = choice.argument(draw, range, log_a, format.precision);
           if (claimed.integer_exponent) return pair(a, draw.datum(format, std::nearbyint(y)));
           return pair(a, beside(draw, draw.datum(format, y)));
         }});
  domain.strata.push_back(
      {"negative bases", 0, 1,
       [&format, claimed](Draw& draw, std::uint64_t) -> std::optional<Point> {
         const Float a = base_near(draw, format, claimed.x);
         return pair(negated(a), draw.datum(format, static_cast<double>(draw.integer(-64, 64))));
       }});
}

}  // namespace

Domain monotone_domain(const Subject& subject) {
  Domain domain;
  const Function& function = *subject.target->function;
  if (function.arity == 2 && is_composed(function))
    add_composed_pairs(domain, subject);
  else if (function.arity == 2)
    add_pow(domain, subject);
  else if (function.kind == Kind::logarithm)
    add_logarithm(domain, subject);
  else
    add_power(domain, subject);
  add_ends_of_domain(domain, subject);
  if (!subject.claim->monotone)
    for (Stratum& stratum : domain.strata)
      if (stratum.size == 0) stratum.size = draws_unclaimed;
  domain.admits = [](const Point& point) {
    return std::ranges::none_of(point.arguments(), is_nan);
  };
  return domain;
}

}  // namespace napier
