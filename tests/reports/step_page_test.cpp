// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/step_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <regex>

#include "reports/render/html.hpp"
#include "reports/render/markdown.hpp"
#include "reports/render/step_picture.hpp"
#include "reports/render/terminal.hpp"
#include "reports/view/step_chart.hpp"
#include "tests/reports/sample.hpp"

namespace napier {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A V: 10^6, 10^2, 10^5 ulp, and a step that may vanish.
StepSizes steps() {
  return {-1,
          1,
          -17,
          -18,
          {{-1, 0, 0, 1e6, 1e6},
           {-17, 0, 0, 150, 30},
           {-18, 0, 0, 100, 0.5},
           {-33, 0, 0, 1e5, 1e3},
           {-45, 0, 0, std::numeric_limits<double>::infinity(), 1e9}}};
}

struct At {
  double x, y;
};
std::vector<At> all_of(const std::string& text, const std::regex& place) {
  std::vector<At> points;
  for (auto at = std::sregex_iterator(text.begin(), text.end(), place);
       at != std::sregex_iterator(); ++at)
    points.push_back({std::stod((*at)[1]), std::stod((*at)[2])});
  return points;
}
std::vector<At> line_of(const std::string& picture, const std::string& kind) {
  std::smatch path;
  if (!std::regex_search(picture, path, std::regex("<path class=" + kind + " d=\"([^\"]*)\"")))
    return {};
  return all_of(path[1], std::regex("[ML]([0-9.]+) ([0-9.]+)"));
}
std::vector<At> dots_of(const std::string& picture, const std::string& kind) {
  return all_of(picture,
                std::regex("<circle class=" + kind + " cx=\"([0-9.]+)\" cy=\"([0-9.]+)\""));
}

/// A binade of steps is as long as any other, a decade of errors as high.
TEST(StepPicture, HasItsMarksWhereTheDataHasThem) {
  const std::string picture = step_picture(steps());
  const auto predicted = dots_of(picture, "predicted"), observed = dots_of(picture, "observed");
  ASSERT_EQ(4u, predicted.size());  // an infinite one is nowhere
  ASSERT_EQ(5u, observed.size());
  const double of_a_binade = (predicted[0].x - predicted[1].x) / 16;
  const double of_a_decade = (predicted[3].y - predicted[0].y) / 1;
  EXPECT_GT(of_a_binade, 0);
  EXPECT_GT(of_a_decade, 0);
  const auto expect_at = [&](const At& dot, const At& other, double binades, double decades) {
    EXPECT_NEAR(dot.x - other.x, binades * of_a_binade, 0.2);
    EXPECT_NEAR(other.y - dot.y, decades * of_a_decade, 0.4);
  };
  expect_at(predicted[1], predicted[0], -16, std::log10(150) - 6);
  expect_at(predicted[2], predicted[0], -17, -4);
  expect_at(predicted[3], predicted[0], -32, -1);
  expect_at(observed[0], predicted[0], 0, 0);
  expect_at(observed[1], predicted[0], -16, std::log10(30) - 6);
  expect_at(observed[2], predicted[0], -17, -6);  // below 1 ulp: at the bottom
  expect_at(observed[3], predicted[0], -32, -3);
  expect_at(observed[4], predicted[0], -44, 3);
  EXPECT_THAT(picture, HasSubstr("<title>2^-17: predicted ≤ 150 ulp</title>"));
  EXPECT_THAT(picture, HasSubstr("<title>2^-17: observed ≥ 30 ulp</title>"));
}

TEST(StepPicture, DrawsALineThroughItsMarks) {
  const std::string picture = step_picture(steps());
  for (const char* kind : {"predicted", "observed"}) {
    const auto line = line_of(picture, kind), dots = dots_of(picture, kind);
    ASSERT_EQ(dots.size(), line.size());
    for (std::size_t i = 0; i < dots.size(); ++i) {
      EXPECT_EQ(dots[i].x, line[i].x);
      EXPECT_EQ(dots[i].y, line[i].y);
    }
  }
}

TEST(StepPicture, MarksTheChosenStepAndTheBest) {
  StepSizes one = steps();
  const std::string picture = step_picture(one);
  const auto place = [&](const std::string& kind) {
    return all_of(picture, std::regex("<path class=" + kind + " d=\"M([0-9.]+) ([0-9.]+)v"))
        .at(0)
        .x;
  };
  const auto predicted = dots_of(picture, "predicted");
  EXPECT_EQ(predicted[1].x, place("chosen"));
  EXPECT_EQ(predicted[2].x, place("best"));
  one.best = one.chosen;
  EXPECT_THAT(step_picture(one), Not(HasSubstr("<path class=best")));
}

/// One step, no error, infinite ones: whatever a report may hold.
TEST(StepPicture, IsDrawnWhateverTheErrors) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  for (const double error : {0.0, 1e-300, 1.0, 1e300, infinite}) {
    const std::string picture = step_picture({0, 0, 5, 5, {{5, error, error, error, error}}});
    EXPECT_THAT(picture, HasSubstr("<svg"));
    EXPECT_THAT(picture, Not(HasSubstr("nan")));
    EXPECT_THAT(picture, Not(HasSubstr("inf")));
  }
}

TEST(StepPage, EscapesWhatIsMarkup) {
  const StepFigure one{"central <b>difference", "3 & 4", steps()};
  const std::string page = render_step_page({&one, 1});
  EXPECT_NE(page.find("central &lt;b&gt;difference"), page.npos);
  EXPECT_NE(page.find("3 &amp; 4"), page.npos);
  EXPECT_EQ(4u, dots_of(page, "predicted").size());
}

TEST(Steps, AreToldWithHowTheChosenOneCompares) {
  StepSizes one = steps();
  EXPECT_EQ("the step 2^-17 is near the best, 2^-18: 1.5 times its error", step_verdict(one));
  EXPECT_EQ(
      "the step 2^-17 is near the best, 2^-18: 1.5 times its error; for x in [-1, 1] it is "
      "predicted to be off by 150 ulp at most, and 30 ulp were found",
      step_text(one));
  one.chosen = -33;
  EXPECT_EQ("the step 2^-33 is far from the best, 2^-18: 1000 times its error", step_verdict(one));
  one.chosen = one.best;
  EXPECT_EQ("the step 2^-18 is the best", step_verdict(one));
}

/// The picture without scripts, its figures in a table, and the sentence in every form.
TEST(Steps, StandInTheReportOfTheirTarget) {
  const Report report = sample_report();
  const std::string page = render_html(report);
  ASSERT_TRUE(report.targets[3].steps);
  EXPECT_THAT(page, HasSubstr(step_picture(*report.targets[3].steps)));
  EXPECT_EQ(page.find("<svg class=steps"), page.rfind("<svg class=steps"));
  EXPECT_THAT(page, HasSubstr("predicted ≤"));
  const std::string said = step_text(*report.targets[3].steps);
  EXPECT_THAT(page, HasSubstr(said));
  TerminalOptions verbose;
  verbose.verbose = true;
  verbose.width = 0;
  EXPECT_THAT(render_terminal(report, verbose), HasSubstr("the step 2^-17 is near the best"));
  EXPECT_THAT(render_markdown(report), HasSubstr("near the best"));
}

}  // namespace
}  // namespace napier
