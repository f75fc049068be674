#!/bin/sh
# Runs clang-tidy over our own sources, or over those named.
#
#   scripts/tidy.sh [FILE.cpp...]
#
# Exit status: 0 nothing found.
set -eu

cd "$(dirname "$0")/.."
. scripts/common.sh

tidy=
for candidate in clang-tidy-16 clang-tidy-15 clang-tidy; do
  # Older ones don't know _Float16 on x86-64.
  if "$candidate" --version 2>/dev/null | grep -Eq 'version (1[5-9]|[2-9][0-9])\.'; then
    tidy=$candidate
    break
  fi
done
[ -n "$tidy" ] || fail "clang-tidy 15 or newer is needed: install clang-tidy-16"
# The compile commands come from configuring; generated headers from building. gcc's precompiled
# headers mean nothing to clang, nor do the functions of binary128.
build release all -DNAPIER_TESTS=ON
mkdir -p build/tidy
sed -e 's/-Winvalid-pch -include [^ "]*cmake_pch\.hxx//g' -e 's/-DNAPIER_LIBM_BINARY128//g' \
  build/release/compile_commands.json \
  >build/tidy/compile_commands.json
if [ $# -gt 0 ]; then
  printf '%s\n' "$@"
else
  our_sources | grep '\.cpp$'
fi | xargs -r -P "$(cores)" -n 1 "$tidy" --quiet -p build/tidy \
  --extra-arg=-Wno-unknown-warning-option --extra-arg=-Wno-ignored-optimization-argument
