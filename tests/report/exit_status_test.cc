#include "harness/report/exit_status.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/report/sample_run.h"

namespace conform {
namespace {

using script::Level;
using testing::result;

RunResult run_with(std::vector<CaseResult> cases, RunEnd end = RunEnd::complete) {
  RunResult run;
  run.cases = std::move(cases);
  run.end = end;
  return run;
}

RunResult with_death(RunResult run) {
  run.deaths.push_back({.case_id = "", .how = "exited with 0", .stderr_tail = ""});
  return run;
}

const CaseResult kPass = result("a/pass", Grade::pass);
const CaseResult kFail = result("a/fail", Grade::fail);
const CaseResult kError = result("a/error", Grade::error);
const CaseResult kSkip = result("a/skip", Grade::skip);

struct Row {
  const char* reason;
  RunResult run;
  ExitStatus status;
  ExitStatus strict;
};

std::vector<Row> rows() {
  using enum ExitStatus;
  const CaseResult should = result("a/s", Grade::fail, Level::should);
  const CaseResult may = result("a/m", Grade::fail, Level::may);
  const CaseResult robust = result("a/r", Grade::fail, Level::robust);
  const CaseResult lenient = result("a/l", Grade::lenient);
  const CaseResult info = result("a/i", Grade::info);
  const CaseResult doubt = result("a/d", Grade::inconclusive);
  return {
      {"all passed", run_with({kPass}), conforming, conforming},
      {"lenient is measured and allowed", run_with({lenient}), conforming, conforming},
      {"info is measured and neutral", run_with({info}), conforming, conforming},
      {"a must failed", run_with({kPass, kFail}), nonconforming, nonconforming},
      {"a robust case failed", run_with({robust}), nonconforming, nonconforming},
      {"a should counts when strict", run_with({should}), conforming, nonconforming},
      {"a may never counts", run_with({may}), conforming, conforming},
      {"inconclusive beside a pass", run_with({kPass, doubt}), conforming, conforming},
      {"no case", run_with({}), nothing_measured, nothing_measured},
      {"only skipped or inconclusive", run_with({kSkip, doubt}), nothing_measured,
       nothing_measured},
      {"never reached", run_with({kSkip}, RunEnd::unreachable), nothing_measured, nothing_measured},
      {"ours before nothing measured", run_with({kSkip, kError}), our_fault, our_fault},
      {"ours before a failure", run_with({kFail, kError}), our_fault, our_fault},
      {"3 before 1", run_with({kFail}, RunEnd::unreachable), nothing_measured, nothing_measured},
      {"died", with_death(run_with({kPass})), target_died, target_died},
      {"died before ours", with_death(run_with({kError})), target_died, target_died},
      {"died before unreachable", with_death(run_with({}, RunEnd::unreachable)), target_died,
       target_died},
      {"misuse before died", with_death(run_with({}, RunEnd::usage)), wrong_use, wrong_use},
      {"interrupted before all", with_death(run_with({kError, kFail}, RunEnd::interrupted)),
       interrupted, interrupted},
  };
}

TEST(ExitStatus, FollowsTheContract) {
  for (const Row& row : rows()) {
    EXPECT_EQ(exit_status(row.run, false), row.status) << row.reason;
    EXPECT_EQ(exit_status(row.run, true), row.strict) << row.reason << ", strict";
  }
}

}  // namespace
}  // namespace conform
