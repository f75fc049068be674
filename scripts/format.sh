#!/bin/sh
# Formats our C++, or with --check only says which files are not formatted.
#
#   scripts/format.sh [--check]
#
# Exit status: 0 all is formatted, 1 --check found files that are not.
set -eu

cd "$(dirname "$0")/.."
. scripts/common.sh

case ${1:-} in
  --check) mode='--dry-run --Werror' ;;
  '') mode=-i ;;
  *) fail "unknown option $1 (there is --check)" ;;
esac
command -v clang-format >/dev/null 2>&1 || fail "clang-format is not installed"
# shellcheck disable=SC2086 # mode is a list of options
our_sources | xargs -r clang-format $mode || exit 1
