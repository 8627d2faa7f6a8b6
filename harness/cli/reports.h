// The reports that the options ask for, on the streams and files that they name.
#pragma once

#include "harness/cli/options.h"
#include "harness/report/exit_status.h"
#include "harness/report/terminal.h"
#include "harness/run/result.h"

namespace conform {

// The report for a person: on the standard output, or on the standard error stream if --json takes
// the standard output. Progress goes to the standard error stream if that is a terminal.
TerminalReport terminal_report(const ReportOptions& options);

// Writes the files of --json and --output, all that can be written, and says on the standard error
// stream what could not. Returns the run's exit status; a report that is not there is wrong use.
ExitStatus write_reports(RunResult run, const Options& options);

}  // namespace conform
