// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Derivatives of ln x, which is two_word_log.cpp's wherever a method asks for values.
//
// The claims, in units of u = 2^-p:
//
//   1/x, as it is, and as dual numbers have it, 1·(1/x): a quotient, correctly rounded.
//   The rule of the inverse, 1/(e^t)′ at t = ln x: where |t| < 0.7 the logarithm is off by half a
//     place of at most u, and that is relative to e^t; e^t itself 1.06u (1.14u in binary32), and
//     the quotient ½: 0.51 + 1.14 + ½.
//   The complex step: ln(x + ixh) = ln x + h²/2 + i·atan h, and atan h rounds to h. xh is exact
//     while it is normal, and h/(xh) a quotient.
//   Jets: −1/x² by two quotients, 1 and ½; 2/x³ by three, a division by 3 and a product with 6:
//     3 + 1 + ½. Coefficients must stay normal: the domains end before.
//
// Differences over x ± xh, whose steps are proportional to x: with d the step that was made, over
// the middle m of its ends,
//
//   central   ln(m + dm) − ln(m − dm) = 2·artanh d,  so that λ = artanh(d)/d, λ − 1 < d²/2.99
//   forward   ln(x + dx) − ln x = ln(1 + d),          λ = ln(1 + d)/d,       1 − λ < d/2
//
// for every x, as powers have it: what is left out is known exactly. In [1/2, 2] each logarithm is
// off by 0.50003 ulp, 0.50003u; m lies 2u off x, and 4u are for the roundings.
//
//                                      λ − 1       values      sum
//   central  binary64, h = 2^-18       4.86e-12    1.456e-11   1.942e-11
//            binary32, h = 2^-8        5.11e-6     7.64e-6     1.32e-5
//   forward  binary64, h = 2^-26       7.46e-9     7.46e-9     1.492e-8
//            binary32, h = 2^-12       1.221e-4    2.442e-4    3.67e-4
#include "lib/derivative/difference.hpp"
#include "lib/derivative/dual.hpp"
#include "lib/derivative/jet.hpp"
#include "lib/derivative/row.hpp"
#include "lib/target/composition.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr std::string_view file = "lib/derivative/log_slope.cpp";

template <Working T>
T quotient(T x) {
  return 1 / x;
}

template <Working T>
T by_dual_numbers(T x) {
  return log(shelf::variable(x)).slope;
}

template <Working T>
T by_inverse(T x) {
  return 1 / shelf::tang_exp(shelf::two_word_log(x));
}

template <Working T>
T by_complex_step(T x) {
  constexpr T h = shelf::step<T>(-16, -30);
  return (h - h * h * h / 3) / (x * h);
}

template <Working T>
T by_central_difference(T x) {
  return shelf::central_difference(shelf::two_word_log<T>, x, x * shelf::step<T>(-8, -18));
}

template <Working T>
T by_forward_difference(T x) {
  return shelf::forward_difference(shelf::two_word_log<T>, x, x * shelf::step<T>(-12, -26));
}

template <Working T, int n>
T by_jet(T x) {
  return highest(shelf::log_of_variable<T, n>(x));
}

template <Working T>
void add(Catalogue& catalogue) {
  const auto add_one = [&](std::string_view method, std::string_view idea, const Function& function,
                           T (*code)(T), const shelf::ClaimTexts& claims) {
    shelf::add_derivative<T>(catalogue, {method, idea, file}, function, Unary<T>(code), claims);
  };
  namespace fn = functions;
  add_one("quotient", "1/x", fn::d_log, quotient<T>, {"correctly rounded", "correctly rounded"});
  add_one("dual", "dual numbers: the chain rule carried along with the value", fn::d_log,
          by_dual_numbers<T>, {"correctly rounded", "correctly rounded"});
  add_one("inverse", "1/(e^t)' at t = ln x, the rule of the inverse", fn::d_log, by_inverse<T>,
          {"ulp <= 2.16 on [0.5, 2]", "ulp <= 2.16 on [0.5, 2]"});
  add_one("complex_step", "Im f(x + ih)/h: a step without a difference", fn::d_log,
          by_complex_step<T>,
          {"ulp <= 0.5 on [0x1p-110, 0x1p127]", "ulp <= 0.5 on [0x1p-990, 0x1p1023]"});
  add_one("central_difference", "a chord over both neighbours, in proportion to x", fn::d_log,
          by_central_difference<T>, {"rel <= 1.32e-5 on [0.5, 2]", "rel <= 1.95e-11 on [0.5, 2]"});
  add_one("forward_difference", "a chord to a neighbour, in proportion to x", fn::d_log,
          by_forward_difference<T>, {"rel <= 3.67e-4 on [0.5, 2]", "rel <= 1.5e-8 on [0.5, 2]"});
  add_one("jet", "Taylor mode: the recurrences of Taylor coefficients", derivative(fn::d_log, 2),
          by_jet<T, 2>, {"ulp <= 1.51 on [0x1p-62, 0x1p62]", "ulp <= 1.51 on [0x1p-510, 0x1p510]"});
  add_one("jet", "Taylor mode: the recurrences of Taylor coefficients", derivative(fn::d_log, 3),
          by_jet<T, 3>, {"ulp <= 4.51 on [0x1p-40, 0x1p40]", "ulp <= 4.51 on [0x1p-330, 0x1p330]"});
}

}  // namespace

void contribute_log_slope(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
