// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/claim_domain.hpp"

#include <charconv>
#include <cmath>
#include <stdexcept>

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

}  // namespace

double interval_end(std::string_view text) {
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
  return value;
}

void check_holds_any(const Range& range, const Format& format) {
  const Float least = std::isinf(range.lo)
                          ? (range.lo < 0 ? negated(max_finite(format)) : infinity(format))
                          : round_to(format, Dyadic::of(range.lo), Rounding::up);
  if (is_infinite(least) || !contains(range, least))
    throw std::invalid_argument("holds no finite number of " + std::string(format.name) +
                                ": make it wider");
}

}  // namespace napier
