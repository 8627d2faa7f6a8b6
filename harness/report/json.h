// The JSON report. Its keys are a contract: harness/report/irc-conform.schema.json describes them
// and a test holds the output against it.
#pragma once

#include <string>

#include "harness/run/result.h"

namespace conform {

// Pretty-printed, with a newline at the end. `summary` counts cases,
// `cases` lists results: a case with variants stands there once for each. Bytes that are no UTF-8
// become \xHH; so the text is always valid JSON.
std::string to_json(const RunResult& run);

// to_json to a file, atomically, or to the standard output for "-". Throws std::system_error.
void write_json(const RunResult& run, const std::string& path);

}  // namespace conform
