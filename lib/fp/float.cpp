// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/fp/float.hpp"

#include <algorithm>
#include <cassert>

namespace napier {
namespace {

constexpr Bits one_bit(int position) { return Bits(1) << position; }
constexpr Bits low_bits(int count) { return count >= 128 ? ~Bits(0) : one_bit(count) - 1; }

struct Fields {
  bool negative;
  int exponent;   // biased
  Bits fraction;  // without the integer bit
  bool integer_bit;
};

// On a 64-bit word where the encoding fits one: shifts of 128 bits cost several times as much.
template <class Word>
Fields fields_in(Word bits, const Format& f) {
  const int fraction_width = f.fraction_bits() + (f.explicit_integer_bit ? 1 : 0);
  const Word one = 1;
  const auto exponent =
      static_cast<int>((bits >> fraction_width) & ((one << f.exponent_bits()) - 1));
  const bool integer_bit =
      f.explicit_integer_bit ? ((bits >> f.fraction_bits()) & 1) != 0 : exponent != 0;
  return {((bits >> (f.width - 1)) & 1) != 0, exponent, bits & ((one << f.fraction_bits()) - 1),
          integer_bit};
}

Fields fields(Float x) {
  return x.format->width <= 64 ? fields_in(static_cast<std::uint64_t>(x.bits), *x.format)
                               : fields_in(x.bits, *x.format);
}

Float assemble(const Format& f, bool negative, int exponent, Bits fraction) {
  if (f.width <= 64) {
    const auto sign = std::uint64_t(negative) << (f.width - 1);
    const auto biased = std::uint64_t(static_cast<unsigned>(exponent)) << f.fraction_bits();
    return {sign | biased | static_cast<std::uint64_t>(fraction), &f};
  }
  Bits bits = fraction;
  int position = f.fraction_bits();
  if (f.explicit_integer_bit) {
    if (exponent != 0) bits |= one_bit(position);
    ++position;
  }
  bits |= Bits(static_cast<unsigned>(exponent)) << position;
  if (negative) bits |= one_bit(f.width - 1);
  return {bits, &f};
}

int top_exponent(const Format& f) { return 2 * f.max_exponent + 1; }

}  // namespace

namespace {
static_assert(std::ranges::none_of(all_formats, [](const Format* f) {
  return f->width <= 64 && f->explicit_integer_bit;
}));

/// In formats of at most 64 bits, where the distance from zero says it all. Nearly everything that
/// is judged case by case asks this several times.
FloatClass classify_short(Float x) {
  const Format& f = *x.format;
  const std::uint64_t one = 1, sign = one << (f.width - 1);
  const std::uint64_t least_normal = one << f.fraction_bits();
  const std::uint64_t infinite = sign - least_normal;
  const std::uint64_t distance = static_cast<std::uint64_t>(x.bits) & (sign - 1);
  if (distance >= infinite) return distance == infinite ? FloatClass::infinite : FloatClass::nan;
  if (distance >= least_normal) return FloatClass::normal;
  return distance == 0 ? FloatClass::zero : FloatClass::subnormal;
}
}  // namespace

FloatClass classify(Float x) {
  if (x.format->width <= 64) return classify_short(x);
  const Fields v = fields(x);
  if (v.exponent == top_exponent(*x.format)) {
    const bool valid = v.integer_bit || !x.format->explicit_integer_bit;
    return valid && v.fraction == 0 ? FloatClass::infinite : FloatClass::nan;
  }
  if (v.exponent == 0) {
    const bool pseudo_denormal = x.format->explicit_integer_bit && v.integer_bit;
    return v.fraction == 0 && !pseudo_denormal ? FloatClass::zero : FloatClass::subnormal;
  }
  return v.integer_bit ? FloatClass::normal : FloatClass::nan;  // unnormal: refused by the x87
}

bool is_negative(Float x) { return ((x.bits >> (x.format->width - 1)) & 1) != 0; }

bool is_signalling(Float x) {
  return is_nan(x) && ((x.bits >> (x.format->fraction_bits() - 1)) & 1) == 0;
}

Float zero(const Format& f, bool negative) { return assemble(f, negative, 0, 0); }
Float infinity(const Format& f, bool negative) { return assemble(f, negative, top_exponent(f), 0); }
Float max_finite(const Format& f, bool negative) {
  return assemble(f, negative, top_exponent(f) - 1, low_bits(f.fraction_bits()));
}
Float min_normal(const Format& f, bool negative) { return assemble(f, negative, 1, 0); }
Float min_subnormal(const Format& f, bool negative) { return assemble(f, negative, 0, 1); }
Float quiet_nan(const Format& f) {
  return assemble(f, false, top_exponent(f), one_bit(f.fraction_bits() - 1));
}

Float power_of_two(const Format& f, int power) {
  assert(power >= f.least_exponent() && power <= f.max_exponent);
  if (power >= f.min_exponent()) return assemble(f, false, power + f.max_exponent, 0);
  return assemble(f, false, 0, one_bit(power - f.least_exponent()));
}

Float negated(Float x) { return {x.bits ^ one_bit(x.format->width - 1), x.format}; }
Float absolute(Float x) { return {x.bits & ~one_bit(x.format->width - 1), x.format}; }

Dyadic exact_value(Float x) {
  const Format& f = *x.format;
  const Fields v = fields(x);
  assert(v.exponent != top_exponent(f) && "only finite data have an exact value");
  const Bits significand = v.fraction | (v.integer_bit ? one_bit(f.fraction_bits()) : 0);
  if (significand == 0) return {};
  const int exponent = (v.exponent == 0 ? 1 : v.exponent) - f.max_exponent - f.fraction_bits();
  return {v.negative, significand, exponent};
}

namespace {
/// A significand without its low bits, and what was dropped.
struct Kept {
  Bits kept = 0;
  bool half = false;    ///< the first dropped bit
  bool sticky = false;  ///< any other
};

/// Not 0, on a word that holds what is kept; a negative shift appends zeros.
template <class Word>
Kept without_low_bits(Word significand, std::int64_t shift) {
  constexpr int width = 8 * sizeof(Word);
  if (shift <= 0) return {significand << -shift};
  if (shift > width) return {0, false, true};
  const Word half = Word(1) << (shift - 1);
  return {shift == width ? Word(0) : significand >> shift, (significand & half) != 0,
          (significand & (half - 1)) != 0};
}
}  // namespace

Float round_to(const Format& f, const Dyadic& value, Rounding rounding) {
  if (value.is_zero()) return zero(f);
  const bool away_mode = rounding == (value.negative ? Rounding::down : Rounding::up);
  const bool toward_mode =
      rounding == Rounding::zero || rounding == (value.negative ? Rounding::up : Rounding::down);
  const auto overflow = [&] {
    return toward_mode ? max_finite(f, value.negative) : infinity(f, value.negative);
  };
  if (value.binade() > f.max_exponent) return overflow();
  // The grid of the value's binade: 2^quantum, never finer than the least subnormal.
  const std::int64_t quantum =
      std::max<std::int64_t>(value.binade() - f.precision + 1, f.least_exponent());
  const std::int64_t shift = quantum - value.exponent;
  const auto short_significand = static_cast<std::uint64_t>(value.significand);
  auto [kept, half, sticky] = f.width <= 64 && short_significand == value.significand
                                  ? without_low_bits(short_significand, shift)
                                  : without_low_bits(value.significand, shift);
  const bool inexact = half || sticky;
  const bool round_nearest_up = half && (sticky || (kept & 1) != 0);
  if (rounding == Rounding::nearest ? round_nearest_up : away_mode && inexact) ++kept;
  if (kept == 0) return zero(f, value.negative);
  const std::int64_t top = quantum + top_bit(kept);
  if (top > f.max_exponent) return overflow();
  if (top < f.min_exponent()) return assemble(f, value.negative, 0, kept);
  // A carry into the next binade leaves kept = 2^p: the mask makes of it the fraction 0.
  return assemble(f, value.negative, static_cast<int>(top) + f.max_exponent,
                  kept & low_bits(f.fraction_bits()));
}

std::optional<Float> exactly(const Format& f, const Dyadic& value) {
  const Float rounded = round_to(f, value, Rounding::zero);
  if (compare(exact_value(rounded), value) != 0) return std::nullopt;
  return rounded;
}

bool is_integer(Float x) { return is_finite(x) && exact_value(x).reduced().exponent >= 0; }

bool is_odd_integer(Float x) {
  if (!is_finite(x) || is_zero(x)) return false;
  return exact_value(x).reduced().exponent == 0;
}

}  // namespace napier
