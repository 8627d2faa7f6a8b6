# shellcheck shell=bash
# Functions that the scripts share which build a preset; they source this file.

build_dir=
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { echo "$(basename "$0" .sh): $*" >&2; }

# Prints the build folder of a preset: below the source, or below ~/.cache if that is read-only.
build_dir_of() {
  local dir=$source_dir/build/$1
  if ! mkdir -p "$dir" 2>/dev/null || [ ! -w "$dir" ]; then
    dir=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/irc-conform/build/$1
    mkdir -p "$dir" || exit 2
    say "$source_dir is read-only, building in $dir"
  fi
  echo "$dir"
}

# CMake refuses a folder that was configured for a source elsewhere, as in a copied tree.
was_configured_elsewhere() {
  local cache=$1/CMakeCache.txt
  [ -e "$cache" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$source_dir" "$cache"
}

configure() {  # configure PRESET DIR
  local fresh=()
  if was_configured_elsewhere "$2"; then
    say "$2 was configured for another source folder, starting afresh"
    fresh=(--fresh)
  fi
  say "configuring preset $1 in $2"
  if ! cmake -S "$source_dir" "${fresh[@]}" --preset "$1" -B "$2" >"$2/configure.log" 2>&1; then
    cat "$2/configure.log" >&2
    exit 2
  fi
}

# Installs, configures and builds, all or those targets; sets build_dir. Exits 2 if anything fails.
build_preset() {  # build_preset PRESET [TARGET...]
  "$source_dir/ci/packages.sh" "$1" || exit 2
  build_dir=$(build_dir_of "$1") || exit 2
  configure "$1" "$build_dir"
  say "building with $(nproc) jobs"
  cmake --build "$build_dir" --parallel "$(nproc)" ${2:+--target "${@:2}"} >&2 || exit 2
}
