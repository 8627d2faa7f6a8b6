#!/bin/bash
# Installs what the fuzz targets need, builds them and runs all of them.
#
#   ci/fuzz.sh short    a minute each
#   ci/fuzz.sh long     half an hour each; then merges what is new and checks the coverage
#
# IRC_FUZZ_SECONDS in the environment overrides the time. What is found is in
# build/fuzz/fuzz/findings, what may be worth committing in build/fuzz/fuzz/merged. Exits with 1 if
# there is a finding or a floor is not reached, with 2 if something cannot be installed or built.
set -euo pipefail
# shellcheck source=build.sh
. "$(dirname "$0")/build.sh"

usage() { sed -n '4,5s/^# \{0,3\}//p' "$0" >&2; exit 2; }

case ${1-} in
  short) seconds=60 then=() ;;
  long) seconds=1800 then=(fuzz_merge fuzz_coverage) ;;
  *) usage ;;
esac
"$source_dir/ci/packages.sh" fuzz || exit 2
build_dir=$(build_dir_of fuzz) || exit 2
configure fuzz "$build_dir"
cmake --build "$build_dir" --target fuzzers fuzz_seeds --parallel "$(nproc)" >&2 || exit 2
# A finding does not keep the rest from being told.
status=0
export IRC_FUZZ_SECONDS=${IRC_FUZZ_SECONDS:-$seconds}
for target in fuzz "${then[@]}"; do
  cmake --build "$build_dir" --target "$target" || status=1
done
exit $status
