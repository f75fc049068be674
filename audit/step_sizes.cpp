// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/step_sizes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

#include "lib/derivative/row.hpp"
#include "oracles/fast/scalar/fast_oracle.hpp"
#include "oracles/oracle.hpp"
#include "props/domain/sampler.hpp"
#include "props/tally/short_figure.hpp"

namespace napier {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr int longest = -1;

/// Far more than the roundings of a few double operations, all of positive numbers.
double up(double x) { return x * (1 + 0x1p-40); }

double ln_base(Base base) {
  return base == Base::two ? std::numbers::ln2 : base == Base::ten ? std::numbers::ln10 : 1;
}

/// What is known of a formula in one format, apart from the step.
template <shelf::Working T>
class Prediction {
 public:
  Prediction(const SteppedDerivative& derivative, const Range& range)
      : formula_(*derivative.formula),
        base_(derivative.slope->base),
        range_(range),
        is_less_one_(derivative.slope->primal->kind == Kind::power_minus_one),
        furthest_(std::max(std::fabs(range.lo), std::fabs(range.hi))) {
    for (const auto& [place, weight] : formula_.nodes) reach_ = std::max(reach_, std::abs(place));
    const Claim claim = shelf::value_below<T>(*derivative.slope).claim;
    of_values_ = 2 * to_double(claim.max_ulp->limit) * u;
  }

  StepError at(int power) const {
    const double h = std::ldexp(1, power);
    // The rounding of x + c·h.
    const double argument = up(u * (furthest_ + reach_ * h));
    if (argument >= h / 2) return {power, 0, 0, infinite, 0};  // the step may vanish
    const bool made = formula_.by_step_made;
    const double off = made ? argument : 0;
    const double moved = up(std::expm1(argument * ln_base(base_)));  // what that makes of a^x
    const double values = of_values(h);
    // Relative to the slope: the middle of the chord, the noise of values, the last steps.
    const double middle = made ? moved : 0;
    const double noise = up((values + moved * (made ? values : 1 + values)) * growth(h, off));
    const double last = up(formula_.roundings * u * (1 + formula_.roundings * u));
    const double lambda = left_out(power, off);
    const double before = up(middle * (1 + lambda) + noise);
    const double rounding = up(before + last * (1 + lambda + before));
    return {power, up(lambda / u), up(rounding / u), up((lambda + rounding) / u), 0};
  }

 private:
  static constexpr double u = static_cast<double>(std::numeric_limits<T>::epsilon()) / 2;

  /// Bounds |λ(θ) − 1| for a step within `off` of 2^power: it is enclosed at the longest.
  double left_out(int power, double off) const {
    const Precision precision{300};
    const auto integer = [&](int n) { return Enclosure(precision, Dyadic::of_integer(n)); };
    const Enclosure step =
        Enclosure(precision, Dyadic::power_of_two(power)) + Enclosure(precision, Dyadic::of(off));
    const Enclosure theta = step * log_of_base(base_, step);
    Enclosure sum = integer(0), divisor = integer(formula_.divisor);
    for (const auto& [place, weight] : formula_.nodes)
      sum = sum + integer(weight) * exp(integer(place) * theta);
    for (int i = 0; i < formula_.order; ++i) divisor = divisor * theta;
    // |λ − 1| grows with θ: its Taylor coefficients are of one sign, or the first outweighs the
    // rest by far for these steps.
    const Enclosure end = sum / divisor - integer(1);
    return std::max(std::fabs(lower(end)), std::fabs(upper(end)));
  }

  /// The errors of values, relative to a^x. |a^x − 1| is at most max(1, a^(−x) − 1) times that.
  double of_values(double h) const {
    if (!is_less_one_) return of_values_;
    const double least = std::min(range_.lo - reach_ * h, 0.0);
    return up(of_values_ * std::max(1.0, std::expm1(-least * ln_base(base_))));
  }

  /// How much of an error of the values, relative to them, is left in the slope, for a step within
  /// `off` of h.
  double growth(double h, double off) const {
    double sum = 0;
    for (const auto& [place, weight] : formula_.nodes)
      sum += std::abs(weight) * std::exp(std::abs(place) * (h + off) * ln_base(base_));
    return up(sum / (formula_.divisor * std::pow((h - off) * ln_base(base_), formula_.order)));
  }

  const shelf::DifferenceFormula& formula_;
  Base base_;
  Range range_;
  bool is_less_one_;
  double furthest_;
  int reach_ = 1;
  double of_values_ = 0;
};

template <shelf::Working T>
shelf::Values<T> values_of(const SteppedDerivative& derivative) {
  return std::get<shelf::Values<T>>(shelf::value_below<T>(*derivative.slope).code);
}

template <shelf::Working T>
T slope_by(const SteppedDerivative& derivative, shelf::Values<T> values, T h, T x) {
  if constexpr (std::same_as<T, float>)
    return derivative.formula->in_single(values, x, h);
  else
    return derivative.formula->in_double(values, x, h);
}

template <shelf::Working T>
double observe(const SteppedDerivative& derivative, shelf::Values<T> values, T h, T x) {
  const T slope = slope_by<T>(derivative, values, h, x);
  const auto t = fast_value(*derivative.slope, {from_native(x), {}});
  if (!t) return 0;
  const auto error = fast_signed_error(*t, from_native(slope), Rounding::nearest);
  return error ? error->magnitude().lo.value : infinite;
}

template <shelf::Working T>
StepSizes sizes_in(const SteppedDerivative& derivative, const Range& range,
                   const std::vector<double>& points) {
  // By then even the best of them is noise.
  constexpr int shortest = std::same_as<T, float> ? -19 : -45;
  const Prediction<T> prediction(derivative, range);
  const auto values = values_of<T>(derivative);
  StepSizes sizes{range.lo, range.hi, derivative.power_of_step, longest, {}};
  double least = infinite;
  for (int power = longest; power >= shortest; --power) {
    StepError error = prediction.at(power);
    for (const double x : points)
      error.observed = std::max(
          error.observed,
          observe<T>(derivative, values, shelf::power_of_two<T>(power), static_cast<T>(x)));
    if (error.predicted < least) least = error.predicted, sizes.best = power;
    for (double* figure : {&error.left_out, &error.rounding, &error.predicted})
      *figure = short_above(*figure);
    error.observed = short_below(error.observed);
    sizes.errors.push_back(error);
  }
  return sizes;
}

}  // namespace

SteppedDerivative of_exp(const shelf::DifferenceFormula& formula) {
  return {&formula, &derivative(functions::d_exp, formula.order), &binary64, formula.power_of_step};
}

std::optional<SteppedDerivative> stepped_derivative(const Target& target) {
  const bool is_single = target.format == &binary32;
  if (!is_single && target.format != &binary64) return std::nullopt;
  const Function& slope = *target.function;
  if (slope.kind != Kind::slope || slope.arity != 1) return std::nullopt;
  for (const shelf::DifferenceFormula& formula : shelf::difference_formulas)
    if (slope.order == formula.order &&
        target.name == fmt::format("shipped/derivative/{}/{}:{}", formula.name, slope.name,
                                   target.format->name))
      return SteppedDerivative{&formula, &slope, target.format,
                               is_single ? formula.power_of_step_single : formula.power_of_step};
  return std::nullopt;
}

Float stepped_value(const SteppedDerivative& derivative, Float x) {
  const auto in = [&]<shelf::Working T>(T argument) {
    return from_native(slope_by<T>(derivative, values_of<T>(derivative),
                                   shelf::power_of_two<T>(derivative.power_of_step), argument));
  };
  return derivative.format == &binary32 ? in(to_native<float>(x)) : in(to_native<double>(x));
}

double most_stepped_argument(const SteppedDerivative& derivative) {
  constexpr int left_free = 12;  // binades, for factors, divisors and longer arguments
  const int binades = derivative.format->max_exponent - left_free;
  const double most = binades * std::numbers::ln2 / ln_base(derivative.slope->base);
  return 10 * std::floor(most / 10);
}

StepSizes step_sizes(const SteppedDerivative& derivative, const Range& range, std::uint64_t cases,
                     std::uint64_t seed) {
  const double most = most_stepped_argument(derivative);
  if (!(range.lo >= -most && range.hi <= most && range.lo <= range.hi))
    throw std::invalid_argument(
        fmt::format("a step is tried where {} is neither subnormal nor infinite: name a range "
                    "within [-{}, {}], the lower end first",
                    derivative.slope->primal->statement, most, most));
  std::vector<double> points;
  for (std::uint64_t i = 0; i < cases; ++i)
    points.push_back(
        Draw(Seed{seed}, {property_key("step sizes"), 0, i}).uniform(range.lo, range.hi));
  return derivative.format == &binary32 ? sizes_in<float>(derivative, range, points)
                                        : sizes_in<double>(derivative, range, points);
}

std::optional<StepSizes> step_sizes_of(const Target& target, std::uint64_t seed) {
  const auto derivative = stepped_derivative(target);
  if (!derivative) return std::nullopt;
  constexpr std::uint64_t points = 300;
  return step_sizes(*derivative, {-1, 1}, points, seed);
}

}  // namespace napier
