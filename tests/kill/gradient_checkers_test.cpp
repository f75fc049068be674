// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What the gradient checkers of other projects make of wrong derivatives, next to Napier: the table
// of docs/why.md, and a test that holds it to what it says.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <iostream>
#include <limits>
#include <numbers>
#include <random>

#include "tests/kill/trial.hpp"
#include "tests/mutants/honest.hpp"

namespace napier {
namespace {

using Curve = std::function<double(double)>;

/// A rule by which a derivative passes: how it is estimated from values, and how near it must be.
struct Checker {
  std::string_view name;
  double (*estimate)(const Curve& f, double x);
  bool (*accepts)(double derivative, double estimate);
};

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

/// Central differences of 1e-6; |a − n| ≤ 1e-5 + 1e-3|n|: torch/autograd/gradcheck.py, defaults.
constexpr Checker torch_gradcheck{
    "gradcheck", [](const Curve& f, double x) { return (f(x + 1e-6) - f(x - 1e-6)) / 2e-6; },
    [](double a, double n) {
      return same(a, n) || std::fabs(a - n) <= 1e-5 + 1e-3 * std::fabs(n);
    }};

/// Central differences of 1e-4; 1e-5 + 1e-5|n| in double precision, inf − inf being 0:
/// jax/_src/public_test_util.py, EPS and default_gradient_tolerance.
constexpr Checker jax_check_grads{"check_grads",
                                  [](const Curve& f, double x) {
                                    const double right = f(x + 1e-4), left = f(x - 1e-4);
                                    return right == left ? 0 : (right - left) * (0.5 / 1e-4);
                                  },
                                  [](double a, double n) {
                                    return same(a, n) ||
                                           std::fabs(a - n) <= 1e-5 + 1e-5 * std::fabs(n);
                                  }};

/// Six points, h = eps^(1/7) max(1, |x|): stan/math/prim/functor/finite_diff_gradient_auto.hpp;
/// near to 1e-4 of the mean of both, or 1e-8: test/unit/math/ad_tolerances.hpp,
/// relative_tolerance.hpp.
constexpr Checker stan_expect_ad{
    "expect_ad",
    [](const Curve& f, double x) {
      const double h =
          std::pow(std::numeric_limits<double>::epsilon(), 1.0 / 7) * std::fmax(1, std::fabs(x));
      return (f(x + 3 * h) - 9 * f(x + 2 * h) + 45 * f(x + h) - f(x - 3 * h) + 9 * f(x - 2 * h) -
              45 * f(x - h)) /
             (60 * h);
    },
    [](double a, double n) {
      return same(a, n) ||
             std::fabs(a - n) <= std::fmax(1e-4 * 0.5 * (std::fabs(a) + std::fabs(n)), 1e-8);
    }};

/// central_fdm(5, 1), with a step near the one that its error model settles on; isapprox with rtol
/// = atol = 1e-9: ChainRulesTestUtils.jl, src/testers.jl.
constexpr Checker chain_rules{
    "test_frule",
    [](const Curve& f, double x) {
      const double h = 1e-3;
      return (f(x - 2 * h) - 8 * f(x - h) + 8 * f(x + h) - f(x + 2 * h)) / (12 * h);
    },
    [](double a, double n) {
      return same(a, n) ||
             std::fabs(a - n) <= std::fmax(1e-9, 1e-9 * std::fmax(std::fabs(a), std::fabs(n)));
    }};

constexpr std::array checkers{torch_gradcheck, jax_check_grads, stan_expect_ad, chain_rules};

/// A wrong derivative, what it is a derivative of, and where its fault is plainest.
struct Trial {
  std::string_view mutant;
  double (*value)(double x, double y);
  double x;
  double y = 0;
  /// Which checkers pass it, there and at the points that tests draw.
  std::array<bool, checkers.size()> passes_there;
  std::array<bool, checkers.size()> passes_drawn;
};

double exp_of(double x, double) { return mutants::honest_exp(x); }
double exp2_of(double x, double) { return mutants::honest_exp2(x); }
double exp10_of(double x, double) { return mutants::honest_exp10(x); }
double expm1_of(double x, double) { return mutants::honest_expm1(x); }
double pow_of(double x, double y) { return mutants::honest_pow(x, y); }
double slope_of_exp2(double x, double) { return mutants::honest_exp2(x) * std::numbers::ln2; }

constexpr bool pass = true, find = false;
const std::vector<Trial>& trials() {
  static const std::vector<Trial> all{
      {"slope_from_the_value",
       expm1_of,
       -40,
       0,
       {pass, pass, pass, pass},
       {pass, pass, pass, pass}},
      {"slope_overflows_early",
       exp2_of,
       1024,
       0,
       {pass, pass, find, find},
       {pass, pass, pass, pass}},
      {"slope_flushes", exp_of, -710, 0, {pass, pass, pass, pass}, {pass, pass, pass, pass}},
      {"scaled_slope", exp_of, 1, 0, {pass, pass, pass, pass}, {pass, pass, pass, pass}},
      {"short_ln2", exp2_of, 1, 0, {pass, pass, pass, find}, {pass, pass, pass, find}},
      {"short_ln10", exp10_of, 1, 0, {pass, pass, pass, find}, {pass, pass, pass, find}},
      {"step_too_long", exp_of, 1, 0, {pass, pass, pass, find}, {pass, pass, pass, find}},
      {"step_too_short", exp_of, 1, 0, {pass, pass, pass, find}, {pass, pass, pass, find}},
      {"power_over_base", pow_of, 0, 2, {find, find, find, find}, {pass, pass, pass, pass}},
      {"logarithm_of_zero", pow_of, 0, 2, {find, find, find, find}, {pass, pass, pass, pass}},
      {"missing_ln", exp2_of, 1, 0, {find, find, find, find}, {find, find, find, find}},
      {"ln_of_another_base", exp10_of, 1, 0, {find, find, find, find}, {find, find, find, find}},
      {"swapped_to_y", pow_of, 2, 3, {find, find, find, find}, {find, find, find, find}},
      {"swapped_to_x", pow_of, 2, 3, {find, find, find, find}, {find, find, find, find}},
      {"forgotten_chain_factor", pow_of, 2, 3, {find, find, find, find}, {find, find, find, find}},
      {"taylor_coefficient",
       slope_of_exp2,
       1,
       0,
       {find, find, find, find},
       {find, find, find, find}},
  };
  return all;
}

double called(const Target& target, double x, double y_) {
  const Call call{from_native(x), target.function->arity == 2 ? from_native(y_) : Float{}};
  Answer answer;
  target.open()->call(Rounding::nearest, Observe::values, {&call, 1}, {&answer, 1});
  return to_native<double>(answer.value);
}

bool passes(const Checker& checker, const Trial& trial, double x, double y_) {
  const Target& target = mutants::find(trial.mutant).target;
  const bool along_base =
      target.function->arity == 1 || target.function->variable == Variable::base;
  const Curve curve = [&](double at) {
    return along_base ? trial.value(at, y_) : trial.value(x, at);
  };
  return checker.accepts(called(target, x, y_), checker.estimate(curve, along_base ? x : y_));
}

/// As gradient tests draw their inputs: normally distributed, bases positive and away from 0.
bool passes_at_drawn_points(const Checker& checker, const Trial& trial) {
  std::mt19937_64 bits(1);
  std::normal_distribution<double> normal;
  const bool pow = mutants::find(trial.mutant).target.function->arity == 2;
  for (int i = 0; i < 100; ++i) {
    const double x = pow ? 0.5 + std::fabs(normal(bits)) : normal(bits);
    if (!passes(checker, trial, x, normal(bits))) return false;
  }
  return true;
}

TEST(GradientCheckers, PassWhatNapierRefutes) {
  std::cout << "| wrong derivative | where |";
  for (const Checker& checker : checkers) std::cout << ' ' << checker.name << " |";
  std::cout << " napier |\n|---|---|---|---|---|---|---|\n";
  for (const Trial& trial : trials()) {
    const mutants::Mutant& mutant = mutants::find(trial.mutant);
    const kill::Trial napier(*kill::property_for("accuracy", mutant.target), mutant.target);
    const Tally tally = napier.judge(kill::count(60'000, 300'000));
    std::cout << "| " << mutant.target.function->name << ": " << mutant.sin << " | " << trial.x;
    if (mutant.target.function->arity == 2) std::cout << ", " << trial.y;
    std::cout << " |";
    for (std::size_t i = 0; i < checkers.size(); ++i) {
      const bool there = passes(checkers[i], trial, trial.x, trial.y);
      const bool drawn = passes_at_drawn_points(checkers[i], trial);
      std::cout << (there && drawn ? " passes |" : there || drawn ? " passes drawn |" : " finds |");
      EXPECT_EQ(there, trial.passes_there[i]) << trial.mutant << ' ' << checkers[i].name;
      EXPECT_EQ(drawn, trial.passes_drawn[i]) << trial.mutant << ' ' << checkers[i].name;
    }
    std::cout << (tally.refuted > 0 ? " refutes |\n" : " stands |\n");
    EXPECT_GT(tally.refuted, 0u) << trial.mutant;
  }
}

/// A rule that refuses right derivatives would be no measure.
TEST(GradientCheckers, PassWhatIsRight) {
  const Curve exp = [](double x) { return mutants::honest_exp(x); };
  for (const Checker& checker : checkers)
    for (const double x : {-40.0, -1.0, 0.0, 0.5, 3.0})
      EXPECT_TRUE(checker.accepts(exp(x), checker.estimate(exp, x))) << checker.name << ' ' << x;
}

}  // namespace
}  // namespace napier
