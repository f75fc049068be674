// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/hard/pieces.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "oracles/oracle.hpp"

namespace napier {
namespace {

/// Where a true value lies, as a number that grows with it: 0 for 0 itself, ±(e + shift) for those
/// of the binade 2^e, and what is left out at the ends and about 0.
class Levels {
 public:
  Levels(const Function& function, const Format& format) : function_(function), format_(format) {}

  static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::min();
  static constexpr std::int64_t underflow = 1;
  static constexpr std::int64_t overflow = std::numeric_limits<std::int64_t>::max();
  static constexpr std::int64_t shift = 1 << 16;

  std::int64_t of(Ordinal n) const {
    TrueValue t(function_, {from_ordinal(format_, n), {}});
    if (t.is_nan() || t.is_infinite()) return none;
    const int sign = t.sign();
    return sign * of_magnitude(t, sign);
  }

 private:
  std::int64_t of_magnitude(TrueValue& t, int sign) const {
    if (sign == 0) return 0;
    if (reaches(t, sign, format_.max_exponent + 1)) return overflow;
    const std::int64_t least = format_.least_exponent();
    if (!reaches(t, sign, least - 2)) return underflow;
    if (!reaches(t, sign, least)) return least - 1 + shift;
    // The widest format has a number in every binade that is left.
    const Float below = t.rounded(binary128, Rounding::zero).value();
    return exact_value(below).binade() + shift;
  }
  /// Whether |t| ≥ 2^e.
  static bool reaches(TrueValue& t, int sign, std::int64_t e) {
    const Dyadic power{sign < 0, 1, e};
    const Position position = t.compare(power);
    if (position == Position::undecided) throw std::logic_error("a power of 2 is not told from t");
    return position == Position::equal ||
           position == (sign < 0 ? Position::below : Position::above);
  }

  const Function& function_;
  const Format& format_;
};

/// The last ordinal of the binade of n and of its sign; a zero is alone.
Ordinal end_of_binade(const Format& format, Ordinal n) {
  const Float x = from_ordinal(format, n);
  if (is_zero(x)) return n;
  const auto e = static_cast<int>(exact_value(x).binade());
  if (n < 0) return ordinal(negated(power_of_two(format, e)));
  return e == format.max_exponent ? ordinal(max_finite(format))
                                  : ordinal(power_of_two(format, e + 1)) - 1;
}

/// The exponent of the steps between the arguments of a binade.
std::int64_t argument_ulp(Float x) {
  return is_zero(x) ? x.format->least_exponent() : ulp_exponent(*x.format, exact_value(x).binade());
}

/// The last n up to `last` of the level of `first`.
Ordinal end_of_level(const Levels& levels, std::int64_t level, Ordinal first, Ordinal last) {
  if (levels.of(last) == level) return last;
  Ordinal in = first, out = last;
  while (out - in > 1) {
    const Ordinal middle = in + (out - in) / 2;
    (levels.of(middle) == level ? in : out) = middle;
  }
  return in;
}

}  // namespace

std::vector<Piece> pieces(const Function& function, const Format& format, Ordinal from,
                          Ordinal to) {
  const Levels levels(function, format);
  std::vector<Piece> all;
  Ordinal end = 0;
  for (Ordinal first = from; first <= to; first = end + 1) {
    const std::int64_t level = levels.of(first);
    end = end_of_level(levels, level, first, std::min(to, end_of_binade(format, first)));
    const std::int64_t size = level < 0 ? -level : level;
    if (level == Levels::none || size == Levels::underflow || size == Levels::overflow) continue;
    all.push_back({first, end, argument_ulp(from_ordinal(format, first)),
                   ulp_exponent(format, size - Levels::shift), level == 0});
  }
  return all;
}

}  // namespace napier
