// --output DIR: a script that replays it, and a transcript, for each case that did not pass.
#pragma once

#include <string>
#include <vector>

#include "harness/run/result.h"

namespace conform {

// A file name without extension for each result: "framing-bare-cr", "framing-bare-cr-cut-7".
// Lower-case letters, digits, '-' and '_' only, no two of them equal.
std::vector<std::string> file_stems(const std::vector<CaseResult>& results);

// Creates DIR, if it is not there: before the run, which would be lost otherwise. Throws
// std::system_error that names it if it cannot be made or written in.
void create_output(const std::string& directory);

// Writes DIR/STEM.irct and DIR/STEM.transcript for each result that did not pass and has them;
// creates DIR. Throws std::system_error that names the file.
void write_output(const RunResult& run, const std::string& directory);

}  // namespace conform
