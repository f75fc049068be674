// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/number_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace napier {
namespace {

constexpr int most_columns = 60;
constexpr int most_ticks = 7;

/// The part of the line that is shown: whole steps of a round length.
struct Axis {
  double step = 1;
  double first = 0;  ///< in steps
  double last = 1;

  int step_width() const { return most_columns / static_cast<int>(last - first); }
  int columns() const { return step_width() * static_cast<int>(last - first); }
  int column(double at) const {
    return static_cast<int>(std::lround((at / step - first) * step_width()));
  }
};

/// 1, 2 or 5 times a power of ten: the least such step with few enough ticks.
double round_step(double span) {
  const double least = span / (most_ticks - 1);
  const double power = std::pow(10, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= least) return factor * power;
  return 10 * power;
}

/// Ends that are nearly one are drawn apart from it by no more than a thousandth of their size, so
/// that ticks stay small multiples of the step.
Axis axis_over(double lo, double hi) {
  const double size = std::max(std::abs(lo), std::abs(hi));
  const double span = std::max(hi - lo, size == 0 ? 1 : size / 1000);
  Axis axis;
  axis.step = round_step(span);
  axis.first = std::floor(lo / axis.step);
  axis.last = std::max(std::ceil(hi / axis.step), axis.first + 1);
  return axis;
}

/// Writes over the row from a column on; the row grows as needed.
void put(std::string& row, int column, std::string_view text) {
  const auto from = static_cast<std::size_t>(std::max(column, 0));
  if (row.size() < from + text.size()) row.resize(from + text.size(), ' ');
  std::ranges::copy(text, row.begin() + static_cast<std::ptrdiff_t>(from));
}

std::string row_of(const LineItem& item, const Axis& axis) {
  std::string row;
  if (item.lo == item.hi) {
    put(row, axis.column(item.lo), "*");
    return row;
  }
  const bool open_left = std::isinf(item.lo);
  const bool open_right = std::isinf(item.hi);
  const int from = open_left ? 0 : axis.column(item.lo);
  const int to = std::max(open_right ? axis.columns() : axis.column(item.hi), from + 1);
  put(row, from, std::string(static_cast<std::size_t>(to - from + 1), '='));
  put(row, from, open_left ? "<" : "[");
  put(row, to, open_right ? ">" : "]");
  return row;
}

}  // namespace

std::string number_line(std::span<const LineItem> items, std::string_view unit,
                        std::string_view indent) {
  double lo = std::numeric_limits<double>::infinity();
  double hi = -lo;
  std::size_t width = unit.size();
  for (const LineItem& item : items) {
    width = std::max(width, item.name.size());
    for (const double end : {item.lo, item.hi})
      if (std::isfinite(end)) lo = std::min(lo, end), hi = std::max(hi, end);
  }
  if (lo > hi) return {};
  Axis axis = axis_over(lo, hi);
  if (std::ranges::any_of(items, [](const LineItem& item) { return item.lo == -HUGE_VAL; }))
    --axis.first;
  if (std::ranges::any_of(items, [](const LineItem& item) { return item.hi == HUGE_VAL; }))
    ++axis.last;
  std::string figures;
  std::string line(static_cast<std::size_t>(axis.columns()) + 1, '-');
  for (double tick = axis.first; tick <= axis.last; ++tick) {
    const std::string figure = fmt::format("{:.6g}", tick * axis.step + 0.0);  // no "-0"
    const int at = axis.column(tick * axis.step);
    put(figures, at - static_cast<int>(figure.size() / 2), figure);
    put(line, at, "+");
  }
  const auto shown = [&](std::string_view name, std::string_view row) {
    return fmt::format("{}{:<{}}  {}\n", indent, name, width, row);
  };
  std::string text = shown(unit, figures) + shown("", line);
  for (const LineItem& item : items)
    text +=
        std::isnan(item.lo) ? shown(item.name, "nowhere") : shown(item.name, row_of(item, axis));
  return text;
}

}  // namespace napier
