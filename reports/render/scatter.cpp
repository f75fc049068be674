// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/scatter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "reports/render/html_table.hpp"
#include "reports/text.hpp"
#include "reports/view/figures.hpp"

namespace napier {
namespace {

// In units of the picture.
constexpr double width = 720, height = 360, left = 64, right = 150, above = 24, below = 44;
constexpr double line_height = 12;

/// Part of a logarithmic axis that holds all values, from a mark to a mark.
class Axis {
 public:
  Axis(std::vector<double> values, double from, double to) : from_(from), to_(to) {
    const auto [least, most] = std::ranges::minmax(values);
    first_ = std::floor(2 * std::log10(least)) / 2;
    last_ = std::max(std::ceil(2 * std::log10(most)) / 2, first_ + 1);
  }
  double place(double value) const {
    const double share = (std::log10(value) - first_) / (last_ - first_);
    return from_ + std::clamp(share, 0.0, 1.0) * (to_ - from_);
  }
  /// Powers of ten, with 2 and 5 between them where there are few.
  std::vector<double> marks() const {
    constexpr double few = 2;
    const double step = std::max(1.0, std::ceil((last_ - first_) / 6));
    std::vector<double> marks;
    for (double power = std::floor(first_); power <= last_; power += step)
      for (const double digit : {1.0, 2.0, 5.0}) {
        const double exponent = power + std::log10(digit);
        if ((digit == 1 || last_ - first_ <= few) && exponent >= first_ && exponent <= last_)
          marks.push_back(digit * std::pow(10, power));
      }
    return marks;
  }

 private:
  double from_, to_;
  double first_ = 0, last_ = 1;  // decimal exponents
};

std::string text_at(double x, double y, std::string_view anchor, std::string_view text) {
  return fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\" text-anchor=\"{}\">{}</text>", x, y, anchor,
                     html_escaped(text));
}

std::string mark_text(double value) { return decimal(value, 3, Rounding::nearest); }

struct Box {
  double left, top, right, bottom;
  bool meets(const Box& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
};

/// Names beside their dots: right or left of them, above or below, where they cover neither a dot
/// nor a name. One that finds no place is left to the dot, which says it itself.
class Labels {
 public:
  void keep_free(double x, double y) { taken_.push_back({x - 5, y - 5, x + 5, y + 5}); }

  std::string place(double x, double y, std::string_view name) {
    constexpr double of_a_letter = 5.6, apart = 8;
    const double length = of_a_letter * static_cast<double>(name.size());
    struct Place {
      double start, middle;
    };
    for (const auto [start, middle] :
         {Place{x + apart, y}, Place{x - apart - length, y}, Place{x - length / 2, y - line_height},
          Place{x - length / 2, y + line_height}}) {
      const Box box{start, middle - line_height / 2, start + length, middle + line_height / 2};
      const bool fits = box.left >= left && box.right <= width && box.top >= line_height &&
                        box.bottom <= height - below;
      const auto meets = [&box](const Box& other) { return other.meets(box); };
      if (!fits || std::ranges::any_of(taken_, meets)) continue;
      taken_.push_back(box);
      return text_at(start, middle + line_height / 3, "start", name);
    }
    return {};
  }

 private:
  std::vector<Box> taken_;
};

}  // namespace

std::string scatter(std::span<const SpeedPoint> points) {
  constexpr double least_shown = 0.1;  // ulp: what is exact is drawn as that
  const auto shown_ulps = [least = least_shown](const SpeedPoint& p) {
    return std::max(p.ulps, least);
  };
  std::vector<double> times, errors;
  for (const SpeedPoint& point : points) {
    times.push_back(point.nanoseconds);
    if (std::isfinite(point.ulps)) errors.push_back(shown_ulps(point));
  }
  if (errors.empty()) errors.push_back(1);
  const Axis x(std::move(times), left, width - right), y(std::move(errors), height - below, above);
  std::string grid, words, dots;
  for (const double mark : x.marks()) {
    grid += fmt::format("M{:.0f} {:.0f}V{:.0f}", x.place(mark), above, height - below);
    words += text_at(x.place(mark), height - below + line_height + 4, "middle", mark_text(mark));
  }
  for (const double mark : y.marks()) {
    grid += fmt::format("M{:.0f} {:.0f}H{:.0f}", left, y.place(mark), width - right);
    words += text_at(left - 6, y.place(mark) + line_height / 3, "end", mark_text(mark));
  }
  words += text_at((left + width - right) / 2, height - 6, "middle", "ns a call");
  words += text_at(6, above - line_height, "start", "largest error, ulp");
  const auto x_of = [&x](const SpeedPoint& p) { return x.place(p.nanoseconds); };
  const auto y_of = [&](const SpeedPoint& p) {
    return std::isfinite(p.ulps) ? y.place(shown_ulps(p)) : above / 2;
  };
  Labels labels;
  for (const SpeedPoint& point : points) labels.keep_free(x_of(point), y_of(point));
  for (const SpeedPoint& point : points) {
    const double at_x = x_of(point), at_y = y_of(point);
    const std::string said = fmt::format("{}: {} ns a call, largest error {} ulp", point.name,
                                         mark_text(point.nanoseconds), point.figure);
    dots += fmt::format(
        "<a href=\"#{}\"><circle class=\"{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\">"
        "<title>{}</title></circle>{}</a>",
        anchor(point.target), class_of(point.tone), at_x, at_y, html_escaped(said),
        labels.place(at_x, at_y, point.name));
  }
  return fmt::format(
      "<svg class=scatter viewBox=\"0 0 {} {}\" role=img "
      "aria-label=\"Largest errors over the time of a call\">"
      "<path class=grid d=\"{}\"/>{}{}</svg>",
      width, height, grid, words, dots);
}

}  // namespace napier
