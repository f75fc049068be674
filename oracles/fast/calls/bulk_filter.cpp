// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/fast/calls/bulk_filter.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <map>
#include <tuple>

#include "lib/fp/dyadic.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "oracles/fast/calls/bulk_filter.cpp"
#include <hwy/foreach_target.h>
// After it, or the kernels would be compiled once only.
#include "lib/target/composition.hpp"
#include "oracles/fast/calls/bulk_runs-inl.hpp"

#if HWY_ONCE
namespace napier {

HWY_EXPORT(look);
HWY_EXPORT(pass);
HWY_EXPORT(pass_alike);
HWY_EXPORT(widen);
HWY_EXPORT(enclose);
HWY_EXPORT(in_order);
HWY_EXPORT(lanes);

namespace {

constexpr int narrow_precision = 24;

/// L = log2 of the base in a part of 26 bits, or of 53, and the rest.
struct Split {
  double high, low;
};
constexpr Split log2_e{0x1.7154768p0, -0x1.6a3e80f444178p-27};
constexpr Split log2_10{0x1.a934f08p1, 0x1.79a3715fc9258p-27};
constexpr Split wide_log2_e{0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56};
constexpr Split wide_log2_10{0x1.a934f0979a371p+1, 0x1.7f2495fb7fa6dp-53};

/// See bulk_kernels-inl.hpp and bulk_wide-inl.hpp.
struct Bounds {
  double relative, slack;
};
constexpr Bounds narrow{0x1p-47, 0x1p-68};
constexpr Bounds wide{0x1p-48, 0x1p-85};

bool is_wide(const BulkFilter::Plan& plan) { return plan.precision > narrow_precision; }

std::optional<BulkFilter::Plan> plan_for(const Format& format, Rounding rounding) {
  if (!has_values(format)) return std::nullopt;
  BulkFilter::Plan plan;
  const Bounds bounds = format.precision > narrow_precision ? wide : narrow;
  plan.largest_error = bounds.relative;
  plan.slack = bounds.slack;
  plan.precision = format.precision;
  plan.min_exponent = format.min_exponent();
  plan.max_exponent = format.max_exponent;
  plan.rounding = rounding;
  return plan;
}

/// The logarithm of the base; that of a power of two is exact.
void set_log2(BulkFilter::Plan& plan, Split log2_base) {
  if (is_wide(plan)) {
    // Far enough for any rounding of these quotients.
    plan.least_argument = (plan.min_exponent - plan.precision - 6) / log2_base.high;
    plan.most_argument = (plan.max_exponent + 6) / log2_base.high;
  } else if (log2_base.low == 0) {
    plan.slack = 0;
  }
  plan.log2_base_high = log2_base.high;
  plan.log2_base_low = log2_base.low;
}

void set_base(BulkFilter::Plan& plan, Base base) {
  const Split e = is_wide(plan) ? wide_log2_e : log2_e;
  const Split ten = is_wide(plan) ? wide_log2_10 : log2_10;
  set_log2(plan, base == Base::e ? e : base == Base::ten ? ten : Split{1, 0});
  plan.natural = base == Base::e;
}

}  // namespace

std::optional<BulkFilter> BulkFilter::of(const Function& function, const Format& format,
                                         Rounding rounding) {
  auto plan = plan_for(format, rounding);
  if (!plan || function.arity != 1 || is_composed(function)) return std::nullopt;
  set_base(*plan, function.base);
  switch (function.kind) {
    case napier::Kind::power:
      plan->kind = Kind::power;
      break;
    case napier::Kind::power_minus_one:
      plan->kind = Kind::power_minus_one;
      break;
    case napier::Kind::logarithm:
      plan->kind = Kind::logarithm;
      break;
    case napier::Kind::slope:  // (e^x)′ = e^x; the others carry a factor
      if (function.base != Base::e) return std::nullopt;
      plan->kind = Kind::power;
      break;
  }
  return BulkFilter(*plan);
}

namespace {

constexpr std::size_t widest = 64;  // lanes of any vector

/// Runs a kernel over whole vectors and once more over the last elements, padded with zeros.
template <std::size_t inputs, class Kernel, class... Output>
void in_vectors(Kernel kernel, const std::array<std::span<const double>, inputs>& given,
                std::span<Output>... outputs) {
  const std::size_t width = HWY_DYNAMIC_DISPATCH(lanes)();
  const std::size_t size = given.front().size(), whole = size - size % width;
  const auto run = [&](const auto&... input) {
    kernel(input.data()..., outputs.data()..., whole);
    if (whole == size) return;
    assert(width <= widest);
    const auto last = [&](const auto&... rest) {
      const auto padded = [&](std::array<Output, widest>&&... results) {
        kernel(rest.data()..., results.data()..., width);
        (std::copy_n(results.begin(), size - whole, outputs.subspan(whole).begin()), ...);
      };
      padded(std::array<Output, widest>{}...);
    };
    const auto pad = [&](std::span<const double> values) {
      std::array<double, widest> padded{};
      std::ranges::copy(values.subspan(whole), padded.begin());
      return padded;
    };
    last(pad(input)...);
  };
  std::apply(run, given);
}

}  // namespace

void BulkFilter::look(std::span<const double> x, std::span<const double> y,
                      std::span<const double> limits, std::span<std::uint64_t> words) const {
  assert(x.size() == y.size() && x.size() == words.size() && x.size() == limits.size());
  const auto kernel = [&](const double* xs, const double* ys, const double* most,
                          std::uint64_t* out, std::size_t n) {
    HWY_DYNAMIC_DISPATCH(look)(plan_, xs, ys, most, out, n);
  };
  in_vectors<3>(kernel, {x, y, limits}, words);
}

BulkFilter::Wanted BulkFilter::Wanted::without_far_edges() const {
  Wanted wanted = *this;
  auto end = std::ranges::lower_bound(edges, largest_limit.value());
  // What tells of some errors between two edges needs both.
  const auto place = [&](std::size_t edge) {
    return edges.begin() + static_cast<std::ptrdiff_t>(edge);
  };
  if (doubt.tells_more() && place(doubt.inside_kept) < end)
    end = std::max(end, place(doubt.inside_broken) + 1);
  wanted.edges = {edges.begin(), end};
  return wanted;
}

BulkFilter::Passed BulkFilter::pass(std::span<const double> x, std::span<const double> y,
                                    const Wanted& wanted) const {
  assert(x.size() == y.size() && x.size() == wanted.limits.size());
  assert(wanted.edges.size() <= most_edges);
  Passed passed;
  HWY_DYNAMIC_DISPATCH(pass)
  (plan_, x.data(), y.data(), wanted.without_far_edges(), x.size(), passed);
  return passed;
}

BulkFilter::Passed BulkFilter::pass_alike(double first, double last, double y,
                                          const Wanted& wanted) const {
  assert(wanted.limits.size() == 1 && wanted.edges.size() <= most_edges);
  Passed passed;
  HWY_DYNAMIC_DISPATCH(pass_alike)
  (plan_, first, last, y, wanted.without_far_edges(), passed);
  return passed;
}

BulkFilter::Passed BulkFilter::Passed::times(std::uint64_t factor) const {
  Passed all = *this;
  all.count *= factor;
  for (std::uint64_t* number : {&all.misrounded, &all.no_value, &all.flushed}) *number *= factor;
  for (std::uint64_t& number : all.beyond) number *= factor;
  return all;
}

BulkFilter::Passed BulkFilter::Passed::of_one_lane() const {
  Passed one = *this;
  const auto to_one = [](std::uint64_t& number) { number = number != 0 ? 1 : 0; };
  for (std::uint64_t* number : {&one.count, &one.misrounded, &one.no_value, &one.flushed})
    to_one(*number);
  std::ranges::for_each(one.beyond, to_one);
  return one;
}

std::size_t BulkFilter::group() { return HWY_DYNAMIC_DISPATCH(lanes)(); }

void BulkFilter::enclose(std::span<const double> x, std::span<double> anchor,
                         std::span<double> below, std::span<double> above) const {
  assert(x.size() == anchor.size() && x.size() == below.size() && x.size() == above.size());
  const auto kernel = [&](const double* xs, double* a, double* lo, double* hi, std::size_t n) {
    HWY_DYNAMIC_DISPATCH(enclose)(plan_, xs, a, lo, hi, n);
  };
  in_vectors<1>(kernel, {x}, anchor, below, above);
}

namespace {

/// Is values[i] <= values[i + 1] everywhere, or >=?
template <class Holds>
bool are_in_order(std::span<const double> values, bool rising, Holds holds) {
  if (values.size() < 2) return true;
  const std::size_t pairs = values.size() - 1;
  const std::size_t whole = pairs - pairs % BulkFilter::group();
  if (!HWY_DYNAMIC_DISPATCH(in_order)(values.data(), rising, whole)) return false;
  return std::ranges::adjacent_find(values.subspan(whole), std::not_fn(holds)) == values.end();
}

}  // namespace

bool weakly_rises(std::span<const double> values) {
  return are_in_order(values, true, std::less_equal<double>());
}
bool weakly_falls(std::span<const double> values) {
  return are_in_order(values, false, std::greater_equal<double>());
}

namespace {

double narrow_value(Float x) {
  if (is_nan(x)) return std::numeric_limits<double>::quiet_NaN();
  const double size = is_infinite(x) ? std::numeric_limits<double>::infinity()
                                     : to_double(magnitude(exact_value(x)));
  return is_negative(x) ? -size : size;
}

using Table = std::array<double, 1 << 16>;

Table values_of_all(const Format& format) {
  Table table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = narrow_value({i, &format});
  return table;
}

/// The values of a format of at most 16 bits; throws std::out_of_range for any other.
const Table& table_of(const Format& format) {
  static const auto tables = [] {
    std::map<const Format*, Table> made;
    for (const Format* each : all_formats)
      if (each->width <= 16) made.emplace(each, values_of_all(*each));
    return made;
  }();
  return tables.at(&format);
}

}  // namespace

void values_of(const Format& format, std::span<const std::uint64_t> encodings,
               std::span<double> values) {
  assert(has_values(format) && encodings.size() == values.size());
  if (&format == &binary64) {
    std::memcpy(values.data(), encodings.data(), values.size_bytes());
    return;
  }
  if (&format == &binary32) {
    const std::size_t whole = values.size() - values.size() % BulkFilter::group();
    HWY_DYNAMIC_DISPATCH(widen)(encodings.data(), values.data(), whole);
    for (std::size_t i = whole; i < values.size(); ++i)
      values[i] =
          static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(encodings[i])));
    return;
  }
  const Table& table = table_of(format);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = table[encodings[i] & 0xffff];
}

double value_of(Float x) {
  const auto encoding = static_cast<std::uint64_t>(x.bits);
  if (x.format == &binary64) return std::bit_cast<double>(encoding);
  double value = 0;
  values_of(*x.format, {&encoding, 1}, {&value, 1});
  return value;
}

}  // namespace napier
#endif
