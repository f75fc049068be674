#!/bin/sh
# Installs what is missing, builds everything and runs every test.
#
#   scripts/test.sh [--long]
#
#   --long   a million judgements and agreement points where the short run takes a sample
#
# Ends in ctest's summary. Exit status: 0 all tests passed; also fails when no test ran.
set -eu

cd "$(dirname "$0")/.."
. scripts/common.sh

timeout=600
for option in "$@"; do
  case $option in
    --long)
      timeout=14400
      export NAPIER_LONG=1
      ;;
    *) fail "unknown option $option (there is --long)" ;;
  esac
done

sh scripts/setup.sh
# Slurm comes with daemons that a machine may refuse, and Chromium is large: where one cannot be
# installed the test on it is skipped, and says so.
if [ -n "${CI:-}" ]; then
  for extra in cluster browser; do
    sh scripts/setup.sh "--$extra" ||
      echo "test: setup.sh --$extra failed, so that a test is skipped" >&2
  done
fi
# A newer compiler's warnings are no reason for a user's run to fail; in CI they are ours to mend.
# Where each run has a new machine the compiler's cache is empty, and costs a third of the build;
# nothing is built twice there, so that files may as well be compiled together.
build release all -DNAPIER_TESTS=ON "-DNAPIER_TEST_TIMEOUT=$timeout" "-DNAPIER_WERROR=${CI:+ON}" \
  ${CI:+-DNAPIER_CCACHE=OFF -DNAPIER_TOGETHER=ON}
exec ctest --test-dir build/release --no-tests=error --output-on-failure -j "$(cores)"
