// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/step_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/text.hpp"

namespace napier {
namespace {

// In units of the picture.
constexpr int left = 60, top = 20, across = 640, high = 300, bottom = 50;

/// Where steps and errors stand in the picture: a decade of errors, or a binade of steps, takes as
/// much room as any other.
class Axes {
 public:
  explicit Axes(const StepChart& chart) {
    for (const StepPoint& point : chart.points) {
      shortest_ = std::min(shortest_, point.power);
      longest_ = std::max(longest_, point.power);
      for (const double error : {point.predicted, point.observed})
        if (is_drawn(error)) most_ = std::max(most_, static_cast<int>(std::ceil(log10(error))));
    }
  }
  static bool is_drawn(double error) { return std::isfinite(error) && error > 0; }

  int most() const { return most_; }
  int shortest() const { return shortest_; }
  int longest() const { return longest_; }
  double x(int power) const {
    return left + across * double(power - shortest_) / std::max(longest_ - shortest_, 1);
  }
  /// Errors below 1 ulp stand at the bottom.
  double y(double error) const {
    return top + high * (1 - std::max(log10(error), 0.0) / std::max(most_, 1));
  }

 private:
  static double log10(double error) { return std::log10(error); }
  int shortest_ = 0, longest_ = -1000, most_ = 1;
};

std::string line(const StepChart& chart, const Axes& axes, double StepPoint::*error,
                 std::string_view kind) {
  std::string steps;
  bool pen_up = true;
  for (const StepPoint& point : chart.points) {
    const bool drawn = Axes::is_drawn(point.*error);
    if (drawn)
      steps += fmt::format("{}{:.1f} {:.1f}", pen_up ? 'M' : 'L', axes.x(point.power),
                           axes.y(point.*error));
    pen_up = !drawn;
  }
  return fmt::format("<path class={} d=\"{}\"/>", kind, steps);
}

std::string marked_step(const Axes& axes, int power, std::string_view name, int text_y) {
  return fmt::format(
      "<path class={0} d=\"M{1:.1f} {2}v{3}\"/>"
      "<text class={0} x=\"{1:.1f}\" y=\"{4}\" text-anchor=middle>{0} 2<tspan dy=-5>{5}</tspan>"
      "</text>",
      name, axes.x(power), top, high, text_y, power);
}

std::string grid(const Axes& axes) {
  std::string text;
  const int every = axes.most() > 8 ? 4 : 2;
  for (int decade = 0; decade <= axes.most(); decade += every)
    text += fmt::format(
        "<path class=grid d=\"M{} {:.1f}h{}\"/><text x=\"{}\" y=\"{:.1f}\" text-anchor=end>"
        "10<tspan dy=-5>{}</tspan></text>",
        left, axes.y(std::pow(10, decade)), across, left - 8, axes.y(std::pow(10, decade)) + 4,
        decade);
  for (int power = axes.longest(); power >= axes.shortest(); power -= 8)
    text += fmt::format(
        "<text x=\"{:.1f}\" y=\"{}\" text-anchor=middle>2<tspan dy=-5>{}</tspan></text>",
        axes.x(power), top + high + 40, power);
  return text;
}

std::string picture(const StepChart& chart) {
  const Axes axes(chart);
  const std::string best =
      chart.best == chart.shipped ? "" : marked_step(axes, chart.best, "best", top - 6);
  return fmt::format(
      "<figure><figcaption><h2>{}</h2><p>{}</p></figcaption>\n"
      "<svg viewBox=\"0 0 {} {}\" role=img aria-label=\"error in ulp over the step\">"
      "{}{}{}{}{}</svg></figure>\n",
      html_escaped(chart.title), html_escaped(chart.caption), left + across + 20,
      top + high + bottom, grid(axes), marked_step(axes, chart.shipped, "shipped", top + high + 20),
      best, line(chart, axes, &StepPoint::predicted, "predicted"),
      line(chart, axes, &StepPoint::observed, "observed"));
}

constexpr std::string_view head = R"(<!doctype html>
<html lang=en><meta charset=utf-8><meta name=viewport content="width=device-width">
<title>Napier: errors over the step</title>
<style>
:root { color-scheme: light dark; font: 1rem system-ui, sans-serif }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
figure { margin: 2rem 0 } h2 { margin: 0; font-size: 1.1rem } p { margin: .3rem 0 }
svg { width: 100%; height: auto } path { fill: none; stroke: currentColor; stroke-width: 2 }
text { fill: currentColor; font-size: 13px } tspan { font-size: 10px }
.grid { stroke-width: .5; opacity: .4 } .predicted { stroke: #b3540e } .observed { stroke: #2266cc }
path.shipped, path.best { stroke-width: 1; stroke-dasharray: 5 4; opacity: .7 }
@media (prefers-color-scheme: dark) {
  .predicted { stroke: #f0a060 } .observed { stroke: #7ab0ff }
}
b.predicted { color: #b3540e } b.observed { color: #2266cc }
</style>
<h1>Errors over the step</h1>
<p>In ulps of the slope. <b class=predicted>Predicted</b>: what the formula leaves out, which is
known exactly, and what is rounded at most; no error is larger. <b class=observed>Observed</b>: the
largest error that was found, at least.</p>
)";

}  // namespace

std::string render_step_page(std::span<const StepChart> charts) {
  std::string page(head);
  for (const StepChart& chart : charts) page += picture(chart);
  return page + "</html>\n";
}

}  // namespace napier
