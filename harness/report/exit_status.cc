#include "harness/report/exit_status.h"

#include <algorithm>

namespace conform {
namespace {

bool measured(const CaseResult& result) {
  switch (result.grade) {
    case Grade::pass:
    case Grade::lenient:
    case Grade::info:
    case Grade::fail:
      return true;
    case Grade::inconclusive:
    case Grade::skip:
    case Grade::error:
      return false;
  }
  return false;
}

bool gates(script::Level level, bool strict) {
  switch (level) {
    case script::Level::must:
    case script::Level::robust:
      return true;
    case script::Level::should:
      return strict;
    case script::Level::may:
      return false;
  }
  return true;
}

}  // namespace

ExitStatus exit_status(const RunResult& run, bool strict) {
  const auto is_error = [](const CaseResult& result) { return result.grade == Grade::error; };
  const auto is_nonconforming = [strict](const CaseResult& result) {
    return result.grade == Grade::fail && gates(result.level, strict);
  };
  if (run.end == RunEnd::interrupted) return ExitStatus::interrupted;
  if (run.end == RunEnd::usage) return ExitStatus::wrong_use;
  if (!run.deaths.empty()) return ExitStatus::target_died;
  if (std::ranges::any_of(run.cases, is_error)) return ExitStatus::our_fault;
  if (run.end == RunEnd::unreachable) return ExitStatus::nothing_measured;
  if (std::ranges::none_of(run.cases, measured)) return ExitStatus::nothing_measured;
  if (std::ranges::any_of(run.cases, is_nonconforming)) return ExitStatus::nonconforming;
  return ExitStatus::conforming;
}

}  // namespace conform
