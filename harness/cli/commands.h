// The subcommands: each does what its options say and returns the exit status of the program.
// Results go to the standard output, everything else to the standard error stream.
#pragma once

#include "harness/cli/options.h"

namespace conform {

// Plays the selected cases against the target.
int run_command(const Options& options);

// Plays one script, a saved failure for instance, against the target.
int replay_command(const Options& options);

// Says what was learnt of the target.
int doctor_command(const Options& options);

// Names the selected cases.
int list_command(const Options& options);

// Says what one case is about.
int explain_command(const Options& options);

// Checks scripts: silent and 0 when they are clean; else every problem of every file, and 2.
int lint_command(const Options& options);

// Writes the selected cases as seeds for the fuzz targets, a folder for each of these in the one
// that is named. Throws std::system_error that names what cannot be written.
int export_seeds_command(const Options& options);

// The reference server, for a run without a target: everything behind the command's name is its
// own.
int reference_command(int argc, char** argv);

}  // namespace conform
