#!/bin/sh
# Runs clang-tidy over our own sources, or over those named.
#
#   scripts/tidy.sh [FILE.cpp...]
#
# Exit status: 0 nothing found.
set -eu

cd "$(dirname "$0")/.."
. scripts/common.sh

command -v clang-tidy >/dev/null 2>&1 || fail "clang-tidy is not installed"
build all -DNAPIER_TESTS=ON
# gcc's options that clang does not know would be noise in every file.
if [ $# -gt 0 ]; then
  printf '%s\n' "$@"
else
  our_sources | grep '\.cpp$'
fi | xargs -r -P "$(cores)" -n 1 clang-tidy --quiet -p build/release \
  --extra-arg=-Wno-unknown-warning-option --extra-arg=-Wno-ignored-optimization-argument
