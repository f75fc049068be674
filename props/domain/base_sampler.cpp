// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/domain/base_sampler.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "lib/fp/ordinal.hpp"

namespace napier {

Float draw_base(Draw& draw, const Format& format, const Range& range) {
  const double least = format.least_exponent();
  const double lo = range.lo > 0 ? std::max(std::log2(range.lo), least) : least;
  const double hi = std::min(std::log2(range.hi), double(format.max_exponent) + 1);
  const std::int64_t kind = draw.integer(1, 20);
  if (kind <= 8) {
    const double widest = 3;
    return draw.datum(format, std::exp2(draw.uniform(std::max(lo, -widest), std::min(hi, widest))));
  }
  if (kind <= 13) {
    // 1 ± 2^−t, every other one within 14 octaves, where the cells of a table next to that of 1
    // lie: a logarithm's relative error is often the largest there.
    const Float one = from_integer(format, 1);
    const double most = format.precision - 2;
    const double fewest = draw.coin() ? std::max(most - 13, 0.0) : 0;
    const auto steps = std::exp2(draw.uniform(fewest, most));
    const auto count = static_cast<Ordinal>(steps);
    return step(one, draw.coin() ? count : -count);
  }
  if (kind <= 18 || lo > 4) {
    const double e = draw.uniform(lo, hi);
    const double whole = std::floor(e);
    const Float m = draw.datum(format, std::exp2(e - whole));
    const Dyadic scaled = exact_value(m).scaled(static_cast<std::int64_t>(whole));
    const Float a = round_to(format, scaled, Rounding::zero);
    return is_zero(a) ? min_subnormal(format) : a;
  }
  return from_integer(format, draw.integer(2, 20));
}

std::vector<Float> bases_of_other_functions(const Format& format) {
  constexpr Bits e_bits = (Bits(0xadf85458a2bb4aU) << 64) | 0x9aafdc5620273d3cU;  // 120 of them
  std::vector<Float> bases;
  for (const Dyadic& base :
       {Dyadic{false, e_bits, -118}, Dyadic::of_integer(2), Dyadic::of_integer(10)}) {
    const Float nearest = round_to(format, base, Rounding::nearest);
    for (const Float x : {nearest, next_down(nearest), next_up(nearest)}) bases.push_back(x);
  }
  return bases;
}

Float draw_law_base(Draw& draw, const Format& format, const Range& range) {
  const std::int64_t kind = draw.integer(1, 16);
  if (kind != 1) return draw_base(draw, format, range);
  const std::vector<Float> bases = bases_of_other_functions(format);
  const auto last = static_cast<std::int64_t>(bases.size()) - 1;
  const Float base = bases[static_cast<std::size_t>(draw.integer(0, last))];
  return contains(range, base) ? base : draw_base(draw, format, range);
}

double approximate_log(Float a) {
  const Dyadic v = exact_value(a);
  // |a − 1| is exact, so log1p keeps relative accuracy where a is near 1.
  if (v.binade() >= -1 && v.binade() <= 0)
    return std::log1p(to_double(subtract(v, Dyadic::of_integer(1))));
  const double fraction = to_double(v.scaled(-v.binade()));
  return std::log(fraction) + static_cast<double>(v.binade()) * std::numbers::ln2;
}

}  // namespace napier
