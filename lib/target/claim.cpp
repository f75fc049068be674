// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/claim.hpp"

#include <algorithm>
#include <cctype>
#include <ranges>
#include <stdexcept>

#include "lib/fp/ulp.hpp"
#include "lib/util/overloaded.hpp"

namespace napier {

int claim_fraction_bits(const Format& format) { return std::min(40, 124 - format.precision); }

UlpLimit parse_limit(std::string_view text, const Format& format, bool directed, Metric metric) {
  const auto refuse = [&] {
    throw std::invalid_argument("'" + std::string(text) +
                                "' is no number of ulps: write a decimal such as 0.53 or 1");
  };
  Bits whole = 0;
  std::string decimals;  // the fraction's digits, as small numbers
  bool point = false;
  bool any = false;
  for (const char c : text) {
    if (c == '.' && !point) {
      point = true;
    } else if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
      any = true;
      const int digit = c - '0';
      if (point) decimals.push_back(static_cast<char>(digit));
      if (!point) whole = whole * 10 + static_cast<unsigned>(digit);
      if (whole >> 60 != 0) refuse();
    } else {
      refuse();
    }
  }
  if (!any) refuse();
  // Doubling the decimals carries out one binary place after the other, exactly.
  const int fraction = claim_fraction_bits(format);
  Bits digits = 0;
  for (int i = 0; i < fraction; ++i) {
    int carry = 0;
    for (char& digit : std::views::reverse(decimals)) {
      const int twice = 2 * digit + carry;
      carry = twice / 10;
      digit = static_cast<char>(twice % 10);
    }
    digits = digits * 2 + static_cast<unsigned>(carry);
  }
  if (std::ranges::any_of(decimals, [](char digit) { return digit != 0; })) ++digits;
  Dyadic limit = Dyadic{false, (whole << fraction) + digits, -fraction}.reduced();
  if (metric == Metric::rounded) limit = add(limit, Dyadic::power_of_two(directed ? 0 : -1));
  return {std::string(text), metric, limit};
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
  if (limit) claims.emplace_back(WithinUlp{limit->limit});
  if (claim.correctly_rounded) claims.emplace_back(CorrectlyRounded{});
  if (claim.faithful) claims.emplace_back(Faithful{});
  return claims;
}

namespace {
std::string limit_text(const UlpLimit& limit) {
  return "<= " + limit.stated +
         (limit.metric == Metric::rounded ? " ulp from the rounded value" : " ulp");
}
}  // namespace

std::string describe(const AccuracyClaim& accuracy, const Claim& claim, Rounding rounding) {
  return std::visit(overloaded{
                        [&](const WithinUlp&) {
                          return limit_text(rounding == Rounding::nearest
                                                ? *claim.max_ulp
                                                : *claim.max_ulp_directed);
                        },
                        [](const CorrectlyRounded&) { return std::string("correctly rounded"); },
                        [](const Faithful&) { return std::string("faithful"); },
                    },
                    accuracy);
}

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
  if (claim.special_values) say("special values");
  if (claim.monotone) say("monotone");
  if (claim.flags) say("flags");
  if (claim.errno_values) say("errno");
  if (claim.flush_subnormals) say("subnormals may flush");
  return words.empty() ? "none" : words;
}

}  // namespace napier
