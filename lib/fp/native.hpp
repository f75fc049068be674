// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstring>

#include "lib/fp/float.hpp"

namespace napier {

/// bfloat16 has no C type on this compiler: functions take and return its encoding.
struct BFloat16 {
  std::uint16_t bits;
};
__extension__ using Quad = __float128;

/// The format of a C++ type: `format_of<double>` is binary64.
template <class T>
inline constexpr const Format* native_format = nullptr;
template <>
inline constexpr const Format* native_format<BFloat16> = &bfloat16;
#ifdef __FLT16_MAX__
template <>
inline constexpr const Format* native_format<_Float16> = &binary16;
#endif
template <>
inline constexpr const Format* native_format<float> = &binary32;
template <>
inline constexpr const Format* native_format<double> = &binary64;
template <>
inline constexpr const Format* native_format<long double> = &binary80;
template <>
inline constexpr const Format* native_format<Quad> = &binary128;

/// A C++ type that is the hardware's or compiler's view of one of our formats.
template <class T>
concept NativeFloat = native_format<T>
!= nullptr;

/// The datum a C++ value holds. x87 values leave their six padding bytes out.
template <NativeFloat T>
Float from_native(T value) {
  Bits bits = 0;
  std::memcpy(&bits, &value, native_format<T>->width / 8);
  return {bits, native_format<T>};
}

/// The C++ value of a datum. T must be the type of its format.
template <NativeFloat T>
T to_native(Float x) {
  T value{};
  std::memcpy(&value, &x.bits, native_format<T>->width / 8);
  return value;
}

}  // namespace napier
