// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/special_cases.hpp"

#include "lib/fp/float.hpp"

namespace napier {
namespace {

bool equals(Float x, std::int64_t integer) {
  return is_finite(x) && compare(exact_value(x), Dyadic::of_integer(integer)) == 0;
}
std::strong_ordering compare_with_one(Float magnitude) {
  if (is_infinite(magnitude)) return std::strong_ordering::greater;
  return compare(exact_value(magnitude), Dyadic::of_integer(1));
}

SpecialCase power(Float x) {  // a^x for a fixed a > 1
  if (is_nan(x)) return NoValue{};
  if (is_infinite(x)) return is_negative(x) ? SpecialCase(ZeroValue{}) : InfiniteValue{};
  if (is_zero(x)) return UnitValue{};
  return RealValue{};
}

SpecialCase power_minus_one(Float x) {
  if (is_nan(x)) return NoValue{};
  if (is_infinite(x)) return is_negative(x) ? SpecialCase(UnitValue{true}) : InfiniteValue{};
  if (is_zero(x)) return ZeroValue{is_negative(x)};
  return RealValue{};
}

SpecialCase logarithm(Float x) {
  if (is_nan(x)) return NoValue{};
  if (is_zero(x)) return InfiniteValue{true};
  if (is_negative(x)) return NoValue{};
  if (is_infinite(x)) return InfiniteValue{};
  if (equals(x, 1)) return ZeroValue{};
  return RealValue{};
}

SpecialCase pow_at_infinite_exponent(Float x, Float y) {
  const auto order = compare_with_one(absolute(x));
  if (order == 0) return UnitValue{};  // pow(−1, ±inf) = 1
  const bool grows = (order > 0) != is_negative(y);
  return grows ? SpecialCase(InfiniteValue{}) : ZeroValue{};
}

SpecialCase pow_of(Float x, Float y) {
  // A NaN to IEEE 754, and to C whatever the implementation likes.
  if (is_signalling(x) || is_signalling(y)) return NoValue{};
  if (is_zero(y) || equals(x, 1)) return UnitValue{};  // even for a quiet NaN in the other place
  if (is_nan(x) || is_nan(y)) return NoValue{};
  if (is_infinite(y)) return pow_at_infinite_exponent(x, y);
  const bool negative = is_negative(x) && is_odd_integer(y);
  if (is_zero(x))
    return is_negative(y) ? SpecialCase(InfiniteValue{negative}) : ZeroValue{negative};
  if (is_infinite(x))
    return is_negative(y) ? SpecialCase(ZeroValue{negative}) : InfiniteValue{negative};
  if (is_negative(x) && !is_integer(y)) return NoValue{};
  return RealValue{negative};
}

SpecialCase fixed_base_slope(Float x) {  // a^x ln a
  if (is_nan(x)) return NoValue{};
  if (is_infinite(x)) return is_negative(x) ? SpecialCase(ZeroValue{}) : InfiniteValue{};
  return RealValue{};
}

SpecialCase slope_along_exponent(Float x, Float y) {  // x^y ln x
  if (is_nan(x) || is_nan(y)) return NoValue{};
  if (is_zero(x)) {
    if (is_zero(y) || is_negative(y))
      return NoValue{};  // there is no slope, and conventions differ
    return ZeroValue{};
  }
  if (is_negative(x)) return NoValue{};
  if (equals(x, 1)) return ZeroValue{};
  if (is_infinite(x)) {
    if (is_zero(y)) return InfiniteValue{};
    return is_negative(y) ? SpecialCase(ZeroValue{}) : InfiniteValue{};
  }
  if (is_infinite(y)) {
    const bool above_one = compare_with_one(x) > 0;
    const bool grows = above_one != is_negative(y);
    return grows ? SpecialCase(InfiniteValue{!above_one}) : ZeroValue{!above_one};
  }
  return RealValue{};
}

SpecialCase slope_along_base(Float x, Float y) {  // y x^(y−1)
  if (is_nan(x) || is_nan(y)) return NoValue{};
  if (is_zero(x) && is_zero(y)) return NoValue{};  // conventions differ
  if (is_zero(y)) return ZeroValue{};
  if (is_infinite(x) || is_infinite(y)) return NoValue{};  // left to later conventions
  if (equals(y, 1)) return UnitValue{};
  if (is_zero(x)) {
    // 0^(y−1): the parity of y − 1 is the opposite of that of an integer y.
    const bool odd_power = is_integer(y) && !is_odd_integer(y);
    const bool negative = (is_negative(x) && odd_power) != is_negative(y);
    const bool vanishes = compare(exact_value(y), Dyadic::of_integer(1)) > 0;
    if (is_negative(x) && !is_integer(y)) return NoValue{};
    return vanishes ? SpecialCase(ZeroValue{negative}) : InfiniteValue{negative};
  }
  if (is_negative(x) && !is_integer(y)) return NoValue{};
  const bool odd_power = is_integer(y) && !is_odd_integer(y);
  return RealValue{(is_negative(x) && odd_power) != is_negative(y)};
}

}  // namespace

SpecialCase special_case(const Function& f, const Call& call) {
  switch (f.kind) {
    case Kind::power:
      return f.arity == 1 ? power(call.x) : pow_of(call.x, call.y);
    case Kind::power_minus_one:
      return power_minus_one(call.x);
    case Kind::logarithm:
      return logarithm(call.x);
    case Kind::slope:
      break;
  }
  if (f.arity == 1) return f.base == Base::e ? power(call.x) : fixed_base_slope(call.x);
  return f.variable == Variable::exponent ? slope_along_exponent(call.x, call.y)
                                          : slope_along_base(call.x, call.y);
}

}  // namespace napier
