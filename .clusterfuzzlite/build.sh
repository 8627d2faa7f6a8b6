#!/bin/bash -eu
# Builds the fuzz targets as OSS-Fuzz and ClusterFuzzLite want it: with the compilers, flags and the
# engine of the environment, and nothing of our own.
#
#   $CC $CXX $CFLAGS $CXXFLAGS $LIB_FUZZING_ENGINE    what to build with
#   $SRC/irc-conform                                  the source
#   $WORK                                             where to build; a folder of its own without it
#   $IRC_FUZZ_TARGETS                                 which of them; all of them without it
#   $OUT                                              gets, for each target, the program, its
#                                                     .options and its seeds, and the dictionaries
#
# Left out are targets that need libraries: the image has a C++ library of its own, with which those
# of a distribution cannot be linked.

source_dir=$SRC/irc-conform
build=${WORK:-$(mktemp -d)}/irc-conform

# Of CFLAGS, CXXFLAGS, CC and CXX cmake knows by itself; a build type would add flags.
cmake -S "$source_dir" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=None \
  -DIRC_FUZZ_ENGINE="$LIB_FUZZING_ENGINE" -DIRC_FUZZ_DIR="$build/targets"
read -ra targets <<<"${IRC_FUZZ_TARGETS:-fuzzers}"
cmake --build "$build" --target "${targets[@]}"

cp "$source_dir"/fuzz/*.dict "$OUT"
for program in "$build"/targets/fuzz_*; do
  target=$(basename "$program")
  cp "$program" "$source_dir/fuzz/$target.options" "$OUT"
  rm -f "$OUT/${target}_seed_corpus.zip"
  for folder in seeds regressions; do
    [ ! -d "$source_dir/corpus/$folder/$target" ] ||
      zip -q -j -r "$OUT/${target}_seed_corpus.zip" "$source_dir/corpus/$folder/$target"
  done
done
