// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/claim.hpp"

#include <algorithm>
#include <ranges>
#include <stdexcept>

#include "lib/fp/ulp.hpp"
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
  return (range.lo == -infinity || compare(value, Dyadic::of(range.lo)) >= 0) &&
         (range.hi == infinity || compare(value, Dyadic::of(range.hi)) <= 0);
}

bool covers(const ClaimDomain& domain, Float x, Float y) {
  if (domain == ClaimDomain{}) return true;
  if (!contains(domain.x, x)) return false;
  const bool binary = y.format != nullptr;
  if (binary && !contains(domain.y, y)) return false;
  return !domain.integer_exponent || is_integer(binary ? y : x);
}

std::vector<AccuracyClaim> accuracy_claims(const Claim& claim, Rounding rounding) {
  std::vector<AccuracyClaim> claims;
  const auto& limit = rounding == Rounding::nearest ? claim.max_ulp : claim.max_ulp_directed;
  if (limit && limit->metric == Metric::exact)
    claims.emplace_back(WithinUlp{limit->limit, limit->exact});
  if (limit && limit->metric == Metric::rounded)
    claims.emplace_back(WithinRoundedUlp{limit->limit, limit->exact});
  if (claim.correctly_rounded) claims.emplace_back(CorrectlyRounded{});
  if (claim.faithful) claims.emplace_back(Faithful{});
  for (const Promise& promise : claim.promises)
    if (promise.in.has(rounding)) claims.push_back(promise.says);
  return claims;
}

bool Claim::names_directed_modes() const {
  return max_ulp_directed || std::ranges::any_of(promises, [](const Promise& promise) {
           return promise.in.meets(directed_modes);
         });
}

namespace {
std::string limit_text(const UlpLimit& limit) {
  return "<= " + limit.stated +
         (limit.metric == Metric::rounded ? " ulp from the rounded value" : " ulp");
}
}  // namespace

std::string describe(const AccuracyClaim& accuracy, const Claim& claim, Rounding rounding) {
  return std::visit(overloaded{
                        [&](const UlpBound&) {
                          return limit_text(rounding == Rounding::nearest
                                                ? *claim.max_ulp
                                                : *claim.max_ulp_directed);
                        },
                        [](const CorrectlyRounded&) { return std::string("correctly rounded"); },
                        [](const Faithful&) { return std::string("faithful"); },
                        [](const ErrorBound& bound) { return bound.words; },
                    },
                    accuracy);
}

namespace {
std::string modes_text(Modes modes) {
  if (modes == Modes{Rounding::nearest}) return "";
  if (modes == directed_modes) return " directed";
  if (modes == all_modes) return " in all modes";
  std::string text;
  for (const Rounding mode : all_roundings)
    if (modes.has(mode)) text += (text.empty() ? " in " : ", ") + std::string(name(mode));
  return text;
}
}  // namespace

std::string describe(const Claim& claim) {
  std::string words;
  const auto say = [&words](const std::string& text) {
    if (!words.empty()) words += ", ";
    words += text;
  };
  if (claim.correctly_rounded) say("correctly rounded");
  if (claim.faithful) say("faithful");
  if (claim.max_ulp) say(limit_text(*claim.max_ulp));
  if (claim.max_ulp_directed) say(limit_text(*claim.max_ulp_directed) + " directed");
  for (const Promise& promise : claim.promises)
    say(describe(promise.says, claim, Rounding::nearest) + modes_text(promise.in));
  if (claim.special_values) say("special values");
  if (claim.monotone) say("monotone");
  if (claim.flags) say("flags");
  if (claim.errno_values) say("errno");
  if (claim.flush_subnormals) say("subnormals may flush");
  return words.empty() ? "none" : words;
}

}  // namespace napier
