// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/subject/argument_kind.hpp"

#include <cassert>
#include <cmath>

#include "oracles/fast/calls/bulk_filter.hpp"

namespace napier {
namespace {

using Class = ArgumentKind::Class;
using Integers = ArgumentKind::Integers;
using Side = ArgumentKind::Side;

Class class_of(Float x) {
  switch (classify(x)) {
    case FloatClass::zero:
      return Class::zero;
    case FloatClass::subnormal:
      return Class::subnormal;
    case FloatClass::normal:
      return Class::normal;
    case FloatClass::infinite:
      return Class::infinite;
    case FloatClass::nan:
      break;
  }
  return is_signalling(x) ? Class::signalling : Class::quiet;
}

Integers integers_like(Float x) {
  if (!is_finite(x)) return Integers::none;
  if (is_zero(x)) return Integers::all_even;
  const std::int64_t binade = exact_value(x).binade();
  const int precision = x.format->precision;
  if (binade < 0) return Integers::none;
  if (binade < precision - 1) return Integers::some;
  return binade < precision ? Integers::all : Integers::all_even;
}

}  // namespace

ArgumentKind kind_of(Float x, const Range& claimed) {
  assert(has_values(*x.format));
  const double value = value_of(x);
  const Side side = value < claimed.lo   ? Side::below
                    : value > claimed.hi ? Side::above
                                         : Side::inside;
  const auto to_one = std::abs(value) < 1   ? std::strong_ordering::less
                      : std::abs(value) > 1 ? std::strong_ordering::greater
                                            : std::strong_ordering::equal;
  return {class_of(x), integers_like(x), to_one, side};
}

}  // namespace napier
