// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "reports/text.hpp"
#include "reports/view/figures.hpp"

namespace napier {
namespace {

// In units of the picture; a bar and its gap take ten of them. Bars are strokes, whose width the
// style sheet knows.
constexpr int height = 200, slot = 10, arrow = 8;

/// Values as heights: linear from 0; or linear up to the claim, so that what is within it can be
/// told apart, and logarithmic beyond, up to where no digit of a result is right any more. What is
/// larger, or infinite, reaches the edge of the picture.
class Scale {
 public:
  explicit Scale(const BarChart& chart)
      : logarithmic_(chart.logarithmic), signed_(chart.is_signed) {
    double most = 0;
    for (const Bar& bar : chart.bars)
      for (const double value : {bar.value, -bar.low})
        if (std::isfinite(value) && value <= chart.top) most = std::max(most, value);
    for (const Level& level : chart.levels) {
      most = std::max(most, level.value);
      if (level.is_limit && std::isfinite(level.value)) knee_ = std::max(knee_, level.value);
    }
    // What is all but nothing is drawn as such, so that marks are apart.
    constexpr double least_shown = 1e-6, room = 1.1;
    most_ = logarithmic_ ? std::clamp(2 * std::min(most, most_shown), 2 * knee_, most_shown)
                         : room * std::clamp(most, least_shown, most_shown);
  }

  bool is_beyond(double value) const { return !(std::abs(value) <= most_); }

  /// The y of a value.
  int y(double value) const {
    const double size = std::abs(value);
    double share = 1;
    if (!is_beyond(value))
      share = !logarithmic_   ? size / most_
              : size <= knee_ ? below_knee * size / knee_
                              : below_knee + (1 - below_knee) * std::log(size / knee_) /
                                                 std::log(most_ / knee_);
    const double from_0 = signed_ ? (value < 0 ? -share : share) / 2 + 0.5 : share;
    return static_cast<int>(std::lround(height * (1 - from_0)));
  }

  /// Round values to be marked: a few, with room for their figures between them.
  std::vector<double> marks() const {
    std::vector<double> marks;
    if (logarithmic_) {
      marks = {0};
      const double first = std::floor(std::log10(knee_)) + 1;
      const double decades = std::floor(std::log10(most_)) - first + 1;
      const double step = std::max(1.0, std::ceil(decades / (signed_ ? 2 : 4)));
      for (double exponent = first + step - 1; exponent < first + decades; exponent += step)
        marks.push_back(std::pow(10, exponent));
    } else {
      const double magnitude = std::pow(10, std::floor(std::log10(most_)));
      constexpr std::array steps{0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0};  // the last leaves two marks
      const double most_marks = signed_ ? 3 : 5;
      const double step = magnitude * *std::ranges::find_if(steps, [&](double candidate) {
                            return most_ / (candidate * magnitude) <= most_marks;
                          });
      for (double mark = 0; mark <= most_; mark += step) marks.push_back(mark);
    }
    if (!signed_) return marks;
    std::vector<double> both{0};
    for (const double mark : marks)
      if (mark != 0) both.insert(both.end(), {mark, -mark});
    return both;
  }

 private:
  static constexpr double below_knee = 0.4, most_shown = 1e18;
  bool logarithmic_, signed_;
  double knee_ = 1;
  double most_ = 1;
};

std::string path(std::string_view kind, std::string_view steps) {
  return steps.empty() ? std::string() : fmt::format("<path class={} d=\"{}\"/>", kind, steps);
}

std::string percent(double part, double whole) {
  return fmt::format("{:.3g}%", 100 * part / whole);
}

bool is_over(const Bar& bar, const BarChart& chart) {
  return std::ranges::any_of(chart.levels, [&](const Level& level) {
    return level.is_limit && (level.value < 0 ? bar.low < level.value : bar.value > level.value);
  });
}

std::string drawing(const BarChart& chart, const Scale& scale) {
  const int width = slot * static_cast<int>(chart.bars.size());
  std::string usual, over, mean, grid, levels, beyond;
  for (const double mark : scale.marks()) grid += fmt::format("M0 {}h{}", scale.y(mark), width);
  for (const Level& level : chart.levels)
    levels += fmt::format("M0 {}h{}", scale.y(level.value), width);
  bool pen_up = true;
  for (std::size_t i = 0; i < chart.bars.size(); ++i) {
    const Bar& bar = chart.bars[i];
    const int x = slot * static_cast<int>(i) + slot / 2;
    const int low = scale.y(chart.is_signed ? bar.low : 0), high = scale.y(bar.value);
    if (!chart.is_signed || bar.low != 0 || bar.value != 0) {
      // What is all but flat shows as a line, and what is wholly beyond as a bar to the edge.
      const bool leaves = low - high < 2 && scale.is_beyond(bar.value);
      const int from = !leaves ? low : bar.value > 0 ? 2 * arrow : height;
      (is_over(bar, chart) ? over : usual) +=
          fmt::format("M{} {}v{}", x, from, -std::max(low - high, leaves ? 2 * arrow : 2));
    }
    // An arrowhead at the edge where the picture does not reach.
    if (bar.value > 0 && scale.is_beyond(bar.value))
      beyond += fmt::format("M{} {}l4 -7l4 7z", x - 4, arrow);
    if (chart.is_signed && bar.low < 0 && scale.is_beyond(bar.low))
      beyond += fmt::format("M{} {}l4 7l4 -7z", x - 4, height - arrow);
    if (std::isnan(bar.mean) || scale.is_beyond(bar.mean)) {
      pen_up = true;
      continue;
    }
    mean += fmt::format("{}{} {}", pen_up ? 'M' : 'L', x, scale.y(bar.mean));
    pen_up = false;
  }
  return fmt::format("<svg viewBox=\"0 0 {} {}\" preserveAspectRatio=none aria-hidden=true>", width,
                     height) +
         path("grid", grid) + path(chart.observed ? "\"bars seen\"" : "\"bars bound\"", usual) +
         path(chart.observed ? "\"over seen\"" : "\"over bound\"", over) + path("mean", mean) +
         path("level", levels) + path("beyond", beyond) + "</svg>";
}

/// What the lines are called and where, from above; those too near each other to be told apart
/// share a place.
std::map<int, std::string> level_names(const BarChart& chart, const Scale& scale) {
  constexpr int apart = height / 10;
  std::map<int, std::string> names;
  for (const Level& level : chart.levels) {
    if (level.name.empty()) continue;
    const int top = scale.y(level.value);
    const auto near = std::ranges::find_if(
        names, [&](const auto& entry) { return std::abs(entry.first - top) < apart; });
    if (near == names.end())
      names.emplace(top, level.name);
    else
      near->second += ", " + level.name;
  }
  return names;
}

}  // namespace

std::string picture(const BarChart& chart, const std::string& key) {
  const Scale scale(chart);
  const auto bars = static_cast<double>(chart.bars.size());
  std::string text = fmt::format(
      "<div class=\"chart{}\" id={} tabindex=0 role=img aria-label=\"{}\">\n<div "
      "class=y><b>{}</b>",
      chart.is_signed ? " signed" : "", key, html_escaped(chart.title), html_escaped(chart.unit));
  for (const double mark : scale.marks())
    text += fmt::format("<i style=top:{}>{}{}</i>", percent(scale.y(mark), height),
                        mark < 0 ? "−" : "", decimal(std::abs(mark), 3, Rounding::nearest));
  text += "</div>\n<div class=plot>" + drawing(chart, scale);
  for (const auto& [top, names] : level_names(chart, scale))
    text += fmt::format("<i style=top:{}>{}</i>", percent(top, height), html_escaped(names));
  text += "</div>\n<div class=x>";
  for (const Tick& tick : chart.ticks)
    text += fmt::format("<i style=left:{}>{}</i>", percent(static_cast<double>(tick.bar), bars),
                        html_escaped(tick.text));
  return text + "</div>\n</div>";
}

}  // namespace napier
