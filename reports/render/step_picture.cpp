// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/step_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "reports/view/figures.hpp"

namespace napier {
namespace {

// In units of the picture.
constexpr int left = 60, top = 34, across = 640, high = 300, bottom = 62;

/// Where steps and errors stand in the picture: a decade of errors, or a binade of steps, takes as
/// much room as any other.
class Axes {
 public:
  explicit Axes(const StepSizes& steps)
      : shortest_(steps.errors.back().power), longest_(steps.errors.front().power) {
    for (const StepError& one : steps.errors)
      for (const double error : {one.predicted, one.observed})
        if (is_drawn(error))
          most_ = std::max(most_, static_cast<int>(std::ceil(std::log10(error))));
  }
  static bool is_drawn(double error) { return std::isfinite(error) && error > 0; }

  int most() const { return most_; }
  int shortest() const { return shortest_; }
  int longest() const { return longest_; }
  double x(int power) const {
    return left + across * double(power - shortest_) / std::max(longest_ - shortest_, 1);
  }
  double y(double error) const {
    return top + high * (1 - std::max(std::log10(error), 0.0) / most_);
  }

 private:
  int shortest_, longest_, most_ = 1;
};

/// A line through dots, each of which says what it is. It breaks where nothing is drawn.
std::string line(const StepSizes& steps, const Axes& axes, double StepError::*error,
                 std::string_view kind) {
  std::string path, dots;
  bool pen_up = true;
  for (const StepError& one : steps.errors) {
    const bool drawn = Axes::is_drawn(one.*error);
    if (drawn) {
      const double x = axes.x(one.power), y = axes.y(one.*error);
      const bool is_bound = error == &StepError::predicted;
      path += fmt::format("{}{:.1f} {:.1f}", pen_up ? 'M' : 'L', x, y);
      dots += fmt::format(
          "<circle class={} cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\"><title>2^{}: {} {} {} "
          "ulp</title></circle>",
          kind, x, y, one.power, kind, is_bound ? "≤" : "≥",
          decimal(one.*error, 3, is_bound ? Rounding::up : Rounding::down));
    }
    pen_up = !drawn;
  }
  return fmt::format("<path class={} d=\"{}\"/>{}", kind, path, dots);
}

std::string text_at(double x, double y, std::string_view anchor, std::string_view kind,
                    std::string_view text) {
  return fmt::format("<text{}{} x=\"{:.1f}\" y=\"{:.1f}\" text-anchor={}>{}</text>",
                     kind.empty() ? "" : " class=", kind, x, y, anchor, text);
}

std::string power_text(int base, int power) {
  return fmt::format("{}<tspan dy=-5>{}</tspan>", base, power);
}

std::string marked_step(const Axes& axes, int power, std::string_view name, double text_y) {
  return fmt::format("<path class={} d=\"M{:.1f} {}v{}\"/>", name, axes.x(power), top, high) +
         text_at(axes.x(power), text_y, "middle", name,
                 fmt::format("{} {}", name, power_text(2, power)));
}

std::string grid(const Axes& axes) {
  std::string text;
  const int every = axes.most() > 8 ? 4 : 2;
  for (int decade = 0; decade <= axes.most(); decade += every) {
    const double y = axes.y(std::pow(10, decade));
    text += fmt::format("<path class=grid d=\"M{} {:.1f}h{}\"/>", left, y, across) +
            text_at(left - 8, y + 4, "end", "", power_text(10, decade));
  }
  for (int power = axes.longest(); power >= axes.shortest(); power -= 8)
    text += text_at(axes.x(power), top + high + 38, "middle", "", power_text(2, power));
  return text + text_at(left, 12, "start", "", "error, ulp") +
         text_at(left + across / 2.0, top + high + 56, "middle", "", "step") +
         text_at(left + across, 12, "end", "observed", "● observed ≥") +
         text_at(left + across - 110, 12, "end", "predicted", "● predicted ≤");
}

}  // namespace

std::string step_picture(const StepSizes& steps) {
  if (steps.errors.empty()) return {};
  const Axes axes(steps);
  const std::string best =
      steps.best == steps.chosen ? "" : marked_step(axes, steps.best, "best", top - 6);
  return fmt::format(
      "<svg class=steps viewBox=\"0 0 {} {}\" role=img aria-label=\"error in ulp over the "
      "step\">{}{}{}{}{}</svg>",
      left + across + 20, top + high + bottom, grid(axes),
      marked_step(axes, steps.chosen, "chosen", top + high + 18), best,
      line(steps, axes, &StepError::predicted, "predicted"),
      line(steps, axes, &StepError::observed, "observed"));
}

}  // namespace napier
