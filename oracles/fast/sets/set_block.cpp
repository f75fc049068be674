// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/fast/sets/set_block.hpp"

#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>

#include "lib/fp/ulp.hpp"
#include "lib/util/overloaded.hpp"
#include "oracles/fast/scalar/constants.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "oracles/fast/sets/set_block.cpp"
#include <hwy/foreach_target.h>
// After it, or the kernels would be compiled once only.
#include "oracles/fast/sets/set_less_one-inl.hpp"

#if HWY_ONCE
namespace napier {

HWY_EXPORT(logarithms);
HWY_EXPORT(add_arguments);
HWY_EXPORT(multiply_arguments);
HWY_EXPORT(claimed);
HWY_EXPORT(exact_points);
HWY_EXPORT(claimed_less_one);
HWY_EXPORT(points_of_one_more);
HWY_EXPORT(log_points);
HWY_EXPORT(power_points);
HWY_EXPORT(power_points_of_bases);
HWY_EXPORT(raise);
HWY_EXPORT(correct_power);
HWY_EXPORT(multiply);
HWY_EXPORT(divide);
HWY_EXPORT(repeat_product);
HWY_EXPORT(correct);
HWY_EXPORT(meet);
HWY_EXPORT(meet_less_one);
HWY_EXPORT(machine_multiply);
HWY_EXPORT(machine_divide);
HWY_EXPORT(machine_repeat_product);
HWY_EXPORT(machine_results);
HWY_EXPORT(machine_points);
HWY_EXPORT(machine_apart);
HWY_EXPORT(machine_multiply_less_one);
HWY_EXPORT(machine_divide_less_one);
HWY_EXPORT(machine_points_less_one);
HWY_EXPORT(machine_apart_less_one);

namespace {

/// As far as a lane's set reaches; from 1 on a bound says nothing at all.
constexpr double most_relative = 0.5;

/// Of K + B|x| ulps both numbers, each a power of two times what is stated.
struct UlpsAlone {
  double ulps, per_x;
};

/// Where the bound is no more than so many ulps, of the format's own or of another's with the same
/// binades, and K is a double, or they grow with |x|.
std::optional<UlpsAlone> ulps_alone(const ErrorBound& bound, const Format& format) {
  const ErrorSum& sum = bound.any.front();
  const Format& counted = sum.ulp_format(format);
  const bool alone = bound.any.size() == 1 && sum.counts_ulps() && sum.relative.is_zero() &&
                     sum.absolute.is_zero();
  const bool alike = counted.min_exponent() == format.min_exponent() &&
                     counted.max_exponent == format.max_exponent;
  const bool exact = sum.ulps.low == sum.ulps.high || !sum.ulps_per_x.is_zero();
  if (!alone || !alike || !exact) return std::nullopt;
  const int scale = format.precision - counted.precision;
  return UlpsAlone{std::ldexp(sum.ulps.high, scale), std::ldexp(sum.ulps_per_x.high, scale)};
}

/// Adds a limit in ulps; whether it can be read in blocks.
bool add_ulps(SetPlan& plan, const Format& format, double ulps) {
  // An end farther than half of its number away is left out lane by lane; from 2^(p−2) on a claim
  // says nothing at all.
  plan.limit = std::min(plan.limit, ulps);
  return !plan.from_rounded && plan.limit_per_x == 0 &&
         ulps < std::ldexp(1.0, format.precision - 2);
}

/// Adds the sums of a bound; whether they can be read in blocks.
bool add_sums(SetPlan& plan, const Format& format, const ErrorBound& bound) {
  if (const auto ulps = ulps_alone(bound, format)) {
    const bool alone = std::isinf(plan.limit);
    plan.of_bounds = true;
    const bool readable = add_ulps(plan, format, ulps->ulps);
    plan.limit_per_x = ulps->per_x;
    return readable && (alone || ulps->per_x == 0);
  }
  if (plan.sum_count != 0 || bound.any.size() > plan.sums.size()) return false;
  plan.of_bounds = true;
  for (const ErrorSum& sum : bound.any) {
    const double r = sum.relative.high, a = sum.absolute.high;
    if (sum.counts_ulps() || r > most_relative) return false;
    const bool holds_all_beyond =
        !sum.relative.is_zero() ||
        compare(sum.absolute.limit,
                Dyadic::power_of_two(ulp_exponent(format, format.max_exponent))) >= 0;
    plan.sums[plan.sum_count++] = {r, a, 1 / (1 - r), 1 / (1 + r), holds_all_beyond};
  }
  return true;
}

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

/// Intersects the sets of results y with what an interval allows, lane by lane: of positive numbers
/// that lie in both. Each end is rounded to a double of its distance from y, so that both, and the
/// width between them, are off by 2^-51 of themselves.
void narrow(SetBlock& set, const SetPlan& plan, const IntervalClaim& interval, const Lanes& y) {
  constexpr double off = 0x1p-50;
  for (std::size_t i = 0; i < block_lanes; ++i) {
    const auto n = static_cast<std::int64_t>(std::isfinite(y[i]) ? set.n[i] : 0);
    const bool usual = y[i] >= 0x1p-1000 && std::isfinite(y[i]) &&
                       std::ldexp(set.anchor[i], static_cast<int>(n)) == y[i];
    if (!usual) {
      set.anchor[i] = not_known;
      continue;
    }
    const Dyadic number = Dyadic::of(y[i]);
    const ClaimSet allowed =
        interval.allowed(round_to(*plan.format, number, Rounding::nearest), plan.rounding);
    const auto offset = [&](const Dyadic& end) {
      return to_double(add_up(end, -number, 120).scaled(-n));
    };
    const bool from_zero = set.lo[i] == -set.anchor[i];
    double lo = set.lo[i], hi = lo + set.width[i];
    if (allowed.lo) {
      const double end = offset(*allowed.lo);
      if (std::fabs(set.anchor[i] + end) < 0x1p-40) set.anchor[i] = not_known;
      if (end > lo) lo = end;
    }
    if (allowed.hi) hi = std::min(hi, offset(*allowed.hi));
    if (allowed.empty || !(lo <= 0 && 0 <= hi && lo < hi)) set.anchor[i] = not_known;
    set.lo[i] = lo;
    set.width[i] = hi - lo;
    set.error[i] =
        from_zero && lo == -set.anchor[i] ? 0 : std::max(set.error[i], std::fabs(lo) * off);
    set.stretch[i] += off;
  }
}

}  // namespace

std::optional<SetPlan> SetPlan::of(const Format& format, Rounding rounding,
                                   std::span<const AccuracyClaim> promises,
                                   const std::optional<UlpLimit>& early_overflow) {
  if (!has_values(format) || promises.empty()) return std::nullopt;
  SetPlan plan{format.precision, format.min_exponent(), format.max_exponent, rounding,
               std::numeric_limits<double>::infinity()};
  plan.format = &format;
  bool readable = true;
  if (early_overflow) {
    plan.early_overflow = to_double(early_overflow->limit);
    readable = compare(Dyadic::of(plan.early_overflow), early_overflow->limit) == 0 &&
               plan.early_overflow < std::ldexp(1.0, format.precision - 2);
  }
  for (const AccuracyClaim& promise : promises)
    std::visit(overloaded{
                   [&](const WithinUlp& within) {
                     const double ulps = to_double(within.limit);
                     readable &= compare(Dyadic::of(ulps), within.limit) == 0 &&
                                 add_ulps(plan, format, ulps);
                   },
                   [&](const WithinRoundedUlp& within) {
                     const double ulps = to_double(within.limit);
                     readable &= std::isinf(plan.limit) && plan.limit_per_x == 0 &&
                                 compare(Dyadic::of(ulps), within.limit) == 0 &&
                                 ulps < std::ldexp(1.0, format.precision - 4);
                     plan.limit = ulps;
                     plan.from_rounded = true;
                   },
                   [&](const CorrectlyRounded&) { plan.correctly_rounded = true; },
                   [&](const Faithful&) { plan.faithful = true; },
                   [&](const ErrorBound& bound) { readable &= add_sums(plan, format, bound); },
                   [&](const IntervalClaim& interval) { plan.intervals.push_back(interval); },
                   [](const ExactOnIntegers&) {},  // which says nothing of a set
               },
               promise);
  const bool says_anything = plan.limit != std::numeric_limits<double>::infinity() ||
                             plan.correctly_rounded || plan.faithful || plan.sum_count != 0 ||
                             !plan.intervals.empty();
  return readable && says_anything ? std::optional(plan) : std::nullopt;
}

void logarithms(const Lanes& a, LogBlock& logs) {
  HWY_DYNAMIC_DISPATCH(logarithms)(a.data(), logs.value.data());
  logs.error = 0x1p-45;  // bulk_kernels-inl.hpp
}

void set_to_log(Base base, LogBlock& logs) {
  assert(base != Base::argument);
  logs.value.fill(base == Base::e ? 1 : base == Base::two ? fast::ln2.hi : fast::ln10.hi);
  logs.error = base == Base::e ? 0 : fast::u;
}

void add_arguments(const Format& format, const Lanes& x, const Lanes& y, ArgumentBlock& sum) {
  HWY_DYNAMIC_DISPATCH(add_arguments)(format, x.data(), y.data(), sum);
}

void multiply_arguments(const Format& format, const Lanes& x, const Lanes& y,
                        ArgumentBlock& product) {
  HWY_DYNAMIC_DISPATCH(multiply_arguments)(format, x.data(), y.data(), product);
}

void claimed(const SetPlan& plan, const Lanes& y, SetBlock& set) {
  assert(plan.limit_per_x == 0);
  claimed(plan, y, y, set);
}

void claimed(const SetPlan& plan, const Lanes& x, const Lanes& y, SetBlock& set) {
  HWY_DYNAMIC_DISPATCH(claimed)(plan, x.data(), y.data(), set);
  for (const IntervalClaim& interval : plan.intervals) narrow(set, plan, interval, y);
}

void claimed_less_one(const SetPlan& plan, const Lanes& y, SetBlock& set) {
  assert(plan.limit_per_x == 0);
  if (plan.intervals.empty()) return HWY_DYNAMIC_DISPATCH(claimed_less_one)(plan, y.data(), set);
  set = {};
  set.anchor.fill(std::numeric_limits<double>::quiet_NaN());  // case by case
}

void points_of_one_more(const Lanes& y, SetBlock& set) {
  HWY_DYNAMIC_DISPATCH(points_of_one_more)(y.data(), set);
}

void set_to_one(SetBlock& set) {
  set.anchor.fill(1);
  for (Lanes* zero : {&set.lo, &set.width, &set.error, &set.stretch, &set.n}) zero->fill(0);
}

void exact_points(const Lanes& numbers, SetBlock& set) {
  HWY_DYNAMIC_DISPATCH(exact_points)(numbers.data(), set);
}

void log_points(const BulkFilter& logs, const Lanes& a, SetBlock& set) {
  HWY_DYNAMIC_DISPATCH(log_points)(logs.plan(), a.data(), set);
}

void power_points(const BulkFilter& powers, const Lanes& x, SetBlock& set) {
  HWY_DYNAMIC_DISPATCH(power_points)(powers.plan(), x.data(), set);
}

void power_points(const BulkPowers& powers, const Lanes& a, const Lanes& x, SetBlock& set) {
  HWY_DYNAMIC_DISPATCH(power_points_of_bases)(powers.plan(), a.data(), x.data(), set);
}

void raise(const BulkPowers& powers, const SetBlock& set, const Lanes& anchor, const Lanes& y,
           SetBlock& raised) {
  HWY_DYNAMIC_DISPATCH(raise)(powers.plan(), set, anchor.data(), y.data(), raised);
}

void correct(const BulkPowers& powers, SetBlock& set, const SetBlock& z, const Lanes& a,
             const Lanes& x, const Lanes& y) {
  HWY_DYNAMIC_DISPATCH(correct_power)
  (powers.plan(), set, z, a.data(), x.data(), y.data());
}

void multiply(const SetBlock& p, const SetBlock& q, SetBlock& product) {
  HWY_DYNAMIC_DISPATCH(multiply)(p, q, product);
}

void divide(const SetBlock& p, const SetBlock& q, SetBlock& quotient) {
  HWY_DYNAMIC_DISPATCH(divide)(p, q, quotient);
}

void repeat_product(const SetBlock& factor, const Lanes& count, SetBlock& product) {
  HWY_DYNAMIC_DISPATCH(repeat_product)(factor, count.data(), product);
}

void correct(SetBlock& set, const ArgumentBlock& by, const LogBlock& log_base) {
  HWY_DYNAMIC_DISPATCH(correct)(set, by, log_base);
}

void meet(const Format& format, const SetBlock& left, const SetBlock& right, MeetingBlock& met) {
  HWY_DYNAMIC_DISPATCH(meet)(format, left, right, met);
}

void meet_less_one(const Format& format, const SetBlock& left, const SetBlock& right,
                   MeetingBlock& met) {
  HWY_DYNAMIC_DISPATCH(meet_less_one)(format, left, right, met);
}

void machine_multiply(const Format& format, const Lanes& p, const Lanes& q, Lanes& product) {
  HWY_DYNAMIC_DISPATCH(machine_multiply)(format, p.data(), q.data(), product.data());
}

void machine_divide(const Format& format, const Lanes& p, const Lanes& q, Lanes& quotient) {
  HWY_DYNAMIC_DISPATCH(machine_divide)(format, p.data(), q.data(), quotient.data());
}

void machine_repeat_product(const Format& format, const Lanes& factor, const Lanes& count,
                            Lanes& product) {
  HWY_DYNAMIC_DISPATCH(machine_repeat_product)
  (format, factor.data(), count.data(), product.data());
}

void machine_results(const Format& format, const Lanes& y, Lanes& results) {
  HWY_DYNAMIC_DISPATCH(machine_results)(format, y.data(), results.data());
}

void machine_points(const Format& format, const SetBlock& points, Lanes& data) {
  HWY_DYNAMIC_DISPATCH(machine_points)(format, points, data.data());
}

void machine_apart(const Format& format, const Lanes& left, const Lanes& right,
                   const Lanes& binades, Lanes& ulps) {
  HWY_DYNAMIC_DISPATCH(machine_apart)
  (format, left.data(), right.data(), binades.data(), ulps.data());
}

void machine_multiply_less_one(const Format& format, const Lanes& p, const Lanes& q,
                               Lanes& product) {
  HWY_DYNAMIC_DISPATCH(machine_multiply_less_one)(format, p.data(), q.data(), product.data());
}

void machine_divide_less_one(const Format& format, const Lanes& p, const Lanes& q,
                             Lanes& quotient) {
  HWY_DYNAMIC_DISPATCH(machine_divide_less_one)(format, p.data(), q.data(), quotient.data());
}

void machine_points_less_one(const Format& format, const SetBlock& points, Lanes& data) {
  HWY_DYNAMIC_DISPATCH(machine_points_less_one)(format, points, data.data());
}

void machine_apart_less_one(const Format& format, const BulkFilter& powers, const Lanes& left,
                            const Lanes& right, const Lanes& exponents, Lanes& ulps) {
  HWY_DYNAMIC_DISPATCH(machine_apart_less_one)
  (format, powers.plan(), left.data(), right.data(), exponents.data(), ulps.data());
}

namespace {

/// Encodes data of a format narrower than a double, and infinities.
class NarrowEncoder {
 public:
  explicit NarrowEncoder(const Format& format)
      : format_(format),
        least_normal_(std::ldexp(1.0, format.min_exponent())),
        to_least_(std::ldexp(1.0, -format.least_exponent())) {}

  std::uint64_t operator()(double value) const {
    const int fraction = format_.fraction_bits();
    const auto bits = std::bit_cast<std::uint64_t>(value);
    const std::uint64_t sign = (bits >> 63) << (format_.width - 1);
    const double size = std::fabs(value);
    if (size < least_normal_) return sign | static_cast<std::uint64_t>(size * to_least_);
    if (!std::isfinite(size))
      return sign | ((std::uint64_t(1) << format_.exponent_bits()) - 1) << fraction;
    // Both fields at once: the exponent with another bias, the fraction without its low zeros.
    const std::uint64_t rebias = std::uint64_t(1023 - format_.max_exponent) << fraction;
    return sign | (((bits & ~(std::uint64_t(1) << 63)) >> (52 - fraction)) - rebias);
  }

 private:
  const Format& format_;
  double least_normal_, to_least_;
};

}  // namespace

void encodings_of(const Format& format, std::span<const double> values,
                  std::span<std::uint64_t> encodings) {
  if (format.precision == 53) {
    std::memcpy(encodings.data(), values.data(), values.size_bytes());
    return;
  }
  const NarrowEncoder encode(format);
  for (std::size_t i = 0; i < values.size(); ++i) encodings[i] = encode(values[i]);
}

}  // namespace napier
#endif
