#!/bin/sh
# Builds the command with other compiler flags, and makes sure that every verdict and figure stays.
#
#   scripts/variants.sh ['FLAGS'...]      default: -march=native, and -flto=auto
#
# Each set of flags has a build of its own in build/variants, which takes some minutes. Exit status:
# 0 all digests are those of the release build, 1 one is not, 2 a build failed.
set -eu

cd "$(dirname "$0")/.."
. scripts/common.sh

[ $# -ne 0 ] || set -- '-march=native' '-flto=auto'
sh scripts/setup.sh --no-tests
build release napier

digest() { # COMMAND: of every target, and of Napier's own arithmetic in every filter
  "$1" audit 'shipped/**' 'libm/**' --cases 1000 --json - 2>/dev/null | sed -n 's/^  "digest": //p'
}
right=$(digest build/release/napier)
[ -n "$right" ] || fail 'the release build gave no report'
status=0
for flags in "$@"; do
  folder=build/variants/$(printf '%s' "$flags" | tr -c 'a-z0-9\n' '_')
  mkdir -p "$folder"
  cmake --preset release -B "$folder" -DNAPIER_TESTS=OFF "-DCMAKE_CXX_FLAGS=$flags" \
    "-DCMAKE_C_FLAGS=$flags" >"$folder/configure.log" 2>&1 || fail "see $folder/configure.log"
  cmake --build "$folder" --target napier -j "$(cores)" >"$folder/build.log" 2>&1 ||
    fail "see $folder/build.log"
  if [ "$(digest "$folder/napier")" = "$right" ]; then
    echo "$flags: the same report"
  else
    echo "$flags: another report" >&2
    status=1
  fi
done
exit "$status"
