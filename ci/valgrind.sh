#!/bin/bash
# Installs what is needed, builds, and runs tests under valgrind, the programs that they start too:
# no invalid access, no use of what was never set, no leak.
#
#   ci/valgrind.sh [SUITE...]    core_tests, replays, ...; without any, all but three
#
# It takes a quarter of an hour on two cores. Three suites never run: e2e_tests and mutants_tests
# start servers by the thousand and measure what these use of the processor, sim_tests would take
# half a day. What is left out of the others stands in left_out. Exits with 1 if valgrind or a test
# found something, 2 if it could not be tried.
set -euo pipefail
# shellcheck source=build.sh
. "$(dirname "$0")/build.sh"
# shellcheck source=../fuzz/libfuzzer_run.sh
. "$source_dir/fuzz/libfuzzer_run.sh"

readonly all_suites=(wire_tests net_tests core_tests refd_tests tls_tests load_tests loop_tests
  replays fuzz_tests oracle_tests script_tests report_tests cli_tests run_tests target_tests)

# Tests by suite, for --gtest_filter.
declare -rA left_out=(
  # Valgrind plays the limit of descriptors itself, and takes a connection from the queue before it
  # says that there is none left.
  [net_tests]='NetworkContract/Posix.AcceptIsExhausted*'
  [loop_tests]='LoopInAWorld/Posix.GoesOnWithoutDescriptors*'
  # Valgrind 3.19 does not know pidfd_open(), the process of a program has valgrind's name, and of
  # its threads one runs at a time, so that none waits for a processor.
  [fuzz_tests]='Pipe*'
  [target_tests]='Spawned*:Guardian.*:ProcessName.*:ProcessFacts.CountTheTimeThatIsWaited*'
)

readonly options=(-q --error-exitcode=99 --leak-check=full '--show-leak-kinds=definite,possible'
  '--errors-for-leak-kinds=definite,possible' --child-silent-after-fork=yes --trace-children=yes
  '--trace-children-skip=/bin/*,/usr/bin/*' --suppressions="$source_dir/ci/valgrind.supp")

# Valgrind writes to a file for each process: only what it found.
under_valgrind() {  # under_valgrind NAME PROGRAM...
  valgrind "${options[@]}" --log-file="$logs/$1.%p" "${@:2}" >"$logs/$1.out" 2>&1
}

# Each in as many shards as there are processors.
run_tests() {  # run_tests SUITE
  local shard pids=() pid status=0
  for ((shard = 0; shard < shards; ++shard)); do
    GTEST_TOTAL_SHARDS=$shards GTEST_SHARD_INDEX=$shard \
      under_valgrind "$1.$shard" "$build_dir/tests/$1" --gtest_filter="-${left_out[$1]-}" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || status=1; done
  return $status
}

run_replays() {
  local name paths status=0
  for name in "${fuzz_targets[@]}"; do
    mapfile -t paths < <(folders_of "$name")
    under_valgrind "$name" "$build_dir/fuzz/replay_$name" "${paths[@]}" || status=1
  done
  return $status
}

run_suite() {
  if [ "$1" = replays ]; then run_replays; else run_tests "$1"; fi
}

# The begin of what valgrind wrote, and the end of what the suite printed.
report() {  # report SUITE
  local file
  for file in "$logs"/*; do
    case $file in
      *.out) tail -n 15 "$file" ;;
      *) head -n 60 "$file" ;;
    esac | sed "s|^|    ${file##*/}: |" >&2
  done
  say "$1: FAILED"
}

suites=("${@:-${all_suites[@]}}")
mapfile -t fuzz_targets < <(ls "$source_dir/corpus/seeds")
shards=$(nproc)
targets=()
for suite in "${suites[@]}"; do
  if [ "$suite" = replays ]; then
    targets+=("${fuzz_targets[@]/#/replay_}")
  else
    targets+=("$suite")
  fi
done
build_preset valgrind "${targets[@]}"
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
trap 'exit 130' INT TERM
failed=0
for suite in "${suites[@]}"; do
  begin=$SECONDS
  if run_suite "$suite" && [ -z "$(find "$logs" -type f ! -name '*.out' -size +0)" ]; then
    passed=$(awk '/^\[  PASSED  \]/ {n += $4} / played$/ {n += $1} END {print n + 0}' "$logs"/*.out)
    say "$suite: clean, $passed passed, $((SECONDS - begin)) s"
  else
    report "$suite"
    failed=1
  fi
  rm -f "$logs"/*
done
exit "$failed"
