// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/fp/hexfloat.hpp"

#include <cctype>
#include <charconv>
#include <stdexcept>

namespace napier {
namespace {

std::string hex_digits(Bits value) {
  std::string digits;
  for (; value != 0; value >>= 4)
    digits.insert(digits.begin(), "0123456789abcdef"[int(value & 15)]);
  return digits.empty() ? "0" : digits;
}

[[noreturn]] void refuse(std::string_view text, const std::string& why) {
  throw std::invalid_argument("'" + std::string(text) + "' " + why);
}

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
}

constexpr std::int64_t largest_exponent = 1'000'000;  // far beyond any format's

/// Reads digits[.digits][p|e exponent] in base 16 or 10.
struct Scanned {
  Bits significand = 0;
  std::int64_t scale = 0;     // power of the base
  std::int64_t exponent = 0;  // the written exponent
};

Scanned scan(std::string_view whole, std::string_view text, int base) {
  Scanned result;
  bool any = false;
  bool point = false;
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    if (text[i] == '.' && !point) {
      point = true;
      continue;
    }
    const int digit = digit_value(text[i]);
    if (digit >= base) break;
    any = true;
    if (result.significand >> 123 != 0) {
      if (digit != 0) refuse(whole, "has more digits than any format holds");
      if (!point) ++result.scale;
      continue;
    }
    result.significand =
        result.significand * static_cast<unsigned>(base) + static_cast<unsigned>(digit);
    if (point) --result.scale;
  }
  if (!any) refuse(whole, "is no number: write a hex float such as 0x1.8p+1");
  const char mark = base == 16 ? 'p' : 'e';
  if (i < text.size() && std::tolower(static_cast<unsigned char>(text[i])) == mark) {
    ++i;
    const bool plus = i < text.size() && text[i] == '+';
    if (plus) ++i;
    const bool two_signs = plus && i < text.size() && text[i] == '-';
    const auto [end, error] =
        std::from_chars(text.data() + i, text.data() + text.size(), result.exponent);
    if (error != std::errc() || two_signs || result.exponent > largest_exponent ||
        result.exponent < -largest_exponent)
      refuse(whole, "has no readable exponent");
    i = static_cast<std::size_t>(end - text.data());
  }
  if (i != text.size()) refuse(whole, "is no number: write a hex float such as 0x1.8p+1");
  return result;
}

Float parse_hex(const Format& format, std::string_view whole, std::string_view digits,
                bool negative) {
  const Scanned s = scan(whole, digits, 16);
  if (s.significand == 0) return zero(format, negative);
  const auto value = exactly(format, {negative, s.significand, s.exponent + 4 * s.scale});
  if (!value) refuse(whole, "is not a number of " + std::string(format.name));
  return *value;
}

Float parse_decimal(const Format& format, std::string_view whole, std::string_view digits,
                    bool negative) {
  const Scanned s = scan(whole, digits, 10);
  if (s.significand == 0) return zero(format, negative);
  // Exact while the integer part and the power of five fit; otherwise hex must be used.
  Dyadic value{negative, s.significand, 0};
  std::int64_t power = s.exponent + s.scale;
  value.exponent = power;
  Bits denominator = 1;
  for (; power > 0 && value.significand >> 123 == 0; --power) value.significand *= 5;
  for (; power < 0 && denominator >> 123 == 0; ++power) denominator *= 5;
  if (power != 0) refuse(whole, "is a decimal too long to read exactly: write it as a hex float");
  if (denominator == 1) return round_to(format, value, Rounding::nearest);
  // Divide with 126 quotient bits and a sticky one.
  int shift = 0;
  Bits remainder = value.significand % denominator;
  Bits quotient = value.significand / denominator;
  while (quotient >> 125 == 0) {
    const bool carry = remainder >> 127 != 0;
    remainder <<= 1;
    quotient <<= 1;
    if (carry || remainder >= denominator) {
      remainder -= denominator;
      quotient |= 1;
    }
    ++shift;
  }
  return round_to(
      format, {negative, (quotient << 1) | (remainder != 0 ? 1 : 0), value.exponent - shift - 1},
      Rounding::nearest);
}

}  // namespace

std::string to_hex(const Dyadic& value) {
  if (value.is_zero()) return "0x0p+0";
  const Dyadic v = value.reduced();
  const int top = top_bit(v.significand);
  std::string digits;
  if (top > 0) {
    const int padding = (4 - top % 4) % 4;
    const Bits fraction = (v.significand & ((Bits(1) << top) - 1)) << padding;
    const std::string raw = hex_digits(fraction);
    const auto width = static_cast<std::size_t>((top + padding) / 4);
    digits = "." + std::string(width - raw.size(), '0') + raw;
  }
  const std::int64_t exponent = v.exponent + top;
  return std::string(v.negative ? "-0x1" : "0x1") + digits + (exponent < 0 ? "p" : "p+") +
         std::to_string(exponent);
}

std::string to_hex(Float x) {
  const std::string sign = is_negative(x) ? "-" : "";
  switch (classify(x)) {
    case FloatClass::zero:
      return sign + "0x0p+0";
    case FloatClass::infinite:
      return sign + "inf";
    case FloatClass::nan: {
      const Bits payload = x.bits & ((Bits(1) << x.format->fraction_bits()) - 1);
      return sign + "nan:0x" + hex_digits(payload);
    }
    case FloatClass::subnormal:
    case FloatClass::normal:
      break;
  }
  return to_hex(exact_value(x));
}

std::string to_hex(std::span<const Float> arguments) {
  std::string text;
  for (const Float x : arguments) text += (text.empty() ? "" : ", ") + to_hex(x);
  return text;
}

Float parse_float(const Format& format, std::string_view text) {
  std::string_view rest = text;
  const bool negative = !rest.empty() && rest.front() == '-';
  if (!rest.empty() && (rest.front() == '-' || rest.front() == '+')) rest.remove_prefix(1);
  if (rest == "inf" || rest == "infinity") return infinity(format, negative);
  if (rest == "nan") return negative ? negated(quiet_nan(format)) : quiet_nan(format);
  if (rest.starts_with("nan:0x")) {
    Bits payload = 0;
    for (const char c : rest.substr(6)) {
      if (digit_value(c) > 15 || payload >> 120 != 0) refuse(text, "has no readable payload");
      payload = (payload << 4) | static_cast<unsigned>(digit_value(c));
    }
    if (payload == 0 || payload >> format.fraction_bits() != 0)
      refuse(text, "has no payload of " + std::string(format.name));
    const Float nan{infinity(format).bits | payload, &format};
    return negative ? negated(nan) : nan;
  }
  if (rest.starts_with("0x") || rest.starts_with("0X"))
    return parse_hex(format, text, rest.substr(2), negative);
  return parse_decimal(format, text, rest, negative);
}

}  // namespace napier
