// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <cassert>
#include <cmath>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/native.hpp"
#include "reports/store/json.hpp"
#include "reports/store/json_tree.hpp"
#include "reports/store/sha256.hpp"
#include "reports/text.hpp"

namespace napier {
namespace {

Json figure(double value) {
  assert(value > -infinite_ulp.value && "a figure is a number or +inf");
  return std::isinf(value) ? Json("inf") : Json(value);
}

Json range(const UlpRange& ulp) {
  return {{"lo", figure(ulp.lo.value)}, {"hi", figure(ulp.hi.value)}};
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json datum(const std::optional<Float>& x) { return x ? Json(to_hex(*x)) : Json(nullptr); }

Json data(const std::vector<Float>& xs) {
  Json list = Json::array();
  for (const Float x : xs) list.push_back(to_hex(x));
  return list;
}

template <class Rows, class Write>
Json list_of(const Rows& rows, Write write) {
  Json list = Json::array();
  for (const auto& row : rows) list.push_back(write(row));
  return list;
}

Json limit(const std::optional<UlpLimit>& limit) {
  if (!limit) return nullptr;
  return {{"stated", limit->stated},
          {"metric", limit->metric == Metric::exact ? "exact" : "rounded"},
          {"limit", to_hex(limit->limit)}};
}

Json interval(const Range& range) {
  return {to_hex(from_native(range.lo)), to_hex(from_native(range.hi))};
}

Json claim(const Claim& claim) {
  Json json{{"max_ulp", limit(claim.max_ulp)},
            {"max_ulp_directed", limit(claim.max_ulp_directed)},
            {"correctly_rounded", claim.correctly_rounded},
            {"faithful", claim.faithful},
            {"special_values", claim.special_values},
            {"monotone", claim.monotone},
            {"flags", claim.flags},
            {"errno", claim.errno_values},
            {"flush_subnormals", claim.flushing == Flushing::may()},
            {"domain",
             {{"x", interval(claim.domain.x)},
              {"y", interval(claim.domain.y)},
              {"integer_exponent", claim.domain.integer_exponent}}},
            {"source", claim.source}};
  if (!claim.sentence.empty()) json["sentence"] = claim.sentence;
  return json;
}

Json law(const LawRow& row) {
  return {{"law", row.number},
          {"name", row.name},
          {"statement", row.statement},
          {"rounding", name(row.rounding)},
          {"not_applicable", text_or_null(row.not_applicable)},
          {"judged", row.judged},
          {"cases", row.cases},
          {"refuted", row.refuted},
          {"undecided", row.undecided},
          {"vacuous", row.vacuous},
          {"median_resolution", figure(row.median_resolution)},
          {"largest_share", figure(row.largest_share)},
          {"user_ulps", figure(row.user_ulps.value)},
          {"user_at", data(row.user_at)}};
}

/// A list for each figure and not one for each range: there are hundreds of them.
Json columns(const std::vector<BinadeError>& binades) {
  const auto column = [&](auto figure_of) { return list_of(binades, figure_of); };
  const std::size_t arguments = binades.empty() ? 0 : binades.front().at.size();
  Json at = Json::array();
  for (std::size_t i = 0; i < arguments; ++i)
    at.push_back(column([i](const BinadeError& row) { return to_hex(row.at[i]); }));
  return {{"from", column([](const BinadeError& row) { return to_hex(row.from); })},
          {"to", column([](const BinadeError& row) { return to_hex(row.to); })},
          {"lo", column([](const BinadeError& row) { return figure(row.max_ulp.lo.value); })},
          {"hi", column([](const BinadeError& row) { return figure(row.max_ulp.hi.value); })},
          {"at", std::move(at)}};
}

Json breakdown(const Measurement& m) {
  const auto errors = [](const ErrorCount& count) -> Json {
    return {{"to", figure(count.to.value)}, {"cases", count.cases}};
  };
  Json tree = Json::object();
  if (m.undecided_cap + m.undecided_no_answer > 0)
    tree["undecided"] = {{"precision_cap", m.undecided_cap}, {"no_answer", m.undecided_no_answer}};
  if (m.breakdown.errors.empty()) return tree;
  tree["errors"] = list_of(m.breakdown.errors, errors);
  tree["binades_of"] = m.breakdown.of_results ? "result" : "argument";
  tree["binades"] = columns(m.breakdown.binades);
  return tree;
}

Json measurement(const Measurement& m) {
  const auto statistic = [](const StatisticFigure& s) -> Json {
    return {{"claimed", s.claimed},
            {"lo", figure(s.lo)},
            {"hi", figure(s.hi)},
            {"state", name(s.state)}};
  };
  Json row{{"property", m.property},
           {"domain", m.domain},
           {"rounding", name(m.rounding)},
           {"strength", name(m.strength)},
           {"judged", m.judged},
           {"cases", m.cases},
           {"refuted", m.refuted},
           {"undecided", m.undecided_cap + m.undecided_no_answer},
           {"misrounded", m.misrounded},
           {"max_ulp", range(m.max_ulp)},
           {"at", data(m.at)},
           {"breakdown", breakdown(m)}};
  if (!m.statistics.empty()) row["statistics"] = list_of(m.statistics, statistic);
  return row;
}

Json witness(const Witness& witness) {
  Json row{{"inputs", data(witness.inputs)},
           {"got", datum(witness.got)},
           {"want", datum(witness.want)},
           {"ulp", range(witness.ulp)}};
  if (!witness.call.empty()) row["call"] = witness.call;
  if (!witness.fault.empty()) row["fault"] = witness.fault;
  return row;
}

/// What is demanded of everyone need not be told: the property's name does.
const char* basis(Basis basis) { return basis == Basis::expectation ? "expect" : "claim"; }

Json finding(const Finding& finding) {
  Json row{{"property", finding.property},
           {"law", text_or_null(finding.law)},
           {"basis", basis(finding.basis)},
           {"rounding", name(finding.rounding)},
           {"cases", finding.count},
           {"claimed", finding.claimed},
           {"witness", witness(finding.smallest)},
           {"worst", witness(finding.worst)},
           {"explanation", finding.explanation},
           {"replay", finding.replay},
           {"repeatable", finding.repeatable}};
  if (finding.seen_again) row["seen_again"] = true;
  if (finding.known) row["known"] = true;
  return row;
}

Json known_issue(const KnownIssue& issue) {
  return {{"properties", issue.properties}, {"rounding", name(issue.rounding)},
          {"at", data(issue.at)},           {"why", issue.why},
          {"source", issue.source},         {"shows", issue.shows}};
}

Json signed_figure(double value) {
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  return value;
}

/// Figures of many parts, a list each.
Json columns(const std::vector<ErrorFigures>& parts) {
  const auto column = [&](auto figure_of) {
    return list_of(parts, [&](const ErrorFigures& part) { return signed_figure(figure_of(part)); });
  };
  return {{"cases", list_of(parts, [](const ErrorFigures& part) { return part.cases; })},
          {"least", column([](const ErrorFigures& part) { return part.least; })},
          {"most", column([](const ErrorFigures& part) { return part.most; })},
          {"mean", column([](const ErrorFigures& part) { return part.mean; })},
          {"rms", column([](const ErrorFigures& part) { return part.rms; })}};
}

Json seen_error(const SeenError& error) {
  Json row{{"at_least", figure(error.at_least)}, {"at", data(error.at)}, {"cases", error.cases}};
  if (error.judged == 0) return row;
  row.update({{"at_most", figure(error.at_most)}, {"judged", error.judged}});
  row["every_call"] = error.is_of_every_call;
  return row;
}

Json profile(const Profile& profile) {
  return {{"rounding", name(profile.rounding)}, {"of", profile.of_results ? "result" : "argument"},
          {"all", columns({profile.all})},      {"ends", data(profile.ends)},
          {"parts", columns(profile.parts)},    {"phases", columns(profile.phases)}};
}

/// States are a letter each, in the order of `got`.
Json special(const SpecialGrid& grid) {
  const auto got = [](const std::optional<Float>& y) { return y ? Json(to_hex(*y)) : nullptr; };
  std::string states;
  for (const SpecialGrid::State state : grid.states) states += letter_of(state);
  Json row{{"x", data(grid.x)}, {"got", list_of(grid.got, got)}, {"states", states}};
  if (!grid.y.empty()) row["y"] = data(grid.y);
  return row;
}

Json heat_map(const HeatMap& map) {
  const auto cell = [](const std::optional<double>& largest) {
    return largest ? figure(*largest) : Json(nullptr);
  };
  return {{"property", map.property},   {"rounding", name(map.rounding)},
          {"x_ends", data(map.x_ends)}, {"y_ends", data(map.y_ends)},
          {"cases", map.cases},         {"largest", list_of(map.largest, cell)}};
}

Json diagnosis(const Diagnosis& diagnosis) {
  return {{"cause", diagnosis.cause}, {"evidence", diagnosis.evidence}};
}

Json step_sizes(const StepSizes& steps) {
  const auto column = [&](double StepError::*member) {
    return list_of(steps.errors, [&](const StepError& error) { return figure(error.*member); });
  };
  return {{"from", steps.from},
          {"to", steps.to},
          {"chosen", steps.chosen},
          {"best", steps.best},
          {"powers", list_of(steps.errors, [](const StepError& error) { return error.power; })},
          {"left_out", column(&StepError::left_out)},
          {"rounding", column(&StepError::rounding)},
          {"predicted", column(&StepError::predicted)},
          {"observed", column(&StepError::observed)}};
}

Json target(const TargetResult& target) {
  Json row{{"name", target.name},
           {"function", target.function},
           {"format", target.format},
           {"method", target.method},
           {"claim", claim(target.claim)},
           {"expect", target.expect ? claim(*target.expect) : Json(nullptr)},
           {"verdict", name(target.verdict)},
           {"failure", text_or_null(target.failure)},
           {"notes", target.notes},
           {"laws", list_of(target.laws, law)},
           {"measurements", list_of(target.measurements, measurement)},
           {"findings", list_of(target.findings, finding)}};
  if (target.shape != "scalar") row["shape"] = target.shape;
  if (!target.object.empty()) row["object"] = target.object;
  if (!target.environment.empty()) row["environment"] = target.environment;
  if (!target.known_issues.empty()) row["known_issues"] = list_of(target.known_issues, known_issue);
  if (target.partial) row["partial"] = true;
  if (target.profile) row["profile"] = profile(*target.profile);
  if (const auto& u = target.unsaturated)
    row["unsaturated"] = {{"cases", u->cases}, {"misrounded", u->misrounded}};
  if (target.special) row["special"] = special(*target.special);
  if (!target.maps.empty()) row["maps"] = list_of(target.maps, heat_map);
  if (target.relative) row["relative"] = seen_error(*target.relative);
  if (target.absolute) row["absolute"] = seen_error(*target.absolute);
  if (!target.diagnoses.empty()) row["diagnoses"] = list_of(target.diagnoses, diagnosis);
  if (target.steps) row["steps"] = step_sizes(*target.steps);
  if (!target.contradictions.empty()) row["contradictions"] = target.contradictions;
  return row;
}

Json oracles(const OracleAgreement& oracles) {
  const auto oracle = [](const OracleNote& note) -> Json {
    return {{"name", note.name}, {"bound", note.bound}};
  };
  return {{"used", list_of(oracles.oracles, oracle)},
          {"agreement", {{"agreed", oracles.agreed}, {"disagreed", oracles.disagreed}}}};
}

Json provenance(const Provenance& p) {
  Json budgets = Json::object();
  for (const Budget& budget : p.budgets) budgets[budget.property] = budget.cases;
  return {{"version", p.version},
          {"commit", p.commit},
          {"compiler", p.compiler},
          {"flags", p.flags},
          {"cpu_level", p.cpu_level},
          {"simd", p.simd},
          {"libm", p.libm},
          {"seed", p.seed},
          {"effort", p.effort},
          {"budgets", budgets},
          {"shard", {{"index", p.shard.index}, {"count", p.shard.count}}},
          {"notes", p.notes}};
}

Json timing(const Timing& timing) {
  return {{"target", timing.target},
          {"property", timing.property},
          {"cases", timing.cases},
          {"seconds", figure(timing.seconds)}};
}

}  // namespace

namespace {
/// The tree with all its strings in UTF-8: the one place where a report's text becomes JSON's.
Json in_utf8(Json tree) {
  if (tree.is_string()) return utf8_of(tree.get_ref<const std::string&>());
  if (tree.is_structured())
    for (Json& part : tree) part = in_utf8(std::move(part));
  return tree;
}
}  // namespace

Json to_json(const Report& report) {
  Json found = in_utf8(list_of(report.targets, target));
  Json judges = in_utf8(oracles(report.oracles));
  std::string sum = digest(judges, found);
  Json tree{{"schema", report_schema},
            {"digest", std::move(sum)},
            {"provenance", in_utf8(provenance(report.provenance))},
            {"oracles", std::move(judges)},
            {"targets", std::move(found)}};
  if (report.partial) tree["partial"] = true;
  if (report.out_of_time) tree["out_of_time"] = true;
  if (report.performance) tree["performance"] = in_utf8(list_of(*report.performance, timing));
  tree["seal"] = seal(tree);
  return tree;
}

namespace {

std::string on_one_line(const Json& tree) {
  return tree.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// A list of scalars stays on its line, however long; so does what fits in one.
bool stays_on_a_line(const Json& tree, const std::string& line, std::size_t indent) {
  constexpr std::size_t width = 100;
  if (!tree.is_structured() || indent + line.size() <= width) return true;
  return tree.is_array() &&
         std::ranges::none_of(tree, [](const Json& part) { return part.is_structured(); });
}

void lay_out(const Json& tree, std::size_t indent, std::string& text) {
  if (const std::string line = on_one_line(tree); stays_on_a_line(tree, line, indent)) {
    text += line;
    return;
  }
  const std::string margin = "\n" + std::string(indent + 1, ' ');
  text += tree.is_array() ? '[' : '{';
  bool first = true;
  for (const auto& [key, part] : tree.items()) {
    text += (first ? "" : ",") + margin;
    if (tree.is_object()) text += on_one_line(key) + ": ";
    lay_out(part, indent + 1, text);
    first = false;
  }
  text += margin.substr(0, indent + 1) + (tree.is_array() ? ']' : '}');
}

}  // namespace

std::string spelled(const Json& tree, bool indented) {
  if (!indented) return on_one_line(tree);
  std::string text;
  lay_out(tree, 0, text);
  return text;
}

std::string digest(const Json& oracles, const Json& targets) {
  Json repeatable = targets;
  for (Json& target : repeatable) {
    Json kept = Json::array();
    for (Json& finding : target["findings"])
      if (finding["repeatable"] != false) kept.push_back(std::move(finding));
    target["findings"] = std::move(kept);
  }
  const std::string text =
      spelled({{"oracles", oracles}, {"targets", std::move(repeatable)}}, false);
  return sha256(text);
}

std::string seal(Json tree) {
  tree.erase("seal");
  return sha256(spelled(tree, false));
}

std::string digest(const Report& report) {
  return digest(in_utf8(oracles(report.oracles)), in_utf8(list_of(report.targets, target)));
}

std::string json_text(const Report& report) { return spelled(to_json(report), true) + "\n"; }

}  // namespace napier
