// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/sarif.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "props/property/property.hpp"
#include "reports/view/checks.hpp"
#include "reports/view/faults.hpp"
#include "reports/view/figures.hpp"
#include "reports/view/shown.hpp"
#include "reports/view/view.hpp"

namespace napier {
namespace {

using Json = nlohmann::ordered_json;

/// What GitHub takes of one file.
constexpr std::size_t most_results = 25'000;

std::string statement_of(const std::string& property) {
  const Property* known = known_property(property);
  return known != nullptr ? std::string(known->statement) : property;
}

/// The file of so:PATH#SYMBOL, else the target's name, as a relative reference (RFC 3986).
std::string artifact_of(const TargetResult& target) {
  constexpr std::string_view foreign = "so:";
  std::string path = target.name;
  if (path.starts_with(foreign))
    path = path.substr(foreign.size(), path.rfind('#') - foreign.size());
  std::string reference;
  for (const char c : path) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    reference += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return reference;
}

std::string message_of(const TargetResult& target, const Finding& finding) {
  const SpelledCase told = spelled(target, finding, finding.worst);
  std::string text = fmt::format("{}: {} {}. {}.", verdict_line(target).target, charged(finding),
                                 charge(finding), told.decimal);
  if (!told.hex.empty()) text += fmt::format(" In hex: {}.", told.hex);
  if (const std::string cause = likely_cause(target, finding); !cause.empty())
    text += fmt::format(" Likely cause: {}.", cause);
  if (!finding.replay.empty()) text += " Replay: " + finding.replay;
  return text;
}

Json result_of(const NumberedFinding& numbered) {
  const TargetResult& target = *numbered.target;
  const Finding& finding = *numbered.finding;
  const std::string name = verdict_line(target).target;
  // A logical name alone is not shown by those who annotate files.
  const Json place{
      {"physicalLocation",
       {{"artifactLocation", {{"uri", artifact_of(target)}}}, {"region", {{"startLine", 1}}}}},
      {"logicalLocations",
       Json::array({Json{{"fullyQualifiedName", name}, {"kind", "function"}}})}};
  const std::string fingerprint =
      fmt::format("{}|{}|{}", name, finding.property, napier::name(finding.rounding));
  Json result{{"ruleId", finding.property},
              {"level", "error"},
              {"message", {{"text", message_of(target, finding)}}},
              {"locations", Json::array({place})},
              {"partialFingerprints", {{"napier/v1", fingerprint}}}};
  if (finding.known)
    result["suppressions"] = Json::array({Json{{"kind", "external"}, {"status", "accepted"}}});
  return result;
}

}  // namespace

std::string render_sarif(const Report& given) {
  const Report report = shown(given);
  Json rules = Json::array(), results = Json::array();
  std::vector<std::string> known;
  const std::vector<NumberedFinding> all = findings(report);
  for (const NumberedFinding& numbered : std::span(all).first(std::min(all.size(), most_results))) {
    results.push_back(result_of(numbered));
    const std::string& property = numbered.finding->property;
    if (std::ranges::find(known, property) != known.end()) continue;
    known.push_back(property);
    rules.push_back({{"id", property}, {"shortDescription", {{"text", statement_of(property)}}}});
  }
  const Json driver{{"name", "Napier"}, {"version", report.provenance.version}, {"rules", rules}};
  const Json run{
      {"tool", {{"driver", driver}}}, {"columnKind", "utf16CodeUnits"}, {"results", results}};
  const Json log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                 {"version", "2.1.0"},
                 {"runs", Json::array({run})}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace napier
