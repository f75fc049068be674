#!/bin/sh
# Builds the coverage preset, runs tests and prints how many lines of each layer they reached.
#
#   scripts/coverage.sh [CTEST OPTION...]      as in: scripts/coverage.sh -L lib
#
# Counts add up over several runs; `rm -r build/coverage` begins anew. What no test reached is
# listed in build/coverage/uncovered.txt. Exit status: 0 all tests passed.
set -eu

cd "$(dirname "$0")/.."
. scripts/common.sh

command -v gcovr >/dev/null 2>&1 || fail "gcovr is needed: install gcovr"
sh scripts/setup.sh
build coverage all -DNAPIER_TESTS=ON -DNAPIER_TEST_TIMEOUT=3000
status=0
ctest --test-dir build/coverage --no-tests=error --output-on-failure -j "$(cores)" "$@" || status=$?
# Contracts and branches that only a broken machine takes are counted as any other line.
gcovr --root . --object-directory build/coverage --exclude-unreachable-branches -j "$(cores)" \
  --filter '(lib|oracles|props|reports|audit|cli)/' --csv build/coverage/lines.csv \
  --txt build/coverage/uncovered.txt
echo 'layer      lines  reached'
awk -F , 'NR > 1 {
    split($1, path, "/")
    all[path[1]] += $2
    reached[path[1]] += $3
  }
  END {
    n = split("lib oracles props reports audit cli", layers, " ")
    for (i = 1; i <= n; ++i) {
      layer = layers[i]
      if (all[layer] > 0)
        printf "%-8s %7d %7.1f%%\n", layer, all[layer], 100 * reached[layer] / all[layer]
    }
  }' build/coverage/lines.csv
exit "$status"
