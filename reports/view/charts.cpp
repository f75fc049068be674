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

/// The largest error in a range of sizes, over all measurements of a mode.
struct Place {
  BinadeError binade;
  const Measurement* measurement = nullptr;
};

/// Of all measurements of accuracy in that mode, ascending, a range once.
std::vector<Place> places(const TargetResult& target, Rounding rounding) {
  std::vector<Place> found;
  for (const Measurement& m : target.measurements)
    if (measures_errors(m.property) && m.rounding == rounding)
      for (const BinadeError& binade : m.breakdown.binades) found.push_back({binade, &m});
  const auto start = [](const Place& place) { return ordinal(place.binade.from); };
  const auto error = [](const Place& place) { return place.binade.max_ulp.hi; };
  std::ranges::sort(found, [&](const Place& a, const Place& b) {
    return start(a) != start(b) ? start(a) < start(b) : error(a) > error(b);
  });
  const auto rest = std::ranges::unique(found, {}, start);
  found.erase(rest.begin(), rest.end());
  return found;
}

std::string superscript(std::int64_t number) {
  static constexpr std::array digits{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text;
  for (const char c : std::to_string(number))
    text += c == '-' ? "⁻" : digits[static_cast<std::size_t>(c - '0')];
  return text;
}

/// "−2⁹", "0", "1.5", "∞".
std::string short_text(Float x) {
  const std::string sign = is_negative(x) ? "−" : "";
  if (is_infinite(x)) return sign + "∞";
  if (is_zero(x)) return "0";
  const Dyadic size = exact_value(absolute(x)).reduced();
  if (size.significand == 1 && size.exponent != 0) return sign + "2" + superscript(size.exponent);
  return sign + to_decimal(absolute(x));
}

/// "exp(-599.27…): ≥ 0.5039 ulp", and for which range it stands.
std::string told_of(const TargetResult& target, const Place& place, const Float& from,
                    const Float& to) {
  Measurement one = *place.measurement;
  one.max_ulp = place.binade.max_ulp;
  one.at = place.binade.at;
  std::string at;
  for (const Float x : one.at) at += (at.empty() ? "" : ", ") + to_decimal(x);
  return fmt::format("{}({}) = {}({}): {} ulp; the largest for {} {} to {}", target.function, at,
                     target.function, to_hex(one.at), largest_error_cell(one, target.claim).text,
                     one.breakdown.of_results ? "results" : "arguments", short_text(from),
                     short_text(to));
}

/// The bars and where each begins. Neighbours share one where they are too many, of one sign.
struct Bars {
  std::vector<Bar> bars;
  std::vector<Float> starts;
};

Bars bars_of(const TargetResult& target, std::span<const Place> all, bool bound) {
  Bars made;
  const std::size_t each = (all.size() + most_bars - 1) / most_bars;
  while (!all.empty()) {
    const bool negative = is_negative(all.front().binade.from);
    std::size_t count = 1;
    while (count < std::min(each, all.size()) && is_negative(all[count].binade.from) == negative)
      ++count;
    const Place& worst = *std::ranges::max_element(
        all.first(count), {}, [](const Place& place) { return place.binade.max_ulp.hi; });
    // A range of negative numbers goes from its end nearer to 0 away from it.
    const BinadeError &first = all.front().binade, &last = all[count - 1].binade;
    const Float from = negative ? first.to : first.from, to = negative ? last.from : last.to;
    const Ulp height = bound ? worst.binade.max_ulp.hi : worst.binade.max_ulp.lo;
    made.bars.push_back({height.value, !bound, told_of(target, worst, from, to)});
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
  const Rounding rounding = largest.measurement->rounding;
  const std::vector<Place> all = places(target, rounding);
  BarChart chart;
  if (all.empty()) return chart;
  const bool results = all.front().measurement->breakdown.of_results;
  chart.title = fmt::format("Largest errors by size of {}, {}", results ? "result" : "argument",
                            mode_text(rounding));
  chart.unit = "ulp";
  Bars made = bars_of(target, all, largest.bound);
  chart.bars = std::move(made.bars);
  chart.ticks = ticks_of(made.starts);
  chart.caption = caption_of(target, rounding, largest.bound);
  const std::vector<double> claimed = landmarks(target.claim, rounding);
  if (!claimed.empty()) chart.levels.push_back({claimed.back(), "claim", true});
  chart.levels.push_back({to_double(most_of_rounding(rounding)), "correct rounding"});
  constexpr double most_linear = 16;
  chart.logarithmic = std::ranges::any_of(chart.bars, [](const Bar& bar) {
    return std::isfinite(bar.value) && bar.value > most_linear;
  });
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

}  // namespace napier
