#!/bin/sh
# Tries the packages of a build as their users do: in a bare Debian of their own, which is removed.
#
#   scripts/try_packages.sh FOLDER [BASE.tar]
#
# FOLDER holds what cpack made. BASE.tar is the bare system, made with debootstrap if it is not
# there, and kept. The packages are installed, this system's libm and NumPy's exp are audited from
# them, and they are removed: nothing may be left of them. Needs root and Debian's archive.
#
# Exit status: 0 all of that is so, 1 something is not, 2 it cannot be tried here.
set -eu

fail() {
  printf 'try_packages: %s\n' "$2" >&2
  exit "$1"
}

[ $# -ge 1 ] || fail 2 'name the folder of the packages'
[ "$(id -u)" -eq 0 ] || fail 2 'this needs root, for chroot'
packages=$(cd "$1" && pwd) || fail 2 "there is no folder $1"
ls "$packages"/*.deb >/dev/null 2>&1 || fail 2 "there are no packages in $1: run cpack first"
release=$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")

root=$(mktemp -d)
trap 'umount "$root/proc" 2>/dev/null || true; rm -rf "$root"' EXIT
if [ -n "${2:-}" ] && [ -s "$2" ]; then
  tar -C "$root" -xf "$2"
else
  command -v debootstrap >/dev/null || fail 2 'debootstrap is missing: apt-get install debootstrap'
  log=$(mktemp)
  debootstrap --variant=minbase "$release" "$root" >"$log" 2>&1 || fail 2 "debootstrap failed: $log"
  rm -f "$log"
  [ -z "${2:-}" ] || tar -C "$root" -cf "$2" .
fi
cp -a /etc/apt/. "$root/etc/apt/" # where this machine has its packages from
cp /etc/resolv.conf "$root/etc/" 2>/dev/null || true
mount -t proc proc "$root/proc"
mkdir "$root/srv/packages"
cp "$packages"/*.deb "$root/srv/packages/"

inside() {
  chroot "$root" env -i HOME=/tmp LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    PATH=/usr/sbin:/usr/bin:/sbin:/bin ${http_proxy:+http_proxy="$http_proxy"} \
    ${https_proxy:+https_proxy="$https_proxy"} sh -c "$1"
}
# Every file but what dpkg and apt note of all packages.
files() {
  (cd "$root" && find . -xdev \( -path ./proc -o -path ./tmp -o -path ./var/log \
    -o -path ./var/cache -o -path ./var/lib/apt \) -prune -o -print | sort)
}
quietly() {
  inside "$1" >"$root/tmp/log" 2>&1 || {
    tail -n 20 "$root/tmp/log" >&2
    fail "$2" "this failed there: $1"
  }
}

# What they depend on comes first, so that what is new afterwards is theirs.
names=''
depends=python3-numpy
for package in "$root"/srv/packages/*.deb; do
  names="$names $(dpkg-deb -f "$package" Package)"
  depends="$depends $(dpkg-deb -f "$package" Depends | sed 's/([^)]*)//g; s/|[^,]*//g; s/,/ /g')"
done
others=''
for name in $depends; do
  case " $names " in *" $name "*) ;; *) others="$others $name" ;; esac
done
quietly 'apt-get update' 2
quietly "apt-get install -y --no-install-recommends $others" 2
files >"$root/tmp/before"

quietly 'apt-get install -y --no-install-recommends /srv/packages/*.deb' 1
for command in 'napier --version' "napier audit 'libm/**' --effort quick --out /tmp/report" \
  'napier replay libm/exp:binary64 --property accuracy --at=0x1p+0' \
  "python3 -c \"import napier, numpy
napier.audit(numpy.exp, function='exp', dtype='float32', claim='ulp <= 4').require()\""; do
  inside "cd /tmp && $command" >"$root/tmp/log" 2>&1 || {
    status=$?
    tail -n 40 "$root/tmp/log" >&2
    fail 1 "this ended with $status: $command"
  }
done

quietly "apt-get purge -y $names" 1
files >"$root/tmp/after"
if ! diff "$root/tmp/before" "$root/tmp/after"; then
  fail 1 'the packages left files, or took others with them'
fi
echo 'The packages install, audit and leave nothing.'
