// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Errors are measured everywhere, and an expectation may speak of a part: a headline tells the
// largest one there, and what was measured beyond it as that.
#include <gmock/gmock.h>

#include "lib/fp/native.hpp"
#include "lib/target/claim_grammar.hpp"
#include "reports/view/overview.hpp"
#include "reports/view/view.hpp"

namespace napier {
namespace {

using testing::EndsWith;

std::vector<Float> at(float x) { return {from_native(x)}; }

TargetResult measured_everywhere() {
  TargetResult result;
  result.name = "foreign/some/d_exp:binary32";
  result.function = "d_exp";
  result.format = "binary32";
  result.verdict = TargetVerdict::stands;
  result.expect = parse_claim("rel <= 1.6e-4 on [-80, 80]", functions::d_exp, binary32);
  Measurement m;
  m.property = "accuracy";
  m.cases = 1000;
  m.max_ulp = {infinite_ulp, infinite_ulp};
  m.at = at(88.25F);
  m.breakdown.binades = {
      {from_native(2.0F), from_native(4.0F), {Ulp{12}, Ulp{12}}, at(3)},
      {from_native(4.0F), from_native(8.0F), {Ulp{7}, Ulp{7}}, at(5)},
      {from_native(64.0F), from_native(128.0F), m.max_ulp, m.at},
  };
  result.measurements.push_back(m);
  return result;
}

TEST(BeyondADomain, ErrorsAreToldApart) {
  TargetResult result = measured_everywhere();
  EXPECT_THAT(verdict_line(result).reason,
              EndsWith("; observed ≥ 12 ulp at 3; measured beyond it: inf ulp at 88.25"));
  result.measurements.front().breakdown.binades.clear();
  EXPECT_THAT(verdict_line(result).reason, EndsWith("; measured beyond it: inf ulp at 88.25"));
}

TEST(BeyondADomain, TheLargestInsideIsTheHeadlines) {
  TargetResult result = measured_everywhere();
  Measurement& m = result.measurements.front();
  m.max_ulp = {Ulp{40}, Ulp{40}};
  m.at = at(-79);
  m.breakdown.binades.pop_back();  // which are none above it
  EXPECT_THAT(verdict_line(result).reason, EndsWith("; observed ≥ 40 ulp at -79"));
}

/// Which of "≥ 7" and "≥ 18".
std::string larger(const std::string& a, const std::string& b) {
  const auto size = [](const std::string& text) {
    return text.empty() ? 0 : std::stod(text.substr(std::string("≥ ").size()));
  };
  return size(a) < size(b) ? b : a;
}

/// Every figure of the largest error that a report shows of a target, each with its name.
std::vector<std::pair<std::string, std::string>> figures_of(const TargetResult& result) {
  Report report;
  report.targets.push_back(result);
  const auto last = [](const Table& table) { return table.rows.front().cells.back().text; };
  std::string regions, ranges;
  const Table by_region = region_table(report), by_range = binades_table(result);
  for (const Cell& cell : by_region.rows.front().cells)
    if (cell.beside.empty() && cell.text.starts_with("≥ ")) regions = larger(regions, cell.text);
  for (const Row& row : by_range.rows)
    if (row.cells[2].beside.empty()) ranges = larger(ranges, row.cells[2].text);
  return {{"matrix", last(error_matrix(report))},
          {"summary", last(summary_table(report))},
          {"regions", regions},
          {"ranges", ranges}};
}

TEST(BeyondADomain, EveryTableShowsTheSameLargestError) {
  TargetResult result = measured_everywhere();
  // A search found more in one range than the sample.
  Measurement search = result.measurements.front();
  search.strength = Strength::searched;
  search.max_ulp = {Ulp{18}, Ulp{18}};
  search.at = at(3.5F);
  search.breakdown.binades = {{from_native(2.0F), from_native(4.0F), search.max_ulp, search.at}};
  result.measurements.push_back(search);
  EXPECT_THAT(verdict_line(result).reason,
              EndsWith("; observed ≥ 18 ulp at 3.5; measured beyond it: inf ulp at 88.25"));
  for (const auto& [where, figure] : figures_of(result)) EXPECT_EQ(figure, "≥ 18") << where;
  // Where everything is claimed, what lay beyond is the largest.
  result.expect = parse_claim("rel <= 1.6e-4", functions::d_exp, binary32);
  EXPECT_THAT(verdict_line(result).reason, EndsWith("; observed inf ulp at 88.25"));
  Report report;
  report.targets.push_back(result);
  EXPECT_EQ(error_matrix(report).rows.front().cells.back().text, "inf");
  EXPECT_EQ(summary_table(report).rows.front().cells.back().text, "inf");
}

TEST(BeyondADomain, WhatNobodyClaimsThereIsNoFault) {
  TargetResult result = measured_everywhere();
  result.claim = parse_claim("ulp <= 20 on [-80, 80]", functions::d_exp, binary32);
  Report report;
  report.targets.push_back(result);
  std::size_t beyond = 0;
  const Table by_region = region_table(report);
  for (const Cell& cell : by_region.rows.front().cells) {
    EXPECT_NE(cell.tone, Tone::refuted) << cell.text;
    beyond += cell.beside == "not claimed" ? 1 : 0;
  }
  EXPECT_EQ(beyond, 1U);
  EXPECT_EQ(binades_table(result).rows.back().cells[2].beside, "not claimed");
}

}  // namespace
}  // namespace napier
