#!/bin/bash
# Which branches of the server the committed seeds and regressions reach, and whether they are as
# many as they have to be.
#
#   coverage.sh CXX DIR REPLAY...    REPLAY: a program built by the compiler CXX with IRC_COVERAGE
#
# Writes DIR/report.txt and DIR/html, and prints a summary. Exits with 1 where a floor is not
# reached, with 2 where something is missing.
set -euo pipefail

readonly cxx=$1 dir=$(realpath -m "$2")
shift 2
# shellcheck source=libfuzzer_run.sh
. "$(dirname "$0")/libfuzzer_run.sh"

# Prints the path of a tool that knows the compiler's format.
tool() {
  local path
  path=$("$cxx" --print-prog-name="$1")
  command -v "$path" && return
  echo "coverage: $cxx has no $1 beside it. Please install the package llvm (Debian, Ubuntu; of a" \
    "version N of clang llvm-N): apt-get install llvm" >&2
  exit 2
}

profdata=$(tool llvm-profdata)
llvm_cov=$(tool llvm-cov)
rm -rf "$dir"
mkdir -p "$dir"
objects=()
for replay in "$@"; do
  replay=$(realpath "$replay")
  target=$(basename "$replay")
  target=${target#replay_}
  mapfile -t folders < <(folders_of "$target")
  LLVM_PROFILE_FILE=$dir/$target.profraw "$replay" "${folders[@]}" >"$dir/$target.log" 2>&1 ||
    { tail -n 20 "$dir/$target.log" >&2; exit 1; }
  objects+=(${objects[0]:+-object} "$replay")
done
"$profdata" merge -o "$dir/all.profdata" "$dir"/*.profraw

# The layers, from below.
readonly wire=server/wire core=server/core
readonly loop=(server/poll_loop.h server/poll_table.h server/throttle.h)
cd "$source_dir"
readonly of=("${objects[@]}" -instr-profile="$dir/all.profdata" "$wire" "$core" "${loop[@]}")
"$llvm_cov" report -show-branch-summary "${of[@]}" >"$dir/report.txt"
"$llvm_cov" show -format=html -show-branches=count -output-dir="$dir/html" "${of[@]}"
"$llvm_cov" export "${of[@]}" >"$dir/export.json"
echo "coverage: $dir/report.txt, $dir/html/index.html"
exec python3 fuzz/coverage_floors.py "$dir/export.json" \
  "wire:98:$wire" "core:90:$core" "loop:90:$(IFS=,; echo "${loop[*]}")"
