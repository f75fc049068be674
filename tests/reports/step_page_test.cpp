// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/step_page.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <regex>

namespace napier {
namespace {

StepChart chart() {
  StepChart made;
  made.title = "central <b>difference";
  made.caption = "3 & 4";
  // A V: 10^6, 10^2, 10^5 ulp, and a step that may vanish.
  made.points = {{-1, 1e6, 1e6},
                 {-17, 1e2, 30},
                 {-33, 1e5, 1e3},
                 {-45, std::numeric_limits<double>::infinity(), 1e9}};
  made.shipped = -17;
  made.best = -18;
  return made;
}

struct At {
  double x, y;
};
std::vector<At> points_of(const std::string& page, const std::string& kind) {
  std::smatch path;
  if (!std::regex_search(page, path, std::regex("<path class=" + kind + " d=\"([^\"]*)\"")))
    return {};
  const std::string steps = path[1];
  const std::regex step("[ML]([0-9.]+) ([0-9.]+)");
  std::vector<At> points;
  for (auto at = std::sregex_iterator(steps.begin(), steps.end(), step);
       at != std::sregex_iterator(); ++at)
    points.push_back({std::stod((*at)[1]), std::stod((*at)[2])});
  return points;
}

TEST(StepPage, DrawsAVOverTheLogarithmOfTheStep) {
  const StepChart one = chart();
  const std::string page = render_step_page({&one, 1});
  const auto predicted = points_of(page, "predicted"), observed = points_of(page, "observed");
  ASSERT_EQ(3u, predicted.size());  // an infinite one is nowhere
  ASSERT_EQ(4u, observed.size());
  // Larger steps to the right, larger errors higher up.
  EXPECT_GT(predicted[0].x, predicted[1].x);
  EXPECT_NEAR(predicted[0].x - predicted[1].x, predicted[1].x - predicted[2].x, 0.2);
  EXPECT_LT(predicted[0].y, predicted[2].y);
  EXPECT_LT(predicted[2].y, predicted[1].y);
  EXPECT_LT(observed[3].y, observed[0].y);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_GE(observed[i].y, predicted[i].y) << i;
}

TEST(StepPage, MarksTheShippedStepAndTheBest) {
  StepChart one = chart();
  std::string page = render_step_page({&one, 1});
  EXPECT_NE(page.find("<path class=shipped"), page.npos);
  EXPECT_NE(page.find("<path class=best"), page.npos);
  one.best = one.shipped;
  page = render_step_page({&one, 1});
  EXPECT_EQ(page.find("<path class=best"), page.npos);
}

TEST(StepPage, EscapesWhatIsMarkup) {
  const StepChart one = chart();
  const std::string page = render_step_page({&one, 1});
  EXPECT_NE(page.find("central &lt;b&gt;difference"), page.npos);
  EXPECT_NE(page.find("3 &amp; 4"), page.npos);
}

}  // namespace
}  // namespace napier
