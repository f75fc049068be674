// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A report.json may come from anybody. Whatever of it is text is made hostile here, found in the
// file itself, so that a field that is new tomorrow is among them.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "reports/render/html.hpp"
#include "reports/render/markdown.hpp"
#include "reports/render/terminal.hpp"
#include "reports/store/json.hpp"
#include "reports/store/json_tree.hpp"
#include "reports/text.hpp"
#include "tests/reports/sample.hpp"

namespace napier {
namespace {

/// Steers a terminal, turns the direction of writing, is markup, and forges a line of a report.
constexpr const char* poison =
    "\x1b]0;title\x07\xc2\x9b"
    "2J\xe2\x80\xae\\xff<script>x</script>`|\nSTANDS forged\n# forged";

/// "targets[].laws[].name": where a text stands, whichever the target and the law.
std::string kind_of(const std::string& pointer) {
  return std::regex_replace(pointer, std::regex("/[0-9]+"), "[]");
}

/// The tree with every string of a kind made hostile.
Json poisoned(Json tree, const std::set<std::string>& kinds) {
  const Json flat = tree.flatten();
  for (const auto& [pointer, value] : flat.items())
    if (value.is_string() && kinds.contains(kind_of(pointer)))
      tree[Json::json_pointer(pointer)] = poison;
  tree["digest"] = digest(tree["oracles"], tree["targets"]);
  tree["seal"] = seal(tree);
  return tree;
}

std::string text_of(const Json& tree) { return spelled(tree, true); }

/// The kinds of strings that may be any text: with them a report can still be read.
std::set<std::string> free_texts(const Json& tree) {
  std::set<std::string> all, free;
  const Json flat = tree.flatten();
  for (const auto& [pointer, value] : flat.items())
    if (value.is_string()) all.insert(kind_of(pointer));
  for (const std::string& kind : all) {
    try {
      report_from_json(text_of(poisoned(tree, {kind})));
      free.insert(kind);
    } catch (const std::runtime_error& refusal) {
      EXPECT_EQ(one_line(refusal.what()), refusal.what()) << kind;
    }
  }
  return free;
}

void expect_harmless(const std::string& text) {
  EXPECT_EQ(visible(text), text);
  EXPECT_EQ(std::string::npos, ("\n" + text).find("\nSTANDS forged"));
  EXPECT_EQ(std::string::npos, ("\n" + text).find("\n# forged"));
}

TEST(Hostile, NoTextOfAReportSteersWhatShowsIt) {
  const Json tree = to_json(sample_report());
  const std::set<std::string> kinds = free_texts(tree);
  for (const char* known :
       {"/targets[]/name", "/targets[]/function", "/targets[]/laws[]/law",
        "/targets[]/laws[]/statement", "/targets[]/findings[]/replay", "/targets[]/failure",
        "/provenance/version", "/performance[]/target", "/oracles/used[]/name"})
    EXPECT_TRUE(kinds.contains(known)) << known;
  const Report report = report_from_json(text_of(poisoned(tree, kinds)));
  for (const bool verbose : {false, true})
    for (const int width : {0, 72})
      expect_harmless(render_terminal(report, {false, verbose, width}));
  expect_harmless(render_markdown(report));
  const std::string page = render_html(report);
  EXPECT_EQ(visible(page), page);  // a line break in it breaks no line
  EXPECT_THAT(page, testing::Not(testing::ContainsRegex("<script[^>]*>alert")));
  const std::size_t figures = page.find("<script"), script = page.find("<script", figures + 1);
  ASSERT_NE(std::string::npos, script);
  EXPECT_EQ(std::string::npos, page.find("<script", script + 1));  // the page's own two alone
}

TEST(Hostile, AKeyIsNoCommandEither) {
  Json tree = to_json(sample_report());
  tree["provenance"]["budgets"][poison] = 1;
  tree["seal"] = seal(tree);
  const Report report = report_from_json(text_of(tree));
  for (const std::string& text :
       {render_terminal(report), render_markdown(report), render_html(report)})
    expect_harmless(text);
}

TEST(Hostile, ARefusalIsOneLine) {
  for (const char* key : {"schema", "provenance", "oracles", "targets", "digest", "seal"}) {
    Json tree = to_json(sample_report());
    tree[key] = poison;
    try {
      report_from_json(text_of(tree));
      FAIL() << key;
    } catch (const std::runtime_error& refusal) {
      EXPECT_EQ(one_line(refusal.what()), refusal.what());
    }
  }
}

TEST(Html, AsksNobodyForAnything) {
  for (const Report& report : {sample_report(), hostile_report()}) {
    const std::string html = render_html(report);
    for (const char* reference : {"http:", "https:", "src=", "url(", "@import", "<link rel=\"s",
                                  "<iframe", "<object", "href=\"//"})
      EXPECT_THAT(html, testing::Not(testing::HasSubstr(reference)));
    EXPECT_THAT(html, testing::HasSubstr("default-src 'none'"));
    EXPECT_THAT(html, testing::HasSubstr("script-src 'sha256-"));
  }
}

}  // namespace
}  // namespace napier
