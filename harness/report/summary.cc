#include "harness/report/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include "harness/report/names.h"

namespace conform {
namespace {

std::string cause_of(const CaseResult& result) {
  if (!result.root_cause.empty()) return result.root_cause;
  return fmt::format("{}\n{}", result.id, result.location.span.line);
}

template <class KeyOf>
std::vector<Group> group_by(const std::vector<CaseResult>& results, Grade grade, KeyOf key_of) {
  std::vector<Group> groups;
  std::map<std::string, std::size_t> index_of;
  for (const CaseResult& result : results) {
    if (result.grade != grade) continue;
    const auto [found, is_new] = index_of.try_emplace(key_of(result), groups.size());
    if (is_new) {
      groups.push_back({.first = &result, .others = {}});
    } else {
      groups[found->second].others.push_back(&result);
    }
  }
  return groups;
}

// What gates a run comes first.
int rank_of(const CaseResult* result) {
  switch (result->level) {
    case script::Level::must:
      return 0;
    case script::Level::robust:
      return 1;
    case script::Level::should:
      return 2;
    case script::Level::may:
      return 3;
  }
  return 0;
}

void lead_with_the_gravest(Group& group) {
  const auto gravest = std::ranges::min_element(group.others, {}, rank_of);
  if (gravest == group.others.end() || rank_of(*gravest) >= rank_of(group.first)) return;
  const CaseResult* const first = std::exchange(group.first, *gravest);
  std::rotate(group.others.begin(), gravest, gravest + 1);
  group.others.front() = first;
}

std::string_view participle(Grade grade) {
  switch (grade) {
    case Grade::pass:
      return "passed";
    case Grade::lenient:
      return "lenient";
    case Grade::info:
      return "info";
    case Grade::fail:
      return "failed";
    case Grade::inconclusive:
      return "inconclusive";
    case Grade::skip:
      return "skipped";
    case Grade::error:
      return "error";
  }
  return "error";
}

}  // namespace

Summary::Summary(const std::vector<CaseResult>& results) {
  for (const CaseResult& result : results) ++counts_[static_cast<std::size_t>(result.grade)];
}

std::size_t plays_of(const std::vector<CaseResult>& results) {
  std::size_t plays = 0;
  for (const CaseResult& result : results) {
    for (const VariantResult& variant : result.variants) plays += variant.plays;
  }
  return plays;
}

BoundaryCounts boundaries_of(const std::vector<CaseResult>& results) {
  BoundaryCounts counts;
  for (const CaseResult& result : results) counts += result.boundary_counts;
  return counts;
}

std::vector<Group> group_by_cause(const std::vector<CaseResult>& results, Grade grade) {
  std::vector<Group> groups = group_by(results, grade, cause_of);
  for (Group& group : groups) lead_with_the_gravest(group);
  return groups;
}

std::vector<Group> group_by_reason(const std::vector<CaseResult>& results, Grade grade) {
  return group_by(results, grade, [](const CaseResult& result) { return result.reason; });
}

std::string summary_line(const RunResult& run) {
  const Summary summary(run.cases);
  std::string counts;
  for (const Grade grade : kGrades) {
    const bool always = grade == Grade::pass || grade == Grade::fail;
    if (summary[grade] == 0 && !always) continue;
    counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", summary[grade], participle(grade));
  }
  const double seconds = std::chrono::duration<double>(run.duration).count();
  return fmt::format("irc-conform: {} in {:.1f} s (seed {})", counts, seconds, run.seed);
}

std::string findings_line(const RunResult& run) {
  const std::size_t failed = Summary(run.cases)[Grade::fail];
  const std::size_t findings = group_by_cause(run.cases, Grade::fail).size();
  if (findings == failed) return "";
  return fmt::format("{} finding{} in {} failed cases", findings, findings == 1 ? "" : "s", failed);
}

std::string boundaries_line(const RunResult& run) {
  const BoundaryCounts counts = boundaries_of(run.cases);
  std::string text;
  const auto add = [&text](std::uint64_t count, std::string_view what) {
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, what);
  };
  add(counts.proved, "proved");
  add(counts.witnessed, "witnessed");
  add(counts.requested, "requested");
  add(counts.refuted, "refuted");
  if (text.empty()) return text;
  return fmt::format("boundaries in {} plays: {}", plays_of(run.cases), text);
}

std::string recut_line(const RunResult& run) {
  if (run.not_recut == 0) return "";
  return fmt::format(
      "--segments left {} cases as they are: slow, playing alone, or only as written",
      run.not_recut);
}

}  // namespace conform
