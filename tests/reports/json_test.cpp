// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/store/json.hpp"
#include "reports/store/json_tree.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "lib/target/claim_grammar.hpp"
#include "tests/reports/sample.hpp"

namespace napier {
namespace {

using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::ordered_json;

/// What reading the text is refused with; empty if it is read.
std::string refusal(const std::string& text) {
  try {
    report_from_json(text);
    return {};
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
    return error.what();
  }
}

/// Calls visit(parent, key, kind) for every member of every object; the first of each kind only,
/// which is its path without indices.
void each_member(Json& tree, const std::string& kind, std::set<std::string>& seen,
                 const std::function<void(Json&, const std::string&, const std::string&)>& visit) {
  if (tree.is_array())
    for (Json& element : tree) each_member(element, kind + "[]", seen, visit);
  if (!tree.is_object()) return;
  std::vector<std::string> keys;
  for (const auto& [key, value] : tree.items()) keys.push_back(key);
  for (const std::string& key : keys) {
    const std::string member = std::string(kind).append(".").append(key);
    each_member(tree[key], member, seen, visit);
    if (seen.insert(member).second) visit(tree, key, member);
  }
}

std::size_t each_member(
    Json& tree, const std::function<void(Json&, const std::string&, const std::string&)>& visit) {
  std::set<std::string> seen;
  each_member(tree, "", seen, visit);
  return seen.size();
}

TEST(Json, ComesBackAsItWas) {
  for (const Report& report : {sample_report(), refuted_report(), Report{}}) {
    const std::string text = json_text(report);
    EXPECT_EQ(text, json_text(report_from_json(text)));
  }
  const Report read = report_from_json(json_text(sample_report()));
  const TargetResult& pow = read.targets[4];
  EXPECT_EQ(&binary64, pow.measurements[0].at[0].format);
  EXPECT_EQ((ClaimDomain{{0, 1024}, {-10.5, INFINITY}, false}), pow.claim.domain);
  EXPECT_EQ(infinite_ulp.value, pow.laws[0].median_resolution);
  EXPECT_EQ(1U, pow.measurements[0].undecided_no_answer);
  EXPECT_EQ(Basis::everyone, read.targets[5].findings[0].basis);
  EXPECT_EQ(Basis::expectation, read.targets[5].findings[1].basis);
  EXPECT_FALSE(read.targets[5].findings[0].worst.got.has_value());
  EXPECT_EQ(18'446'744'073'709'551'615U, read.provenance.seed);
}

TEST(Json, KeepsWhatASentenceAloneSays) {
  Report report = sample_report();
  TargetResult& target = report.targets[0];
  const std::string sentence =
      "rel <= 1e-3 on [-20, 20]; ulp <= 2 elsewhere; flush results must; early overflow <= 3; "
      "mean ulp <= 0.3; exact on integers";
  target.claim = parse_claim(sentence, functions::exp2, binary64);
  target.function = "exp2";
  target.measurements.at(0).statistics = {
      {"mean ulp <= 0.3", 0.25, infinite_ulp.value, StatisticFigure::State::undecided}};
  const std::string text = json_text(report);
  const Report read = report_from_json(text);
  EXPECT_EQ(text, json_text(read));
  const Claim& claim = read.targets[0].claim;
  EXPECT_EQ(describe(claim), describe(target.claim));
  EXPECT_EQ(claim_pieces(claim, Rounding::nearest).size(), 3U);
  EXPECT_EQ(claim.flushing.results, Flushing::Results::must);
  EXPECT_EQ(claim.early_overflow->stated, "3");
  EXPECT_EQ(claim.statistics.at(0).words, "mean ulp <= 0.3");
  const StatisticFigure& mean = read.targets[0].measurements.at(0).statistics.at(0);
  EXPECT_EQ(mean.hi, infinite_ulp.value);
  EXPECT_EQ(mean.state, StatisticFigure::State::undecided);
}

TEST(Json, RefusesStepsThatAreNoV) {
  const auto broken = [](auto change) {
    Json tree = Json::parse(json_text(sample_report()));
    change(tree["targets"][3]["steps"]);
    return refusal(tree.dump());
  };
  EXPECT_THAT(broken([](Json& steps) { steps["powers"][1] = -1; }), HasSubstr("longest"));
  EXPECT_THAT(broken([](Json& steps) { steps["powers"][1] = -16.5; }), HasSubstr("power"));
  EXPECT_THAT(broken([](Json& steps) { steps["best"] = -19; }), HasSubstr("none of its powers"));
  EXPECT_THAT(broken([](Json& steps) { steps["observed"].erase(0); }), HasSubstr("lengths"));
  EXPECT_THAT(broken([](Json& steps) { steps["to"] = "inf"; }), HasSubstr("infinite"));
  EXPECT_THAT(broken([](Json& steps) { steps["powers"] = Json::array(); }), HasSubstr("powers"));
}

/// As it is in reports that were written before errors were sorted.
TEST(Json, MayLackWhereErrorsAre) {
  Report report = sample_report();
  EXPECT_THAT(json_text(report), HasSubstr("binades"));
  for (TargetResult& target : report.targets)
    for (Measurement& m : target.measurements) m.breakdown = {};
  const std::string text = json_text(report);
  for (const char* key : {"\"errors\"", "\"binades_of\"", "\"binades\""})
    EXPECT_THAT(text, Not(HasSubstr(key)));
  EXPECT_EQ(text, json_text(report_from_json(text)));
}

/// Version 1 had a list of binades where there are columns now.
TEST(Json, ReadsWhatWasWrittenInVersion1) {
  std::ifstream file(NAPIER_SOURCE_DIR "/tests/reports/older/version_1.json");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  ASSERT_THAT(text, HasSubstr("\"schema\":1"));
  Report expected = sample_report();
  for (TargetResult& target : expected.targets) {  // what it did not know yet
    target.profile.reset();
    target.steps.reset();
    target.unsaturated.reset();
    target.relative.reset();
    target.absolute.reset();
    target.special.reset();
    target.maps.clear();
    target.diagnoses.clear();
  }
  EXPECT_EQ(json_text(expected), json_text(report_from_json(text)));
}

TEST(Json, RefusesColumnsOfDifferentLengths) {
  for (const char* column : {"from", "to", "lo", "hi", "at"}) {
    Json tree = Json::parse(json_text(refuted_report()));
    Json& found = tree["targets"][0]["measurements"][0]["breakdown"]["binades"][column];
    Json& list = column == std::string_view("at") ? found[0] : found;
    list.erase(0);
    EXPECT_THAT(refusal(tree.dump()), HasSubstr("columns of different lengths")) << column;
  }
}

TEST(Json, RefusesGridsAndPlanesThatDoNotFitTheirArguments) {
  const auto refused = [](const char* member, const char* list, const char* why) {
    Json tree = Json::parse(json_text(sample_report()));
    for (Json& target : tree["targets"]) {
      if (!target.contains(member)) continue;
      Json& found = target[member].is_array() ? target[member][0] : target[member];
      if (found[list].is_string())
        found[list] = "+";
      else
        found[list].erase(0);
      EXPECT_THAT(refusal(tree.dump()), HasSubstr(why)) << member << ' ' << list;
    }
  };
  refused("special", "x", "is not as many as there are arguments");
  refused("special", "got", "is not as many as there are arguments");
  refused("special", "states", "are not as many as there are results");
  refused("maps", "x_ends", "is not as many as there are cells");
  refused("maps", "largest", "is not as many as there are cells");
  Json tree = Json::parse(json_text(sample_report()));
  for (Json& target : tree["targets"])
    if (target.contains("special")) target["special"]["states"] = "+x?+";
  EXPECT_THAT(refusal(tree.dump()), HasSubstr("has a letter that is no state"));
}

TEST(Json, KeepsEveryFigureBitForBit) {
  std::mt19937_64 random(1);
  Report report = refuted_report();
  UlpRange& written = report.targets[0].findings[0].worst.ulp;
  for (int i = 0; i < 500; ++i) {
    // Non-negative finite doubles of every size.
    written.lo.value = std::bit_cast<double>(random() % 0x7ff0000000000000U);
    written.hi.value = std::bit_cast<double>(random() % 0x7ff0000000000000U);
    const Report read = report_from_json(json_text(report));
    ASSERT_EQ(written, read.targets[0].findings[0].worst.ulp);
  }
}

TEST(Json, KeepsDataOfEveryFormat) {
  for (const Format* format : all_formats) {
    Report report = refuted_report();
    TargetResult& target = report.targets[0];
    target.format = format->name;
    for (LawRow& law : target.laws) law.user_at.clear();
    target.findings.resize(1);
    const Float least = min_subnormal(*format);
    target.measurements[0].at = {zero(*format, true), least, negated(max_finite(*format)),
                                 infinity(*format), quiet_nan(*format)};
    target.findings[0].smallest = {{least}, least, std::nullopt, {}};
    target.findings[0].worst = target.findings[0].smallest;
    const Report read = report_from_json(json_text(report));
    EXPECT_EQ(target.measurements[0].at, read.targets[0].measurements[0].at);
    EXPECT_EQ(least, read.targets[0].findings[0].smallest.got);
  }
}

TEST(Json, KeepsLimitsExactly) {
  for (const Format* format : all_formats)
    for (const char* stated : {"0", "0.53", "1", "639.000001", "1000000000000000"}) {
      Report report = refuted_report();
      report.targets[0].claim.max_ulp = parse_limit(stated, *format, Metric::rounded);
      const auto read = report_from_json(json_text(report)).targets[0].claim.max_ulp;
      EXPECT_EQ(std::strong_ordering::equal,
                compare(report.targets[0].claim.max_ulp->limit, read->limit));
    }
}

TEST(Json, ReadsASentenceAsTheCommandLineDoes) {
  Report report = sample_report();
  const std::string sentence = "max(abs, rel) <= 1e-8, 1e-5 in all; correctly rounded in up";
  report.targets[0].claim = parse_claim(sentence, functions::exp, binary64);
  const std::string text = json_text(report);
  const Claim read = report_from_json(text).targets[0].claim;
  EXPECT_EQ(read.sentence, sentence);
  EXPECT_EQ(describe(read), describe(report.targets[0].claim));
  EXPECT_EQ(text, json_text(report_from_json(text)));
  Json tree = Json::parse(text);
  tree["targets"][0]["claim"]["sentence"] = "rel < 1";
  EXPECT_THAT(refusal(tree.dump()), HasSubstr("sentence is no claim: claim 'rel < 1', at"));
}

TEST(Json, SaysWhichFieldIsMissing) {
  Json tree = Json::parse(json_text(sample_report()));
  const std::size_t members =
      each_member(tree, [&](Json& parent, const std::string& key, const std::string& member) {
        if (key == "performance" || member.starts_with(".provenance.budgets.")) return;
        if (key == "call" || key == "fault") return;  // only where there is one
        if (member.ends_with(".breakdown.undecided")) return;
        for (const char* optional : {"profile", "diagnoses", "steps", "unsaturated", "special",
                                     "maps", "relative", "absolute", "at_most"})
          if (key == optional) return;
        const Json kept = parent;
        parent.erase(key);
        const bool head = key == "schema" || member == ".provenance" || member == ".targets";
        EXPECT_THAT(refusal(tree.dump()),
                    HasSubstr(head ? "is not a report of napier" : "lacks '" + key + "'"))
            << member;
        parent = kept;
      });
  EXPECT_GT(members, 90U);
  EXPECT_EQ("", refusal(tree.dump()));
}

TEST(Json, SaysWhereSomethingElseStands) {
  Json tree = Json::parse(json_text(sample_report()));
  each_member(tree, [&](Json& parent, const std::string& key, const std::string& member) {
    const Json kept = parent[key];
    for (const Json& wrong : {Json(-1.5), Json{{"a", "b"}}, Json("\x1b[31m\nnonsense")}) {
      // Any text will do where there is text.
      if (wrong.is_string() && (kept.is_string() || kept.is_null())) continue;
      parent[key] = wrong;
      const std::string why = refusal(tree.dump());
      EXPECT_NE("", why) << member << " " << wrong;
      EXPECT_THAT(why, Not(HasSubstr("\x1b")));
    }
    parent[key] = kept;
  });
}

TEST(Json, RefusesWhatIsNoReport) {
  EXPECT_THAT(refusal(""), HasSubstr("is not JSON"));
  EXPECT_THAT(refusal("{\n\"schema\": 1,\n oops"), HasSubstr("line 3"));
  EXPECT_THAT(refusal("{\"schema\": 1e999}"), HasSubstr("is not JSON"));
  EXPECT_THAT(refusal("[]"), HasSubstr("is not a report of napier"));
  EXPECT_THAT(refusal("{\"a\": 1}"), HasSubstr("is not a report of napier"));
  const std::string text = json_text(refuted_report());
  EXPECT_THAT(refusal(text.substr(0, text.size() / 2)), HasSubstr("is not JSON"));
}

TEST(Json, RefusesWhatIsNestedDeeperThanAnyReport) {
  constexpr std::size_t depth = 100'000;  // more than a stack holds, were it followed down
  const std::string deep = std::string(depth, '[') + std::string(depth, ']');
  EXPECT_THAT(refusal(deep), HasSubstr("too deep"));
  std::string text = json_text(refuted_report());
  text.insert(text.find("\"oracles\""), "\"unknown\": " + deep + ", ");
  EXPECT_THAT(refusal(text), HasSubstr("too deep"));
}

TEST(Json, RefusesANegativeLimit) {
  Json tree = Json::parse(json_text(refuted_report()));
  tree["targets"][0]["claim"]["max_ulp"]["limit"] = "-0x1p+0";
  EXPECT_THAT(refusal(tree.dump()), HasSubstr("limit"));
}

TEST(Json, RefusesALimitWithMorePlacesThanItsFormatJudges) {
  Json tree = Json::parse(json_text(refuted_report()));
  tree["targets"][0]["claim"]["max_ulp"]["limit"] = "0x1p-200";
  EXPECT_THAT(refusal(tree.dump()), HasSubstr("limit has more places"));
}

TEST(Json, RefusesDomainsThatHoldNoNumber) {
  const std::vector<std::pair<const char*, const char*>> intervals{
      {"nan:0x8000000000000", "inf"},
      {"0x1p+0", "nan:0x8000000000000"},
      {"0x1p+1", "0x1p+0"},
      {"inf", "inf"},
      {"-inf", "-inf"}};
  for (const char* argument : {"x", "y"})
    for (const auto& [lo, hi] : intervals) {
      Json tree = Json::parse(json_text(refuted_report()));
      tree["targets"][0]["claim"]["domain"][argument] = {lo, hi};
      EXPECT_THAT(refusal(tree.dump()), HasSubstr("is not an interval that holds a number")) << lo;
    }
}

TEST(Json, RefusesAnotherSchemaVersion) {
  Json tree = Json::parse(json_text(refuted_report()));
  for (const std::uint64_t version : {oldest_report_schema - 1, report_schema + 1}) {
    tree["schema"] = version;
    EXPECT_EQ("has schema version " + std::to_string(version) + ", and this napier reads 1 to 2",
              refusal(tree.dump()));
  }
}

TEST(Json, RefusesContentsThatItsDigestDoesNotFit) {
  Json tree = Json::parse(json_text(refuted_report()));
  tree["targets"][0]["verdict"] = "stands";
  EXPECT_THAT(refusal(tree.dump()), HasSubstr("changed after it was written"));
}

/// What no digest covers is no less to be left as it is: provenance, times, findings seen once.
TEST(Seal, CoversWhatTheDigestLeavesOut) {
  for (const char* place :
       {"/provenance/seed", "/performance/0/cases", "/targets/5/findings/1/cases"}) {
    Json tree = to_json(sample_report());
    Json& value = tree.at(Json::json_pointer(place));
    value = value.get<std::uint64_t>() + 1;
    ASSERT_EQ(tree["digest"], digest(tree["oracles"], tree["targets"])) << place;
    EXPECT_THAT(refusal(tree.dump()), HasSubstr("changed after it was written")) << place;
  }
  Json without = to_json(sample_report());
  without.erase("seal");
  EXPECT_THAT(refusal(without.dump()), HasSubstr("seal"));
}

TEST(Digest, IsTheSameForTheSameFindings) {
  Report other = sample_report();
  other.provenance = {};
  other.performance.reset();
  EXPECT_EQ(digest(sample_report()), digest(other));
  EXPECT_EQ(digest(sample_report()), digest(report_from_json(json_text(sample_report()))));
}

TEST(Digest, LeavesOutFindingsThatDidNotRepeat) {
  Report report = sample_report();
  ASSERT_FALSE(report.targets[5].findings[1].repeatable);
  report.targets[5].findings[1].explanation = "another interleaving";
  EXPECT_EQ(digest(sample_report()), digest(report));
  report.targets[5].findings[0].explanation = "another reason";
  EXPECT_NE(digest(sample_report()), digest(report));
}

TEST(Digest, SeesEveryFigure) {
  const Json tree = Json::parse(json_text(sample_report()));
  Json changed = tree;
  for (const char* part : {"targets", "oracles"})
    each_member(changed[part], [&](Json& parent, const std::string& key, const std::string&) {
      if (!parent[key].is_number_integer()) return;
      parent[key] = parent[key].get<std::uint64_t>() + 1;
      EXPECT_NE("", refusal(changed.dump())) << key;
      parent[key] = parent[key].get<std::uint64_t>() - 1;
    });
  EXPECT_EQ(tree, changed);
}

}  // namespace
}  // namespace napier
