#!/bin/sh
# Installs the Debian or Ubuntu packages that Napier is built from.
#
#   scripts/setup.sh [--no-tests] [--gallery] [--foreign] [--browser] [--cluster]
#
#   --no-tests   only what the command itself needs
#   --gallery    also the packages that examples/debian.toml names
#   --foreign    also the packages that foreign/*.toml name
#   --cluster    also Slurm: the test of shards on a real cluster is skipped without it
#   --browser    also chromium, half a gigabyte: the test of the HTML page is skipped without it
#
# Runs as root, or as a user with sudo. Does nothing, without network, when all is there.
# Exit status: 0 all is there, 2 it could not be made so.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
build_packages="build-essential cmake ninja-build ccache libboost-dev libmpfr-dev libmpfi-dev
  libgmp-dev libfmt-dev libcli11-dev nlohmann-json3-dev libtomlplusplus-dev
  libkainjow-mustache-dev libtbb-dev libmd-dev libhwy-dev
  libffi-dev libelf-dev"
test_packages="librapidcheck-dev libgtest-dev libgmock-dev libbenchmark-dev
  file python3 python3-jsonschema gappa
  gfortran lua5.4 mawk nodejs perl python3-numpy libeigen3-dev libxsimd-dev libadolc-dev"

fail() {
  printf 'setup: %s\n' "$1" >&2
  exit 2
}

installed() { # package
  case $1 in
    # Any version of the headers will do, and two of them cannot be installed side by side.
    libboost-dev) pattern='libboost[0-9]*-dev' ;;
    *) pattern=$1 ;;
  esac
  dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "$pattern" 2>/dev/null |
    grep -Eq '^ii +(libboost[0-9]+\.[0-9]+-dev|'"$1"')$'
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo -n -- "$@"
  fi
}

# `package = "a"` and `packages = ["a", "b"]`, also over several lines.
packages_of() { # file...
  cat "$@" | sed 's/#.*//' | tr '\n' ' ' |
    grep -Eo '(^|[ {,])packages? *= *("[^"]*"|\[[^]]*\])' |
    sed 's/.*= *//' | tr -d '[]"' | tr ',\n' '  '
}

wanted="$build_packages $test_packages"
gallery=no
for option in "$@"; do
  case $option in
    --no-tests) wanted=$build_packages ;;
    --cluster)
      wanted="$wanted slurmctld slurmd slurm-client munge iproute2 parallel python3-yaml"
      ;;
    --gallery) gallery=yes ;;
    --foreign) wanted="$wanted $(packages_of "$root"/foreign/*.toml)" ;;
    --browser) wanted="$wanted chromium poppler-utils" ;;
    *) fail "unknown option $option (--no-tests, --gallery, --foreign, --cluster or --browser)" ;;
  esac
done
if [ "$gallery" = yes ]; then
  manifest=$root/examples/debian.toml
  [ -f "$manifest" ] || fail "--gallery needs examples/debian.toml, which this tree does not have"
  wanted="$wanted $(packages_of "$manifest")"
fi

# shellcheck disable=SC2086 # unquoted, so that the list is one line
wanted=$(printf '%s ' $wanted)
has() { command -v "$1" >/dev/null 2>&1; }
if ! has dpkg-query || ! has apt-get; then
  fail "this is no Debian or Ubuntu: install by hand what these packages hold: $wanted"
fi

missing=
for package in $wanted; do
  installed "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "setup: installing$missing"
if [ "$(id -u)" -ne 0 ] && ! sudo -n true 2>/dev/null; then
  # A password can only be asked for at a terminal.
  if ! has sudo || ! [ -t 0 ] || ! sudo -v; then
    fail "neither root nor sudo: as root, apt-get install$missing"
  fi
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
quietly() { as_root env DEBIAN_FRONTEND=noninteractive "$@" </dev/null >"$log" 2>&1; }
quietly apt-get -q -o DPkg::Lock::Timeout=300 update || {
  tail -n 5 "$log" >&2
  fail "apt-get update failed"
}
# shellcheck disable=SC2086 # a list of package names
quietly apt-get -q -y -o DPkg::Lock::Timeout=300 --no-install-recommends install $missing || {
  tail -n 5 "$log" >&2
  fail "apt-get install failed for:$missing"
}
for package in $missing; do
  installed "$package" || fail "apt-get left $package uninstalled"
done
