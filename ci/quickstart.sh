#!/bin/bash
# From a bare Debian 12 or Ubuntu 24.04 to a first run: installs what the build needs, builds, and
# runs irc-conform with the options given; with none, against the reference server in the program.
#
#   ci/quickstart.sh [irc-conform options]
#
# Its exit status is irc-conform's; 2 too if something cannot be installed or built.
set -euo pipefail
# shellcheck source=build.sh
. "$(dirname "$0")/build.sh"

build_preset release
say "running $build_dir/irc-conform $*"
exec "$build_dir/irc-conform" "$@"
