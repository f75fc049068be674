// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/faults.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/view/view.hpp"
#include "tests/reports/sample.hpp"

namespace napier {
namespace {

Finding finding_of(std::string property, std::string claimed, double ulp) {
  Finding finding;
  finding.property = std::move(property);
  finding.claimed = std::move(claimed);
  finding.worst.ulp = {Ulp{ulp}, Ulp{ulp}};
  return finding;
}

TEST(Faults, PutFindingsInTheOrderInWhichTheyAreRead) {
  Report report;
  TargetResult& target = report.targets.emplace_back();
  target.findings = {finding_of("product", "<= 1 ulp", 3), finding_of("returns", "", 0),
                     finding_of("tower", "<= 1 ulp", 9), finding_of("accuracy", "<= 1 ulp", 2)};
  order_by_fault(target);
  std::vector<std::string> order;
  for (const Finding& finding : target.findings) order.push_back(finding.property);
  EXPECT_THAT(order, testing::ElementsAre("accuracy", "product", "tower", "returns"));
  const auto all = faults(report, target);
  ASSERT_EQ(2u, all.size());
  EXPECT_EQ(1u, all[0].shown.number);
  EXPECT_EQ(4u, all[1].shown.number);
}

/// How far an infinity is beyond a claim is no figure: what refutes used up more than all of it.
TEST(LawTable, NeverSaysThatARefutedLawUsedUpLessThanAll) {
  TargetResult target = refuted_report().targets.front();
  const auto refuted =
      std::ranges::find_if(target.laws, [](const LawRow& law) { return law.refuted > 0; });
  ASSERT_NE(target.laws.end(), refuted);
  refuted->largest_share = 0.5;
  const Table table = law_table(target, false);
  const Row& row = table.rows[static_cast<std::size_t>(refuted - target.laws.begin())];
  const auto share = std::ranges::find(table.columns, "share", &Column::title);
  EXPECT_EQ("> 100 %", row.cells[static_cast<std::size_t>(share - table.columns.begin())].text);
}

}  // namespace
}  // namespace napier
