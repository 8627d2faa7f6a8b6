#!/bin/bash
# Installs what the tests need, builds them and runs all of them.
#
#   ci/test.sh [PRESET]    dev (the default) or asan
#
# Its exit status is ctest's; 2 if something cannot be installed or built.
set -euo pipefail
# shellcheck source=build.sh
. "$(dirname "$0")/build.sh"

build_preset "${1:-dev}"
say "testing"
exec ctest --test-dir "$build_dir" --output-on-failure --no-tests=error --parallel "$(nproc)"
