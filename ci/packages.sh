#!/bin/bash
# Installs the packages that a preset of CMakePresets.json needs, if any is missing.
#
#   ci/packages.sh PRESET           dev, release, asan, valgrind, tidy, fuzz; afl is fuzz and AFL++
#   ci/packages.sh --list PRESET    prints them instead
#
# For Debian 12 and Ubuntu 24.04. Nothing here starts a service. Exits 2 where it cannot install.
set -euo pipefail

say() { echo "packages: $*" >&2; }

readonly tools='g++ cmake ninja-build pkg-config'
readonly libraries='libcli11-dev libfmt-dev libre2-dev libsodium-dev libspdlog-dev libssl-dev'
readonly formats='libtomlplusplus-dev nlohmann-json3-dev'
readonly build="$tools $libraries $formats"
readonly tests='libgtest-dev patch python3'  # Planted bugs are tried on, too.
readonly clang='clang libclang-rt-dev'
readonly fuzzing='llvm patch python3 unzip zip'  # Coverage, planted bugs, seed corpora.

packages_of() {
  case $1 in
    release) echo "$build" ;;
    dev) echo "$build $tests" ;;
    asan) echo "$build $tests $clang unzip zip" ;;
    valgrind) echo "$build $tests valgrind" ;;
    fuzz) echo "$build $clang $fuzzing" ;;
    afl) echo "$build $clang $fuzzing afl++" ;;
    tidy) echo "$build $tests $clang clang-tidy clang-format" ;;
    *)
      say "no such preset: '$1' (dev, release, asan, valgrind, tidy, fuzz, afl)"
      return 2
      ;;
  esac
}

is_installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing_packages() {
  local package
  for package in "$@"; do
    is_installed "$package" || echo "$package"
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

can_install() {
  command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || command -v sudo >/dev/null; }
}

install_packages() {
  say "installing $*"
  as_root apt-get -q update >&2 || say "some package lists could not be fetched, going on"
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y install --no-install-recommends "$@" >&2
}

if [ "${1-}" = --list ]; then
  packages_of "${2-}"
  exit
fi
wanted=$(packages_of "${1-}")
# shellcheck disable=SC2086  # a list of words
missing=$(missing_packages $wanted | paste -sd' ')
[ -n "$missing" ] || exit 0
if ! can_install; then
  say "cannot install packages here (no apt-get, or neither root nor sudo). Please install:"
  say "  $missing"
  say "or their like, then: cmake --preset $1 && cmake --build --preset $1"
  exit 2
fi
# shellcheck disable=SC2086
install_packages $missing || exit 2
