// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "tests/honest/rounded_once.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <limits>
#include <stdexcept>
#include <string>

#include "lib/fp/native.hpp"
#include "tests/honest/mpfr_numbers.hpp"

namespace napier::honest {

Rounding mode_of_thread() {
  switch (std::fegetround()) {
    case FE_UPWARD:
      return Rounding::up;
    case FE_DOWNWARD:
      return Rounding::down;
    case FE_TOWARDZERO:
      return Rounding::zero;
    default:
      return Rounding::nearest;
  }
}

Answered rounded_once(const Function& function, const Call& call, Rounding rounding) {
  const Quietly quietly;
  const Format& f = *call.x.format;
  const mpfr_rnd_t mode = direction(rounding);
  Number result(f.precision);
  {
    const ExponentsOf format(f);
    const int ternary = evaluate(result, function, call, mode);
    mpfr_subnormalize(result, ternary, mode);
  }
  Answered answered;
  answered.overflow = mpfr_overflow_p() != 0;
  answered.divide_by_zero = mpfr_divby0_p() != 0;
  const bool given = is_nan(call.x) || (call.y.format != nullptr && is_nan(call.y));
  answered.invalid = mpfr_nan_p(result) != 0 && !given;
  answered.underflow = mpfr_underflow_p() != 0;
  answered.value = datum(f, result);
  return answered;
}

namespace {

bool is_infinite_pole(const Call& call) {
  return call.y.format != nullptr && is_zero(call.x) && is_infinite(call.y) && is_negative(call.y);
}
bool gives_signalling_nan(const Call& call) {
  return is_signalling(call.x) || (call.y.format != nullptr && is_signalling(call.y));
}

/// What is asked for, by arithmetic as C code does it.
void signal(const Answered& answered) {
  volatile float zero = 0, largest = std::numeric_limits<float>::max(), sink = 0;
  if (answered.invalid) sink = zero / zero;
  if (answered.divide_by_zero) sink = 1 / zero;
  if (answered.overflow) sink = largest * largest;
  static_cast<void>(sink);
  if (answered.invalid) errno = EDOM;
  if (answered.divide_by_zero || answered.overflow) errno = ERANGE;
}

/// What nobody asks for, and nobody forbids.
void signal_more(const Answered& answered, const Call& call) {
  volatile float zero = 0, least = std::numeric_limits<float>::min(), sink = 0;
  if (answered.underflow) sink = least * least;
  if (answered.underflow) errno = ERANGE;
  if (gives_signalling_nan(call)) sink = zero / zero;
  if (is_infinite_pole(call)) sink = 1 / zero;
  static_cast<void>(sink);
}

template <class T, Habit habit>
T finished(const Answered& answered, const Call& call) {
  if (habit == Habit::outspoken) signal_more(answered, call);
  signal(answered);
  return to_native<T>(answered.value);
}

/// What is known of each encoding of 16 bits in one mode.
class Memory {
 public:
  Answered operator()(const Function& function, const Call& call, Rounding rounding) {
    std::atomic<std::uint32_t>& place = places_[static_cast<std::size_t>(call.x.bits)];
    std::uint32_t known = place.load(std::memory_order_relaxed);
    if (known == 0) {
      known = is_known | packed(rounded_once(function, call, rounding));
      place.store(known, std::memory_order_relaxed);
    }
    return {{known & 0xffff, call.x.format},
            (known & overflow) != 0,
            (known & divide_by_zero) != 0,
            (known & invalid) != 0,
            (known & underflow) != 0};
  }

 private:
  static constexpr std::uint32_t is_known = 1u << 16, overflow = 1u << 17,
                                 divide_by_zero = 1u << 18, invalid = 1u << 19,
                                 underflow = 1u << 20;
  static std::uint32_t packed(const Answered& a) {
    return static_cast<std::uint32_t>(a.value.bits) | (a.overflow ? overflow : 0) |
           (a.divide_by_zero ? divide_by_zero : 0) | (a.invalid ? invalid : 0) |
           (a.underflow ? underflow : 0);
  }
  std::array<std::atomic<std::uint32_t>, 1 << 16> places_{};
};

template <class T, const Function& function>
Answered remembered(const Call& call, Rounding rounding) {
  static std::array<Memory, all_roundings.size()> memories;
  return memories[static_cast<std::size_t>(rounding)](function, call, rounding);
}

template <class T, const Function& function, Habit habit>
T unary(T x) {
  const Call call{from_native(x), {}};
  if constexpr (sizeof(T) == sizeof(std::uint16_t))
    return finished<T, habit>(remembered<T, function>(call, mode_of_thread()), call);
  else
    return finished<T, habit>(rounded_once(function, call, mode_of_thread()), call);
}
template <class T, Habit habit>
T power(T x, T y) {
  const Call call{from_native(x), from_native(y)};
  return finished<T, habit>(rounded_once(functions::pow, call, mode_of_thread()), call);
}

template <class T, Habit habit>
ScalarFunction code(const Function& function) {
  if (&function == &functions::exp) return unary<T, functions::exp, habit>;
  if (&function == &functions::exp2) return unary<T, functions::exp2, habit>;
  if (&function == &functions::exp10) return unary<T, functions::exp10, habit>;
  if (&function == &functions::expm1) return unary<T, functions::expm1, habit>;
  if (&function == &functions::exp2m1) return unary<T, functions::exp2m1, habit>;
  if (&function == &functions::exp10m1) return unary<T, functions::exp10m1, habit>;
  if (&function == &functions::log) return unary<T, functions::log, habit>;
  if (&function == &functions::pow) return power<T, habit>;
  throw std::logic_error("no target of " + std::string(function.name));
}

template <class T>
ScalarFunction code(const Function& function, Habit habit) {
  return habit == Habit::silent ? code<T, Habit::silent>(function)
                                : code<T, Habit::outspoken>(function);
}

ScalarFunction code(const Function& function, const Format& format, Habit habit) {
  if (&format == &bfloat16) return code<BFloat16>(function, habit);
  if (&format == &binary16) return code<_Float16>(function, habit);
  if (&format == &binary32) return code<float>(function, habit);
  if (&format == &binary64) return code<double>(function, habit);
  if (&format == &binary80) return code<long double>(function, habit);
  if (&format == &binary128) return code<Quad>(function, habit);
  throw std::logic_error("no target in " + std::string(format.name));
}

}  // namespace

Target rounded_once_target(const Function& function, const Format& format, Habit habit) {
  Target target;
  target.name = std::string("honest/rounded_once/") +
                (habit == Habit::outspoken ? "outspoken/" : "") + std::string(function.name) + ":" +
                std::string(format.name);
  target.function = &function;
  target.format = &format;
  target.claim.correctly_rounded = true;
  target.claim.special_values = true;
  target.claim.monotone = true;
  target.claim.flags = true;
  target.claim.errno_values = true;
  target.claim.source = "MPFR";
  target.open = [c = code(function, format, habit)] { return direct_caller(c); };
  return target;
}

}  // namespace napier::honest
