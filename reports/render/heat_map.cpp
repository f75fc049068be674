// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/heat_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "reports/text.hpp"

namespace napier {
namespace {

// In units of the picture.
constexpr double side = 288, left = 84, right = 24, above = 20, below = 40, line_height = 12;

/// Strengths up to the top, and one for what is beyond it.
constexpr std::size_t strengths = 8;

std::size_t strength_of(double share) {
  if (share > 1) return strengths;
  const auto strength = static_cast<std::size_t>(share * static_cast<double>(strengths));
  return std::min(strength, strengths - 1);
}

std::string meaning(const HeatChart& chart, std::size_t strength) {
  if (strength == strengths) return "above " + chart.top;
  return fmt::format("{} to {} eighths of {}", strength, strength + 1, chart.top);
}

std::string text_at(double x, double y, std::string_view anchor, std::string_view text) {
  return fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\" text-anchor={}>{}</text>", x, y, anchor,
                     html_escaped(text));
}

/// The texts of some ends of an axis, with their places along it.
template <class Use>
void each_mark(const std::vector<std::string>& ends, Use use) {
  const std::size_t cells = ends.size() - 1;
  constexpr std::size_t marks = 4;
  std::size_t last = ends.size();
  for (std::size_t i = 0; i <= marks; ++i) {
    const std::size_t end = i * cells / marks;
    if (end != last) use(static_cast<double>(end) / static_cast<double>(cells), ends[end]);
    last = end;
  }
}

}  // namespace

std::string heat_map(const HeatChart& chart) {
  const double width = side / static_cast<double>(chart.columns());
  const double height = side / static_cast<double>(chart.rows());
  std::array<std::string, strengths + 1> cells;
  for (std::size_t row = 0; row < chart.rows(); ++row)
    for (std::size_t column = 0; column < chart.columns(); ++column) {
      const auto share = chart.shares[row * chart.columns() + column];
      if (!share) continue;
      cells[strength_of(*share)] += fmt::format(
          "M{:.4g} {:.4g}h{:.4g}v{:.4g}H{:.4g}z", left + static_cast<double>(column) * width,
          above + side - static_cast<double>(row + 1) * height, width, height,
          left + static_cast<double>(column) * width);
    }
  std::string paths, words;
  for (std::size_t strength = 0; strength < cells.size(); ++strength)
    if (!cells[strength].empty())
      paths += fmt::format("<path class=h{} d=\"{}\"><title>{}</title></path>", strength,
                           cells[strength], html_escaped(meaning(chart, strength)));
  each_mark(chart.x_ends, [&](double share, const std::string& text) {
    words += text_at(left + share * side, above + side + line_height + 2, "middle", text);
  });
  each_mark(chart.y_ends, [&](double share, const std::string& text) {
    words += text_at(left - 6, above + side - share * side + line_height / 3, "end", text);
  });
  words += text_at(left + side / 2, above + side + 2 * line_height + 8, "middle", chart.x_name);
  words += text_at(6, line_height, "start", chart.y_name);
  return fmt::format(
      "<svg class=heat viewBox=\"0 0 {} {}\" role=img aria-label=\"{}\">"
      "<rect class=none x={} y={} width={} height={} />{}{}</svg>",
      left + side + right, above + side + below, html_escaped(chart.title), left, above, side, side,
      paths, words);
}

}  // namespace napier
