// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "reports/text.hpp"
#include "reports/view/figures.hpp"

namespace napier {
namespace {

// In units of the picture, which is scaled to the width of the page.
constexpr double width = 720, height = 230;
constexpr double left = 56, right = 12, top = 14, bottom = 30;
constexpr double plot_width = width - left - right, plot_height = height - top - bottom;

/// Values as heights: linear from 0, or logarithmic from a quarter of a unit on.
class Scale {
 public:
  explicit Scale(const BarChart& chart) : logarithmic_(chart.logarithmic) {
    double most = 0;
    for (const Bar& bar : chart.bars)
      if (std::isfinite(bar.value)) most = std::max(most, bar.value);
    for (const Level& level : chart.levels) most = std::max(most, level.value);
    // Room above the largest must be finite too.
    constexpr double most_shown = std::numeric_limits<double>::max() / 4;
    most = std::min(most, most_shown);
    // … and what is all but nothing is drawn as such, so that marks are apart.
    constexpr double least_shown = 1e-6;
    most_ = logarithmic_ ? std::max(2 * most, 1.0) : 1.1 * std::max(most, least_shown);
  }

  /// The y of a value; what is infinite reaches the top of the picture.
  double y(double value) const {
    if (!std::isfinite(value)) return top - 6;
    const auto octaves = [](double size) { return std::log2(size) - std::log2(least); };
    const double share =
        logarithmic_ ? octaves(std::max(value, least)) / octaves(most_) : value / most_;
    return top + plot_height * (1 - std::clamp(share, 0.0, 1.0));
  }

  /// Round values to be marked, from 3 to 7 of them.
  std::vector<double> marks() const {
    std::vector<double> marks;
    if (logarithmic_) {
      const double decades = std::floor(std::log10(most_));
      const double step = std::max(1.0, std::ceil(decades / 6));
      for (double exponent = 0; exponent <= decades; exponent += step)
        marks.push_back(std::pow(10, exponent));
      return marks;
    }
    const double magnitude = std::pow(10, std::floor(std::log10(most_)));
    constexpr std::array steps{0.1, 0.2, 0.25, 0.5, 1.0, 2.0};
    constexpr double most_marks = 6;
    const double step = magnitude * *std::ranges::find_if(steps, [&](double candidate) {
                          return most_ / (candidate * magnitude) <= most_marks;
                        });
    for (double mark = 0; mark <= most_; mark += step) marks.push_back(mark);
    return marks;
  }

 private:
  static constexpr double least = 0.25;
  bool logarithmic_;
  double most_ = 1;
};

std::string text_at(double x, double y, std::string_view anchor, std::string_view text) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n", x, y, anchor,
                     html_escaped(text));
}

std::string line_at(double y, std::string_view kind) {
  return fmt::format("<path class=\"{}\" d=\"M{:.1f} {:.1f}H{:.1f}\"/>\n", kind, left, y,
                     width - right);
}

std::string bar_at(const Bar& bar, const BarChart& chart, const Scale& scale, std::size_t place) {
  const double slot = plot_width / static_cast<double>(chart.bars.size());
  const double x = left + slot * (static_cast<double>(place) + 0.1);
  const bool over = std::ranges::any_of(
      chart.levels, [&](const Level& level) { return level.is_limit && bar.value > level.value; });
  return fmt::format(
      "<path class=\"bar {}{}\" d=\"M{:.1f} "
      "{:.1f}V{:.1f}h{:.1f}V{:.1f}\"><title>{}</title></path>\n",
      bar.observed ? "observed" : "bound", over ? " over" : "", x, top + plot_height,
      scale.y(bar.value), 0.8 * slot, top + plot_height, html_escaped(bar.told));
}

}  // namespace

std::string svg(const BarChart& chart) {
  const Scale scale(chart);
  std::string picture =
      fmt::format("<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">\n",
                  width, height, html_escaped(chart.title + ". " + chart.caption));
  for (const double mark : scale.marks()) {
    picture += line_at(scale.y(mark), "grid");
    picture += text_at(left - 6, scale.y(mark) + 4, "end", decimal(mark, 3, Rounding::nearest));
  }
  for (std::size_t place = 0; place < chart.bars.size(); ++place)
    picture += bar_at(chart.bars[place], chart, scale, place);
  bool at_the_right = true;  // lines may lie close to each other: their names take turns
  for (const Level& level : chart.levels) {
    picture += line_at(scale.y(level.value), "level");
    picture += text_at(at_the_right ? width - right : left + 4, scale.y(level.value) - 4,
                       at_the_right ? "end" : "start", level.name);
    at_the_right = !at_the_right;
  }
  const double slot = plot_width / static_cast<double>(chart.bars.size());
  for (const Tick& tick : chart.ticks)
    picture +=
        text_at(left + slot * static_cast<double>(tick.bar), height - 10, "start", tick.text);
  return picture + text_at(0, top + 4, "start", chart.unit) + "</svg>";
}

}  // namespace napier
