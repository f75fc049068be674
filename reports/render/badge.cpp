// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/badge.hpp"

#include <nlohmann/json.hpp>

#include "reports/view/errors.hpp"
#include "reports/view/shown.hpp"
#include "reports/view/view.hpp"

namespace napier {
namespace {

std::string message_of(const Report& report) {
  if (report.targets.empty()) return "nothing tested";
  std::string words;
  for (const VerdictCount& count : verdict_counts(report))
    words += (words.empty() ? "" : ", ") +
             (report.targets.size() == 1 ? "" : std::to_string(count.count) + " ") + count.word;
  const std::string error =
      report.targets.size() == 1 ? largest_error_figure(report.targets.front()) : "";
  return error.empty() ? words : words + ", " + error + " ulp";
}

/// That of the gravest verdict.
const char* colour_of(const Report& report) {
  const std::vector<VerdictCount> counts = verdict_counts(report);
  if (counts.empty() || report.partial) return "lightgrey";
  switch (counts.front().verdict) {
    case TargetVerdict::refuted:
    case TargetVerdict::failed:
      return "red";
    case TargetVerdict::inconclusive:
    case TargetVerdict::known:
      return "yellow";
    case TargetVerdict::absent:
      return "lightgrey";
    case TargetVerdict::measured:
      return "blue";
    case TargetVerdict::stands:
      break;
  }
  return "brightgreen";
}

}  // namespace

std::string render_badge(const Report& given) {
  const Report report = shown(given);
  const nlohmann::ordered_json badge{{"schemaVersion", 1},
                                     {"label", "napier"},
                                     {"message", message_of(report)},
                                     {"color", colour_of(report)}};
  return badge.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace napier
