// A run with one of everything, for the reports to be written from.
#pragma once

#include "harness/run/result.h"

namespace conform::testing {

// A result of case "area/slug"; not pass has a location, a transcript and a script.
CaseResult result(std::string id, Grade grade, script::Level level = script::Level::must);

RunResult sample_run();

// Every text of every result, and of the target, is `bytes`.
RunResult run_of(const std::string& bytes);

}  // namespace conform::testing
