// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/fast/scalar/fast_enclosure.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "oracles/fast/scalar/arithmetic.hpp"
#include "oracles/fast/scalar/dispatch.hpp"
#include "oracles/fast/scalar/log_kernels.hpp"
#include "oracles/fast/scalar/power_kernels.hpp"

namespace napier {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

using fast::absolute;
using fast::padded;

/// The top bits of a significand as a double, taken out of it.
double take_double(Bits& bits, std::int64_t& exponent) {
  const int drop = std::max(0, top_bit(bits) - 52);
  const auto head = static_cast<std::uint64_t>(bits >> drop);
  bits -= Bits(head) << drop;
  exponent = drop;
  return static_cast<double>(head);
}

FastEnclosure exactly_or_nearly(const Dyadic& value) {
  if (value.is_zero()) return {};
  const std::int64_t top = value.binade();
  if (top > FastEnclosure::exponent_limit) return FastEnclosure::unknown();
  const double sign = value.negative ? -1 : 1;
  Bits rest = value.significand;
  const int length = top_bit(rest);
  std::int64_t place = 0;
  double part[3] = {};  // 53 bits each: all 128. The third is not kept, only bounded.
  for (double& p : part) {
    p = take_double(rest, place);
    p = std::ldexp(p, static_cast<int>(place) - length);
  }
  const fast::DoubleDouble pair = fast::fast_two_sum(part[0], part[1]);
  return fast::normalised(sign * pair.hi, sign * pair.lo, part[2], top);
}

}  // namespace

FastEnclosure::FastEnclosure(Precision, const Dyadic& value) { *this = exactly_or_nearly(value); }

FastEnclosure::FastEnclosure(Precision, const Dyadic& low, const Dyadic& high) {
  *this = hull(exactly_or_nearly(low), exactly_or_nearly(high));
}

FastEnclosure FastEnclosure::unknown() {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  return {nan, nan, nan, 0};
}

FastEnclosure FastEnclosure::huge(bool negative) {
  return {negative ? -infinity : infinity, 0, 0, 0};
}

FastEnclosure operator+(const FastEnclosure& a, const FastEnclosure& b) { return fast::sum(a, b); }
FastEnclosure operator-(const FastEnclosure& a, const FastEnclosure& b) { return fast::sum(a, -b); }

NAPIER_DISPATCHED(FastEnclosure, operator_times, (const FastEnclosure& a, const FastEnclosure& b),
                  (a, b), fast::product<Product>(a, b))
NAPIER_DISPATCHED(FastEnclosure, operator_over, (const FastEnclosure& a, const FastEnclosure& b),
                  (a, b), fast::quotient<Product>(a, b))
NAPIER_DISPATCHED(FastEnclosure, exp, (const FastEnclosure& a), (a),
                  fast::power<Product>(fast::base_e, a))
NAPIER_DISPATCHED(FastEnclosure, expm1, (const FastEnclosure& a), (a),
                  fast::power_minus_one<Product>(fast::base_e, a))
NAPIER_DISPATCHED(FastEnclosure, log, (const FastEnclosure& a), (a), fast::logarithm<Product>(a))
NAPIER_DISPATCHED(FastEnclosure, log1p, (const FastEnclosure& a), (a),
                  fast::logarithm_of_one_plus<Product>(a))

FastEnclosure operator*(const FastEnclosure& a, const FastEnclosure& b) {
  return operator_times(a, b);
}
FastEnclosure operator/(const FastEnclosure& a, const FastEnclosure& b) {
  return operator_over(a, b);
}

FastEnclosure scaled(const FastEnclosure& a, std::int64_t power) {
  constexpr std::int64_t most = 2 * FastEnclosure::exponent_limit;
  if (a.is_huge() || power > most || power < -most)
    return is_exactly_zero(a) ? a : FastEnclosure::unknown();
  return fast::normalised(a.hi, a.lo, a.error, a.exponent + power);
}

FastEnclosure hull(const FastEnclosure& a, const FastEnclosure& b) {
  // An end is an enclosure of its own, wider than a point only where it doesn't fit.
  const auto end = [](const FastEnclosure& x, double side) {
    const FastEnclosure error = fast::normalised(side * x.error, 0, 0, x.exponent);
    return FastEnclosure{x.hi, x.lo, 0, x.exponent} + error;
  };
  // The smaller of two, or what lies no further above it than the gap's own error.
  const auto smaller = [](const FastEnclosure& x, const FastEnclosure& y) {
    const FastEnclosure gap = y - x;
    const FastEnclosure& least = gap.hi < 0 ? y : x;
    return least + fast::normalised(0, 0, gap.error, gap.exponent);
  };
  const FastEnclosure low = smaller(end(a, -1), end(b, -1));
  const FastEnclosure high = -smaller(-end(a, 1), -end(b, 1));
  const FastEnclosure middle = scaled(low + high, -1);
  const FastEnclosure radius = scaled(high - low, -1);
  // Both carry the errors of low and high, so the reach is at least all that is uncertain.
  const double reach = padded(absolute(radius.hi) + absolute(radius.lo) + radius.error);
  const double exact_reach = radius.lo == 0 && radius.error == 0 ? radius.hi : reach;
  return middle + fast::normalised(0, 0, exact_reach, radius.exponent);
}

FastEnclosure log_of_base(Base base, const FastEnclosure&) {
  // Each pair errs by u times its lo.
  if (base == Base::e) return {1, 0, 0, 0};
  if (base == Base::argument) return FastEnclosure::unknown();
  const fast::DoubleDouble ln = base == Base::two ? fast::ln2 : fast::ln10;
  return fast::normalised(ln.hi, ln.lo, padded(fast::u * absolute(ln.lo)), 0);
}

}  // namespace napier
