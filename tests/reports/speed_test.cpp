// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/speed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "reports/render/html.hpp"
#include "reports/render/markdown.hpp"
#include "reports/render/scatter.hpp"
#include "reports/render/terminal.hpp"
#include "tests/reports/sample.hpp"

namespace napier {
namespace {

using testing::HasSubstr;
using testing::Not;

TargetResult with_error(std::string name, double ulps) {
  TargetResult target = refuted_report().targets.front();
  target.name = std::move(name);
  target.claim = {};
  target.findings.clear();
  target.measurements.clear();
  Measurement m;
  m.property = "accuracy";
  m.cases = 1000;
  m.at = {datum(binary64, "0x1p+0")};
  m.max_ulp = {Ulp{ulps}, Ulp{ulps}};
  target.measurements.push_back(m);
  return target;
}

Report timed(std::vector<TargetResult> targets, std::vector<double> nanoseconds) {
  Report report;
  report.performance.emplace();
  for (std::size_t i = 0; i < targets.size(); ++i)
    report.performance->push_back(
        {targets[i].name, std::string(timing_of_calls), 1000, nanoseconds[i] * 1000 / 1e9});
  report.targets = std::move(targets);
  return report;
}

TEST(Speed, OfTargetsIsInTheOrderOfTheirCalls) {
  const auto points =
      speed_points(timed({with_error("slow", 0.5), with_error("quick", 3)}, {40, 5}));
  ASSERT_EQ(2u, points.size());
  EXPECT_THAT(points[0].name, HasSubstr("quick"));
  EXPECT_EQ(1u, points[0].target);
  EXPECT_DOUBLE_EQ(5, points[0].nanoseconds);
  EXPECT_EQ(3, points[0].ulps);
  EXPECT_EQ("≥ 3", points[0].figure);
  const Table table = speed_table(points);
  EXPECT_EQ("200", table.rows[0].cells[2].text);
  EXPECT_EQ("40", table.rows[1].cells[1].text);
}

TEST(Speed, OfATargetThatIsNamedTwiceIsThatOfEach) {
  const auto points = speed_points(timed({with_error("same", 1), with_error("same", 2)}, {7, 6}));
  ASSERT_EQ(2u, points.size());
  EXPECT_EQ(2, points[0].ulps);
  EXPECT_EQ(1, points[1].ulps);
}

TEST(Speed, IsNotToldOfWhatWasNotTimedOrNotMeasured) {
  Report report = timed({with_error("a", 1), with_error("b", 2)}, {7, 6});
  report.performance->back().property = "accuracy";
  report.targets.front().measurements.clear();
  EXPECT_TRUE(speed_points(report).empty());
  report.performance.reset();
  EXPECT_TRUE(speed_points(report).empty());
}

TEST(Speed, IsDrawnWhateverTheErrors) {
  const auto drawn = [](double ulps, double nanoseconds) {
    return scatter(speed_points(timed({with_error("a<b", ulps)}, {nanoseconds})));
  };
  for (const double ulps : {0.0, 0.5, 1e300, double(INFINITY)})
    for (const double nanoseconds : {1e-3, 4.0, 1e12}) {
      const std::string picture = drawn(ulps, nanoseconds);
      EXPECT_THAT(picture, HasSubstr("<circle"));
      EXPECT_THAT(picture, HasSubstr("a&lt;b "));
      EXPECT_THAT(picture, Not(HasSubstr("nan")));
      EXPECT_THAT(picture, Not(HasSubstr("a<b")));
    }
}

/// The more exact one is farther down, the quicker one farther left.
TEST(Speed, IsDrawnWhereItsFiguresAre) {
  const auto points = speed_points(timed({with_error("a", 0.5), with_error("b", 300)}, {40, 5}));
  const std::string picture = scatter(points);
  std::vector<double> x, y;
  for (std::size_t at = 0; (at = picture.find("cx=\"", at)) != std::string::npos; ++at) {
    x.push_back(std::stod(picture.substr(at + 4)));
    y.push_back(std::stod(picture.substr(picture.find("cy=\"", at) + 4)));
  }
  ASSERT_EQ(2u, x.size());
  EXPECT_LT(x[0], x[1]);
  EXPECT_LT(y[0], y[1]);
}

TEST(Speed, IsToldByEveryFormThatPeopleRead) {
  const Report report = timed({with_error("a", 0.5), with_error("b", 300)}, {40, 5});
  const std::string page = render_html(report);
  EXPECT_THAT(page, HasSubstr("Accuracy and speed"));
  EXPECT_THAT(page, HasSubstr("<svg class=scatter"));
  EXPECT_THAT(render_markdown(report), HasSubstr("million calls a second"));
  TerminalOptions verbose;
  verbose.verbose = true;
  EXPECT_THAT(render_terminal(report, verbose), HasSubstr("a call takes, ns"));
  const std::string alone = render_html(timed({with_error("a", 0.5)}, {40}));
  EXPECT_THAT(alone, HasSubstr("a call takes, ns"));
  EXPECT_THAT(alone, Not(HasSubstr("<svg class=scatter")));
}

}  // namespace
}  // namespace napier
