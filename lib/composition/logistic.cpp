// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The logistic function and its integrals, composed of an exponential of −|x| and a ln(1 + e) that
// keeps a small e.
//
// The claims, in units of u = 2^-p. e = e^−|x| by Tang's method is off by 0.57 ulp, 1.14u of
// itself, and where it is subnormal by 0.57 least subnormals, which no other step adds to.
//
// s(x), x ≥ 0, is 1/(1 + e), between 1/2 and 1, where an ulp is u. Relative to it e counts
// 1.14·e/(1 + e), the sum's rounding 1/(1 + e), which is absolute: times 1/(1 + e), together
// (1.14e + 1)/(1 + e)² ≤ 1 ulp. With the quotient's rounding 1.5, and what is of second order.
// s(x), x < 0, is e/(1 + e): 1.14 and 1 relatively, 2.14 ulp, and the quotient's ½: 2.64.
//
// ln(1 + e): 1 ulp of its own (logistic.hpp), and of e at most 1.14u of it, 1.14 ulp, for
// e/((1 + e) ln(1 + e)) ≤ 1. So softplus is 2.14 ulp off for x ≤ 0. For x > 0 ln(1 + e) ≤ ln 2 is
// off by 2.14u·ln 2·2 at most, two ulps of 1/2 each as large as u, and softplus is above ln 2: an
// ulp of at least u for a sum of 1/2 and more. 2.14·2·0.694 = 2.97 with ½: 3.47.
//
// ln(e^x + e^y): |x − y| is rounded, u·d, and d·e^−d ≤ 0.37 makes 0.37u of ln(1 + e), absolutely.
// With the line above 2.97 and 0.37: 3.34u, and u of the result for the last rounding. Where both
// cancel nothing relative is left to promise: the claim is absolute and relative.
#include "lib/composition/logistic.hpp"

#include "lib/target/claim_grammar.hpp"
#include "lib/target/contribute.hpp"

namespace napier {
namespace shelf {
namespace {

Claim claim(std::string_view text, const Function& function, const Format& format) {
  Claim made = parse_claim(text, function, format);
  made.source = "lib/composition/logistic.cpp";
  return made;
}

}  // namespace

template <Working T>
Claim sigmoid_claim() {
  return claim("ulp <= 1.501 on [0, inf]; ulp <= 2.65 on [-inf, 0]", functions::sigmoid,
               *native_format<T>);
}
template <Working T>
Claim softplus_claim() {
  return claim("ulp <= 2.15 on [-inf, 0]; ulp <= 3.48 on [0, inf]", functions::softplus,
               *native_format<T>);
}
template <Working T>
Claim logaddexp_claim() {
  constexpr bool single = std::same_as<T, float>;
  return claim(single ? "abs + rel <= 2.0e-7 + 6.0e-8" : "abs + rel <= 3.72e-16 + 1.12e-16",
               functions::logaddexp, *native_format<T>);
}
template Claim sigmoid_claim<float>();
template Claim sigmoid_claim<double>();
template Claim softplus_claim<float>();
template Claim softplus_claim<double>();
template Claim logaddexp_claim<float>();
template Claim logaddexp_claim<double>();

}  // namespace shelf
namespace {

template <class T>
void add(Catalogue& catalogue) {
  const auto ship_one = [&](const Function& function, ScalarFunction code, const Claim& claim) {
    ship(catalogue, {.method = "log1p",
                     .idea = "an exponential of -|x|, which can't overflow, and ln(1 + e)",
                     .function = &function,
                     .format = native_format<T>,
                     .code = code,
                     .claim = claim});
  };
  ship_one(functions::sigmoid, Unary<T>(shelf::sigmoid<T>), shelf::sigmoid_claim<T>());
  ship_one(functions::softplus, Unary<T>(shelf::softplus<T>), shelf::softplus_claim<T>());
  ship_one(functions::logaddexp, Binary<T>(shelf::logaddexp<T>), shelf::logaddexp_claim<T>());
}

}  // namespace

void contribute_logistic(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
