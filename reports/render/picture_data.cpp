// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/picture_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/view/figures.hpp"

namespace napier {
namespace {

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

/// Of few digits, which JSON reads without a zero in front of the point no less than we do.
std::string number(double value, Rounding rounding) {
  if (std::isnan(value) || value == 0) return "0";
  if (std::isinf(value)) return value < 0 ? "-1e999" : "1e999";
  if (value > 0) return decimal(value, 3, rounding);
  const Rounding mirrored = rounding == Rounding::up     ? Rounding::down
                            : rounding == Rounding::down ? Rounding::up
                                                         : rounding;
  return "-" + decimal(-value, 3, mirrored);
}

/// The ends of bars that are not the beginning of the next: {"3": "2⁻⁴"}.
std::string gaps(const BarChart& chart) {
  std::string all;
  for (std::size_t i = 0; i < chart.bars.size(); ++i)
    if (i + 1 == chart.bars.size() || chart.bars[i].to != chart.bars[i + 1].from)
      all += fmt::format("{}\"{}\":{}", all.empty() ? "" : ",", i, json_string(chart.bars[i].to));
  return "{" + all + "}";
}

/// What all figures begin with: "≥ ", or nothing.
std::string common_mark(const BarChart& chart) {
  if (chart.bars.empty()) return {};
  const std::string& first = chart.bars.front().figure;
  const std::string mark = first.substr(0, first.find(' ') + 1);  // nothing where there is no blank
  const bool common =
      std::ranges::all_of(chart.bars, [&](const Bar& bar) { return bar.figure.starts_with(mark); });
  return common ? mark : "";
}

}  // namespace

void PictureData::add(const BarChart& chart, const std::string& key) {
  const std::string axis = json_list(chart, [](const Bar& bar) { return json_string(bar.from); });
  auto place = std::ranges::find(axes_, axis);
  if (place == axes_.end()) place = axes_.insert(place, axis);
  std::string data = fmt::format("{}:{{\"f\":{},\"of\":{},\"from\":{},\"to\":{}", json_string(key),
                                 json_string(chart.function), json_string(chart.subject),
                                 place - axes_.begin(), gaps(chart));
  const auto column = [&](const char* name, auto text_of) {
    data += fmt::format(",\"{}\":{}", name, json_list(chart, text_of));
  };
  if (chart.is_signed) {
    column("n", [](const Bar& bar) { return std::to_string(bar.calls); });
    column("lo", [](const Bar& bar) { return number(bar.low, Rounding::down); });
    column("hi", [](const Bar& bar) { return number(bar.value, Rounding::up); });
    column("mean", [](const Bar& bar) { return number(bar.mean, Rounding::nearest); });
    column("rms", [](const Bar& bar) { return number(bar.rms, Rounding::nearest); });
  } else {
    const std::string mark = common_mark(chart);
    data += ",\"mark\":" + json_string(mark);
    column("is", [&](const Bar& bar) { return json_string(bar.figure.substr(mark.size())); });
    column("at", [](const Bar& bar) { return json_string(bar.at); });
  }
  charts_ += (charts_.empty() ? "" : ",\n") + data + "}";
}

std::string PictureData::text() const {
  return fmt::format("{{\"axes\":[{}],\n\"charts\":{{{}}}}}", fmt::join(axes_, ",\n"), charts_);
}

}  // namespace napier
