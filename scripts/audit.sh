#!/bin/sh
# From a fresh Debian or Ubuntu to a report: installs what is missing, builds the command, and
# audits this machine's libm and the shipped library.
#
#   scripts/audit.sh [OPTION...]        options of `napier audit` other than --out, as --seed 7
#
# The last line names the report. Exit status: that of the audit (0 every claim stands but for known
# issues, 1 a claim is refuted or a known issue shows no more, 3 inconclusive); 2 where set-up or
# build failed.
set -eu

cd "$(dirname "$0")/.."
. scripts/common.sh

sh scripts/setup.sh --no-tests
build release napier -DNAPIER_TESTS=OFF

# A report of an earlier run must not pass for this one's.
touch build/audit.started
status=0
build/release/napier audit 'libm/**' 'shipped/**' --effort quick --out napier-report "$@" ||
  status=$?
[ -n "$(find napier-report/report.html -newer build/audit.started 2>/dev/null)" ] ||
  fail "the audit wrote no report (its exit status: $status)"

echo "Verdicts: $(grep -Eo '"verdict": *"[a-z]+"' napier-report/report.json | sort | uniq -c |
  awk '{ gsub(/"/, "", $3); printf "%s%d %s", (NR > 1 ? ", " : ""), $1, $3 }')"
echo "Report: $PWD/napier-report/report.html"
exit "$status"
