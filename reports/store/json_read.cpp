// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "props/property/property.hpp"
#include "reports/store/claim_read.hpp"
#include "reports/store/json.hpp"
#include "reports/store/json_node.hpp"
#include "reports/store/observed_read.hpp"

namespace napier {
namespace {

std::vector<std::string> texts(const JsonNode& node) {
  return node.list([](const JsonNode& element) { return element.text(); });
}

UlpRange range(const JsonNode& node) { return {{node["lo"].figure()}, {node["hi"].figure()}}; }

/// What is only there to be true.
bool only_true(const JsonNode& node, const char* key) {
  if (!node.has(key)) return false;
  if (!node[key].flag()) node[key].refuse("is only there to be true");
  return true;
}

/// Reads what holds data, all of one format.
struct TargetReader : ObservedReader {
  LawRow law(const JsonNode& node) const {
    LawRow row;
    row.number = node["law"].text();
    row.name = node["name"].text();
    row.statement = node["statement"].text();
    row.rounding = rounding(node["rounding"]);
    row.not_applicable = node["not_applicable"].text_or_nothing();
    row.judged = node["judged"].flag();
    row.cases = node["cases"].count();
    row.refuted = node["refuted"].count();
    row.undecided = node["undecided"].count();
    row.vacuous = node["vacuous"].count();
    row.median_resolution = node["median_resolution"].figure();
    row.largest_share = node["largest_share"].figure();
    row.user_ulps = {node["user_ulps"].figure()};
    row.user_at = data(node["user_at"]);
    return row;
  }

  BinadeError binade(const JsonNode& node) const {
    return {node["from"].datum(format), node["to"].datum(format), range(node["max_ulp"]),
            data(node["at"])};
  }

  /// Columns of equal length; in version 1 a list of rows.
  std::vector<BinadeError> binades(const JsonNode& node) const {
    if (node.value().is_array())
      return node.list([this](const JsonNode& row) { return binade(row); });
    const std::vector<Float> from = data(node["from"]), to = data(node["to"]);
    const auto figures = [&](const char* key) {
      return node[key].list([](const JsonNode& element) { return Ulp{element.figure()}; });
    };
    const std::vector<Ulp> lo = figures("lo"), hi = figures("hi");
    const auto at = node["at"].list([this](const JsonNode& column) { return data(column); });
    const auto short_of = [&](const auto& column) { return column.size() != from.size(); };
    if (short_of(to) || short_of(lo) || short_of(hi) || std::ranges::any_of(at, short_of))
      node.refuse("has columns of different lengths");
    std::vector<BinadeError> rows;
    for (std::size_t i = 0; i < from.size(); ++i) {
      rows.push_back({from[i], to[i], {lo[i], hi[i]}, {}});
      for (const std::vector<Float>& column : at) rows.back().at.push_back(column[i]);
    }
    return rows;
  }

  /// Empty where no errors were measured, or sorted, as in older reports.
  Breakdown breakdown(const JsonNode& node, std::uint64_t cases) const {
    Breakdown breakdown;
    if (!node.has("errors") && !node.has("binades_of") && !node.has("binades")) return breakdown;
    breakdown.errors = node["errors"].list([](const JsonNode& row) -> ErrorCount {
      return {{row["to"].figure()}, row["cases"].count()};
    });
    std::uint64_t left = cases;
    for (const ErrorCount& count : breakdown.errors) {
      if (count.cases > left) node["errors"].refuse("counts more than all cases");
      left -= count.cases;
    }
    breakdown.of_results = node["binades_of"].choice<bool>({{"argument", false}, {"result", true}});
    breakdown.binades = binades(node["binades"]);
    return breakdown;
  }

  StatisticFigure statistic(const JsonNode& node) const {
    using State = StatisticFigure::State;
    return {node["claimed"].text(), node["lo"].figure(), node["hi"].figure(),
            node["state"].choice<State>({{"measured", State::measured},
                                         {"kept", State::kept},
                                         {"broken", State::broken},
                                         {"undecided", State::undecided}})};
  }

  Measurement measurement(const JsonNode& node) const {
    Measurement m;
    m.property = node["property"].text();
    m.domain = node["domain"].text();
    m.rounding = rounding(node["rounding"]);
    m.strength = node["strength"].choice<Strength>({{"exhaustive", Strength::exhaustive},
                                                    {"sampled", Strength::sampled},
                                                    {"searched", Strength::searched}});
    m.judged = node["judged"].flag();
    m.cases = node["cases"].count();
    m.refuted = node["refuted"].count();
    if (const JsonNode breakdown = node["breakdown"]; breakdown.has("undecided")) {
      m.undecided_cap = breakdown["undecided"]["precision_cap"].count();
      m.undecided_no_answer = breakdown["undecided"]["no_answer"].count();
    }
    if (node["undecided"].count() != m.undecided_cap + m.undecided_no_answer)
      node["undecided"].refuse("is not the sum of its causes");
    m.misrounded = node["misrounded"].count();
    m.max_ulp = range(node["max_ulp"]);
    m.at = data(node["at"]);
    m.breakdown = breakdown(node["breakdown"], m.cases);
    if (node.has("statistics"))
      m.statistics =
          node["statistics"].list([this](const JsonNode& row) { return statistic(row); });
    return m;
  }

  Witness witness(const JsonNode& node) const {
    const auto words = [&](const char* key) {
      return node.has(key) ? node[key].text() : std::string();
    };
    return {data(node["inputs"]), datum(node["got"]), datum(node["want"]),
            range(node["ulp"]),   words("call"),      words("fault")};
  }

  Finding finding(const JsonNode& node) const {
    Finding finding;
    finding.property = node["property"].text();
    finding.law = node["law"].text_or_nothing();
    const Property* property = known_property(finding.property);
    finding.basis =
        node["basis"].choice<Basis>({{"claim", Basis::claim}, {"expect", Basis::expectation}});
    if (property != nullptr && property->family == Family::hygiene) finding.basis = Basis::everyone;
    finding.rounding = rounding(node["rounding"]);
    finding.count = node["cases"].count();
    finding.claimed = node["claimed"].text();
    finding.smallest = witness(node["witness"]);
    finding.worst = witness(node["worst"]);
    finding.explanation = node["explanation"].text();
    finding.replay = node["replay"].text();
    finding.repeatable = node["repeatable"].flag();
    finding.seen_again = only_true(node, "seen_again");
    finding.known = only_true(node, "known");
    return finding;
  }

  KnownIssue known_issue(const JsonNode& node) const {
    return {texts(node["properties"]), rounding(node["rounding"]), data(node["at"]),
            node["why"].text(),        node["source"].text(),      node["shows"].flag()};
  }
};

const Format& format(const JsonNode& node) {
  const Format* found = find_format(node.text());
  if (found == nullptr) node.refuse("is '" + node.text() + "', which is not a format");
  return *found;
}

/// Only what is not scalar says so.
std::string shape(const JsonNode& node) {
  if (!node.has("shape")) return "scalar";
  const std::string text = node["shape"].text();
  try {
    return parse_shape(text).text;
  } catch (const std::invalid_argument& refusal) {
    node["shape"].refuse(std::string("is no shape: ") + refusal.what());
  }
}

TargetResult target(const JsonNode& node) {
  const TargetReader read{{format(node["format"])}};
  TargetResult target;
  target.name = node["name"].text();
  target.function = node["function"].text();
  target.format = read.format.name;
  target.method = node["method"].text();
  target.shape = shape(node);
  target.claim = claim_of(node["claim"], read.format, target.function);
  if (!node["expect"].is_null())
    target.expect = claim_of(node["expect"], read.format, target.function);
  if (node.has("object")) target.object = node["object"].text();
  if (node.has("environment")) target.environment = texts(node["environment"]);
  if (node.has("known_issues"))
    target.known_issues =
        node["known_issues"].list([&](const JsonNode& row) { return read.known_issue(row); });
  target.verdict =
      node["verdict"].choice<TargetVerdict>({{"stands", TargetVerdict::stands},
                                             {"measured", TargetVerdict::measured},
                                             {"inconclusive", TargetVerdict::inconclusive},
                                             {"refuted", TargetVerdict::refuted},
                                             {"failed", TargetVerdict::failed},
                                             {"known", TargetVerdict::known},
                                             {"not installed", TargetVerdict::absent}});
  target.partial = only_true(node, "partial");
  if (node.has("contradictions")) target.contradictions = texts(node["contradictions"]);
  target.failure = node["failure"].text_or_nothing();
  target.notes = texts(node["notes"]);
  target.laws = node["laws"].list([&](const JsonNode& row) { return read.law(row); });
  target.measurements =
      node["measurements"].list([&](const JsonNode& row) { return read.measurement(row); });
  target.findings = node["findings"].list([&](const JsonNode& row) { return read.finding(row); });
  if (node.has("unsaturated")) target.unsaturated = read.unsaturated(node["unsaturated"]);
  if (node.has("special")) target.special = read.special(node["special"]);
  if (node.has("maps"))
    target.maps = node["maps"].list([&](const JsonNode& row) { return read.heat_map(row); });
  if (node.has("profile")) target.profile = read.profile(node["profile"]);
  if (node.has("relative")) target.relative = read.seen_error(node["relative"]);
  if (node.has("absolute")) target.absolute = read.seen_error(node["absolute"]);
  if (node.has("steps")) target.steps = read.step_sizes(node["steps"]);
  if (node.has("diagnoses"))
    target.diagnoses = node["diagnoses"].list([](const JsonNode& row) {
      return Diagnosis{row["cause"].text(), row["evidence"].text()};
    });
  return target;
}

Provenance provenance(const JsonNode& node) {
  Provenance p;
  p.version = node["version"].text();
  p.commit = node["commit"].text();
  p.compiler = node["compiler"].text();
  p.flags = node["flags"].text();
  p.cpu_level = node["cpu_level"].text();
  p.simd = node["simd"].text();
  p.libm = node["libm"].text();
  p.seed = node["seed"].count();
  p.effort = node["effort"].text();
  const JsonNode budgets = node["budgets"];
  if (!budgets.value().is_object()) budgets.refuse("is not an object");
  for (const auto& [property, cases] : budgets.value().items())
    p.budgets.push_back({property, budgets[property].count()});
  p.shard = {node["shard"]["index"].count(), node["shard"]["count"].count()};
  p.notes = texts(node["notes"]);
  return p;
}

OracleAgreement oracles(const JsonNode& node) {
  const auto oracle = [](const JsonNode& used) {
    return OracleNote{used["name"].text(), used["bound"].text()};
  };
  const JsonNode agreement = node["agreement"];
  return {node["used"].list(oracle), agreement["agreed"].count(), agreement["disagreed"].count()};
}

std::optional<std::vector<Timing>> performance(const JsonNode& root) {
  if (!root.has("performance")) return std::nullopt;
  return root["performance"].list([](const JsonNode& node) {
    return Timing{node["target"].text(), node["property"].text(), node["cases"].count(),
                  node["seconds"].figure()};
  });
}

/// What is done with a tree goes down into it as deep as it is: a report is not deep.
bool shallow(int depth, Json::parse_event_t /*event*/, Json& /*value*/) {
  constexpr int deepest = 32;
  if (depth > deepest) throw std::runtime_error("is not a report of napier: it is nested too deep");
  return true;
}

Json parsed(std::string_view text) {
  try {
    return Json::parse(text, shallow);
  } catch (const Json::parse_error& error) {
    const auto line = 1 + std::ranges::count(text.substr(0, error.byte), '\n');
    throw std::runtime_error("is not JSON: the first mistake is in line " + std::to_string(line));
  } catch (const Json::exception&) {
    throw std::runtime_error("is not JSON that can be read: a number is out of range");
  }
}

}  // namespace

Report report_from_json(std::string_view text) {
  const Json tree = parsed(text);
  const JsonNode root(tree, "");
  if (!root.has("schema") || !root.has("provenance") || !root.has("targets"))
    throw std::runtime_error("is not a report of napier: it lacks schema, provenance or targets");
  if (const std::uint64_t version = root["schema"].count();
      version < oldest_report_schema || version > report_schema)
    throw std::runtime_error(fmt::format("has schema version {}, and this napier reads {} to {}",
                                         version, oldest_report_schema, report_schema));
  Report report{provenance(root["provenance"]), oracles(root["oracles"]),
                root["targets"].list(target),   performance(root),
                only_true(root, "partial"),     only_true(root, "out_of_time")};
  if (!report.partial && std::ranges::any_of(report.targets, &TargetResult::partial))
    root.refuse("has a partial target, and is not said to be partial");
  if (report.out_of_time && !report.partial)
    root["out_of_time"].refuse("is for a report that is partial");
  const std::string found = digest(root["oracles"].value(), root["targets"].value());
  if (root["digest"].text() != found)
    root["digest"].refuse(
        "does not match the contents: the report was changed after it was written");
  constexpr std::uint64_t first_sealed = 2;
  if (root["schema"].count() >= first_sealed && root["seal"].text() != seal(tree))
    root["seal"].refuse("does not match the contents: the report was changed after it was written");
  return report;
}

}  // namespace napier
