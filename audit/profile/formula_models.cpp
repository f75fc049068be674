// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Errors that a formula tells: cancellation, a factor, a base, exp(x ln a) as written.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>

#include "audit/profile/diagnose.hpp"
#include "lib/target/composition.hpp"
#include "reports/view/figures.hpp"

namespace napier {
namespace {

/// A result of ordinary size and what is off about it.
struct Sample {
  const Observation* one;
  double ulp;        ///< of the true value, as a part of it
  double ratio;      ///< (got - t)/t
  double log_ratio;  ///< ln(got/t), not a number where that has none
};

std::vector<Sample> ordinary(const Evidence& e) {
  const Format& format = e.subject.format();
  std::vector<Sample> samples;
  for (const Observation& one : e.seen) {
    const auto least = static_cast<double>(format.min_exponent());
    if (!std::isfinite(one.log2) || one.log2 < least || !is_finite(one.got)) continue;
    if (!is_finite(one.want)) continue;
    const double ulp = std::exp2(one.binade - format.precision + 1 - one.log2);
    const double ratio = one.middle() * ulp;
    const double signed_ratio = is_negative(one.want) ? -ratio : ratio;
    samples.push_back(
        {&one, ulp, signed_ratio, signed_ratio > -1 ? std::log1p(signed_ratio) : std::nan("")});
  }
  return samples;
}

/// (y - 1) + 1 is y: near 0 what was subtracted shows in results that are too coarse.
std::string cancellation(const Evidence& e) {
  const Function& function = *e.subject.target->function;
  if (function.kind != Kind::power_minus_one && function.kind != Kind::logarithm) return {};
  const Format& format = e.subject.format();
  const auto bad = e.bad();
  std::size_t coarse = 0, fine = 0;
  for (const Observation* one : bad) {
    // What is not small shows the rounding of the power alone.
    constexpr double of_the_power = 2;
    if (one->log2 > -1 && one->size() <= of_the_power) continue;
    if (one->log2 > -1 || !is_finite(one->got)) return {};
    if (is_zero(one->got)) {
      ++coarse;
      continue;
    }
    const Dyadic got = exact_value(one->got).reduced();
    if (got.exponent < -format.precision - 1) return {};
    // Farther than that from the last place of its own it is no accident.
    const bool telling = static_cast<double>(got.exponent) > one->log2 - format.precision + 3;
    ++(telling ? coarse : fine);
  }
  if (coarse == 0 || coarse < fine) return {};
  return fmt::format(
      "{} off, all with results below 1/2 that are multiples of 2^-{}, as differences of numbers "
      "near 1 are",
      counted(coarse + fine, "call is", "calls are"), format.precision + 1);
}

double log_base(const Function& power) {
  return power.base == Base::two   ? std::numbers::ln2
         : power.base == Base::ten ? std::numbers::ln10
                                   : 1;
}

/// What the last rounding adds to an error, and that of a product before it, in ulps.
constexpr double one_rounding = 0.55, two_roundings = 1.05;

/// ln(got/t) = c·predictor for every call, or (got - t)/t, but for a last rounding.
struct Fit {
  double c = 0;
  double roundings = one_rounding;  ///< how far errors may be from what it says, in ulps
  double most = 0;                  ///< of the errors that it explains, in ulps
  std::size_t calls = 0;
};

template <class Predictor>
std::optional<Fit> fitted(const Evidence& e, const std::vector<Sample>& samples,
                          Predictor predictor, double Sample::*told = &Sample::log_ratio,
                          double slack = one_rounding, double least_said = 0.75) {
  struct Row {
    double weight, c;
  };
  std::vector<Row> rows;
  for (const Sample& sample : samples) {
    const double p = predictor(*sample.one);
    if (std::isfinite(p) && p != 0) rows.push_back({std::abs(p) / sample.ulp, sample.*told / p});
  }
  constexpr std::size_t least_rows = 100;
  if (rows.size() < least_rows) return std::nullopt;
  // The median among the quarter that tells the most of c.
  std::ranges::sort(rows, std::greater{}, &Row::weight);
  rows.resize(rows.size() / 4);
  std::ranges::nth_element(rows, rows.begin() + static_cast<std::ptrdiff_t>(rows.size() / 2), {},
                           &Row::c);
  Fit fit{rows[rows.size() / 2].c, slack, 0, 0};
  std::size_t off = 0, bad = 0;
  double most_said = 0;
  // Of two arguments some pairs are commonly left to other code.
  const std::size_t part = e.subject.target->function->arity == 1 ? 50 : 4;
  for (const Sample& sample : samples) {
    const double p = predictor(*sample.one);
    if (!std::isfinite(p) || !std::isfinite(sample.*told)) continue;
    const double said = fit.c * p / sample.ulp, is = sample.*told / sample.ulp;
    ++fit.calls;
    most_said = std::max(most_said, std::abs(said));
    const bool explained = std::abs(is - said) <= slack + std::abs(said) / 64;
    off += explained ? 0 : 1;
    if (!e.is_bad(*sample.one)) continue;
    if (!explained && off * part > samples.size()) return std::nullopt;
    ++bad;
    fit.most = std::max(fit.most, std::abs(is));
  }
  if (bad == 0 || off * part > fit.calls || !(fit.most > e.limit) || !(most_said > least_said))
    return std::nullopt;
  // What shows at a few exponents alone is no base.
  if (e.subject.target->function->arity == 2 && bad * 4 < fit.calls) return std::nullopt;
  // What is off must be off by the formula, and not the few that are left over.
  const auto unexplained_bad = std::ranges::count_if(samples, [&](const Sample& sample) {
    const double p = predictor(*sample.one);
    const double said = fit.c * p / sample.ulp, is = sample.*told / sample.ulp;
    return e.is_bad(*sample.one) && !(std::abs(is - said) <= slack + std::abs(said) / 64);
  });
  if (static_cast<std::size_t>(unexplained_bad) * 10 > bad) return std::nullopt;
  if (e.any_far_beyond(fit.most)) return std::nullopt;
  return fit;
}

std::string explains(const Fit& fit) {
  return fmt::format(" explains {} with errors up to {:.4g} ulp, all but {}",
                     counted(fit.calls, "call", "calls"), fit.most,
                     fit.roundings > one_rounding ? "two roundings" : "a last rounding");
}

/// d ln t/d ln a of the base, at the exponent x.
double ramp_of(const Function& function, const Observation& one) {
  double ramp = one.place;
  if (function.kind == Kind::power_minus_one) {
    const double exponent = one.place * log_base(function);
    const double less_one = std::expm1(exponent);
    ramp *= less_one == 0 ? 1 / one.place : (less_one + 1) / less_one;
  }
  return ramp;
}

/// Errors of one call in four are told by a constant of single precision?
std::string single_precision(double c, const Function& function) {
  const Function& power = function.primal != nullptr ? *function.primal : function;
  const std::array<std::pair<const char*, double>, 3> constants{{{"ln 2", std::numbers::ln2},
                                                                 {"ln 10", std::numbers::ln10},
                                                                 {"log2 e", std::numbers::log2e}}};
  const double scale = power.base == Base::e ? std::numbers::ln2 : 1;
  for (const auto& [name, value] : constants) {
    const double step = static_cast<double>(static_cast<float>(value)) - value;
    for (const double said : {step * scale, step / value})
      if (std::abs(c - said) <= std::abs(said) / 32) return name;
  }
  return {};
}

std::string constant_factor(const Evidence& e) {
  const std::vector<Sample> samples = ordinary(e);
  const auto always = [](const Observation&) { return 1.0; };
  auto fit = fitted(e, samples, always);
  // A good result times a factor is rounded twice: told where the factor is more than that.
  if (!fit) fit = fitted(e, samples, always, &Sample::log_ratio, two_roundings);
  const double ulp = std::exp2(-e.subject.format().precision);  // the least of 1, as a part of it
  if (!fit || (fit->roundings > one_rounding && std::abs(fit->c) < 1.5 * ulp)) return {};
  const std::string told = single_precision(fit->c, *e.subject.target->function);
  const double more = std::expm1(fit->c);  // what is fitted is the logarithm of a factor
  return fmt::format("a factor of 1 {} {:.4g}{}{}", more < 0 ? "-" : "+", std::abs(more),
                     told.empty() ? "" : ", as of " + told + " in single precision,",
                     explains(*fit));
}

std::string wrong_base(const Evidence& e) {
  const Function& function = *e.subject.target->function;
  if (function.kind == Kind::logarithm || is_composed(function)) return {};
  const auto fit =
      fitted(e, ordinary(e), [&](const Observation& one) { return ramp_of(function, one); });
  if (!fit) return {};
  const std::string told = single_precision(fit->c, function);
  return fmt::format("an error of {:.4g} times the exponent{}{}", fit->c,
                     told.empty() ? "" : ", as of " + told + " in single precision,",
                     explains(*fit));
}

/// 1/ln x.
double one_in_logarithm(const Observation& one) {
  const double t = std::exp2(one.log2);
  return is_negative(one.want) ? -1 / t : 1 / t;
}

std::string shifted(const Evidence& e) {
  if (e.subject.target->function->kind != Kind::logarithm) return {};
  const auto fit = fitted(e, ordinary(e), one_in_logarithm, &Sample::ratio);
  return fit ? fmt::format("{:.4g} added to every logarithm{}", fit->c, explains(*fit)) : "";
}

/// An ulp of k ln 2 grows with k, so that a short ln 2 costs no more than a part of one: less than
/// what other formulas must explain.
constexpr double least_of_a_step = 0.65;

/// k ln 2 + ln m, with too short a ln 2: an error that grows with the binade.
std::string short_step(const Evidence& e) {
  if (e.subject.target->function->kind != Kind::logarithm) return {};
  const auto fit = fitted(
      e, ordinary(e),
      [](const Observation& one) {
        return one_in_logarithm(one) * std::floor(log2_of(one.point.args[0]));
      },
      &Sample::ratio, one_rounding, least_of_a_step);
  return fit ? fmt::format("{:.4g} for each binade of x{}", fit->c, explains(*fit)) : "";
}

/// x ln a rounded before it is raised: an error of either sign that grows with it.
std::string growth(const Evidence& e) {
  const Function& function = *e.subject.target->function;
  if (function.kind == Kind::logarithm || is_composed(function)) return {};
  struct Bin {
    std::size_t calls = 0, above = 0, below = 0;
    double most = 0;
  };
  std::map<int, Bin> bins;  // by the binade of ln t
  for (const Sample& sample : ordinary(e)) {
    const double exponent = std::abs(sample.one->log2) * std::numbers::ln2;
    if (!(exponent > 0)) continue;
    Bin& bin = bins[std::ilogb(exponent)];
    ++bin.calls;
    const double error = sample.one->middle();
    if (std::isfinite(error)) bin.most = std::max(bin.most, std::abs(error));
    if (e.is_bad(*sample.one)) ++(error > 0 ? bin.above : bin.below);
  }
  std::erase_if(bins, [](const auto& entry) {
    constexpr std::size_t enough = 24;
    return entry.second.calls < enough;
  });
  constexpr std::size_t least_bins = 4;
  if (bins.size() < least_bins) return {};
  std::size_t above = 0, below = 0;
  for (const auto& [binade, bin] : bins) above += bin.above, below += bin.below;
  if (above == 0 || below == 0) return {};
  // The last four grow by about 2 each: by chance some are asked less often than others where they
  // err most, so that one may seem to grow by 1 and the next by 4, and all three by about 8.
  auto bin = std::prev(bins.end());
  const double largest = bin->second.most;
  if (!(largest > 2 * e.limit)) return {};
  std::string figures = fmt::format("{:.3g}", largest);
  double before = largest;
  for (std::size_t i = 1; i < least_bins; ++i) {
    --bin;
    const double growth = before / bin->second.most;
    if (!(growth > 1 && growth < 5)) return {};
    before = bin->second.most;
    figures = fmt::format("{:.3g}, {}", before, figures);
  }
  if (!(largest > 4 * before && largest < 20 * before)) return {};
  if (e.any_far_beyond(largest)) return {};
  return fmt::format(
      "the largest errors double with the exponent: {} ulp in four binades of |ln t| up to 2^{}, "
      "of either sign",
      figures, bins.rbegin()->first + 1);
}

}  // namespace

std::span<const Model> formula_models() {
  static constexpr std::array<Model, 6> models{{
      {"cancellation near 0", cancellation},
      {"a constant factor", constant_factor},
      {"the base is wrong", wrong_base},
      {"a constant is added", shifted},
      {"ln 2 is too short", short_step},
      {"x ln a is rounded, or a multiple of ln 2", growth},
  }};
  return models;
}

}  // namespace napier
