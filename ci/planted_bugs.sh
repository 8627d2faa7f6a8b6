#!/bin/bash
# Whether the fuzz targets find bugs: plants those of tests/fuzz/planted one at a time into a copy
# of this tree, and has the target of its layer hunt each from the committed seeds.
#
#   ci/planted_bugs.sh [--seconds N] [BUG...]    N: of processor time for each (60)
#
# A bug is tests/fuzz/planted/TARGET/BUG.patch: a sentence and the change. Nothing of the tree
# itself is touched; the copy and its build are kept in build/planted for the next time. Prints a
# row for each bug. Exits with 1 if one was missed, with 2 if one no longer applies or builds, or if
# a target finds something without it.
set -euo pipefail
# shellcheck source=build.sh
. "$(dirname "$0")/build.sh"
# shellcheck source=../fuzz/libfuzzer_run.sh
. "$source_dir/fuzz/libfuzzer_run.sh"

readonly planted=$source_dir/tests/fuzz/planted
seconds=60

fail() { say "$*"; exit 2; }
usage() { sed -n '5p' "$0" | sed 's/^# *//' >&2; exit 2; }

# Files get the time of now: what an interrupted run has left in the build is built again.
copy_tree() {
  mkdir -p "$tree"
  find "$tree" -mindepth 1 -delete
  tar -C "$source_dir" --exclude=./build --exclude=./.git -cf - . | tar -C "$tree" -xf -
  sed -n 's#^+++ b/##p' "$planted"/*/*.patch | sort -u | while read -r file; do
    touch "$tree/$file"
  done
}

build_target() {  # build_target TARGET
  cmake --build "$build" --target "$1" --parallel "$(nproc)" >"$dir/build.log" 2>&1
}

# Runs TARGET until it finds something or its time is over, from the seeds alone.
run_target() {  # run_target TARGET NAME FLAG...
  local flags folders source_dir=$tree
  mapfile -t flags < <(flags_of "$1")
  mapfile -t folders < <(folders_of "$1")
  rm -rf "$dir/new"
  mkdir "$dir/new"
  (
    ulimit -S -c 0 -t "$seconds"
    exec "$build/fuzz/$1" "${flags[@]}" -seed=1 -print_final_stats=1 \
      -artifact_prefix="$dir/artifacts/$1/$2-" "${@:3}" "$dir/new" "${folders[@]}"
  ) >"$dir/$2.log" 2>&1
}

# Sets found, runs and used, the processor time.
hunt() {  # hunt TARGET NAME FLAG...
  local TIMEFORMAT='%U %S'
  { time run_target "$@" || true; } 2>"$dir/time"
  used=$(awk '{sum = $1 + $2} END {printf "%.1f", sum}' "$dir/time")
  found=$(finding_of "$dir/$2.log")
  runs=$(sed -n -e 's/^#\([0-9]*\).*/\1/p' -e 's/^stat::number_of_executed_units: *//p' \
    "$dir/$2.log" | sort -n | tail -n 1)
}

row() { printf '%-38s %-12s %7s %9s  %s\n' "$@"; }

# Without a bug the target finds nothing in its seeds.
control() {  # control TARGET
  build_target "$1" || { tail -n 30 "$dir/build.log" >&2; fail "$1 does not build"; }
  hunt "$1" "$1" -runs=0
  [ -z "$found" ] || fail "$1 finds $found without a bug; see $dir/$1.log"
  [ "${runs:-0}" -gt 0 ] || fail "$1 plays no seed; see $dir/$1.log"
  row '(none)' "$1" "$used" "$runs" nothing
}

# Nor in what it found with one: each finding is of its bug.
control_what_was_found() {  # control_what_was_found TARGET
  local inputs=("$dir/artifacts/$1"/*)
  [ -e "${inputs[0]}" ] || return 0
  build_target "$1" || { tail -n 30 "$dir/build.log" >&2; fail "$1 does not build any more"; }
  "$build/fuzz/$1" "${inputs[@]}" >"$dir/$1.log" 2>&1 ||
    fail "$1 finds $(finding_of "$dir/$1.log") without a bug, too; see $dir/$1.log"
}

plant_and_hunt() {  # plant_and_hunt PATCH
  local target name files file
  target=$(basename "$(dirname "$1")")
  name=$(basename "$1" .patch)
  mapfile -t files < <(sed -n 's#^+++ b/##p' "$1")
  if ! patch -d "$tree" -p1 --fuzz=0 --no-backup-if-mismatch -r - <"$1" >"$dir/$name.log" 2>&1; then
    errors=$((errors + 1))
    row "$name" "$target" - - 'DOES NOT APPLY'
  elif ! build_target "$target"; then
    errors=$((errors + 1))
    mv "$dir/build.log" "$dir/$name.log"
    row "$name" "$target" - - 'DOES NOT BUILD'
  else
    hunt "$target" "$name"
    if [ -n "$found" ]; then
      caught=$((caught + 1))
    else
      missed=$((missed + 1))
      found=MISSED
    fi
    row "$name" "$target" "$used" "${runs:--}" "$found"
  fi
  for file in "${files[@]}"; do cat "$source_dir/$file" >"$tree/$file"; done
}

if [ "${1-}" = --seconds ]; then
  [[ ${2-} =~ ^[1-9][0-9]*$ ]] || usage
  seconds=$2
  shift 2
fi
patches=()
for name in "${@:-*}"; do
  [[ $name != -* ]] || usage
  mapfile -t named < <(find "$planted" -name "$name.patch" | sort)
  [ ${#named[@]} -gt 0 ] || fail "there is no bug '$name' in $planted"
  patches+=("${named[@]}")
done

trap 'exit 130' INT TERM
"$source_dir/ci/packages.sh" fuzz || exit 2
dir=$(build_dir_of planted) || exit 2
tree=$dir/tree build=$dir/build
say "in $dir"
copy_tree
cmake -S "$tree" --preset fuzz -B "$build" >"$dir/configure.log" 2>&1 ||
  { cat "$dir/configure.log" >&2; exit 2; }

row bug target 'CPU s' runs 'found by'
rm -rf "$dir/artifacts"
mapfile -t targets < <(printf '%s\n' "${patches[@]%/*}" | sed 's#.*/##' | sort -u)
for target in "${targets[@]}"; do
  mkdir -p "$dir/artifacts/$target"
  control "$target"
done
caught=0 missed=0 errors=0
for patch in "${patches[@]}"; do plant_and_hunt "$patch"; done
for target in "${targets[@]}"; do control_what_was_found "$target"; done
echo "$caught of ${#patches[@]} found, $missed missed, $errors in error"
[ "$errors" = 0 ] || exit 2
[ "$missed" = 0 ] || exit 1
