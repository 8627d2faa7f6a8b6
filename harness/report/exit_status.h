// The exit status of irc-conform: part of the command line's contract, so a pure function of what
// a run found.
#pragma once

#include "harness/run/result.h"

namespace conform {

enum class ExitStatus : int {
  conforming = 0,
  nonconforming = 1,     // A must or robust case failed; with --strict a should case too.
  wrong_use = 2,         // Options, configuration, case files; reports that cannot be written.
  nothing_measured = 3,  // No case ended in pass, lenient, info or fail.
  target_died = 4,       // Or hung.
  our_fault = 5,         // A case ended in error.
  interrupted = 130,
};

// Where several hold, the first of 130, 2, 4, 5, 3, 1.
ExitStatus exit_status(const RunResult& run, bool strict);

}  // namespace conform
