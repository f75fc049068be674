#!/bin/sh
# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
# The start-up check of arithmetic stands in a plain build, and names the flag that breaks it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/main.cpp" <<'CODE'
#include <cstdio>
#include <exception>
#include "oracles/fast/scalar/self_check.hpp"
int main() {
  try {
    napier::check_arithmetic();
  } catch (const std::exception& error) {
    std::puts(error.what());
    return 2;
  }
}
CODE

# said FLAGS: what the check says when it is built with them.
said() {
  # shellcheck disable=SC2086 # a list of flags
  "$CXX" -std=c++20 -O2 $1 -I"$NAPIER_SOURCE_DIR" "$folder/main.cpp" \
    "$NAPIER_SOURCE_DIR/oracles/fast/scalar/self_check.cpp" \
    "$NAPIER_SOURCE_DIR/lib/fp/environment.cpp" -o "$folder/check"
  "$folder/check" || test $? -eq 2
}

plain=$(said "-ffp-contract=off")
test -z "$plain" || { echo "a plain build: $plain"; exit 1; }

# expect FLAGS NAMED: built with those flags, it names this one.
expect() {
  words=$(said "$1")
  case $words in
    *"without $2"*) ;;
    *) echo "with $1: '$words' does not name $2"; exit 1 ;;
  esac
}
expect "-fassociative-math -fno-signed-zeros -fno-trapping-math" -fassociative-math
expect "-freciprocal-math" -freciprocal-math
expect "-ffinite-math-only" -ffinite-math-only
expect "-fno-signed-zeros" -fno-signed-zeros
if [ "$(uname -m)" = x86_64 ] && grep -qw fma /proc/cpuinfo; then
  expect "-mfma -ffp-contract=fast" -ffp-contract=fast
fi
