// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/target/function.hpp"

// Functions that people compose of exponentials and logarithms, the first derivatives of these, and
// that of the logarithm itself.
// oracles/compositions/ says what is true of each.
namespace napier {

/// Made of exponentials and logarithms, or a derivative of such a function or of a logarithm: a
/// kind that the others know nothing of, for whatever is asked of it is answered by its own file.
/// Its rows have no base that means anything; the variable of a derivative is the base for the
/// first argument, and the exponent for the last.
inline constexpr Kind composed = Kind{4};

constexpr bool is_composed(const Function& f) { return f.kind == composed; }
/// Of a power or a composition.
constexpr bool is_derivative(const Function& f) { return f.primal != nullptr; }

namespace functions {
inline constexpr Function sigmoid{"sigmoid", "1/(1 + e^-x)", composed, Base::e, 1};
inline constexpr Function softplus{"softplus", "ln(1 + e^x)", composed, Base::e, 1};
inline constexpr Function logaddexp{"logaddexp", "ln(e^x + e^y)", composed, Base::e, 2};
inline constexpr Function growth{"growth", "2^(x/y)", composed, Base::e, 2};
/// The density of e^N, N normal of mean 0 and variance 1.
inline constexpr Function lognormal{"lognormal", "e^(-(ln x)^2/2)/(x sqrt(2 pi))", composed,
                                    Base::e, 1};
inline constexpr Function d_log{"d_log", "(ln x)' = 1/x", composed, Base::e, 1, &log};
inline constexpr Function d_sigmoid{
    "d_sigmoid", "(1/(1 + e^-x))' = s(x) s(-x)", composed, Base::e, 1, &sigmoid};
inline constexpr Function d_softplus{
    "d_softplus", "ln(1 + e^x)' = 1/(1 + e^-x)", composed, Base::e, 1, &softplus};
inline constexpr Function d_logaddexp_x{
    "d_logaddexp_x", "d/dx ln(e^x + e^y) = e^x/(e^x + e^y)", composed, Base::e, 2, &logaddexp,
    Variable::base};
inline constexpr Function d_logaddexp_y{
    "d_logaddexp_y", "d/dy ln(e^x + e^y) = e^y/(e^x + e^y)", composed, Base::e, 2, &logaddexp};
inline constexpr Function d_growth_x{
    "d_growth_x", "d/dx 2^(x/y) = 2^(x/y) ln 2/y", composed, Base::e, 2, &growth, Variable::base};
inline constexpr Function d_growth_y{
    "d_growth_y", "d/dy 2^(x/y) = -2^(x/y) x ln 2/y^2", composed, Base::e, 2, &growth};
inline constexpr Function d_lognormal{
    "d_lognormal", "f' = -f (1 + ln x)/x, f the lognormal density", composed, Base::e, 1,
    &lognormal};
inline constexpr Function d_exp2m1{"d_exp2m1", "(2^x - 1)' = 2^x ln 2", Kind::slope, Base::two, 1,
                                   &exp2m1};
inline constexpr Function d_exp10m1{
    "d_exp10m1", "(10^x - 1)' = 10^x ln 10", Kind::slope, Base::ten, 1, &exp10m1};
}  // namespace functions

/// Every row of this page, in the order of reports. A new one is a new row above and there, and a
/// file in oracles/compositions/.
std::span<const Function* const> all_compositions();

/// Of a function of two arguments d²/dx dy: d2_logaddexp_xy, and that of pow.
const Function& mixed_derivative_of(const Function& primal);

}  // namespace napier
