// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/domain/call_domain.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include "lib/fp/ordinal.hpp"
#include "lib/target/composition.hpp"
#include "oracles/compositions/composition.hpp"
#include "props/domain/base_sampler.hpp"
#include "props/domain/call_strata.hpp"
#include "props/domain/domain_ends.hpp"
#include "props/domain/exact_stratum.hpp"
#include "props/domain/exponent_range.hpp"

namespace napier {
namespace {

constexpr std::uint32_t walk_of_exponents = 64;
constexpr std::uint32_t walk_of_bases = 32;  // an exponent is worth a draw more often

/// Exponents x at which something changes: the ends of the range, where results turn subnormal,
/// 0 and ±1, and multiples of ln 2/2 around 0, where range reductions switch.
std::vector<double> thresholds(const ExponentRange& range, double log_a) {
  std::vector<double> places;
  for (const double u : {range.hi, range.hi - std::numbers::ln2, range.lo,
                         range.lo + std::numbers::ln2, range.least_normal, 0.0, 1.0, -1.0})
    places.push_back(u / log_a);
  for (int k = -8; k <= 8; ++k) places.push_back(k * std::numbers::ln2 / 2 / log_a);
  return places;
}

Stratum threshold_neighbours(const Format& format, const std::vector<double>& places) {
  std::vector<Float> data;
  data.reserve(places.size());
  for (const double place : places)  // each a draw of its own, but not a random one
    data.push_back(Draw(Seed{}, Address{}).datum(format, place));
  return neighbourhoods("thresholds", data);
}

/// One way of drawing an exponent u = x·ln a.
struct ExponentChoice {
  const char* name;
  double weight;
  double (*choose)(Draw&, const ExponentRange&, int precision);
};

constexpr ExponentChoice exponent_choices[] = {
    {"wide", 4, [](Draw& d, const ExponentRange& r, int) { return d.uniform(r.lo, r.hi); }},
    {"core", 4, [](Draw& d, const ExponentRange&, int) { return d.magnitude(-8, 3); }},
    {"small", 2, [](Draw& d, const ExponentRange&, int p) { return d.magnitude(-p, -2); }},
    {"tiny", 1, [](Draw& d, const ExponentRange&, int p) { return d.magnitude(-3 * p, -p); }},
    {"near overflow", 1,
     [](Draw& d, const ExponentRange& r, int) {
       return r.hi - std::abs(r.hi) * std::abs(d.magnitude(-40, -6));
     }},
    {"gradual underflow", 1,
     [](Draw& d, const ExponentRange& r, int) {
       return d.uniform(r.lo, std::max(r.least_normal, r.lo + 1));
     }},
    {"saturated", 1,
     [](Draw& d, const ExponentRange& r, int) {
       const double far = std::exp2(d.uniform(0, 40));
       return d.coin() ? r.hi + far : r.lo - far;
     }},
    // Cells of 2^(k/N): tables switch at their edges and at their middles.
    {"sub-interval edges", 2,
     [](Draw& d, const ExponentRange& r, int p) {
       const double cell = std::numbers::ln2 / static_cast<double>(1 << d.integer(1, 13));
       const double u = std::nearbyint(d.uniform(r.lo, r.hi) / cell) * cell;
       return u * (1 + d.magnitude(-p, -double(p) / 2));
     }},
    // A scale 2^k that an integer too short counts, in binades or in parts of them, may wrap to an
    // ordinary one: within what the exponent field holds from ±2^j ln 2, and nowhere else.
    {"wrapped scales", 1,
     [](Draw& d, const ExponentRange& r, int) {
       const double turn = std::exp2(static_cast<double>(d.integer(10, 64))) * std::numbers::ln2;
       return d.sign() * turn + d.uniform(-r.hi, r.hi);
     }},
};

/// exp(x) = 1 + x + …: where 1 + x is a midpoint of two data the result is nearly a tie.
std::optional<Point> near_tie(Draw& draw, const Format& format, double log_a) {
  const double ulp = std::ldexp(1.0, 1 - format.precision);
  const double reachable = std::exp2(draw.uniform(1, double(format.precision) / 2));
  const double u = (2 * std::floor(reachable) + 1) / 2 * ulp * draw.sign();
  return single(draw.datum(format, (u - u * u / 2) / log_a));
}

/// Whether a result that is a datum must be that datum, or an author speaks of single values.
bool names_exact_results(const Subject& subject) {
  const auto exact = [](const AccuracyClaim& promise) {
    return !std::holds_alternative<WithinUlp>(promise) &&
           !std::holds_alternative<WithinRoundedUlp>(promise) &&
           !std::holds_alternative<ErrorBound>(promise);
  };
  return subject.claim->special_values ||
         std::ranges::any_of(subject.promises(Role::target), exact);
}

void add_unary(Domain& domain, const Subject& subject) {
  const Format& format = subject.format();
  // (e^x − 1)′ goes on where e^x − 1 is −1: the range is the derivative's own.
  const Function& function = *subject.target->function;
  const double log_a = log_of_fixed_base(function.base);
  const ExponentRange range =
      within(exponent_range(function, format), subject.claim->domain.x, log_a);
  const bool whole = subject.claim->domain.integer_exponent;
  domain.strata.push_back(specials(special_arguments(format)));
  domain.strata.push_back(threshold_neighbours(format, thresholds(range, log_a)));
  for (const ExponentChoice& choice : exponent_choices)
    domain.strata.push_back({choice.name, 0, choice.weight,
                             [&format, &choice, range, log_a, whole](
                                 Draw& draw, std::uint64_t) -> std::optional<Point> {
                               const double x =
                                   choice.choose(draw, range, format.precision) / log_a;
                               return single(draw.datum(format, whole ? std::nearbyint(x) : x));
                             },
                             whole ? 1 : walk_of_arguments});
  // A draw each, where the others have one for many.
  constexpr std::uint64_t enough = 1 << 16;
  domain.strata.push_back({"subnormal arguments", 0, 1, [&format](Draw& draw, std::uint64_t) {
                             const double size = draw.uniform(0, format.precision);
                             const auto steps = static_cast<Ordinal>(std::exp2(size));
                             return std::optional(
                                 single(step(zero(format), draw.coin() ? steps : -steps)));
                           }});
  domain.strata.back().most = enough;
  domain.strata.push_back({"near ties", 0, 1, [&format, log_a](Draw& draw, std::uint64_t) {
                             return near_tie(draw, format, log_a);
                           }});
  domain.strata.back().most = enough;
  if (auto exact = exact_argument_stratum(*subject.target->function, format)) {
    exact->first = exact->size != 0 && names_exact_results(subject);
    domain.strata.push_back(std::move(*exact));
  }
}

void add_small_powers(Domain& domain, const Subject& subject) {
  domain.strata.push_back(small_power_stratum(subject.format()));
  domain.strata.back().first = names_exact_results(subject);
}

Stratum special_pairs(const std::vector<Float>& xs) {
  const std::uint64_t n = xs.size();
  return spread({"special pairs", n * n, 1,
                 [xs, n](Draw&, std::uint64_t i) { return pair(xs[i / n], xs[i % n]); }});
}

/// n/d: integers, halves and other simple fractions.
double simple_exponent(Draw& draw) {
  const auto divisor = draw.coin() ? 1 : draw.coin() ? 2 : draw.integer(3, 8);
  const auto n = draw.coin() ? draw.integer(-64, 64) : draw.integer(-4, 4);
  return static_cast<double>(n) / static_cast<double>(divisor);
}

/// Negative bases included: most of those where they have powers.
std::optional<Point> simple_exponents(Draw& draw, const Format& format, const ClaimDomain& domain) {
  const Float a = draw_base(draw, format, domain.x);
  const double y = simple_exponent(draw);
  const bool negative = y == std::floor(y) ? draw.coin() : draw.integer(1, 8) == 1;
  return pair(negative ? negated(a) : a, draw.datum(format, y));
}

/// A negative base, and an exponent of any size.
std::optional<Point> negative_base(Draw& draw, const Subject& subject, bool whole) {
  const Format& format = subject.format();
  const ClaimDomain& claimed = subject.claim->domain;
  const Float a = draw_base(draw, format, claimed.x);
  const double log_a = approximate_log(a);
  if (log_a == 0) return std::nullopt;
  constexpr auto last = static_cast<std::int64_t>(std::size(exponent_choices)) - 1;
  const auto& choice = exponent_choices[static_cast<std::size_t>(draw.integer(0, last))];
  const ExponentRange range = within(exponent_range(subject.power(), format), claimed.y, log_a);
  const double y = choice.choose(draw, range, format.precision) / log_a;
  return pair(negated(a), draw.datum(format, whole ? std::nearbyint(y) : y));
}

/// Exponents of every kind for the bases of other functions.
Stratum bases_of_others(const Subject& subject) {
  const Format& format = subject.format();
  const ClaimDomain claimed = subject.claim->domain;
  const ExponentRange whole = exponent_range(subject.power(), format);
  return {"bases of other functions", 0, 2,
          [&format, claimed, whole, bases = bases_of_other_functions(format)](
              Draw& draw, std::uint64_t) -> std::optional<Point> {
            const auto last = static_cast<std::int64_t>(bases.size()) - 1;
            const Float a = bases[static_cast<std::size_t>(draw.integer(0, last))];
            constexpr auto kinds = static_cast<std::int64_t>(std::size(exponent_choices));
            const auto& choice =
                exponent_choices[static_cast<std::size_t>(draw.integer(0, kinds - 1))];
            const double log_a = approximate_log(a);
            const ExponentRange range = within(whole, claimed.y, log_a);
            const double y = choice.choose(draw, range, format.precision) / log_a;
            return pair(a, draw.datum(format, claimed.integer_exponent ? std::nearbyint(y) : y));
          },
          claimed.integer_exponent ? 1 : walk_of_exponents};
}

void add_pow(Domain& domain, const Subject& subject) {
  const Format& format = subject.format();
  const ClaimDomain& claimed = subject.claim->domain;
  const ExponentRange whole = exponent_range(subject.power(), format);
  domain.strata.push_back(special_pairs(special_arguments(format)));
  for (const ExponentChoice& choice : exponent_choices)
    domain.strata.push_back(
        {choice.name, 0, choice.weight,
         [&format, &choice, whole, claimed](Draw& draw, std::uint64_t) -> std::optional<Point> {
           const Float a = draw_base(draw, format, claimed.x);
           const double log_a = approximate_log(a);
           if (log_a == 0) return std::nullopt;
           const ExponentRange range = within(whole, claimed.y, log_a);
           const double y = choice.choose(draw, range, format.precision) / log_a;
           return pair(a, draw.datum(format, claimed.integer_exponent ? std::nearbyint(y) : y));
         },
         claimed.integer_exponent ? 1 : walk_of_exponents});
  domain.strata.push_back(bases_of_others(subject));
  domain.strata.push_back({"simple exponents", 0, 2, [&format, claimed](Draw& draw, std::uint64_t) {
                             return simple_exponents(draw, format, claimed);
                           }});
  domain.strata.push_back({"negative bases", 0, 2, [subject](Draw& draw, std::uint64_t) {
                             return negative_base(draw, subject, draw.integer(1, 4) != 1);
                           }});
  for (Stratum& stratum : std::span(domain.strata).last(2))
    stratum.walk = walk_of_bases, stratum.over_bases = true;
  domain.strata.push_back(exact_power_stratum(format));
}

}  // namespace

Domain call_domain(const Subject& subject) {
  Domain domain;
  if (subject.target->function->arity == 2 && is_composed(*subject.target->function))
    add_composed_pairs(domain, subject);
  else if (subject.target->function->arity == 2)
    add_pow(domain, subject);
  else if (takes_positive(*subject.target->function))
    add_logarithm_calls(domain, subject);
  else
    add_unary(domain, subject);
  add_piece_calls(domain, subject);
  domain.strata.push_back(nan_calls(subject));
  // What was added later stands behind, for the others are drawn by their places.
  add_ends_of_domain(domain, subject);
  const Function& function = *subject.target->function;
  if (function.kind == Kind::power && function.arity == 2) add_small_powers(domain, subject);
  return domain;
}

Stratum calls_without_value(const Subject& subject) {
  const Format& format = subject.format();
  Stratum stratum;
  stratum.most = std::uint64_t(1) << 20;  // all of them are alike
  if (subject.target->function->arity == 1) {
    stratum.name = "negative";
    stratum.make = [&format, subject](Draw& draw, std::uint64_t) {
      return std::optional(single(negated(draw_base(draw, format, subject.claim->domain.x))));
    };
  } else {
    stratum.name = "negative bases";
    stratum.make = [&format, subject](Draw& draw, std::uint64_t) {
      if (draw.coin()) return negative_base(draw, subject, false);
      const Float a = draw_base(draw, format, subject.claim->domain.x);
      return std::optional(pair(negated(a), draw.datum(format, simple_exponent(draw))));
    };
  }
  return stratum;
}

namespace {
/// The datum that is all of a range, if that is one.
std::optional<Float> only_one(const Range& range, const Format& format) {
  if (range.lo != range.hi || !std::isfinite(range.lo)) return std::nullopt;
  const Float one = round_to(format, Dyadic::of(range.lo), Rounding::nearest);
  return contains(range, one) ? std::optional(one) : std::nullopt;
}

/// Calls of which one argument is the same for all, or that have but one.
class Line {
 public:
  /// A base is kept rather than an exponent; nullopt where both of two arguments move.
  static std::optional<Line> of(const Subject& subject) {
    Line line;
    if (subject.target->function->arity == 1) return line;
    const ClaimDomain& domain = subject.claim->domain;
    line.base_ = only_one(domain.x, subject.format());
    if (!line.base_) line.exponent_ = only_one(domain.y, subject.format());
    return line.base_ || line.exponent_ ? std::optional(line) : std::nullopt;
  }

  bool over_bases() const { return exponent_.has_value(); }
  Point at(Float moving) const {
    if (base_) return pair(*base_, moving);
    return exponent_ ? pair(moving, *exponent_) : single(moving);
  }
  /// Where the argument that moves is.
  const Range& range(const ClaimDomain& domain) const { return base_ ? domain.y : domain.x; }
  std::string_view arguments() const {
    return base_ ? "every exponent" : exponent_ ? "every base" : "every encoding";
  }

 private:
  std::optional<Float> base_, exponent_;
};
}  // namespace

std::optional<Float> only_base(const Subject& subject) {
  return only_one(subject.claim->domain.x, subject.format());
}

std::optional<Domain> every_call(const Subject& subject) {
  const Format& format = subject.format();
  const auto line = Line::of(subject);
  if (format.width * (line ? 1 : 2) > 32) return std::nullopt;
  constexpr std::uint32_t walk = 1024;
  const std::uint64_t encodings = std::uint64_t(1) << format.width;
  Domain domain;
  if (!line) {
    domain.strata.push_back(
        {"every pair", encodings * encodings, 1,
         [&format, encodings](Draw&, std::uint64_t i) {
           const std::uint64_t first = i * walk;
           return pair({Bits(first / encodings), &format}, {Bits(first % encodings), &format});
         },
         walk});
    return domain;
  }
  Stratum all{std::string(line->arguments()), encodings, 1,
              [&format, line = *line](Draw&, std::uint64_t i) {
                return std::optional(line.at({Bits(i) * walk, &format}));
              },
              walk};
  all.over_bases = line->over_bases();
  domain.strata.push_back(std::move(all));
  return domain;
}

namespace {
/// The first datum of a range, from one of its ends inwards.
Float end_inside(const Range& range, const Format& format, bool lower) {
  const Float end = round_to(format, Dyadic::of(lower ? range.lo : range.hi),
                             lower ? Rounding::up : Rounding::down);
  if (contains(range, end)) return end;
  return lower ? next_up(end) : next_down(end);
}
}  // namespace

std::optional<Domain> every_covered_call(const Subject& subject) {
  if (auto all = every_call(subject)) return all;
  const Format& format = subject.format();
  const auto line = Line::of(subject);
  if (!line) return std::nullopt;
  const Range& range = line->range(subject.claim->domain);
  if (!std::isfinite(range.lo) || !std::isfinite(range.hi)) return std::nullopt;
  const Float least = end_inside(range, format, true), most = end_inside(range, format, false);
  if (is_negative(least) != is_negative(most) || ordinal(least) > ordinal(most))
    return std::nullopt;
  const auto size = static_cast<Bits>(ordinal(most) - ordinal(least) + 1);
  if (size > std::numeric_limits<std::uint64_t>::max() / 2) return std::nullopt;
  constexpr std::uint32_t walk = 1024;
  const bool down = is_negative(least);  // walks go away from 0
  const auto make = [&format, line = *line, down, from = ordinal(down ? most : least)](
                        Draw&, std::uint64_t i) {
    const Ordinal steps = Ordinal(i) * walk;
    return std::optional(line.at(from_ordinal(format, down ? from - steps : from + steps)));
  };
  Stratum all{"every argument of the domain", static_cast<std::uint64_t>(size), 1, make, walk};
  all.over_bases = line->over_bases();
  Domain domain;
  domain.strata.push_back(std::move(all));
  return domain;
}

}  // namespace napier
