// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// (a^x)′ = a^x·ln a as everybody writes it: two rounded factors and a product.
//
// The claim. With u = 2^-p, an error of k ulp is a relative one of at most 2k·u, and one of n·u is
// at most n ulp. The power is off by 0.50001 ulp (own_base.cpp), 1.0001u, and the last rounding
// adds ½ ulp. ln a, rounded, is off by
//
//             binary64    binary32
//   ln 2      0.302u      0.047u       so 2^x ln 2:    1.81 and 1.55 ulp
//   ln 10     0.850u      0.234u       and 10^x ln 10: 2.36 and 1.74
//
// Where the power is subnormal it is off by 0.50001 least subnormals, ln 10 = 2.303 times that in
// the slope, 1.16 in place of 1.0001: 2.51 and 1.90.
//
// x^y ln x: the power is off by 1.032u (1.006u), ln x in two words and rounded by 1.0001u, and
// there is the product: 2.54 and 2.51. A subnormal power would be lost in it, |ln x| times as far:
// the domain keeps out of there.
//
// What it cannot do: 2^x overflows at 1024, its slope, 0.69 as large, only at 1024.53. In between
// the product is infinite too early. The domain ends below; two_words.cpp goes on to the end.
#include "lib/derivative/row.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method method{"product", "a^x times ln a, each rounded",
                               "lib/derivative/product.cpp"};

template <Working T>
T d_exp2(T x) {
  return shelf::own_base_exp2(x) * shelf::ln2<T>.hi;
}

template <Working T>
T d_exp10(T x) {
  return shelf::own_base_exp10(x) * shelf::ln10<T>.hi;
}

template <Working T>
T d_pow_y(T x, T y) {
  if (!(x > 0 && x < shelf::infinity<T>)) return shelf::power(x, y) * (x - x);
  const auto [hi, lo] = shelf::log_pair(x);
  return shelf::power(x, y) * (hi + lo);
}

template <Working T>
void add(Catalogue& catalogue) {
  shelf::add_derivative<T>(catalogue, method, functions::d_exp2, Unary<T>(d_exp2<T>),
                           {"ulp <= 1.55 on [-200, 127.99]", "ulp <= 1.81 on [-1200, 1023.99]"});
  shelf::add_derivative<T>(catalogue, method, functions::d_exp10, Unary<T>(d_exp10<T>),
                           {"ulp <= 1.91", "ulp <= 2.51"});
  shelf::add_derivative<T>(catalogue, method, functions::d_pow_y, Binary<T>(d_pow_y<T>),
                           {"ulp <= 2.51 on x in [0x1p-10, 0x1p10], y in [-12, 12]",
                            "ulp <= 2.54 on x in [0x1p-10, 0x1p10], y in [-100, 100]"});
}

}  // namespace

void contribute_product(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
