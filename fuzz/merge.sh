#!/bin/bash
# Chooses what is worth keeping of what fuzz targets have found to be new: inputs that reach code
# which the seeds do not.
#
#   merge.sh DIR TARGET...    DIR: where the targets are, and corpus/TARGET
#
# DIR/merged/TARGET gets them; to commit some, move them to corpus/seeds/TARGET. Exits with 1 if a
# target fails at one, which is then in DIR/findings.
set -euo pipefail

readonly dir=$1
shift
# shellcheck source=libfuzzer_run.sh
. "$(dirname "$0")/libfuzzer_run.sh"

merge() {  # merge TARGET
  local flags seeds=$dir/merged/.seeds/$1 merged=$dir/merged/$1 log=$dir/merged/$1.log folders
  mapfile -t flags < <(flags_of "$1" | grep -v '^-dict=')
  mapfile -t folders < <(folders_of "$1")
  [ "${#folders[@]}" -gt 0 ] || { echo "fuzz: $1 has no seeds" >&2; return 1; }
  rm -rf "$seeds" "$merged"
  mkdir -p "$seeds" "$dir/corpus/$1" "$dir/findings"
  find "${folders[@]}" -type f -exec cp -t "$seeds" {} + || return 1
  cp -r "$seeds" "$merged" || return 1
  # What is in the first folder stays; of the others what adds something is copied to it. An input
  # counts for the code that it reaches, not for how often.
  "$dir/$1" "${flags[@]}" -merge=1 -use_counters=0 -artifact_prefix="$dir/findings/$1-" \
    "$merged" "$dir/corpus/$1" >"$log" 2>&1 || { tail -n 20 "$log" | cut -c 1-400 >&2; return 1; }
  find "$seeds" -type f -printf '%f\0' | (cd "$merged" && xargs -0 rm -f)
  echo "fuzz: $1: $(find "$merged" -type f | wc -l) inputs reach something new"
  # A merge goes on behind an input that the target fails at, and ends as if nothing were wrong.
  has_artifact "$log" || return 0
  tell_finding "$1" "$log" "$dir/findings"
  return 1
}

status=0
for target in "$@"; do merge "$target" || status=1; done
rm -rf "$dir/merged/.seeds"
exit $status
