// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/claim.hpp"

#include <algorithm>
#include <cctype>
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
  // Digit by digit, exactly: the value is units · 10^−places.
  Bits units = 0;
  int places = 0;
  bool point = false;
  bool any = false;
  for (const char c : text) {
    if (c == '.' && !point) {
      point = true;
    } else if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
      if (units > Bits(1) << 80) refuse();
      units = units * 10 + static_cast<unsigned>(c - '0');
      if (point) ++places;
      any = true;
    } else {
      refuse();
    }
  }
  if (!any) refuse();
  Bits scale = 1;
  for (int i = 0; i < places; ++i) scale *= 10;
  const int fraction = claim_fraction_bits(format);
  const Bits whole = units / scale;
  if (whole >> 60 != 0) refuse();
  const Bits rest = units % scale;
  // rest/scale in `fraction` binary places, rounded up; rest < 10^24 < 2^80.
  Bits digits = 0;
  Bits remainder = rest;
  for (int i = 0; i < fraction; ++i) {
    remainder *= 2;
    digits = digits * 2 + (remainder >= scale ? 1 : 0);
    if (remainder >= scale) remainder -= scale;
  }
  if (remainder != 0) ++digits;
  Dyadic limit = Dyadic{false, (whole << fraction) + digits, -fraction}.reduced();
  if (metric == Metric::rounded) limit = add(limit, Dyadic::power_of_two(directed ? 0 : -1));
  return {std::string(text), metric, limit};
}

bool contains(const Range& range, Float x) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (range == Range{}) return true;
  if (is_nan(x)) return false;
  if (is_infinite(x)) return is_negative(x) ? range.lo == -infinity : range.hi == infinity;
  const Dyadic value = exact_value(x);
  return (range.lo == -infinity || compare(value, Dyadic::of(range.lo)) >= 0) &&
         (range.hi == infinity || compare(value, Dyadic::of(range.hi)) <= 0);
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
                          return limit_text(rounding == Rounding::nearest ? *claim.max_ulp
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
  if (claim.flush_subnormals) say("subnormals may flush");
  return words.empty() ? "none" : words;
}

}  // namespace napier
