// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// An exponential good enough for the 8 or 11 bits of a neural network's formats, as cheap as that
// allows: e^x = 2^n·2^f with n + f = x·log2(e), |f| ≤ 1/2, a cubic (quartic) for 2^f in binary32,
// and one rounding at the end.
//
// The claim, in ulp; |z| < 2^7 (2^5) for z = x·log2(e) wherever the result is a normal number:
//
//                                                  bfloat16          binary16
//   the polynomial (scripts/softmax.sollya)        2^(8-13.27)       2^(11-18.44)     0.0259 0.0058
//   z: rounded, and its constant                   2^(8-17.5)        2^(11-19.7)      0.0014 0.0024
//   the polynomial's roundings in binary32         2^(8-22.5)        2^(11-22.5)      0.0001 0.0004
//   the last rounding                                                                 0.5      0.5
//
// 0.528 and 0.509; there are few enough arguments to confirm it for each. A bfloat16 that is
// subnormal was a subnormal binary32 before, rounded 16 bits further down: 2^-17 more.
//
// No claim for directed modes: binary16 is converted to nearest in all of them.
#include <array>

#include "lib/exponential/encoding.hpp"
#include "lib/exponential/promise.hpp"
#include "lib/fp/narrow.hpp"

namespace napier {
namespace {

template <class T>
constexpr std::array<float, 0> coefficients{};
template <>
constexpr std::array coefficients<BFloat16>{1.0f, 0x1.62f5fap-1f, 0x1.f00c4cp-3f, 0x1.c2a252p-5f};
#ifdef __FLT16_MAX__
template <>
constexpr std::array coefficients<_Float16>{1.0f, 0x1.62e12cp-1f, 0x1.ec0374p-3f, 0x1.c9fc74p-5f,
                                            0x1.3a03c8p-7f};
#endif

template <class T>
T softmax_exp(T argument) {
  constexpr auto& c = coefficients<T>;
  const float x = widened(argument);
  if (!shelf::exp_is_ordinary(x)) return narrowed<T>(shelf::exp_limit(x));
  const float z = x * 0x1.715476p+0f;
  const int n = shelf::nearest_integer(z);
  const float f = z - static_cast<float>(n);
  float power = c.back();
  for (std::size_t i = c.size() - 1; i-- > 0;) power = c[i] + f * power;
  return narrowed<T>(shelf::times_power_of_two(power, n));
}

template <class T>
void add(Catalogue& catalogue, std::string_view max_ulp) {
  const shelf::Promise promise{.max_ulp = max_ulp, .special_values = true};
  ship(catalogue, {.method = "softmax",
                   .idea = "2^n times a cubic or quartic, for formats of few bits",
                   .function = &functions::exp,
                   .format = native_format<T>,
                   .code = Unary<T>(softmax_exp<T>),
                   .claim = claim_of(promise, *native_format<T>, "lib/exponential/softmax.cpp")});
}

}  // namespace

void contribute_softmax(Catalogue& catalogue) {
  add<BFloat16>(catalogue, "0.528");
#ifdef __FLT16_MAX__
  add<_Float16>(catalogue, "0.509");
#endif
}

}  // namespace napier
