// What the terminal report says once everything was played.
#pragma once

#include <string>

#include "harness/report/style.h"
#include "harness/run/result.h"

namespace conform {

struct ClosingOptions {
  bool verbose = false;  // All names, and what was waited for.
  std::string output;    // The directory of --output, for the replay commands; may be empty.
  Style style;
};

// Skipped and inconclusive cases by reason, errors and failures in full by cause, deaths of the
// target, how the run ended, boundary classes, and the summary line. Safe for a terminal.
std::string closing_text(const RunResult& run, const ClosingOptions& options);

}  // namespace conform
