#!/bin/sh
# Builds the benchmarks and prints what an audit costs: beside the bare calls, beside MPFR alone,
# beside Boost.Multiprecision alone.
#
#   scripts/bench.sh
set -eu

cd "$(dirname "$0")/.."
. scripts/common.sh

sh scripts/setup.sh
build release napier_bench_ratios -DNAPIER_TESTS=ON
exec build/release/bench/napier_bench_ratios
