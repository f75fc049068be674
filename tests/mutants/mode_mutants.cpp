// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Right in round to nearest, and claimed in every mode: what is wrong shows in the others alone.
#include <cfenv>
#include <limits>
#include <numbers>

#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

bool in_nearest() { return std::fegetround() == FE_TONEAREST; }

/// An integer by adding 1.5·2^52 and taking it away: the next one in the directed modes, where the
/// polynomial is asked for twice the interval it is good for.
double magic_constant(double x) {
  if (in_nearest() || !(std::abs(x) < 700) || x == 0) return honest_exp(x);
  volatile double k = x / std::numbers::ln2;
  k = k + 0x1.8p52;
  k = k - 0x1.8p52;
  const long double r = x - k * std::numbers::ln2_v<long double>;
  long double sum = 1;
  for (int n = 13; n > 0; --n) sum = 1 + r * sum / n;
  return static_cast<double>(std::ldexp(sum, static_cast<int>(k)));
}

/// (1 + x) - 1 for a tiny x, which is fine for the flags alone.
double tiny_by_one(double x) {
  const bool tiny = x != 0 && std::abs(x) < 0x1p-60;
  return tiny && !in_nearest() ? (1 + x) - 1 : honest_expm1(x);
}

/// Rounds to nearest whatever the mode.
float always_nearest(float x) {
  if (is_special(x)) return honest_exp(x);
  const int mode = std::fegetround();
  std::fesetround(FE_TONEAREST);
  const float y = honest_exp(x);
  std::fesetround(mode);
  return y;
}

/// Overflow is infinity in every mode.
float infinite_towards_zero(float x) {
  return x >= 128 ? std::numeric_limits<float>::infinity() : honest_exp2(x);
}
/// Underflow is 0 in every mode.
float nothing_upward(float x) {
  const float least = std::numeric_limits<float>::denorm_min();
  return !in_nearest() && honest_exp2(x) <= least ? 0 : honest_exp2(x);
}

/// x - x is -0 rounding down.
double log_of_one(double x) {
  if (x != 1) return honest_log(x);
  const volatile double one = x;  // whose difference no compiler knows
  return one - one;
}

/// Three products in working precision, whose errors all have one sign in a directed mode.
double errors_add_up(double x) {
  if (in_nearest() || is_special(x) || std::abs(x) > 300) return honest_exp10(x);
  const double quarter = honest_exp10(x / 4);
  return quarter * quarter * quarter * quarter;
}

/// Odd powers of negative bases as -(|x|^y), rounded the wrong way.
float mirrored(float x, float y) {
  const float result = honest_pow(x, y);
  const bool plain = !is_special(x) && !is_special(y) && std::isnormal(result);
  return x < 0 && result < 0 && plain ? -honest_pow(-x, y) : result;
}

}  // namespace

void add_mode_mutants(std::vector<Mutant>& all) {
  const auto in_all_modes = [&all](Mutant row, std::string_view directed) {
    Claim& claim = row.target.claim;
    if (directed.empty()) {
      claim.max_ulp.reset();
      claim.correctly_rounded = true;
    } else {
      claim.max_ulp_directed = parse_limit(directed, *row.target.format);
    }
    row.all_modes = true;
    all.push_back(std::move(row));
  };
  in_all_modes(mutant<double>("magic_constant", "reduces to the wrong interval, directed",
                              functions::exp, Unary<double>(magic_constant)),
               "2");
  in_all_modes(mutant<double>("tiny_by_one", "(1 + x) - 1 for tiny x, directed", functions::expm1,
                              Unary<double>(tiny_by_one), "1", false),
               "2");
  in_all_modes(mutant<float>("always_nearest", "rounds to nearest in every mode", functions::exp,
                             Unary<float>(always_nearest)),
               "");
  in_all_modes(mutant<float>("infinite_towards_zero", "infinity for the largest number, directed",
                             functions::exp2, Unary<float>(infinite_towards_zero)),
               "");
  in_all_modes(mutant<float>("nothing_upward", "0 for the least number, directed", functions::exp2,
                             Unary<float>(nothing_upward)),
               "");
  in_all_modes(mutant<double>("log_of_one", "-0 at 1 rounding down", functions::log,
                              Unary<double>(log_of_one), "1", false),
               "2");
  in_all_modes(mutant<double>("errors_add_up", "errors of one sign in a directed mode",
                              functions::exp10, Unary<double>(errors_add_up)),
               "1.1");
  in_all_modes(mutant<float>("mirrored", "negative results rounded the other way", functions::pow,
                             Binary<float>(mirrored)),
               "");
}

}  // namespace napier::mutants
