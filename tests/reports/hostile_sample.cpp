// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "tests/reports/sample.hpp"

namespace napier {

Report hostile_report() {
  Report report = refuted_report();
  const std::string poison =
      "<script>alert('x')</script> | `a` *b* _c_ [d](e) &amp; {{f}} "
      "\x1b[31mred\x1b[0m\xc2\x9b\xe2\x80\xae\xff\n# "
      "$x$";
  TargetResult& target = report.targets[0];
  Finding& finding = target.findings[0];
  for (std::string* text :
       {&target.name, &target.method, &target.claim.source, &finding.explanation, &finding.replay,
        &finding.claimed, &finding.smallest.call, &finding.smallest.fault,
        &target.measurements[0].domain, &target.laws[0].statement, &report.provenance.libm,
        &report.provenance.version, &report.oracles.oracles[0].name})
    *text = poison;
  target.notes = {poison};
  report.provenance.notes = {poison};
  report.performance = {{poison, poison, 1, 1}};
  LawRow& row = target.laws[2];
  row = {row.number, row.name, row.statement, row.rounding, poison};  // why it says nothing
  return report;
}

}  // namespace napier
