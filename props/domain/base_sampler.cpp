// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/domain/base_sampler.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>

#include "lib/fp/native.hpp"
#include "lib/fp/ordinal.hpp"

namespace napier {

// Every case of a power's law draws a base, so the usual ways are short. Each gives the very bits
// that the exact arithmetic below it gives.
namespace {

/// 1 and a count of data, fewer than there are in the binades beside it.
Float steps_from_one(const Format& format, Ordinal steps) {
  const Float one = power_of_two(format, 0);
  if (format.explicit_integer_bit) return step(one, steps);
  return {one.bits + static_cast<Bits>(steps), &format};
}

/// m·2^power, m in [1, 2], rounded to 0; the least datum instead of 0.
Float scaled_base(Float m, std::int64_t power) {
  const Format& format = *m.format;
  const bool stays_normal = power >= format.min_exponent() && power < format.max_exponent;
  if (stays_normal && !format.explicit_integer_bit)
    return {m.bits + (static_cast<Bits>(power) << format.fraction_bits()), &format};
  const Float a = round_to(format, exact_value(m).scaled(power), Rounding::zero);
  return is_zero(a) ? min_subnormal(format) : a;
}

/// The positive numbers of which a range has the negatives; all where it has none.
Range mirrored(const Range& range) {
  return range.hi < 0 ? Range{-range.hi, -range.lo} : Range{.hi = -range.lo};
}

}  // namespace

Float draw_base(Draw& draw, const Format& format, const Range& range) {
  // Of negative numbers alone their sizes are drawn, which their strata turn; of 0 alone any.
  if (!(range.hi > 0)) return draw_base(draw, format, range.lo < 0 ? mirrored(range) : Range{});
  const double least = format.least_exponent(), beyond = double(format.max_exponent) + 1;
  double lo = range.lo > 0 ? std::max(std::log2(range.lo), least) : least;
  if (lo >= beyond) lo = beyond - 1;
  const double hi = std::clamp(std::log2(range.hi), least, beyond);
  const std::int64_t kind = draw.integer(1, 20);
  if (kind <= 8) {
    const double widest = 3;
    return draw.datum(format, std::exp2(draw.uniform(std::max(lo, -widest), std::min(hi, widest))));
  }
  if (kind <= 13) {
    // 1 ± 2^−t, every other one within 14 octaves, where the cells of a table next to that of 1
    // lie: a logarithm's relative error is often the largest there.
    const double most = format.precision - 2;
    const double fewest = draw.coin() ? std::max(most - 13, 0.0) : 0;
    const auto steps = std::exp2(draw.uniform(fewest, most));
    const auto count = static_cast<Ordinal>(steps);
    return steps_from_one(format, draw.coin() ? count : -count);
  }
  if (kind <= 18 || lo > 4) {
    const double e = draw.uniform(lo, hi);
    const double whole = std::floor(e);
    const Float m = draw.datum(format, std::exp2(e - whole));
    return scaled_base(m, static_cast<std::int64_t>(whole));
  }
  return from_integer(format, draw.integer(2, 20));
}

namespace {
std::vector<Float> neighbours_of_bases(const Format& format) {
  constexpr Bits e_bits = (Bits(0xadf85458a2bb4aU) << 64) | 0x9aafdc5620273d3cU;  // 120 of them
  std::vector<Float> bases;
  for (const Dyadic& base :
       {Dyadic{false, e_bits, -118}, Dyadic::of_integer(2), Dyadic::of_integer(10)}) {
    const Float nearest = round_to(format, base, Rounding::nearest);
    for (const Float x : {nearest, next_down(nearest), next_up(nearest)}) bases.push_back(x);
  }
  return bases;
}
}  // namespace

const std::vector<Float>& bases_of_other_functions(const Format& format) {
  static const std::map<const Format*, std::vector<Float>> all = [] {
    std::map<const Format*, std::vector<Float>> made;
    for (const Format* each : all_formats) made.emplace(each, neighbours_of_bases(*each));
    return made;
  }();
  return all.at(&format);
}

Float draw_law_base(Draw& draw, const Format& format, const Range& range) {
  const std::int64_t kind = draw.integer(1, 16);
  if (kind != 1) return draw_base(draw, format, range);
  const std::vector<Float>& bases = bases_of_other_functions(format);
  const auto last = static_cast<std::int64_t>(bases.size()) - 1;
  const Float base = bases[static_cast<std::size_t>(draw.integer(0, last))];
  return contains(range, base) ? base : draw_base(draw, format, range);
}

double approximate_log(Float a) {
  if (a.format == &binary64) {
    const double x = to_native<double>(a);
    if (x >= 0.5 && x < 2) return std::log1p(x - 1);  // draws: near 1
    if (x >= std::numeric_limits<double>::min() && std::isfinite(x)) {
      const int binade = std::ilogb(x);
      return std::log(std::ldexp(x, -binade)) + static_cast<double>(binade) * std::numbers::ln2;
    }
  }
  const Dyadic v = exact_value(a);
  // |a − 1| is exact, so log1p keeps relative accuracy where a is near 1.
  if (v.binade() >= -1 && v.binade() <= 0)
    return std::log1p(to_double(subtract(v, Dyadic::of_integer(1))));
  const double fraction = to_double(v.scaled(-v.binade()));
  return std::log(fraction) + static_cast<double>(v.binade()) * std::numbers::ln2;
}

}  // namespace napier
