// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/claim_domain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <compare>
#include <limits>
#include <stdexcept>
#include <string>
#include <tuple>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/native.hpp"

namespace napier {
namespace {

double hex_end(std::string_view text) {
  try {
    return to_native<double>(parse_float(binary64, text));
  } catch (const std::invalid_argument& refused) {
    throw std::invalid_argument(std::string("has an end that can't be read: ") + refused.what());
  }
}

/// A decimal as people write it: its digits from the first to the last that is not 0, as 0.DIGITS
/// times 10^exponent.
struct WrittenDecimal {
  bool negative = false;
  std::string digits;
  long exponent = 0;

  explicit WrittenDecimal(std::string_view text) {
    negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const std::size_t e = std::min(text.find_first_of("eE"), text.size());
    std::string_view power = text.substr(std::min(e + 1, text.size()));
    if (power.starts_with('+')) power.remove_prefix(1);
    std::from_chars(power.data(), power.data() + power.size(), exponent);
    const std::string_view number = text.substr(0, e);
    const std::size_t point = std::min(number.find('.'), number.size());
    for (const char c : number)
      if (c != '.') digits.push_back(c);
    const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size());
    exponent += static_cast<long>(point) - static_cast<long>(first);
    digits.erase(0, first);
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.empty()) *this = WrittenDecimal{};
  }

  std::strong_ordering operator<=>(const WrittenDecimal& other) const {
    if (negative != other.negative) return other.negative <=> negative;
    const auto sizes = std::tie(exponent, digits) <=> std::tie(other.exponent, other.digits);
    const bool any_zero = digits.empty() || other.digits.empty();
    const auto size = any_zero ? digits.size() <=> other.digits.size() : sizes;
    return negative ? 0 <=> size : size;
  }
  bool operator==(const WrittenDecimal&) const = default;

 private:
  WrittenDecimal() = default;
};

/// A finite double with all its digits, which are no more than 767.
WrittenDecimal written(double value) { return WrittenDecimal(fmt::format("{:.766e}", value)); }

}  // namespace

double interval_end(std::string_view text, IntervalEnd which) {
  if (text.find("0x") != std::string_view::npos) return hex_end(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc::result_out_of_range)
    throw std::invalid_argument("has an end that binary64 does not hold, " + std::string(text) +
                                ": write inf for no end");
  if (error != std::errc() || stop != end || std::isnan(value))
    throw std::invalid_argument(
        "is not an interval: write LO,HI, for pow x=LO,HI (base) or y=LO,HI (exponent)");
  if (std::isinf(value)) return value;
  const auto stated = WrittenDecimal(text) <=> written(value);
  constexpr double infinite = std::numeric_limits<double>::infinity();
  if (which == IntervalEnd::lower && stated > 0) return std::nextafter(value, infinite);
  if (which == IntervalEnd::upper && stated < 0) return std::nextafter(value, -infinite);
  return value;
}

bool is_reversed(const Range& range) {
  // Two ends between the same two numbers are rounded past each other, by one step.
  return range.lo > range.hi && std::nextafter(range.hi, range.lo) != range.lo;
}

void check_holds_any(const Range& range, const Format& format) {
  const Float least = std::isinf(range.lo)
                          ? (range.lo < 0 ? negated(max_finite(format)) : infinity(format))
                          : round_to(format, Dyadic::of(range.lo), Rounding::up);
  if (is_infinite(least) || !contains(range, least))
    throw std::invalid_argument("holds no finite number of " + std::string(format.name) +
                                ": make it wider");
}

namespace {

/// An interval as it was given, and what it says.
struct GivenDomain {
  const std::string& given;
  bool exponent = false;
  Range range;

  explicit GivenDomain(const std::string& text) : given(text), exponent(text.starts_with("y=")) {
    const std::string_view ends = std::string_view(text).substr(
        exponent || text.starts_with("x=") ? std::string_view("x=").size() : 0);
    const auto comma = ends.find(',');
    if (comma == std::string_view::npos) refuse(no_interval);
    range = {number(ends.substr(0, comma), IntervalEnd::lower),
             number(ends.substr(comma + 1), IntervalEnd::upper)};
    if (is_reversed(range))
      refuse(fmt::format("begins above its end: write {}{},{}",
                         text.substr(0, text.size() - ends.size()), ends.substr(comma + 1),
                         ends.substr(0, comma)));
  }

  [[noreturn]] void refuse(std::string_view why) const {
    throw std::invalid_argument(fmt::format("'{}' {}", given, why));
  }

  /// What a format has there must be more than nothing.
  void check_holds_any(const Format& format) const {
    refuse_as_given([&] { napier::check_holds_any(range, format); });
  }

 private:
  static constexpr std::string_view no_interval =
      "is not an interval: write LO,HI, for pow x=LO,HI (base) or y=LO,HI (exponent)";

  double number(std::string_view part, IntervalEnd which) const {
    double end = 0;
    refuse_as_given([&] { end = interval_end(part, which); });
    return end;
  }

  template <class Do>
  void refuse_as_given(Do something) const {
    try {
      something();
    } catch (const std::invalid_argument& refused) {
      refuse(refused.what());
    }
  }
};

}  // namespace

ClaimDomain parse_domain(const std::vector<std::string>& given, const Function& of,
                         const Format& format) {
  ClaimDomain domain;
  for (const std::string& text : given) {
    const GivenDomain one(text);
    if (one.exponent && of.arity == 1)
      one.refuse(
          fmt::format("is about an exponent, and {} has one argument: write LO,HI", of.name));
    Range& range = one.exponent ? domain.y : domain.x;
    if (range != Range{})
      one.refuse(fmt::format("is the second for {}: give it once", one.exponent ? "y" : "x"));
    one.check_holds_any(format);
    range = one.range;
  }
  return domain;
}

}  // namespace napier
