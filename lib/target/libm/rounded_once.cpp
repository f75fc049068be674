// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What a user of a 16-bit format does where libm has no function for it: compute in float, round
// once more.
//
// The claim. Let t be the true value, u its ulp in the small format and v its ulp in float: at a
// normal result v = 2^-13 u for binary16 and 2^-16 u for bfloat16, at a subnormal one no more. The
// float y is within K + ½ of v, with the K that the manual counts from the rounded value. Rounding
// y to z adds
//
//   |z − y| ≤ u/2, where y and t lie in one binade of the small format;
//   nothing, where a power of two b of the format lies between them: y is within 2·(K + ½)·v of b,
//   less than half of either ulp next to b, so that z = b, and |z − t| ≤ |y − t|.
//
// Together ½ + (K + ½)·v/u, double rounding included: for K = 1 that is 0.500184 and 0.500023. An
// infinite y or z stands for all from 2^(emax+1) on, and the same holds of it. In a directed mode
// rounding y adds less than an ulp of y, which is 2 of t where a power of two lies between them.
// No figure for float is documented there, nor any here.
//
// Annex F: float has every argument and every special value of the small formats, with its sign.
#include <cmath>
#include <type_traits>

#include "lib/fp/narrow.hpp"
#include "lib/target/libm/rows.hpp"

#if defined(__x86_64__) && defined(__FLT16_MAX__) && !defined(__F16C__)
#define NAPIER_CONVERSIONS_AT_RUN_TIME
#include <cpuid.h>
#endif

namespace napier::libm {
namespace {

template <class T, Unary<float> code>
T rounded(T x) {
  return narrowed<T>(code(widened(x)));
}
template <class T, Binary<float> code>
T rounded(T x, T y) {
  return narrowed<T>(code(widened(x), widened(y)));
}

// Half the time of a pow goes into the compiler's conversions of binary16. Where the processor has
// its own they give the same bits in a tenth of it.
#ifdef NAPIER_CONVERSIONS_AT_RUN_TIME
bool processor_converts() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx") != 0 && __get_cpuid(1, &a, &b, &c, &d) != 0 &&
         (c & bit_F16C) != 0;
}
template <Unary<float> code>
[[gnu::target("f16c")]] _Float16 rounded_by_processor(_Float16 x) {
  return static_cast<_Float16>(code(static_cast<float>(x)));
}
template <Binary<float> code>
[[gnu::target("f16c")]] _Float16 rounded_by_processor(_Float16 x, _Float16 y) {
  return static_cast<_Float16>(code(static_cast<float>(x), static_cast<float>(y)));
}
#endif

/// The function to be called, a Unary or Binary of T like the code for float.
template <template <class> class Arity, class T, Arity<float> code>
Arity<T> once_rounded() {
#ifdef NAPIER_CONVERSIONS_AT_RUN_TIME
  if constexpr (std::is_same_v<T, _Float16>)
    if (processor_converts()) return rounded_by_processor<code>;
#endif
  return rounded<T, code>;
}

template <class F>
void add(Catalogue& catalogue, const Row<F>& row) {
  Claim claim;
  claim.max_ulp = parse_limit(row.ulps, *native_format<ResultOf<F>>);
  claim.special_values = true;
  claim.source = "lib/target/libm/rounded_once.cpp, from the ulps documented for float";
  catalogue.add(target_of("libm/rounded_once/", row, std::move(claim),
                          "this machine's C library in float, rounded once"));
}

template <class T>
void add_all(Catalogue& catalogue, std::string_view ulps) {
  const auto add_unary = [&](const Function& function, Unary<T> code) {
    add(catalogue, Row<Unary<T>>{&function, code, ulps});
  };
  add_unary(functions::exp, once_rounded<Unary, T, ::expf>());
  add_unary(functions::exp2, once_rounded<Unary, T, ::exp2f>());
#ifdef NAPIER_LIBM_EXP10
  add_unary(functions::exp10, once_rounded<Unary, T, ::exp10f>());
#endif
  add_unary(functions::expm1, once_rounded<Unary, T, ::expm1f>());
#ifdef NAPIER_LIBM_EXP2M1
  add_unary(functions::exp2m1, once_rounded<Unary, T, ::exp2m1f>());
  add_unary(functions::exp10m1, once_rounded<Unary, T, ::exp10m1f>());
#endif
  add_unary(functions::log, once_rounded<Unary, T, ::logf>());
  add(catalogue, Row<Binary<T>>{&functions::pow, once_rounded<Binary, T, ::powf>(), ulps});
}

}  // namespace

void contribute_rounded_once(Catalogue& catalogue) {
  add_all<BFloat16>(catalogue, "0.50003");
#ifdef __FLT16_MAX__
  add_all<_Float16>(catalogue, "0.5002");
#endif
}

}  // namespace napier::libm
