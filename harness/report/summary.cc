#include "harness/report/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "harness/report/names.h"

namespace conform {
namespace {

constexpr std::array kFromBestToWorst = {Grade::skip, Grade::pass,         Grade::lenient,
                                         Grade::info, Grade::inconclusive, Grade::fail,
                                         Grade::error};

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

Grade worse(Grade a, Grade b) {
  return std::max(a, b, [](Grade left, Grade right) {
    return std::ranges::find(kFromBestToWorst, left) < std::ranges::find(kFromBestToWorst, right);
  });
}

Summary::Summary(const std::vector<CaseResult>& results) {
  std::map<std::string_view, Grade> grade_of;
  for (const CaseResult& result : results) {
    const auto [found, is_new] = grade_of.try_emplace(result.id, result.grade);
    if (!is_new) found->second = worse(found->second, result.grade);
  }
  for (const auto& [id, grade] : grade_of) ++counts_[static_cast<std::size_t>(grade)];
}

std::vector<Group> group_by_cause(const std::vector<CaseResult>& results, Grade grade) {
  return group_by(results, grade, cause_of);
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

std::string boundaries_line(const std::vector<CaseResult>& results) {
  std::string counts;
  for (const Boundaries kind : {Boundaries::proved, Boundaries::witnessed, Boundaries::requested}) {
    const auto count = std::ranges::count(results, kind, &CaseResult::boundaries);
    if (count == 0) continue;
    counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", count, name_of(kind));
  }
  return counts.empty() ? "" : "boundaries: " + counts;
}

}  // namespace conform
