// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/special_cases.hpp"

#include "lib/fp/float.hpp"
#include "lib/target/composition.hpp"
#include "oracles/compositions/composition.hpp"

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

SpecialCase slope_along_exponent(Float x, Float y, int n) {  // x^y (ln x)^n
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
    const bool negative = !above_one && n % 2 != 0;
    return grows ? SpecialCase(InfiniteValue{negative}) : ZeroValue{negative};
  }
  return RealValue{};
}

/// −1 or 1, or 0: y(y − 1)…(y − n + 1) of a finite y.
int sign_of_falling(Float y, int n) {
  int sign = 1;
  for (int k = 0; k < n; ++k) {
    const auto order = compare(exact_value(y), Dyadic::of_integer(k));
    if (order == 0) return 0;
    if (order < 0) sign = -sign;
  }
  return sign;
}

SpecialCase slope_along_base(Float x, Float y, int n) {  // y(y−1)…(y−n+1) x^(y−n)
  if (is_nan(x) || is_nan(y)) return NoValue{};
  if (is_zero(x) && is_zero(y)) return NoValue{};          // conventions differ
  if (is_infinite(x) || is_infinite(y)) return NoValue{};  // left to later conventions
  if (is_zero(y)) return ZeroValue{};
  if (n == 1 && equals(y, 1)) return UnitValue{};
  if (is_negative(x) && !is_integer(y)) return NoValue{};
  const int sign = sign_of_falling(y, n);
  if (sign == 0) return ZeroValue{};  // x^y is a polynomial of a degree below n
  const bool odd_power = is_integer(y) && is_odd_integer(y) != (n % 2 != 0);
  const bool negative = (is_negative(x) && odd_power) != (sign < 0);
  const auto degree = compare(exact_value(y), Dyadic::of_integer(n));
  if (!is_zero(x) || degree == 0) return RealValue{negative};
  return degree > 0 ? SpecialCase(ZeroValue{negative}) : InfiniteValue{negative};
}

SpecialCase mixed_slope(Float x, Float y) {  // x^(y−1) (1 + y ln x)
  if (is_nan(x) || is_nan(y)) return NoValue{};
  if (is_infinite(x) || is_infinite(y)) return NoValue{};  // left to later conventions
  if (is_zero(x)) {
    const bool vanishes = compare(exact_value(y), Dyadic::of_integer(1)) > 0;
    return vanishes ? SpecialCase(ZeroValue{}) : NoValue{};  // elsewhere there is no slope
  }
  if (is_negative(x)) return NoValue{};
  if (equals(x, 1)) return UnitValue{};
  return RealValue{};
}

}  // namespace

SpecialCase special_case(const Function& f, const Call& call) {
  if (is_composed(f)) return composition_of(f).special(f, call);
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
  switch (f.variable) {
    case Variable::exponent:
      return slope_along_exponent(call.x, call.y, f.order);
    case Variable::base:
      return slope_along_base(call.x, call.y, f.order);
    case Variable::both:
      break;
  }
  return mixed_slope(call.x, call.y);
}

}  // namespace napier
