// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "reports/text.hpp"
#include "reports/view/figures.hpp"

namespace napier {
namespace {

// In units of the picture; a bar and its gap take ten of them. Bars are strokes, whose width the
// style sheet knows.
constexpr int height = 200, slot = 10;

/// Values as heights: linear from 0, or logarithmic from a quarter of a unit on, with room above.
class Scale {
 public:
  explicit Scale(const BarChart& chart)
      : logarithmic_(chart.logarithmic), signed_(chart.is_signed) {
    double most = 0;
    for (const Bar& bar : chart.bars)
      for (const double value : {bar.value, -bar.low})
        if (std::isfinite(value)) most = std::max(most, value);
    for (const Level& level : chart.levels) most = std::max(most, level.value);
    // Room above the largest must be finite too.
    constexpr double most_shown = std::numeric_limits<double>::max() / 4;
    most = std::min(most, most_shown);
    // … and what is all but nothing is drawn as such, so that marks are apart.
    constexpr double least_shown = 1e-6;
    most_ = logarithmic_ ? std::max(2 * most, 1.0) : 1.1 * std::max(most, least_shown);
  }

  /// The y of a value; what is infinite reaches the edge of the picture.
  int y(double value) const {
    const double size = std::abs(value);
    double share = 1;
    if (std::isfinite(size)) {
      const auto octaves = [](double x) { return std::log2(x) - std::log2(least); };
      share = logarithmic_ ? octaves(std::max(size, least)) / octaves(most_) : size / most_;
    }
    share = std::clamp(share, 0.0, 1.0);
    const double from_0 = signed_ ? (value < 0 ? -share : share) / 2 + 0.5 : share;
    return static_cast<int>(std::lround(height * (1 - from_0)));
  }

  /// Round values to be marked: a few.
  std::vector<double> marks() const {
    std::vector<double> marks;
    if (logarithmic_) {
      const double decades = std::floor(std::log10(most_));
      const double step = std::max(1.0, std::ceil(decades / (signed_ ? 2 : 4)));
      for (double exponent = 0; exponent <= decades; exponent += step)
        marks.push_back(std::pow(10, exponent));
    } else {
      const double magnitude = std::pow(10, std::floor(std::log10(most_)));
      constexpr std::array steps{0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0};  // the last leaves two marks
      const double most_marks = signed_ ? 3 : 5;
      const double step = magnitude * *std::ranges::find_if(steps, [&](double candidate) {
                            return most_ / (candidate * magnitude) <= most_marks;
                          });
      for (double mark = signed_ ? step : 0; mark <= most_; mark += step) marks.push_back(mark);
    }
    if (!signed_) return marks;
    std::vector<double> both{0};
    for (const double mark : marks) both.insert(both.end(), {mark, -mark});
    return both;
  }

 private:
  static constexpr double least = 0.25;
  bool logarithmic_, signed_;
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
  std::string usual, over, mean, grid, levels;
  for (const double mark : scale.marks()) grid += fmt::format("M0 {}h{}", scale.y(mark), width);
  for (const Level& level : chart.levels)
    levels += fmt::format("M0 {}h{}", scale.y(level.value), width);
  bool pen_up = true;
  for (std::size_t i = 0; i < chart.bars.size(); ++i) {
    const Bar& bar = chart.bars[i];
    const int x = slot * static_cast<int>(i) + slot / 2;
    const int low = scale.y(chart.is_signed ? bar.low : 0), high = scale.y(bar.value);
    if (!chart.is_signed || bar.low != 0 || bar.value != 0) {
      // What is all but flat shows as a line.
      (is_over(bar, chart) ? over : usual) +=
          fmt::format("M{} {}v{}", x, low, -std::max(low - high, 2));
    }
    if (std::isnan(bar.mean)) {
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
         path("level", levels) + "</svg>";
}

std::string json_string(const std::string& text) {
  std::string spelled =
      nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  // No text may end the element that it stands in.
  for (std::size_t at = 0; (at = spelled.find('<', at)) != spelled.npos;)
    spelled.replace(at, 1, "\\u003c");
  return spelled;
}

template <class Text>
std::string json_list(const BarChart& chart, Text text_of) {
  std::string list;
  for (const Bar& bar : chart.bars) list += (list.empty() ? "" : ",") + text_of(bar);
  return "[" + list + "]";
}

}  // namespace

std::string picture(const BarChart& chart, const std::string& key) {
  const Scale scale(chart);
  const auto bars = static_cast<double>(chart.bars.size());
  std::string text = fmt::format(
      "<div class=\"chart{}\" id={} tabindex=0 role=img aria-label=\"{}\">\n<div "
      "class=y><b>{}</b>",
      chart.is_signed ? " signed" : "", key, html_escaped(chart.title + ". " + chart.caption),
      html_escaped(chart.unit));
  for (const double mark : scale.marks())
    text += fmt::format("<i style=top:{}>{}{}</i>", percent(scale.y(mark), height),
                        mark < 0 ? "−" : "", decimal(std::abs(mark), 3, Rounding::nearest));
  text += "</div>\n<div class=plot>" + drawing(chart, scale);
  for (const Level& level : chart.levels)
    if (!level.name.empty())
      text += fmt::format("<i style=top:{}>{}</i>", percent(scale.y(level.value), height),
                          html_escaped(level.name));
  text += "</div>\n<div class=x>";
  for (const Tick& tick : chart.ticks)
    text += fmt::format("<i style=left:{}>{}</i>", percent(static_cast<double>(tick.bar), bars),
                        html_escaped(tick.text));
  return text + "</div>\n</div>";
}

std::string picture_data(const BarChart& chart, const std::string& key) {
  const auto texts = [&](const char* name, auto text_of) {
    return fmt::format(",\"{}\":{}", name,
                       json_list(chart, [&](const Bar& bar) { return json_string(text_of(bar)); }));
  };
  std::string data = fmt::format("{}:{{\"f\":{},\"of\":{}", json_string(key),
                                 json_string(chart.function), json_string(chart.subject)) +
                     texts("from", [](const Bar& bar) { return bar.from; });
  if (chart.is_signed) {
    const auto number = [](double value) {
      return std::isfinite(value) ? fmt::format("{:.3g}", value)
             : std::isnan(value)  ? std::string("0")
             : value < 0          ? "-1e999"
                                  : "1e999";
    };
    // One part begins where the one before ends.
    if (!chart.bars.empty()) data += ",\"end\":" + json_string(chart.bars.back().to);
    data += ",\"n\":" + json_list(chart, [](const Bar& bar) { return std::to_string(bar.calls); });
    data += ",\"lo\":" + json_list(chart, [&](const Bar& bar) { return number(bar.low); });
    data += ",\"hi\":" + json_list(chart, [&](const Bar& bar) { return number(bar.value); });
    data += ",\"mean\":" + json_list(chart, [&](const Bar& bar) { return number(bar.mean); });
  } else {
    data += texts("to", [](const Bar& bar) { return bar.to; }) +
            texts("is", [](const Bar& bar) { return bar.figure; }) +
            texts("at", [](const Bar& bar) { return bar.at; });
  }
  return data + "}";
}

}  // namespace napier
