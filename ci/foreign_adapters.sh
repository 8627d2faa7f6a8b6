#!/bin/bash
# Compares the framers and parsers of implementations in the distribution's packages with ours:
# each through its adapter in fuzz/adapters, which declares how it differs. They are unpacked into
# build/foreign-adapters; nothing is installed. It needs clang, python3 and perl.
#
#   ci/foreign_adapters.sh [SECONDS]    for each; 20 by default
#
# Prints what was seen of what they declare, and inputs per second of processor time. Exits 0 if
# there was nothing else, 1 if there was, 2 if it could not be tried.
set -euo pipefail

# shellcheck source=build.sh
. "$(dirname "$0")/build.sh"
readonly seconds=${1:-20}

fail() { say "$*"; exit 2; }
# shellcheck source=unpack.sh
. "$source_dir/ci/unpack.sh"
# shellcheck source=../fuzz/libfuzzer_run.sh
. "$source_dir/fuzz/libfuzzer_run.sh"

unpack_all() {
  unpack_once "$store/limnoria" limnoria
  unpack_once "$store/python3-irc" 'python3-irc python3-six'
  unpack_once "$store/libprotocol-irc-perl" libprotocol-irc-perl
}

# Returns 1 if there is a difference that is not declared.
compare() {  # compare NAME INTERPRETER PACKAGE
  local name=$1 interpreter=$2 root=$store/$3 log=$store/$1.log status=0 flags
  mapfile -t flags < <(flags_of fuzz_differential)
  export PYTHONPATH=$root/usr/lib/python3/dist-packages PERL5LIB=$root/usr/share/perl5
  export adapter=$source_dir/fuzz/adapters/$name  # Left to /bin/sh to expand, with any path.
  TIMEFORMAT='%U %S'
  { time IRC_CONFORM_ADAPTERS="$interpreter \"\$adapter\"" \
    "$build_dir/fuzz/fuzz_differential" "${flags[@]}" -seed=1 -max_total_time="$seconds" \
    -print_final_stats=1 -artifact_prefix="$store/" "$store/corpus" \
    "$source_dir/corpus/seeds/fuzz_differential" >"$log" 2>&1; } 2>"$log.time" || status=$?
  [ "$status" != 2 ] || fail "$name cannot be tried: $(tail -n 1 "$log")"
  echo "== $name ($(cat "$root.version"))"
  if [ "$status" != 0 ]; then
    grep -a -A40 '^DI-' "$log" | sed -e '/^==/,$d' || tail -n 20 "$log"
    return 1
  fi
  grep -a -A30 "^adapter '" "$log" | grep -a -v "'irc-conform'"
  awk -v runs="$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" \
    '{cpu = $1 + $2; printf "  %d inputs in %.1f s of processor time: %d a second\n",
      runs, cpu, runs / cpu}' "$log.time"
}

trap 'exit 130' INT TERM
build_preset fuzz fuzz_differential
store=${IRC_FOREIGN_ADAPTERS_DIR:-$(build_dir_of foreign-adapters)}
mkdir -p "$store/corpus"
unpack_all
status=0
compare limnoria.py /usr/bin/python3 limnoria || status=1
compare python_irc.py /usr/bin/python3 python3-irc || status=1
compare protocol_irc.pl /usr/bin/perl libprotocol-irc-perl || status=1
exit $status
