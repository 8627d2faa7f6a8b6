// Judging: from how the playing of a case ended to its result. Pure functions of values.
#pragma once

#include <string>
#include <vector>

#include "harness/oracle/line_audit.h"
#include "harness/run/activity/progress.h"
#include "harness/run/plan.h"
#include "harness/run/result.h"
#include "harness/script/model.h"

namespace conform {

// Everything a judgement rests on.
struct Played {
  Progress progress;          // Done, failed, inconclusive or skipped.
  Grade grade = Grade::pass;  // If done: the best that the one-of blocks allow.
  std::string policy;
  Boundaries boundaries = Boundaries::none;
  BoundaryCounts boundary_counts;
  bool rests_on_silence = false;  // A barrier was only a silence.
  Duration duration{};
  std::string transcript;
};

// A case's result, and whether that may be another case's doing.
struct Ended {
  CaseResult result;
  // The clients whose connections the target had ended.
  std::vector<std::string> cut_off;
  // Those of them who were registered and were told no ERROR.
  std::vector<std::string> cut_off_unsaid;
};

CaseResult judge(const PlannedCase& planned, const Played& played);

// For a play that came to its end: keeps the replies of a reference, and holds those of any other
// play against them. Where they differ, it has failed.
Progress hold_against_whole(const PlannedCase& planned, Replies replies);

// Results that were never played.
CaseResult skipped(const PlannedCase& planned, std::string reason);
CaseResult unplayed(const PlannedCase& planned, std::string reason);  // inconclusive

// Turns a result into a failure by something other than its script: the target died of it, or what
// it sent broke a rule of the line audit.
void convict(CaseResult& result, std::string expected, std::string actual, std::string root_cause);

// A rule that was broken, and in which case; `seen` is a sentence.
struct SeenBreach {
  AuditRule rule;
  std::string case_id;
  std::string seen;
};

// One breach of a rule in a case says as much as a hundred.
void add_new(std::vector<SeenBreach>& known, const std::vector<SeenBreach>& seen);

// Charges each breach to the case of the results whose claim it breaks, or, if that was not played,
// to the one in which it was seen. A case that has failed by itself is charged with nothing.
void charge(const std::vector<SeenBreach>& breaches, std::vector<CaseResult>& results);

}  // namespace conform
