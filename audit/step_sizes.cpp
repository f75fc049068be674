// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/step_sizes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "lib/exponential/tang.hpp"
#include "oracles/fast/scalar/fast_oracle.hpp"
#include "oracles/oracle.hpp"
#include "props/domain/sampler.hpp"

namespace napier {
namespace {

constexpr double u = std::numeric_limits<double>::epsilon() / 2;
constexpr int longest = -1;
constexpr int shortest = -45;

/// Far more than the roundings of a few double operations, all of positive numbers.
double up(double x) { return x * (1 + 0x1p-40); }

/// Bounds |λ(θ) − 1| for a θ within `off` of 2^power: it is enclosed for the whole interval.
double left_out(const shelf::DifferenceFormula& formula, int power, double off) {
  const Precision precision{300};
  const auto integer = [&](int n) { return Enclosure(precision, Dyadic::of_integer(n)); };
  const auto at = [&](double theta) {
    const Enclosure enclosed(precision, Dyadic::of(theta));
    Enclosure sum = integer(0);
    for (const auto& [place, weight] : formula.nodes)
      sum = sum + integer(weight) * exp(integer(place) * enclosed);
    return sum / (integer(formula.divisor) * enclosed) - integer(1);
  };
  // |λ − 1| grows with θ: its Taylor coefficients are of one sign, or the first outweighs the rest
  // by far for these steps.
  const Enclosure end = at(std::ldexp(1, power) + off);
  return up(std::max(std::fabs(lower(end)), std::fabs(upper(end))));
}

/// How much of an error of the values, relative to them, is left in the slope.
double growth(const shelf::DifferenceFormula& formula, double h) {
  double sum = 0;
  for (const auto& [place, weight] : formula.nodes)
    sum += std::abs(weight) * std::exp(std::abs(place) * h);
  return up(sum / (formula.divisor * h));
}

StepError predict(const shelf::DifferenceFormula& formula, int power, const Range& range) {
  const double h = std::ldexp(1, power);
  const double values = 2 * to_double(shelf::tang_claim<double>().max_ulp->limit) * u;
  const double furthest = std::max(std::fabs(range.lo), std::fabs(range.hi));
  const double argument = u * (furthest + 3 * h);  // the rounding of x + c·h
  StepError error{power, 0, 0, std::numeric_limits<double>::infinity(), 0};
  if (argument >= h / 2) return error;  // the step may vanish
  const double off = formula.by_step_made ? argument : 0;
  error.left_out = left_out(formula, power, off) / u;
  const double noise = values + (formula.by_step_made ? 0 : up(argument));
  const double middle = formula.by_step_made ? up(argument) : 0;
  error.rounding = up(noise * growth(formula, h - off) + middle) / u + formula.roundings;
  error.predicted = up(error.left_out + error.rounding);
  return error;
}

double observe(const shelf::DifferenceFormula& formula, double h, double x) {
  const double slope = formula.slope(shelf::tang_exp<double>, x, h);
  const auto t = fast_value(functions::d_exp, {from_native(x), {}});
  if (!t) return 0;
  const auto error = fast_signed_error(*t, from_native(slope), Rounding::nearest);
  return error ? error->magnitude().lo.value : std::numeric_limits<double>::infinity();
}

}  // namespace

StepSizes step_sizes(const shelf::DifferenceFormula& formula, const Range& range,
                     std::uint64_t cases, std::uint64_t seed) {
  if (!(range.lo >= -700 && range.hi <= 700 && range.lo <= range.hi))
    throw std::invalid_argument(
        "a step is tried where e^x is neither subnormal nor infinite: name a range within [-700, "
        "700], the lower end first");
  StepSizes sizes{&formula, {}, longest};
  std::vector<double> points;
  for (std::uint64_t i = 0; i < cases; ++i)
    points.push_back(
        Draw(Seed{seed}, {property_key("step sizes"), 0, i}).uniform(range.lo, range.hi));
  double least = std::numeric_limits<double>::infinity();
  for (int power = longest; power >= shortest; --power) {
    StepError error = predict(formula, power, range);
    for (const double x : points)
      error.observed = std::max(error.observed, observe(formula, std::ldexp(1, power), x));
    if (error.predicted < least) least = error.predicted, sizes.best = power;
    sizes.errors.push_back(error);
  }
  return sizes;
}

namespace {

const StepError& error_at(const StepSizes& sizes, int power) {
  return *std::ranges::find(sizes.errors, power, &StepError::power);
}

}  // namespace

std::string step_verdict(const StepSizes& sizes) {
  const int shipped = sizes.formula->power_of_step;
  if (shipped == sizes.best) return fmt::format("the shipped step 2^{} is the best", shipped);
  const double times = error_at(sizes, shipped).predicted / error_at(sizes, sizes.best).predicted;
  return fmt::format("the shipped step 2^{} has {:.3g} times the error of the best, 2^{}", shipped,
                     times, sizes.best);
}

std::string step_note(const Target& target, std::uint64_t seed) {
  if (target.function != &functions::d_exp || target.format != &binary64) return {};
  constexpr std::uint64_t points = 300;
  for (const shelf::DifferenceFormula& formula : shelf::difference_formulas) {
    if (target.name != fmt::format("shipped/derivative/{}/d_exp:binary64", formula.name)) continue;
    const StepSizes sizes = step_sizes(formula, {-1, 1}, points, seed);
    const StepError& shipped = error_at(sizes, formula.power_of_step);
    return fmt::format(
        "Over the step: {}; for x in [-1, 1] it is predicted to be off by {:.3g} ulp at most, and "
        "{:.3g} ulp were found (napier steps {} draws both)",
        step_verdict(sizes), shipped.predicted, shipped.observed, formula.name);
  }
  return {};
}

}  // namespace napier
