#!/bin/sh
# The steps of a CI job: audits, compares with a baseline, and tells the result where the CI looks.
#
#   NAPIER_TARGETS='so:./libmine.so#my_exp' NAPIER_CLAIM='ulp <= 1' sh scripts/ci/audit.sh
#
#   NAPIER_TARGETS   what to audit, one target a line
#   NAPIER_CLAIM     as after --claim; may be empty
#   NAPIER_OPTIONS   more options of `napier audit`, as in a shell: --function exp --effort quick
#   NAPIER_BASELINE  a report.json of an earlier run; then worse than that fails, and nothing else
#   NAPIER_FAIL_ON   refuted, worse or never; worse where there is a baseline, else refuted
#   NAPIER_OUT       the folder for the reports; napier-report
#   NAPIER           the command; else what is on the PATH, else it is built from this tree
#
# Of GitHub's environment it uses GITHUB_ACTIONS (annotations), GITHUB_STEP_SUMMARY and
# GITHUB_OUTPUT, of GitLab's nothing but the folder that it starts in.
#
# Exit status: 0 passed, 1 refuted or worse, 2 usage or environment, 3 inconclusive (with a
# baseline: something was no longer asked), and napier's own 70 and 130.
set -eu

fail() {
  printf 'napier: %s\n' "$1" >&2
  exit 2
}

tree=$(cd "$(dirname "$0")/../.." && pwd)
out=${NAPIER_OUT:-napier-report}
baseline=${NAPIER_BASELINE:-}
fail_on=${NAPIER_FAIL_ON:-}
[ -n "${NAPIER_TARGETS:-}" ] || fail 'NAPIER_TARGETS is empty: name targets, one target a line'
if [ -n "$baseline" ] && [ ! -f "$baseline" ]; then
  fail "the baseline $baseline is not there: leave it out for the first run"
fi
if [ -z "$fail_on" ]; then
  fail_on=refuted
  [ -z "$baseline" ] || fail_on=worse
fi
case $fail_on in
  refuted | never) ;;
  worse) [ -n "$baseline" ] || fail 'NAPIER_FAIL_ON is worse: name a NAPIER_BASELINE' ;;
  *) fail "NAPIER_FAIL_ON is '$fail_on': refuted, worse or never" ;;
esac

napier=${NAPIER:-}
if [ -z "$napier" ]; then
  napier=$(command -v napier) || {
    [ -f "$tree/CMakeLists.txt" ] || fail 'there is no napier on the PATH: name the command'
    sh "$tree/scripts/setup.sh" --no-tests
    # shellcheck source=scripts/common.sh
    (cd "$tree" && . scripts/common.sh && build release napier -DNAPIER_TESTS=OFF) || exit 2
    napier=$tree/build/release/napier
  }
fi
"$napier" --version || fail "$napier does not run"

# Words of the options are a shell's, targets are lines, whatever else they hold.
eval "set -- ${NAPIER_OPTIONS:-}"
[ -z "${NAPIER_CLAIM:-}" ] || set -- --claim "$NAPIER_CLAIM" "$@"
while IFS= read -r target; do
  [ -z "$target" ] || set -- "$target" "$@"
done <<LINES
$NAPIER_TARGETS
LINES

mkdir -p "$out" || fail "$out cannot be made"
rm -f "$out"/report.* "$out/comparison.txt" "$out/badge.svg"
audited=0
"$napier" audit --out "$out" "$@" >"$out/terminal.txt" || audited=$?
cat "$out/terminal.txt"
[ -f "$out/report.json" ] || exit "$((audited == 0 ? 2 : audited))"
for form in junit sarif; do
  "$napier" report "$out/report.json" --as "$form" --out "$out" >/dev/null
done

compared=0
if [ -n "$baseline" ]; then
  "$napier" compare "$baseline" "$out/report.json" --replay >"$out/comparison.txt" || compared=$?
  cat "$out/comparison.txt"
fi

case $fail_on in
  refuted) status=$audited ;;
  worse)
    status=$compared
    # What keeps a report from being one is no matter of better or worse.
    case $audited in 2 | 70 | 130) status=$audited ;; esac
    ;;
  never) case $audited in 1 | 3) status=0 ;; *) status=$audited ;; esac ;;
esac

verdict=stands
case $audited in
  0) grep -q '^MEASURED ' "$out/terminal.txt" && verdict=measured ;;
  1) verdict=refuted ;;
  2) verdict=failed ;;
  *) verdict=inconclusive ;;
esac
case $verdict in
  stands) colour='#2e7d32' ;;
  measured) colour='#546e7a' ;;
  inconclusive) colour='#b26a00' ;;
  *) colour='#b3261e' ;;
esac
cat >"$out/badge.svg" <<SVG
<svg xmlns="http://www.w3.org/2000/svg" width="138" height="20" role="img">
<title>napier: $verdict</title>
<rect width="52" height="20" fill="#444"/><rect x="52" width="86" height="20" fill="$colour"/>
<g fill="#fff" font-family="sans-serif" font-size="11" text-anchor="middle">
<text x="26" y="14">napier</text><text x="95" y="14">$verdict</text></g></svg>
SVG

if [ "${GITHUB_ACTIONS:-}" = true ]; then
  kind=error
  [ "$status" -ne 0 ] || kind=warning
  sed -n "s/%/%25/g; s/^REFUTED /::$kind title=Napier: refuted::/p" "$out/terminal.txt"
fi
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  # A summary has at most 1 MiB, and what is longer is not shown at all.
  {
    if [ -s "$out/comparison.txt" ]; then
      printf '### Compared with the baseline\n\n```text\n'
      head -c 100000 "$out/comparison.txt"
      printf '```\n\n'
    fi
    if [ "$(wc -c <"$out/report.md")" -le 900000 ]; then
      cat "$out/report.md"
    else
      printf '```text\n'
      head -c 100000 "$out/terminal.txt"
      printf '\n```\n\nThe whole report is among the artifacts.\n'
    fi
  } >>"$GITHUB_STEP_SUMMARY"
fi
if [ -n "${GITHUB_OUTPUT:-}" ]; then
  printf 'verdict=%s\nstatus=%s\nreport=%s\nsarif=%s\n' \
    "$verdict" "$status" "$out" "$out/report.sarif" >>"$GITHUB_OUTPUT"
fi
exit "$status"
