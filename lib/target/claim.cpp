// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/claim.hpp"

#include <algorithm>
#include <cmath>
#include <ranges>
#include <stdexcept>

#include "lib/fp/ulp.hpp"
#include "lib/target/claim_places.hpp"
#include "lib/util/overloaded.hpp"

namespace napier {

int claim_fraction_bits(const Format& format) { return std::min(40, 124 - format.precision); }

UlpLimit parse_limit(std::string_view text, const Format& format, Metric metric) {
  const auto refuse = [&](const std::string& why) {
    throw std::invalid_argument("'" + std::string(text) + "' " + why);
  };
  const bool digits = text.find_first_not_of(".0123456789") == text.npos;
  if (!digits || std::ranges::count(text, '.') > 1 || text.find_first_not_of('.') == text.npos)
    refuse("is no number of ulps: write a decimal such as 0.53 or 1");
  const auto exact = parse_decimal(text);
  if (!exact)
    refuse("has more digits than can be compared exactly: write at most " +
           std::to_string(most_digits));
  // log2 5 = 2.3219…: from 2^60 on, give or take an octave.
  if (!exact->numerator.is_zero() && exact->numerator.binade() - exact->fives * 2321 / 1000 > 60)
    refuse("is no number of ulps that any result can be off by: write a smaller one");
  return {text, metric, {rounded_up(*exact, claim_fraction_bits(format)), *exact}};
}

bool contains(const Range& range, Float x) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (range == Range{}) return true;
  if (is_nan(x)) return false;
  if (is_infinite(x)) return is_negative(x) ? range.lo == -infinity : range.hi == infinity;
  if (range.lo == infinity || range.hi == -infinity) return false;
  const Dyadic value = exact_value(x);
  const auto is_within = [&](double end, bool without, auto is_on_the_side) {
    if (std::isinf(end)) return true;
    const auto order = compare(value, Dyadic::of(end));
    return order == 0 ? !without : is_on_the_side(order);
  };
  return is_within(range.lo, range.without_lo, [](auto order) { return order > 0; }) &&
         is_within(range.hi, range.without_hi, [](auto order) { return order < 0; });
}

bool covers(const ClaimDomain& domain, Float x, Float y) {
  if (domain == ClaimDomain{}) return true;
  if (!contains(domain.x, x)) return false;
  const bool binary = y.format != nullptr;
  if (binary && !contains(domain.y, y)) return false;
  return !domain.integer_exponent || is_integer(binary ? y : x);
}

namespace {

/// Calls use(says, promise) for each promise about errors in that mode; null: it holds wherever the
/// claim does.
template <class Use>
void each_promise(const Claim& claim, Rounding rounding, Use use) {
  const auto& limit = rounding == Rounding::nearest ? claim.max_ulp : claim.max_ulp_directed;
  if (limit && limit->metric == Metric::exact) {
    WithinUlp says(limit->limit, limit->exact);
    says.stated = limit->stated;
    use(AccuracyClaim(says), nullptr);
  }
  if (limit && limit->metric == Metric::rounded) {
    WithinRoundedUlp says(limit->limit, limit->exact);
    says.stated = limit->stated;
    use(AccuracyClaim(says), nullptr);
  }
  if (claim.correctly_rounded) use(AccuracyClaim(CorrectlyRounded{}), nullptr);
  if (claim.faithful) use(AccuracyClaim(Faithful{}), nullptr);
  for (const Promise& promise : claim.promises)
    if (promise.in.has(rounding)) use(promise.says, &promise);
}

}  // namespace

std::vector<AccuracyClaim> accuracy_claims(const Claim& claim, Rounding rounding) {
  std::vector<AccuracyClaim> claims;
  each_promise(claim, rounding,
               [&](const AccuracyClaim& says, const Promise*) { claims.push_back(says); });
  return claims;
}

std::vector<ClaimPiece> claim_pieces(const Claim& claim, Rounding rounding) {
  std::vector<AccuracyClaim> says;
  std::vector<Place> places;
  each_promise(claim, rounding, [&](const AccuracyClaim& one, const Promise* promise) {
    says.push_back(one);
    places.push_back(promise == nullptr ? Place{} : promise->on);
  });
  if (std::ranges::all_of(places, &Place::empty)) return {{claim.domain, std::move(says)}};
  std::vector<ClaimPiece> pieces;
  for (const PlaceCell& cell : cells_of(places, claim.domain)) {
    if (cell.inside.empty()) continue;
    ClaimPiece& piece = pieces.emplace_back(ClaimPiece{cell.on, {}});
    for (const std::size_t i : cell.inside) piece.promises.push_back(says[i]);
  }
  return pieces;
}

Dyadic least_early_overflow(const UlpLimit& limit, const Format& format) {
  const Dyadic ulps = limit.limit.scaled(ulp_exponent(format, format.max_exponent));
  return subtract(Dyadic::power_of_two(format.max_exponent + 1), ulps);
}

bool Claim::is_piecewise() const {
  return std::ranges::any_of(promises, [](const Promise& promise) { return !promise.on.empty(); });
}

bool Claim::names_directed_modes() const {
  return max_ulp_directed || std::ranges::any_of(promises, [](const Promise& promise) {
           return !promise.wherever_asked && promise.in.meets(directed_modes);
         });
}

std::string describe(const AccuracyClaim& accuracy) {
  return std::visit(overloaded{
                        [](const WithinUlp& within) { return "<= " + within.stated + " ulp"; },
                        [](const WithinRoundedUlp& within) {
                          return "<= " + within.stated + " ulp from the rounded value";
                        },
                        [](const CorrectlyRounded&) { return std::string("correctly rounded"); },
                        [](const Faithful&) { return std::string("faithful"); },
                        [](const ErrorBound& bound) { return bound.words; },
                        [](const IntervalClaim& interval) { return interval.words; },
                        [](const ExactOnIntegers&) { return std::string("exact on integers"); },
                    },
                    accuracy);
}

namespace {

void say(std::string& words, const std::string& text) {
  if (!words.empty()) words += ", ";
  words += text;
}

std::string located(const AccuracyClaim& says, const Promise* promise) {
  const bool anywhere = promise == nullptr || promise->where.empty();
  return describe(says) + (anywhere ? "" : " " + promise->where);
}

std::string modes_text(const Promise& promise) {
  if (promise.wherever_asked || promise.in == Modes{Rounding::nearest}) return "";
  if (promise.in == directed_modes) return " directed";
  if (promise.in == all_modes) return " in all modes";
  std::string text;
  for (const Rounding mode : all_roundings)
    if (promise.in.has(mode)) text += (text.empty() ? " in " : ", ") + std::string(name(mode));
  return text;
}

std::string flushing_text(Flushing flushing) {
  if (flushing == Flushing::may()) return "subnormals may flush";
  std::string text = flushing.results == Flushing::Results::must  ? "subnormal results must flush"
                     : flushing.results == Flushing::Results::may ? "subnormal results may flush"
                                                                  : "";
  if (flushing.arguments) say(text, "subnormal arguments may flush");
  return text;
}

}  // namespace

std::string describe_errors(const Claim& claim, Rounding rounding) {
  std::string words;
  each_promise(claim, rounding, [&](const AccuracyClaim& says, const Promise* promise) {
    say(words, located(says, promise));
  });
  if (claim.early_overflow && !words.empty())
    say(words, "early overflow <= " + claim.early_overflow->stated);
  return words;
}

std::string describe(const Claim& claim) {
  std::string words;
  const auto limit = [](const UlpLimit& ulps) {
    return "<= " + ulps.stated +
           (ulps.metric == Metric::rounded ? " ulp from the rounded value" : " ulp");
  };
  if (claim.correctly_rounded) say(words, "correctly rounded");
  if (claim.faithful) say(words, "faithful");
  if (claim.max_ulp) say(words, limit(*claim.max_ulp));
  if (claim.max_ulp_directed) say(words, limit(*claim.max_ulp_directed) + " directed");
  for (const Promise& promise : claim.promises)
    say(words, located(promise.says, &promise) + modes_text(promise));
  for (const Statistic& statistic : claim.statistics) say(words, statistic.words);
  if (!claim.equals.empty()) say(words, "equals " + claim.equals);
  if (claim.special_values) say(words, "special values");
  if (claim.monotone) say(words, "monotone");
  if (claim.flags) say(words, "flags");
  if (claim.errno_values) say(words, "errno");
  if (claim.flushing.any()) say(words, flushing_text(claim.flushing));
  if (claim.early_overflow) say(words, "early overflow <= " + claim.early_overflow->stated);
  return words.empty() ? "none" : words;
}

}  // namespace napier
