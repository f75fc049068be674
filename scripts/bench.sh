#!/bin/sh
# Builds the benchmarks and prints what an audit costs: beside the bare calls, beside MPFR alone,
# beside Boost.Multiprecision alone; how many derivatives are judged a second; and what bad targets
# cost beside good ones.
#
#   scripts/bench.sh
set -eu

cd "$(dirname "$0")/.."
. scripts/common.sh

sh scripts/setup.sh
build release napier_bench_ratios -DNAPIER_TESTS=ON
build release napier_bench_bad_targets -DNAPIER_TESTS=ON
build release napier_bench_slopes -DNAPIER_TESTS=ON
build/release/bench/napier_bench_ratios
build/release/bench/napier_bench_slopes
build/release/bench/napier_bench_bad_targets
# Accuracy alone, as the efforts above quick ask it of binary32.
exec build/release/bench/napier_bench_bad_targets --part 64
