#!/bin/bash
# Runs .clusterfuzzlite/build.sh as OSS-Fuzz and ClusterFuzzLite do, but without their image, and
# looks whether what comes out is what they want.
#
#   ci/clusterfuzzlite.sh ENGINE DIR    ENGINE: libfuzzer or afl; DIR: a folder for it, emptied
#
# The environment's CXX and CXXFLAGS take the place of the compiler and the flags that are faked
# otherwise; IRC_FUZZ_TARGETS says which targets, if not all. Exits with 2 where a tool is missing,
# with 1 where something is wrong.
set -euo pipefail

source_dir=$(cd "$(dirname "$0")/.." && pwd)

say() { echo "clusterfuzzlite: $*" >&2; }
wrong() { say "$*"; exit 1; }

need() {  # need PROGRAM PACKAGE
  command -v "$1" >/dev/null && return
  say "needs $1; please install the package $2: apt-get install $2"
  exit 2
}

fake_libfuzzer() {
  need clang++ clang
  export CC=clang CXX=${CXX-clang++} LIB_FUZZING_ENGINE=-fsanitize=fuzzer
  export CFLAGS=${CXXFLAGS--O1 -fsanitize=address,fuzzer-no-link} FUZZING_ENGINE=libfuzzer
}

fake_afl() {
  need afl-clang-fast++ afl++
  export CC=afl-clang-fast CXX=${CXX-afl-clang-fast++} CFLAGS=${CXXFLAGS--O1} FUZZING_ENGINE=afl
  local prefix
  prefix=$(dirname "$(dirname "$(command -v afl-clang-fast++)")")
  LIB_FUZZING_ENGINE=$prefix/lib/afl/libAFLDriver.a
  [ -e "$LIB_FUZZING_ENGINE" ] || { say "afl++ has no $LIB_FUZZING_ENGINE"; exit 2; }
  export LIB_FUZZING_ENGINE AFL_QUIET=1
}

# Every seed, one after the other; either engine's program takes files.
play_seeds() {  # play_seeds TARGET
  local seeds=$dir/seeds/$1
  mkdir -p "$seeds"
  unzip -q -o "$OUT/$1_seed_corpus.zip" -d "$seeds"
  [ -n "$(find "$seeds" -type f)" ] || wrong "$1 has no seeds"
  find "$seeds" -type f -print0 | xargs -0 "$OUT/$1" >"$dir/$1.log" 2>&1 ||
    { tail -n 20 "$dir/$1.log" >&2; wrong "$1 does not play its seeds"; }
}

judge() {  # judge TARGET
  local dict
  dict=$(sed -n 's/^dict *= *//p' "$OUT/$1.options")
  [ -z "$dict" ] || [ -s "$OUT/$dict" ] || wrong "$1.options names $dict, which is not there"
  # The flags are the environment's alone: what it does not ask for is not in the program.
  local has_asan=no wants_asan=no
  if nm "$OUT/$1" | grep __asan_report_load8 >/dev/null; then has_asan=yes; fi
  if [[ $CXXFLAGS == *address* ]]; then wants_asan=yes; fi
  [ $has_asan = $wants_asan ] || wrong "$1: ASan is asked for: $wants_asan, is in it: $has_asan"
  play_seeds "$1"
  say "$1: $(find "$dir/seeds/$1" -type f | wc -l) seeds, ASan: $has_asan"
}

[ $# = 2 ] || { sed -n '5p' "$0" | sed 's/^# *//' >&2; exit 2; }
need zip zip
need unzip unzip
need ninja ninja-build
case $1 in
  libfuzzer | afl) "fake_$1" ;;
  *) say "no such engine: '$1' (libfuzzer, afl)"; exit 2 ;;
esac
export CXXFLAGS=$CFLAGS SANITIZER=address SRC OUT WORK
mkdir -p "$2"
dir=$(cd "$2" && pwd)
SRC=$dir/src OUT=$dir/out WORK=$dir/work
rm -rf "$SRC" "$OUT" "$WORK/irc-conform/targets" "$dir/seeds"
mkdir -p "$SRC" "$OUT" "$WORK"
ln -s "$source_dir" "$SRC/irc-conform"
"$source_dir/.clusterfuzzlite/build.sh" >"$dir/build.log" 2>&1 ||
  { tail -n 30 "$dir/build.log" >&2; wrong "build.sh fails"; }
targets=$(cd "$OUT" && find . -name 'fuzz_*' -perm -u+x -type f -printf '%f\n' | sort)
[ -n "$targets" ] || wrong "there is no target in $OUT"
for target in $targets; do judge "$target"; done
