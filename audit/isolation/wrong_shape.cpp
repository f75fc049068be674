// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/wrong_shape.hpp"

#include <algorithm>

#include "lib/target/array_memory.hpp"

namespace napier {
namespace {

constexpr Bits low_half = 0xffff'ffff;

Bits high(Float x) { return x.bits >> 32; }

/// A function of float reads the low half of a double, which of ours is 0, and gives its result
/// there: 1, or the logarithm of 0. The other half is left as it was, or is nobody's.
bool is_half_written(const Call& call, const Answer& answer) {
  constexpr Bits one = 0x3f80'0000, minus_infinity = 0xff80'0000;
  const Float y = answer.value;
  const Bits low = y.bits & low_half;
  return low == one || low == minus_infinity || (high(y) == 0 && low != 0) ||
         high(y) == high(call.x) || high(y) == paint_of(binary64) >> 32;
}

bool gives_back(const Call& call, const Answer& answer) { return answer.value == call.x; }

/// A function of double reads a tiny number, and gives one whose low half is 0.
bool is_zero_half(const Call&, const Answer& answer) { return answer.value.bits == 0; }

}  // namespace

bool is_strange(const Format& format, const Call& call, const Answer& answer) {
  return gives_back(call, answer) || (&format == &binary64 && is_half_written(call, answer)) ||
         (&format == &binary32 && is_zero_half(call, answer));
}

std::string why_wrong_shape(const Shape& shape, const Format& format, std::span<const Call> calls,
                            std::span<const Answer> answers) {
  const auto all = [&](auto is) {
    for (std::size_t i = 0; i < calls.size(); ++i)
      if (!is(calls[i], answers[i])) return false;
    return true;
  };
  const auto same_low_half = [&](const Call&, const Answer& answer) {
    return (answer.value.bits & low_half) == (answers.front().value.bits & low_half);
  };
  if (all(gives_back)) {
    if (!shape.in_place()) return {};  // as bad functions do, too: that is a note
    return "every result is the argument, as where nothing is written";
  }
  if (&format == &binary64 && all(is_half_written) && all(same_low_half))
    return "every result is half a double, the same one for every argument: that of a function of "
           "float, --format binary32";
  if (&format == &binary32 && all(is_zero_half))
    return "every result is 0, as that of a function of double is, --format binary64";
  return {};
}

}  // namespace napier
