// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "lib/fp/decimal.hpp"
#include "lib/fp/hexfloat.hpp"
#include "lib/fp/ordinal.hpp"
#include "props/tally/largest.hpp"
#include "reports/view/errors.hpp"
#include "reports/view/figures.hpp"

namespace napier {
namespace {

std::string superscript(std::int64_t number) {
  static constexpr std::array digits{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text;
  for (const char c : std::to_string(number))
    text += c == '-' ? "⁻" : digits[static_cast<std::size_t>(c - '0')];
  return text;
}

/// "−2⁹", "0", "1.5", "1−2⁻¹⁰", "∞".
std::string short_text(Float x) {
  const std::string sign = is_negative(x) ? "−" : "";
  if (is_infinite(x)) return sign + "∞";
  if (is_zero(x)) return "0";
  const Dyadic size = exact_value(absolute(x)).reduced();
  if (size.significand == 1 && size.exponent != 0) return sign + "2" + superscript(size.exponent);
  // 1 ± 2^-k, of which a decimal takes many digits to tell.
  constexpr std::int64_t least_places = 5, most_places = 120;
  if (size.exponent <= -least_places && size.exponent >= -most_places) {
    const Bits one = Bits(1) << -size.exponent;
    if (size.significand == one + 1) return sign + "1+2" + superscript(size.exponent);
    if (size.significand == one - 1) return sign + "1−2" + superscript(size.exponent);
  }
  return sign + to_decimal(absolute(x));
}

/// The largest finite size, without the few that stand alone: above a gap of some decades, and one
/// bar in ten at most. A picture that had room for them would show nothing of the others.
double largest_in_company(std::vector<double> sizes) {
  if (sizes.empty()) return HUGE_VAL;
  std::ranges::sort(sizes);
  constexpr double gap = 1e4, least = 1;  // below an ulp there is no gap worth the name
  for (std::size_t above = 1; above <= sizes.size() / 10; ++above) {
    const double below = sizes[sizes.size() - above - 1];
    if (sizes[sizes.size() - above] > gap * std::max(below, least)) return below;
  }
  return sizes.back();
}

/// Errors of more than some ulps need a logarithmic scale to be told apart.
void scale(BarChart& chart) {
  constexpr double most_linear = 16;
  std::vector<double> sizes;
  for (const Bar& bar : chart.bars)
    if (const double size = std::max(bar.value, -bar.low); std::isfinite(size))
      sizes.push_back(size);
  chart.top = largest_in_company(std::move(sizes));
  chart.logarithmic = std::isfinite(chart.top) && chart.top > most_linear;
}

std::string signed_text(double value) {
  const std::string size = decimal(std::abs(value), 3, Rounding::nearest);
  return value < 0 ? "−" + size : size;
}

/// "-745", "0.0625": few digits, for a place on an axis.
std::string decimal_edge(Float x) {
  const double size = to_double(exact_value(absolute(x)));
  return (is_negative(x) ? "−" : "") + decimal(size, 4, Rounding::nearest);
}

/// The bars and where each begins. Neighbours share one where they are too many, of one sign.
struct Bars {
  std::vector<Bar> bars;
  std::vector<Float> starts;
};

Bars bars_of(const TargetResult& target, std::span<const RangeError> all, bool bound) {
  Bars made;
  const std::size_t each = (all.size() + most_bars - 1) / most_bars;
  while (!all.empty()) {
    const bool negative = is_negative(all.front().range.from);
    std::size_t count = 1;
    while (count < std::min(each, all.size()) && is_negative(all[count].range.from) == negative)
      ++count;
    const RangeError& worst = *std::ranges::max_element(
        all.first(count), {}, [](const RangeError& error) { return error.range.max_ulp.hi; });
    // A range of negative numbers goes from its end nearer to 0 away from it.
    const BinadeError &first = all.front().range, &last = all[count - 1].range;
    const Float from = negative ? first.to : first.from, to = negative ? last.from : last.to;
    const Ulp height = bound ? worst.range.max_ulp.hi : worst.range.max_ulp.lo;
    Bar bar{height.value};
    bar.from = short_text(from);
    bar.to = short_text(to);
    bar.at = to_hex(worst.range.at);
    bar.figure = largest_error_cell(worst, target.claim).text;
    made.bars.push_back(std::move(bar));
    made.starts.push_back(from);
    all = all.subspan(count);
  }
  return made;
}

std::vector<Tick> ticks_of(const std::vector<Float>& starts) {
  constexpr std::size_t most_ticks = 8;
  const std::size_t step = (starts.size() + most_ticks - 1) / most_ticks;
  std::vector<Tick> ticks;
  for (std::size_t bar = 0; bar < starts.size(); bar += step)
    ticks.push_back({bar, short_text(starts[bar])});
  return ticks;
}

std::string caption_of(const TargetResult& target, Rounding rounding, bool bound) {
  std::uint64_t cases = 0;
  for (const Measurement& m : target.measurements)
    if (measures_errors(m.property) && m.rounding == rounding) cases += m.cases;
  return fmt::format("{}{}. Ranges whose largest error is at most {} ulp are left out.",
                     bound ? "Bounds: every argument was tried, " : "The largest seen in ",
                     counted(cases, "case", "cases"), worth_keeping);
}

BarChart chart_of(const TargetResult& target, const LargestError& largest) {
  const Rounding rounding = largest.rounding;
  const std::vector<RangeError> all = errors_by_range(target, rounding);
  BarChart chart;
  if (all.empty()) return chart;
  const bool results = all.front().measurement->breakdown.of_results;
  chart.title = fmt::format("Largest errors by size of {}, {}", results ? "result" : "argument",
                            mode_text(rounding));
  chart.unit = "ulp";
  chart.subject = results ? "results" : "arguments";
  chart.function = target.function;
  chart.observed = !largest.bound;
  Bars made = bars_of(target, all, largest.bound);
  chart.bars = std::move(made.bars);
  chart.ticks = ticks_of(made.starts);
  chart.caption = caption_of(target, rounding, largest.bound);
  const std::vector<double> claimed = landmarks(target.claim, rounding);
  if (!claimed.empty()) chart.levels.push_back({claimed.back(), "claim", true});
  chart.levels.push_back({to_double(most_of_rounding(rounding)), "correct rounding"});
  scale(chart);
  return chart;
}

/// An edge of a part: a whole number without its digits behind the point.
std::string edge_text(const Float& x, bool binades) {
  return binades ? short_text(x) : decimal_edge(x);
}

Bar bar_of(const ErrorFigures& part) {
  Bar bar{part.most, part.least, part.cases == 0 ? NAN : part.mean};
  bar.rms = part.rms;
  bar.calls = part.cases;
  return bar;
}

/// Where no digit is right a mean is dominated by what is no approximation at all.
bool tells_a_mean(const ErrorFigures& part) {
  constexpr double most_told = 1e18;
  return part.cases != 0 && part.most < most_told && part.least > -most_told;
}

/// The figures of two parts together.
ErrorFigures joined(const ErrorFigures& a, const ErrorFigures& b) {
  if (a.cases == 0) return b;
  if (b.cases == 0) return a;
  const auto n = static_cast<double>(a.cases), m = static_cast<double>(b.cases);
  return {a.cases + b.cases, std::min(a.least, b.least), std::max(a.most, b.most),
          (n * a.mean + m * b.mean) / (n + m),
          std::sqrt((n * a.rms * a.rms + m * b.rms * b.rms) / (n + m))};
}

BarChart signed_chart(const TargetResult& target, const Profile& profile) {
  BarChart chart;
  chart.unit = "ulp";
  chart.function = target.function;
  chart.is_signed = true;
  const ErrorFigures& all = profile.all;
  const bool has_mean = tells_a_mean(all);
  chart.caption = fmt::format(
      "From the least to the largest error seen in {}, in each column, and the mean; a result "
      "above the true value is above 0. Errors {} to {} ulp{}.",
      counted(all.cases, "call", "calls"), signed_text(all.least), signed_text(all.most),
      has_mean ? fmt::format(", mean {}, RMS {}", signed_text(all.mean), signed_text(all.rms))
               : std::string());
  const std::vector<double> claimed = landmarks(target.claim, profile.rounding);
  if (!claimed.empty())
    for (const int sign : {1, -1})
      chart.levels.push_back({sign * claimed.back(), sign > 0 ? "claim" : "", true});
  return chart;
}

BarChart along_arguments(const TargetResult& target, const Profile& profile) {
  BarChart chart = signed_chart(target, profile);
  chart.subject = profile.of_results ? "|results|" : "arguments";
  chart.title =
      fmt::format("Signed errors along the {}, {}", profile.of_results ? "results" : "arguments",
                  mode_text(profile.rounding));
  const bool binades = profile.of_results || target.function == "log";
  constexpr std::size_t ticks = 8;
  const std::size_t each = profile.parts.size() / ticks + 1;
  for (std::size_t i = 0; i < profile.parts.size(); ++i) {
    Bar bar = bar_of(profile.parts[i]);
    bar.from = edge_text(profile.ends[i], binades);
    bar.to = edge_text(profile.ends[i + 1], binades);
    if (i % each == 0) chart.ticks.push_back({i, bar.from});
    chart.bars.push_back(std::move(bar));
  }
  scale(chart);
  return chart;
}

BarChart by_phase(const TargetResult& target, const Profile& profile) {
  BarChart chart = signed_chart(target, profile);
  chart.subject = "fractions of log2 of the result";
  chart.title = "The same, by the fraction of log2 of the result";
  const auto count = static_cast<double>(profile.phases.size());
  const auto edge = [&](std::size_t i) {
    return decimal(static_cast<double>(i) / count, 3, Rounding::nearest);
  };
  const std::size_t each = std::max<std::size_t>(profile.phases.size() / 8, 1);
  for (std::size_t i = 0; i < profile.phases.size(); ++i) {
    Bar bar = bar_of(profile.phases[i]);
    bar.from = edge(i);
    bar.to = edge(i + 1);
    if (i % each == 0) chart.ticks.push_back({i, bar.from});
    chart.bars.push_back(std::move(bar));
  }
  scale(chart);
  return chart;
}

}  // namespace

std::vector<BarChart> error_charts(const TargetResult& target) {
  std::vector<BarChart> charts;
  for (const LargestError& largest : largest_errors(target))
    if (BarChart chart = chart_of(target, largest); !chart.bars.empty())
      charts.push_back(std::move(chart));
  return charts;
}

std::vector<BarChart> profile_charts(const TargetResult& target) {
  if (!target.profile) return {};
  std::vector<BarChart> charts{along_arguments(target, *target.profile)};
  const bool folded = std::ranges::any_of(target.profile->phases,
                                          [](const ErrorFigures& part) { return part.cases > 0; });
  if (folded) charts.push_back(by_phase(target, *target.profile));
  return charts;
}

Table profile_table(const TargetResult& target) {
  if (!target.profile || target.profile->all.cases == 0) return {};
  const Profile& profile = *target.profile;
  Table table{{{profile.of_results ? "|results| from" : "arguments from"},
               {"to"},
               {"calls", {}, true},
               {"least error", {}, true},
               {"largest", {}, true},
               {"mean", {}, true},
               {"RMS", {}, true}},
              {}};
  const std::size_t each = (profile.parts.size() + most_profile_rows - 1) / most_profile_rows;
  for (std::size_t begin = 0; begin < profile.parts.size(); begin += each) {
    const std::size_t end = std::min(begin + each, profile.parts.size());
    ErrorFigures part;
    for (std::size_t i = begin; i < end; ++i) part = joined(part, profile.parts[i]);
    if (part.cases == 0) continue;
    const bool has_mean = tells_a_mean(part);
    table.rows.push_back({{arguments_cell(std::array{profile.ends[begin]}),
                           arguments_cell(std::array{profile.ends[end]}),
                           {count_text(part.cases)},
                           {signed_text(part.least)},
                           {signed_text(part.most)},
                           {has_mean ? signed_text(part.mean) : "–"},
                           {has_mean ? signed_text(part.rms) : "–"}},
                          {}});
  }
  if (!table.rows.empty())
    table.rows.back().remark =
        "Signed errors in ulp: above 0 a result is too large. The mean is the bias.";
  return table;
}

}  // namespace napier
