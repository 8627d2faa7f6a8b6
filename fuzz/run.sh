#!/bin/bash
# Runs fuzz targets one after the other, each for a while, on its seeds and regressions, on the
# cases of the suite, and on what earlier runs have found to be new.
#
#   run.sh DIR SECONDS TARGET...    DIR: where the targets are
#
# IRC_FUZZ_SECONDS in the environment overrides SECONDS. DIR/seeds/TARGET are the cases,
# DIR/corpus/TARGET keeps new inputs, DIR/findings what a target has found. Exits with 1 if it has;
# as soon as a target is missing or does not run with 2, as soon as it is interrupted with 130.
set -euo pipefail

readonly dir=$1 seconds=${IRC_FUZZ_SECONDS:-$2}
readonly interrupted=72  # A target's exit status by SIGINT or SIGTERM: libFuzzer's default.
shift 2
# shellcheck source=libfuzzer_run.sh
. "$(dirname "$0")/libfuzzer_run.sh"

run() {  # run TARGET
  local folders flags
  mkdir -p "$dir/corpus/$1" "$dir/findings"
  mapfile -t folders < <(folders_of "$1")
  [ ! -d "$dir/seeds/$1" ] || folders+=("$dir/seeds/$1")
  mapfile -t flags < <(flags_of "$1")
  "$dir/$1" "${flags[@]}" -max_total_time="$seconds" -print_final_stats=1 \
    -artifact_prefix="$dir/findings/$1-" "$dir/corpus/$1" "${folders[@]}" >"$dir/$1.log" 2>&1
}

status=0
for target in "$@"; do
  [ -x "$dir/$target" ] || { echo "fuzz: there is no $dir/$target" >&2; exit 2; }
  log=$dir/$target.log ended=0
  echo "fuzz: $target for $seconds s"
  run "$target" || ended=$?
  if [ "$ended" = 0 ]; then
    grep -a -E 'number_of_executed|average_exec' "$log" | sed 's/^/  /'
  elif [ "$ended" = "$interrupted" ]; then
    exit 130
  elif has_artifact "$log"; then
    status=1
    tell_finding "$target" "$log" "$dir/findings"
  else
    echo "fuzz: $target did not run to its end, exit status $ended; the end of $log:" >&2
    tail -n 10 "$log" | cut -c 1-400 >&2
    exit 2
  fi
done
exit $status
