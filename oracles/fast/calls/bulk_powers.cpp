// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/fast/calls/bulk_powers.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <vector>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "oracles/fast/calls/bulk_powers.cpp"
#include <hwy/foreach_target.h>
// After it, or the kernels would be compiled once only.
#include "oracles/fast/calls/bulk_powers-inl.hpp"

#if HWY_ONCE
namespace napier {

HWY_EXPORT(look_at_powers);
HWY_EXPORT(pass_powers);
HWY_EXPORT(pass_powers_alike);
HWY_EXPORT(enclose_powers);

namespace {

/// Whole vectors, the last one filled up with zeros.
std::vector<double> filled_up(std::span<const double> values) {
  std::vector<double> whole(values.begin(), values.end());
  whole.resize((values.size() + BulkFilter::group() - 1) / BulkFilter::group() *
               BulkFilter::group());
  return whole;
}

}  // namespace

std::optional<BulkPowers> BulkPowers::of(const Format& format, Rounding rounding) {
  if (!has_values(format)) return std::nullopt;
  BulkFilter::Plan plan;
  // See power_of_base-inl.hpp, and for the first two bulk_wide-inl.hpp.
  plan.largest_error = 0x1p-48;
  plan.slack = 0x1p-85;
  plan.log_error = 0x1p-77;
  plan.precision = format.precision;
  plan.min_exponent = format.min_exponent();
  plan.max_exponent = format.max_exponent;
  // Half-way between powers of two, so that it is clear in which binade a power is.
  plan.least_argument = plan.min_exponent - plan.precision - 5.5;
  plan.most_argument = plan.max_exponent + 6.5;
  plan.rounding = rounding;
  return BulkPowers(plan);
}

void BulkPowers::look(const PowerCalls& calls, std::span<const double> limits,
                      std::span<std::uint64_t> words) const {
  const std::size_t count = calls.exponents.size();
  assert(calls.results.size() == count && limits.size() == count && words.size() == count);
  const auto kernel = [&](const PowerCalls& some, std::span<const double> most,
                          std::span<std::uint64_t> out) {
    HWY_DYNAMIC_DISPATCH(look_at_powers)
    (plan_, some.bases.data(), some.bases.size() == 1, some.exponents.data(), some.results.data(),
     most.data(), out.data(), out.size());
  };
  const std::size_t whole = count - count % group();
  if (whole != 0) kernel(calls.part(0, whole), limits.first(whole), words.first(whole));
  if (whole == count) return;
  const PowerCalls rest = calls.part(whole, count - whole);
  const auto bases = filled_up(rest.bases), exponents = filled_up(rest.exponents),
             results = filled_up(rest.results), most = filled_up(limits.subspan(whole));
  std::vector<std::uint64_t> last(exponents.size());
  kernel({calls.bases.size() == 1 ? calls.bases : bases, exponents, results}, most, last);
  std::copy_n(last.begin(), count - whole, words.begin() + static_cast<std::ptrdiff_t>(whole));
}

BulkFilter::Passed BulkPowers::pass(const PowerCalls& calls,
                                    const BulkFilter::Wanted& wanted) const {
  assert(calls.results.size() == calls.exponents.size());
  assert(wanted.limits.size() == calls.exponents.size());
  assert(wanted.edges.size() <= BulkFilter::most_edges);
  BulkFilter::Passed passed;
  if (calls.exponents.empty()) return passed;
  HWY_DYNAMIC_DISPATCH(pass_powers)
  (plan_, calls.bases.data(), calls.bases.size() == 1, calls.exponents.data(), calls.results.data(),
   wanted.without_far_edges(), calls.exponents.size(), passed);
  return passed;
}

BulkFilter::Passed BulkPowers::pass_alike(double base, double first, double last, double result,
                                          const BulkFilter::Wanted& wanted) const {
  assert(base > 0 && wanted.limits.size() == 1 && wanted.edges.size() <= BulkFilter::most_edges);
  BulkFilter::Passed passed;
  HWY_DYNAMIC_DISPATCH(pass_powers_alike)
  (plan_, base, first, last, result, wanted.without_far_edges(), passed);
  return passed;
}

void BulkPowers::enclose(std::span<const double> bases, std::span<const double> exponents,
                         std::span<double> anchor, std::span<double> below,
                         std::span<double> above) const {
  const auto whole_bases = filled_up(bases), whole_exponents = filled_up(exponents);
  std::array<std::vector<double>, 3> ends;
  for (auto& end : ends) end.resize(whole_bases.size());
  HWY_DYNAMIC_DISPATCH(enclose_powers)
  (plan_, whole_bases.data(), whole_exponents.data(), ends[0].data(), ends[1].data(),
   ends[2].data(), whole_bases.size());
  std::copy_n(ends[0].begin(), anchor.size(), anchor.begin());
  std::copy_n(ends[1].begin(), below.size(), below.begin());
  std::copy_n(ends[2].begin(), above.size(), above.begin());
}

}  // namespace napier
#endif
