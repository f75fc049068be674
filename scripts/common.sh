# What the scripts share; sourced from the top of the tree.

fail() {
  printf '%s: %s\n' "$(basename "$0" .sh)" "$1" >&2
  exit 2
}

# build PRESET TARGET [CMAKE OPTION...]: configures and builds, quietly unless it fails.
build() {
  preset=$1
  target=$2
  shift 2
  # ccache needs a folder that it can write to, and a bare machine may have no home.
  if [ -z "${CCACHE_DIR:-}" ] && [ ! -w "${HOME:-/nonexistent}" ]; then
    export CCACHE_DIR="$PWD/build/ccache"
  fi
  mkdir -p build
  log=build/configure.log
  cmake --preset "$preset" "$@" >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    fail "cmake could not configure; the log is in $log"
  }
  log=build/build.log
  echo "Building $target in build/$preset (log: $log)"
  cmake --build --preset "$preset" --target "$target" -j "$(cores)" >"$log" 2>&1 || {
    grep -E -A 20 'FAILED|error' "$log" | head -n 60 >&2
    fail "the build failed; the log is in $log"
  }
}

cores() { nproc 2>/dev/null || echo 2; }

# The C++ that is ours, one path a line.
our_sources() {
  find lib oracles props reports audit cli tests bench examples \
    \( -name '*.cpp' -o -name '*.hpp' -o -name '*.h' -o -name '*.c' \) 2>/dev/null | sort
}
