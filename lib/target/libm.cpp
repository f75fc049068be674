// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// This machine's libm. Only this file and those of the folder libm/ name its exponentials.
#include <cmath>

#include "lib/target/contribute.hpp"
#include "lib/target/contributions.hpp"
#include "lib/target/libm/rows.hpp"

namespace napier {
namespace {

using libm::Row;

// A row is a function with the ulps that the manual documents for x86_64. It is glibc's table,
// made from what its own tests have seen: known maximum errors, not proven ones.
template <class T>
using UnaryRow = Row<Unary<T>>;

constexpr UnaryRow<float> of_float[] = {
    {&functions::exp, ::expf, "1"},       {&functions::exp2, ::exp2f, "1"},
#ifdef NAPIER_LIBM_EXP10
    {&functions::exp10, ::exp10f, "1"},
#endif
    {&functions::expm1, ::expm1f, "1"},
#ifdef NAPIER_LIBM_EXP2M1
    {&functions::exp2m1, ::exp2m1f, "1"}, {&functions::exp10m1, ::exp10m1f, "1"},
#endif
    {&functions::log, ::logf, "1"},
};
constexpr UnaryRow<double> of_double[] = {
    {&functions::exp, ::exp, "1"},       {&functions::exp2, ::exp2, "1"},
#ifdef NAPIER_LIBM_EXP10
    {&functions::exp10, ::exp10, "2"},
#endif
    {&functions::expm1, ::expm1, "1"},
#ifdef NAPIER_LIBM_EXP2M1
    {&functions::exp2m1, ::exp2m1, "2"}, {&functions::exp10m1, ::exp10m1, "4"},
#endif
    {&functions::log, ::log, "1"},
};
#ifdef NAPIER_LIBM_BINARY80
constexpr UnaryRow<long double> of_long_double[] = {
    {&functions::exp, ::expl, "1"},       {&functions::exp2, ::exp2l, "1"},
#ifdef NAPIER_LIBM_EXP10
    {&functions::exp10, ::exp10l, "1"},
#endif
    {&functions::expm1, ::expm1l, "3"},
#ifdef NAPIER_LIBM_EXP2M1
    {&functions::exp2m1, ::exp2m1l, "3"}, {&functions::exp10m1, ::exp10m1l, "4"},
#endif
    {&functions::log, ::logl, "1"},
};
#endif
#ifdef NAPIER_LIBM_BINARY128
constexpr UnaryRow<Quad> of_quad[] = {
    {&functions::exp, ::expf128, "1"},       {&functions::exp2, ::exp2f128, "1"},
    {&functions::exp10, ::exp10f128, "2"},   {&functions::expm1, ::expm1f128, "2"},
#ifdef NAPIER_LIBM_EXP2M1
    {&functions::exp2m1, ::exp2m1f128, "2"}, {&functions::exp10m1, ::exp10m1f128, "3"},
#endif
    {&functions::log, ::logf128, "1"},
};
#endif

/// glibc counts from the rounded value.
Claim documented(const Format& format, std::string_view ulps) {
  Claim claim;
  claim.max_ulp = parse_limit(ulps, format, Metric::rounded);
  claim.special_values = true;
  claim.source =
      "The GNU C Library Reference Manual, Known Maximum Errors in Math Functions (x86_64), "
      "and ISO C23 Annex F";
  return claim;
}

template <class F>
void add(Catalogue& catalogue, const Row<F>& row) {
  const Format& format = *native_format<libm::ResultOf<F>>;
  // The x87's own exponential and logarithm differ between makers in their last bits.
  const std::string_view method =
      &format == &binary80 ? "this machine's C library; x87 results depend on the processor's maker"
                           : "this machine's C library";
  catalogue.add(libm::target_of("libm/", row, documented(format, row.ulps), method));
}

}  // namespace

void contribute_libm(Catalogue& catalogue) {
  for (const auto& row : of_float) add(catalogue, row);
  add(catalogue, Row<Binary<float>>{&functions::pow, ::powf, "1"});
  for (const auto& row : of_double) add(catalogue, row);
  add(catalogue, Row<Binary<double>>{&functions::pow, ::pow, "1"});
#ifdef NAPIER_LIBM_BINARY80
  for (const auto& row : of_long_double) add(catalogue, row);
  add(catalogue, Row<Binary<long double>>{&functions::pow, ::powl, "1"});
#endif
#ifdef NAPIER_LIBM_BINARY128
  for (const auto& row : of_quad) add(catalogue, row);
  add(catalogue, Row<Binary<Quad>>{&functions::pow, ::powf128, "2"});
#endif
  libm::contribute_rounded_once(catalogue);
}

}  // namespace napier
