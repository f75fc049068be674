// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/shown.hpp"

#include <initializer_list>

#include "reports/text.hpp"

namespace napier {
namespace {

void show(std::initializer_list<std::string*> texts) {
  for (std::string* text : texts) *text = one_line(*text);
}
void show(std::vector<std::string>& texts) {
  for (std::string& text : texts) text = one_line(text);
}

void show(Claim& claim) {
  show({&claim.source, &claim.sentence});
  for (auto* limit : {&claim.max_ulp, &claim.max_ulp_directed})
    if (*limit) show({&(*limit)->stated});
}

void show(TargetResult& target) {
  show({&target.name, &target.function, &target.format, &target.method, &target.failure});
  show(target.claim);
  if (target.expect) show(*target.expect);
  show({&target.object});
  show(target.environment);
  for (KnownIssue& issue : target.known_issues) {
    show(issue.properties);
    show({&issue.why, &issue.source});
  }
  show(target.contradictions);
  show(target.notes);
  for (LawRow& law : target.laws)
    show({&law.number, &law.name, &law.statement, &law.not_applicable});
  for (Measurement& m : target.measurements) {
    show({&m.property, &m.domain});
    for (StatisticFigure& statistic : m.statistics) show({&statistic.claimed});
  }
  for (Diagnosis& diagnosis : target.diagnoses) show({&diagnosis.cause, &diagnosis.evidence});
  for (Finding& finding : target.findings) {
    show({&finding.property, &finding.law, &finding.claimed, &finding.replay});
    finding.explanation = visible(finding.explanation);
    for (Witness* witness : {&finding.smallest, &finding.worst})
      show({&witness->call, &witness->fault});
  }
}

void show(Provenance& p) {
  show({&p.version, &p.commit, &p.compiler, &p.flags, &p.cpu_level, &p.simd, &p.libm, &p.effort});
  for (Budget& budget : p.budgets) show({&budget.property});
  show(p.notes);
}

}  // namespace

Report shown(Report report) {
  show(report.provenance);
  for (OracleNote& oracle : report.oracles.oracles) show({&oracle.name, &oracle.bound});
  for (TargetResult& target : report.targets) show(target);
  if (report.performance)
    for (Timing& timing : *report.performance) show({&timing.target, &timing.property});
  return report;
}

}  // namespace napier
