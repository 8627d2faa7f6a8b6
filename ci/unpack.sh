# shellcheck shell=bash
# Functions that the scripts share which use other programs; they source this file. They unpack the
# distribution's packages into a folder; nothing is installed. Whoever sources it has say and fail.

# Where the libraries of an unpacked package lie, in the form of LD_LIBRARY_PATH.
library_path() {
  find "$1" -name '*.so.*' -printf '%h\n' | sort -u | paste -sd:
}

missing_libraries() {  # missing_libraries ROOT FILE...
  local root=$1 file
  shift
  for file in "$@"; do
    LD_LIBRARY_PATH=$(library_path "$root") ldd "$root/$file" | awk '/not found/ {print $1}'
  done | sort -u
}

library_dependencies() {
  apt-cache depends --important "$@" |
    awk '/Depends: (lib|zlib)/ && !/-perl$/ {print $2}' | sort -u
}

unpack() {  # unpack PACKAGE ROOT
  local debs=$2.debs
  mkdir -p "$debs" "$2"
  (cd "$debs" && apt-get -q -o APT::Sandbox::User=root download "$1" >download.log 2>&1) ||
    fail "cannot download $1; is 'apt-get update' due? $(tail -n 1 "$debs/download.log")"
  dpkg-deb -x "$debs/$1"_*.deb "$2"
}

# Unpacks the dependencies of PACKAGES level by level, until the files find all libraries.
unpack_libraries() {  # unpack_libraries ROOT PACKAGES FILE...
  local root=$1 level=$2 dependency
  shift 2
  while [ -n "$(missing_libraries "$root" "$@")" ]; do
    # shellcheck disable=SC2086  # a list of words
    level=$(library_dependencies $level)
    [ -n "$level" ] || fail "no package has these: $(missing_libraries "$root" "$@" | paste -sd' ')"
    for dependency in $level; do
      dpkg-query -W -f '${Status}' "$dependency" 2>/dev/null | grep -q ' installed$' ||
        unpack "$dependency" "$root"
    done
  done
}

refresh_package_lists() {
  apt-cache show "$1" >/dev/null 2>&1 && return
  [ "$(id -u)" = 0 ] || fail "apt knows no package $1; run 'apt-get update' as root first"
  apt-get -q update >&2
  apt-cache show "$1" >/dev/null 2>&1 || fail "this distribution has no package $1"
}

download() {  # download ROOT PACKAGES FILE...: nothing if it was done before
  local root=$1 packages=$2 package
  [ ! -e "$root.version" ] || return 0
  command -v apt-get dpkg-deb >/dev/null || fail "needs apt-get and dpkg-deb to unpack $packages"
  say "unpacking $packages into $root"
  rm -rf "$root" "$root.debs"
  for package in $packages; do
    refresh_package_lists "$package"
    unpack "$package" "$root"
  done
  shift 2
  unpack_libraries "$root" "$packages" "$@"
  dpkg-deb -f "$root.debs/${packages%% *}"_*.deb Version >"$root.version"
}

# PACKAGES, a list of words, and what FILES of theirs need of libraries; the version of the first is
# in ROOT.version. Of those who ask at the same time the first downloads.
unpack_once() {  # unpack_once ROOT PACKAGES FILE...
  mkdir -p "$(dirname "$1")"
  (
    flock 9
    download "$@"
  ) 9>"$1.lock"
}
