// Counting what a run found.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "harness/report/names.h"
#include "harness/run/result.h"

namespace conform {

// How many cases have each grade; indexed by Grade.
class Summary {
 public:
  explicit Summary(const std::vector<CaseResult>& results);
  std::size_t operator[](Grade grade) const { return counts_[static_cast<std::size_t>(grade)]; }

 private:
  std::array<std::size_t, kGrades.size()> counts_{};
};

// Results of one grade that tell the same: one is shown in full, the others are named.
struct Group {
  const CaseResult* first = nullptr;
  std::vector<const CaseResult*> others;
};

// The results with `grade` by root cause; those without one by case and deciding line. In the order
// of the suite, but that of a group the gravest level comes first. The pointers are into `results`.
std::vector<Group> group_by_cause(const std::vector<CaseResult>& results, Grade grade);

// The results with `grade` by reason, in the order in which the reasons first appear.
std::vector<Group> group_by_reason(const std::vector<CaseResult>& results, Grade grade);

// "irc-conform: 214 passed, 3 lenient, 2 failed in 3.2 s (seed 42)": classes without a case are
// left out, but for passed and failed.
std::string summary_line(const RunResult& run);

// How often a case was played, and the boundaries of all plays.
std::size_t plays_of(const std::vector<CaseResult>& results);
BoundaryCounts boundaries_of(const std::vector<CaseResult>& results);

// "24 findings in 61 failed cases"; empty where each failed case is a finding of its own.
std::string findings_line(const RunResult& run);

// "boundaries in 130 plays: 912 proved, 1 refuted"; empty where there was none.
std::string boundaries_line(const RunResult& run);

// How many cases --segments did not apply to; empty where there is none.
std::string recut_line(const RunResult& run);

}  // namespace conform
