// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <regex>
#include <stdexcept>

#include "lib/fp/decimal.hpp"
#include "lib/fp/hexfloat.hpp"

namespace napier {
namespace {

/// d.ddd · 10^exponent
struct Digits {
  std::string digits;
  int exponent = 0;

  double value() const {
    const std::string text =
        digits.substr(0, 1) + "." + digits.substr(1) + "0e" + std::to_string(exponent);
    double parsed = 0;
    std::from_chars(text.data(), text.data() + text.size(), parsed);
    return parsed;
  }
};

/// A double has at most 767 significant decimal digits.
constexpr int all_digits = 770;

Digits digits_of(double value, int count) {
  std::array<char, all_digits + 16> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::scientific, count - 1);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
  const std::size_t mark = text.find('e');
  Digits result{std::string(text.substr(0, mark)), 0};
  std::erase(result.digits, '.');
  const char* exponent = text.data() + mark + (text[mark + 1] == '+' ? 2 : 1);
  std::from_chars(exponent, text.data() + text.size(), result.exponent);
  return result;
}

Digits shortened(double value, int count, Rounding rounding) {
  if (rounding == Rounding::nearest) return digits_of(value, count);
  Digits exact = digits_of(value, all_digits);
  const auto kept = static_cast<std::size_t>(count);
  const bool inexact = exact.digits.find_first_not_of('0', kept) != std::string::npos;
  exact.digits.resize(kept);
  if (rounding != Rounding::up || !inexact) return exact;
  auto digit = exact.digits.rbegin();
  for (; digit != exact.digits.rend() && *digit == '9'; ++digit) *digit = '0';
  if (digit != exact.digits.rend()) {
    ++*digit;
  } else {
    exact.digits.front() = '1';
    ++exact.exponent;
  }
  return exact;
}

std::string spelled(Digits number) {
  while (number.digits.size() > 1 && number.digits.back() == '0') number.digits.pop_back();
  std::string& digits = number.digits;
  const int exponent = number.exponent;
  const int count = static_cast<int>(digits.size());
  if (exponent < -4 || exponent > 6) {
    if (count > 1) digits.insert(1, ".");
    return digits + "e" + std::to_string(exponent);
  }
  if (exponent < 0)
    return "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  if (exponent >= count - 1)
    return digits + std::string(static_cast<std::size_t>(exponent - count + 1), '0');
  return digits.insert(static_cast<std::size_t>(exponent) + 1, ".");
}

bool same_side(double shown, double value, double landmark) {
  return (shown < landmark) == (value < landmark) && (shown > landmark) == (value > landmark);
}

}  // namespace

std::string decimal(double value, int digits, Rounding rounding, std::span<const double> landmarks,
                    int scale) {
  if (std::isinf(value)) return "inf";
  if (value == 0) return "0";
  // 20 digits tell any two doubles apart, whichever way they are rounded.
  constexpr int enough = 20;
  for (int count = digits;; ++count) {
    Digits shown = shortened(value, count, rounding);
    const bool faithful = std::ranges::all_of(
        landmarks, [&](double landmark) { return same_side(shown.value(), value, landmark); });
    if (faithful || count >= enough) {
      shown.exponent += scale;
      return spelled(std::move(shown));
    }
  }
}

std::string count_text(std::uint64_t count) {
  std::string text = std::to_string(count);
  for (std::size_t place = text.size(); place > 3; place -= 3) text.insert(place - 3, ",");
  return text;
}

std::string counted(std::uint64_t count, std::string_view singular, std::string_view plural) {
  return fmt::format("{} {}", count_text(count), count == 1 ? singular : plural);
}

std::string percent_text(double share) {
  if (std::isinf(share)) return "infinite";
  return decimal(share, 3, Rounding::nearest, std::array{0.0, 1.0}, 2) + " %";
}

std::string part_text(std::uint64_t part, std::uint64_t whole) {
  if (part == 0 || whole == 0) return count_text(part);
  // A quotient of counts rounds to 1 only beyond 2^53 of them.
  const double share = static_cast<double>(part) / static_cast<double>(whole);
  return fmt::format("{} ({})", count_text(part), percent_text(share));
}

std::string ulp_text(Ulp ulp, Rounding rounding, std::span<const double> landmarks) {
  std::vector<double> avoided(landmarks.begin(), landmarks.end());
  // Half an ulp is correct rounding and whole ones are what is claimed; by the thousands of ulp
  // nobody looks that close.
  if (ulp.value < 1000)
    for (const double end : {std::floor(2 * ulp.value) / 2, std::ceil(2 * ulp.value) / 2})
      avoided.push_back(end);
  return decimal(ulp.value, 4, rounding, avoided);
}

std::string ulp_text(const UlpRange& ulp, std::span<const double> landmarks) {
  std::string low = ulp_text(ulp.lo, Rounding::down, landmarks);
  const bool alike =
      decimal(ulp.lo.value, 4, Rounding::nearest) == decimal(ulp.hi.value, 4, Rounding::nearest);
  if (alike) return low + " ulp";
  return low + " to " + ulp_text(ulp.hi, Rounding::up, landmarks) + " ulp";
}

std::vector<double> landmarks(const Claim& claim, Rounding rounding) {
  const auto& limit = rounding == Rounding::nearest ? claim.max_ulp : claim.max_ulp_directed;
  if (!limit) return {};
  double stated = 0;
  const std::string& text = limit->stated;
  std::from_chars(text.data(), text.data() + text.size(), stated);
  if (limit->metric == Metric::exact) return {stated, to_double(limit->limit)};
  return {stated, to_double(limit->limit) + to_double(most_of_rounding(rounding))};
}

namespace {

/// The sum of ulps of another format that is promised in that mode; null if there is none.
const ErrorSum* sum_in_other_ulps(const Claim& claim, Rounding rounding, const Format& own) {
  for (const Promise& promise : claim.promises) {
    const auto* bound = std::get_if<ErrorBound>(&promise.says);
    if (bound == nullptr || !promise.in.has(rounding)) continue;
    for (const ErrorSum& sum : bound->any)
      if (sum.counts_ulps() && &sum.ulp_format(own) != &own) return &sum;
  }
  return nullptr;
}

}  // namespace

std::string claimed_ulp_text(const UlpRange& ulp, const Claim& claim, Rounding rounding,
                             const Format& own, const std::optional<Float>& right) {
  const ErrorSum* const sum = sum_in_other_ulps(claim, rounding, own);
  if (sum == nullptr || !std::isfinite(ulp.hi.value)) return {};
  const Format& other = *sum->ulps_of;
  const bool alike = own.max_exponent == other.max_exponent;  // whatever the result is
  const bool known = right && is_finite(*right) && !is_zero(*right);
  if (!alike && !known) return {};
  const std::int64_t binade = known ? exact_value(*right).binade() : 0;
  const auto shift = static_cast<int>(ulp_exponent(own, binade) - ulp_exponent(other, binade));
  const UlpRange scaled{{std::ldexp(ulp.lo.value, shift)}, {std::ldexp(ulp.hi.value, shift)}};
  const std::array stated{to_double(sum->ulps.limit)};
  std::string text = ulp_text(scaled, stated);
  text.resize(text.size() - std::string_view("ulp").size());
  return fmt::format("{}{} ulp", text, other.name);
}

std::string arguments_text(std::span<const Float> arguments) {
  if (arguments.empty()) return "no arguments";
  return arguments.size() == 1 ? to_hex(arguments) : "(" + to_hex(arguments) + ")";
}

std::string mode_text(Rounding rounding) {
  const bool direction = rounding == Rounding::up || rounding == Rounding::down;
  return (direction ? "rounding " : "rounding to ") + std::string(name(rounding));
}

std::string arguments_in_decimal(std::span<const Float> arguments) {
  if (arguments.empty()) return "no arguments";
  std::string text;
  for (const Float x : arguments) text += (text.empty() ? "" : ", ") + to_decimal(x);
  return arguments.size() == 1 ? text : "(" + text + ")";
}

std::string both_spellings(std::span<const Float> arguments) {
  if (arguments.size() == 1) return to_decimal_and_hex(arguments.front());
  const std::string decimal = arguments_in_decimal(arguments);
  if (std::ranges::all_of(arguments, is_exact_in_decimal)) return decimal;
  return decimal + ", in hex " + arguments_text(arguments);
}

std::string in_decimal(const std::string& text, const Format& format) {
  static const std::regex hex("0x[0-9a-f]+(\\.[0-9a-f]+)?p[-+][0-9]+|nan:0x[0-9a-f]+");
  std::string decimal;
  auto begin = text.begin();
  for (std::sregex_iterator found(text.begin(), text.end(), hex), end; found != end; ++found) {
    decimal.append(begin, text.begin() + found->position());
    try {
      decimal += to_decimal(parse_float(format, found->str()));
    } catch (const std::invalid_argument&) {
      decimal += found->str();  // an end of an interval need not be a datum
    }
    begin = text.begin() + found->position() + found->length();
  }
  return decimal.append(begin, text.end());
}

std::string place_text(std::span<const Float> arguments, Rounding rounding) {
  const std::string place = both_spellings(arguments);
  return rounding == Rounding::nearest ? place : place + ", " + mode_text(rounding);
}

}  // namespace napier
