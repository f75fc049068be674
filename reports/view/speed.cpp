// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/speed.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "reports/view/errors.hpp"
#include "reports/view/figures.hpp"

namespace napier {

std::vector<SpeedPoint> speed_points(const Report& report) {
  if (!report.performance) return {};
  // One that was named twice was timed twice: its timings are in the order of the targets.
  std::multimap<std::string_view, const Timing*> timings;
  for (const Timing& timing : *report.performance)
    if (timing.property == timing_of_calls && timing.cases > 0 && timing.seconds > 0)
      timings.emplace(timing.target, &timing);
  std::vector<SpeedPoint> points;
  for (std::size_t place = 0; place < report.targets.size(); ++place) {
    const TargetResult& target = report.targets[place];
    const auto timed = timings.find(target.name);
    if (timed == timings.end()) continue;
    const Timing timing = *timed->second;
    timings.erase(timed);
    const std::vector<LargestError> errors = largest_errors(target);
    if (errors.empty() || !errors.front().inside) continue;
    constexpr double nano = 1e9;
    points.push_back({verdict_line(target).target, place,
                      nano * timing.seconds / static_cast<double>(timing.cases),
                      errors.front().inside->max_ulp.lo.value, largest_error_figure(target),
                      tone_of(target.verdict)});
  }
  std::ranges::sort(points, {}, [](const SpeedPoint& point) {
    return std::tuple(point.nanoseconds, point.target);
  });
  return points;
}

Table speed_table(const std::vector<SpeedPoint>& points) {
  Table table{{{"target", {}},
               {"a call takes, ns", {}, true},
               {"million calls a second", {}, true},
               {"largest error, ulp", {}, true}},
              {}};
  for (const SpeedPoint& point : points) {
    constexpr double calls_of_a_nano = 1e3;  // in millions a second
    Cell name{point.name, Tone::plain, true};
    name.target = point.target;
    table.rows.push_back({{name,
                           {decimal(point.nanoseconds, 3, Rounding::nearest)},
                           {decimal(calls_of_a_nano / point.nanoseconds, 3, Rounding::nearest)},
                           {point.figure, point.tone == Tone::stands ? Tone::plain : point.tone}},
                          {}});
  }
  return table;
}

}  // namespace napier
