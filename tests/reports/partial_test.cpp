// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/render/html.hpp"
#include "reports/render/markdown.hpp"
#include "reports/render/terminal.hpp"
#include "reports/store/json.hpp"
#include "tests/reports/sample.hpp"

namespace napier {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::ThrowsMessage;
using Json = nlohmann::ordered_json;

/// As Ctrl-C leaves it: the first target was under way.
Report interrupted_report() {
  Report report = sample_report();
  report.partial = true;
  report.targets[0].partial = true;
  report.targets[0].verdict = TargetVerdict::inconclusive;
  report.targets[0].findings.clear();
  return report;
}

TEST(Partial, ComesBackAsItWas) {
  const std::string text = json_text(interrupted_report());
  const Report read = report_from_json(text);
  EXPECT_TRUE(read.partial);
  EXPECT_TRUE(read.targets[0].partial);
  EXPECT_FALSE(read.targets[1].partial);
  EXPECT_EQ(text, json_text(read));
}

TEST(Partial, IsSaidOnlyOfWhatWasInterrupted) {
  EXPECT_THAT(json_text(sample_report()), Not(HasSubstr("partial")));
  for (const bool value : {false, true}) {
    Json tree = Json::parse(json_text(interrupted_report()));
    if (value)
      tree.erase("partial");
    else
      tree["partial"] = false;
    EXPECT_THAT([&] { report_from_json(tree.dump()); },
                ThrowsMessage<std::runtime_error>(HasSubstr("partial")));
  }
}

TEST(Partial, ATimeThatWasUpIsToldAndIsNoInterruption) {
  Report report = interrupted_report();
  EXPECT_EQ(130, exit_code(report));
  report.out_of_time = true;
  EXPECT_NE(130, exit_code(report));
  EXPECT_THAT(render_terminal(report), HasSubstr("PARTIAL: the time was up (--max-seconds)"));
  const std::string text = json_text(report);
  EXPECT_TRUE(report_from_json(text).out_of_time);
  Json tree = Json::parse(text);
  tree["out_of_time"] = false;
  EXPECT_THAT([&] { report_from_json(tree.dump()); },
              ThrowsMessage<std::runtime_error>(HasSubstr("out_of_time")));
  tree["out_of_time"] = true;
  tree.erase("partial");
  for (Json& target : tree["targets"]) target.erase("partial");
  EXPECT_THROW(report_from_json(tree.dump()), std::runtime_error);
}

TEST(Partial, IsPartOfWhatWasFound) {
  Report report = interrupted_report();
  const std::string before = digest(report);
  report.targets[0].partial = false;
  EXPECT_NE(before, digest(report));
}

TEST(Partial, EveryFormatSaysIt) {
  const Report report = interrupted_report();
  const auto tried = "6 of 7 targets were tried in full";
  for (const std::string& text :
       {render_terminal(report), render_markdown(report), render_html(report)}) {
    EXPECT_THAT(text, HasSubstr("PARTIAL: the audit was interrupted"));
    EXPECT_THAT(text, HasSubstr("interrupted before all of it was tried"));
  }
  EXPECT_THAT(render_html(report), HasSubstr(tried));
  for (const std::string& text : {render_terminal(sample_report()),
                                  render_markdown(sample_report()), render_html(sample_report())})
    EXPECT_THAT(text, Not(HasSubstr("PARTIAL")));
}

TEST(Partial, IsGraverThanAnyVerdict) {
  Report report = refuted_report();
  EXPECT_EQ(1, exit_code(report));
  report.partial = true;
  EXPECT_EQ(130, exit_code(report));
}

}  // namespace
}  // namespace napier
