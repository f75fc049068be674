// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "props/property/property.hpp"
#include "reports/store/claim_read.hpp"
#include "reports/store/json.hpp"
#include "reports/store/json_node.hpp"

namespace napier {
namespace {

std::vector<std::string> texts(const JsonNode& node) {
  return node.list([](const JsonNode& element) { return element.text(); });
}

Rounding rounding(const JsonNode& node) {
  const auto found = find_rounding(node.text());
  if (!found) node.refuse("is '" + node.text() + "', which is not a rounding mode");
  return *found;
}

UlpRange range(const JsonNode& node) { return {{node["lo"].figure()}, {node["hi"].figure()}}; }

/// What is only there to be true.
bool only_true(const JsonNode& node, const char* key) {
  if (!node.has(key)) return false;
  if (!node[key].flag()) node[key].refuse("is only there to be true");
  return true;
}

/// Reads what holds data, all of one format.
struct TargetReader {
  const Format& format;

  std::vector<Float> data(const JsonNode& node) const {
    return node.list([this](const JsonNode& element) { return element.datum(format); });
  }
  std::optional<Float> datum(const JsonNode& node) const {
    return node.is_null() ? std::nullopt : std::optional(node.datum(format));
  }

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

  static std::vector<ErrorFigures> figures(const JsonNode& node) {
    const auto cases = node["cases"].list([](const JsonNode& element) { return element.count(); });
    std::vector<ErrorFigures> parts(cases.size());
    for (std::size_t i = 0; i < parts.size(); ++i) parts[i].cases = cases[i];
    const auto read = [&](const char* key, double ErrorFigures::*member) {
      const auto column =
          node[key].list([](const JsonNode& element) { return element.signed_figure(); });
      if (column.size() != parts.size()) node.refuse("has columns of different lengths");
      for (std::size_t i = 0; i < parts.size(); ++i) parts[i].*member = column[i];
    };
    read("least", &ErrorFigures::least);
    read("most", &ErrorFigures::most);
    read("mean", &ErrorFigures::mean);
    read("rms", &ErrorFigures::rms);
    return parts;
  }

  SeenError seen_error(const JsonNode& node) const {
    return {node["at_least"].figure(), data(node["at"]), node["cases"].count()};
  }

  Profile profile(const JsonNode& node) const {
    Profile profile;
    profile.rounding = rounding(node["rounding"]);
    profile.of_results = node["of"].choice<bool>({{"argument", false}, {"result", true}});
    const std::vector<ErrorFigures> all = figures(node["all"]);
    if (all.size() != 1) node["all"].refuse("is not one column of each");
    profile.all = all.front();
    profile.ends = data(node["ends"]);
    profile.parts = figures(node["parts"]);
    profile.phases = figures(node["phases"]);
    if (profile.ends.size() != profile.parts.size() + 1)
      node["ends"].refuse("are not one more than parts");
    return profile;
  }

  Misrounded unsaturated(const JsonNode& node) const {
    const Misrounded counted{node["cases"].count(), node["misrounded"].count()};
    if (counted.misrounded > counted.cases) node["misrounded"].refuse("is more than all cases");
    return counted;
  }

  SpecialGrid special(const JsonNode& node) const {
    SpecialGrid grid;
    grid.x = data(node["x"]);
    if (node.has("y")) grid.y = data(node["y"]);
    grid.got = node["got"].list(
        [this](const JsonNode& y) { return y.is_null() ? std::optional<Float>() : datum(y); });
    for (const char letter : node["states"].text()) {
      const auto state = state_of(letter);
      if (!state) node["states"].refuse("has a letter that is no state");
      grid.states.push_back(*state);
    }
    const std::size_t calls = grid.x.size() * (grid.y.empty() ? 1 : grid.y.size());
    if (grid.got.size() != calls) node["got"].refuse("is not as many as there are arguments");
    if (grid.states.size() != calls) node["states"].refuse("are not as many as there are results");
    return grid;
  }

  HeatMap heat_map(const JsonNode& node) const {
    HeatMap map;
    map.property = node["property"].text();
    map.rounding = rounding(node["rounding"]);
    map.x_ends = data(node["x_ends"]);
    map.y_ends = data(node["y_ends"]);
    map.cases = node["cases"].count();
    map.largest = node["largest"].list([](const JsonNode& cell) {
      return cell.is_null() ? std::optional<double>() : cell.figure();
    });
    if (map.x_ends.size() < 2) node["x_ends"].refuse("are fewer than two");
    if (map.y_ends.size() < 2) node["y_ends"].refuse("are fewer than two");
    if (map.largest.size() != map.columns() * map.rows())
      node["largest"].refuse("is not as many as there are cells");
    return map;
  }

  static StepSizes step_sizes(const JsonNode& node) {
    const auto power = [](const JsonNode& element) {
      constexpr int most = 16'384;  // no format has a step beyond
      const double figure = element.signed_figure();
      if (!(std::abs(figure) <= most) || figure != std::trunc(figure))
        element.refuse("is no power of a step");
      return static_cast<int>(figure);
    };
    const auto end = [](const JsonNode& element) {
      if (!std::isfinite(element.signed_figure())) element.refuse("is infinite");
      return element.signed_figure();
    };
    StepSizes steps{
        end(node["from"]), end(node["to"]), power(node["chosen"]), power(node["best"]), {}};
    for (const int one : node["powers"].list(power)) steps.errors.push_back({.power = one});
    const auto longer =
        std::ranges::adjacent_find(steps.errors, std::less_equal{}, &StepError::power);
    if (longer != steps.errors.end()) node["powers"].refuse("are not from the longest on");
    for (const int one : {steps.chosen, steps.best})
      if (std::ranges::find(steps.errors, one, &StepError::power) == steps.errors.end())
        node.refuse("has a step that is none of its powers");
    const auto read = [&](const char* key, double StepError::*member) {
      const auto column = node[key].list([](const JsonNode& element) { return element.figure(); });
      if (column.size() != steps.errors.size()) node.refuse("has columns of different lengths");
      for (std::size_t i = 0; i < column.size(); ++i) steps.errors[i].*member = column[i];
    };
    read("left_out", &StepError::left_out);
    read("rounding", &StepError::rounding);
    read("predicted", &StepError::predicted);
    read("observed", &StepError::observed);
    return steps;
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
  const TargetReader read{format(node["format"])};
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
