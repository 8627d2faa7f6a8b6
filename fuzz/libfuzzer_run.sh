# shellcheck shell=bash
# Functions that the scripts share which run fuzz targets or play their seeds; they source this
# file.

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Freed memory is kept for a while, not for ever: two targets fit on a small machine.
export ASAN_OPTIONS=quarantine_size_mb=16:malloc_context_size=2:${ASAN_OPTIONS-}

# Prints what TARGET.options holds, in the form of OSS-Fuzz, as flags: -max_len=1024.
flags_of() {
  sed -n -e 's/^\([a-z_]*\) *= *\(.*\)$/-\1=\2/p' "$source_dir/fuzz/$1.options" |
    sed -e "s#^-dict=#-dict=$source_dir/fuzz/#"
}

# Prints the folders with what is committed for TARGET.
folders_of() {
  local folder
  for folder in "$source_dir/corpus/seeds/$1" "$source_dir/corpus/regressions/$1"; do
    [ ! -d "$folder" ] || echo "$folder"
  done
}

# Whether a target whose output is LOG has written an input that it failed at.
has_artifact() {  # has_artifact LOG
  grep -a -q 'Test unit written to ' "$1"
}

# Tells where such a finding is, and what it says of itself.
tell_finding() {  # tell_finding TARGET LOG FINDINGS
  echo "fuzz: a finding of $1; its end is $2, its input in $3" >&2
  grep -a -A4 -E '^[A-Z]{2}-[A-Z0-9]+: ' "$2" >&2 || tail -n 30 "$2" >&2
}

# Prints what a target whose output is LOG found: its oracle, what failed of ours or of the C++
# library, or what a sanitizer or libFuzzer says of it; nothing if it found nothing.
finding_of() {  # finding_of LOG
  grep -a -m 1 -oE '^[A-Z]{2}-[A-Z0-9]+: ' "$1" | tr -d ': ' && return
  grep -a -m 1 -oE "CHECK failed: .*|Assertion '.*' failed" "$1" && return
  sed -n -e 's/^SUMMARY: \([A-Za-z]*: [a-z-]*\).*/\1/p' "$1" | head -n 1
}
