#include "harness/run/judge.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include "harness/script/print.h"

namespace conform {
namespace {

CaseResult result_for(const PlannedCase& planned) {
  const script::Case& item = *planned.item;
  CaseResult result;
  result.id = item.id;
  result.variant = name_of(planned.cut);
  result.segmentation = segmentation_of(planned.cut);
  if (planned.repetition > 1) result.segmentation += "#" + std::to_string(planned.repetition);
  result.title = item.title;
  result.level = item.level;
  result.citations = item.citations;
  result.tags = item.tags;
  result.location = {.file = planned.source->name,
                     .span = item.span,
                     .text = std::string(planned.source->line(item.span.line))};
  return result;
}

void point_at(CaseResult& result, const PlannedCase& planned, const script::Step& step) {
  result.location.span = step.span;
  result.location.text = planned.source->line(step.span.line);
  // Of a block its first line says enough.
  const std::string printed = script::print(*planned.item, step);
  result.step = printed.substr(0, printed.find('\n'));
}

// In how many cases the rule was broken.
std::size_t cases_with(const AuditRule& rule, const std::vector<SeenBreach>& breaches) {
  std::set<std::string_view> cases;
  for (const SeenBreach& breach : breaches) {
    if (breach.rule.case_id == rule.case_id) cases.insert(breach.case_id);
  }
  return cases.size();
}

Grade failure_grade(const PlannedCase& planned, const Played& played, std::string& reason) {
  if (played.boundary_counts.refuted > 0) {
    reason = "the target did not read a segment in time, so a boundary that this rests on was not";
    return Grade::inconclusive;
  }
  // A gap in time proves nothing: what was sent apart may have been read together.
  if (played.boundaries == Boundaries::requested && planned.item->level == script::Level::must) {
    reason = "its segments were only sent apart, not proved to be read apart";
    return Grade::inconclusive;
  }
  return Grade::fail;
}

}  // namespace

CaseResult judge(const PlannedCase& planned, const Played& played) {
  CaseResult result = result_for(planned);
  result.boundaries = played.boundaries;
  result.boundary_counts = played.boundary_counts;
  result.duration = played.duration;
  result.policy = played.policy;
  result.transcript = played.transcript;
  const Progress& progress = played.progress;
  if (progress.step != nullptr && !progress.done()) point_at(result, planned, *progress.step);
  switch (progress.state) {
    case Progress::State::waiting:
      result.grade = Grade::error;
      break;
    case Progress::State::skipped:
      result.grade = Grade::skip;
      break;
    case Progress::State::inconclusive:
      result.grade = Grade::inconclusive;
      break;
    case Progress::State::failed:
      result.expected = progress.expected;
      result.actual = progress.actual;
      result.grade = failure_grade(planned, played, result.reason);
      if (result.grade == Grade::fail) result.root_cause = progress.cause;
      break;
    case Progress::State::done:
      result.grade = played.grade;
      if (played.boundary_counts.refuted > 0) {
        result.grade = Grade::inconclusive;
        result.reason = "the target did not read a segment in time";
      }
      break;
  }
  if (progress.state == Progress::State::skipped ||
      progress.state == Progress::State::inconclusive) {
    result.reason = progress.actual;
  } else if (progress.state == Progress::State::waiting) {
    result.reason = "the case was given up in the middle";
  } else if (played.rests_on_silence && result.reason.empty()) {
    result.reason = "rests on silence: this target answers nothing that could be a barrier";
  }
  if (result.grade != Grade::pass) result.replay = script::print(*planned.item);
  return result;
}

Progress hold_against_whole(const PlannedCase& planned, Replies replies) {
  std::vector<Replies>& whole = planned.whole->replies;
  if (planned.is_reference()) {
    whole.push_back(std::move(replies));
    return Progress::finish();
  }
  constexpr std::size_t kReferences = 2;
  if (whole.size() < kReferences) return Progress::finish();
  const auto found = difference(whole[0], whole[1], replies);
  if (!found) return Progress::finish();
  const bool missing = found->kind == Difference::Kind::missing;
  return Progress::fail("the replies that come when each client's sends are whole",
                        found->client + (missing ? " lacks " : " received ") +
                            script::quote(found->line) +
                            (missing ? ", which comes" : ", which does not come") +
                            " when each client's sends are whole");
}

CaseResult skipped(const PlannedCase& planned, std::string reason) {
  CaseResult result = result_for(planned);
  result.grade = Grade::skip;
  result.reason = std::move(reason);
  return result;
}

CaseResult unplayed(const PlannedCase& planned, std::string reason) {
  CaseResult result = skipped(planned, std::move(reason));
  result.grade = Grade::inconclusive;
  result.replay = script::print(*planned.item);
  return result;
}

void convict(CaseResult& result, std::string expected, std::string actual, std::string root_cause) {
  result.grade = Grade::fail;
  result.expected = std::move(expected);
  result.actual = std::move(actual);
  result.root_cause = std::move(root_cause);
}

void add_new(std::vector<SeenBreach>& known, const std::vector<SeenBreach>& seen) {
  for (const SeenBreach& breach : seen) {
    const auto is_same = [&breach](const SeenBreach& other) {
      return other.case_id == breach.case_id && other.rule.case_id == breach.rule.case_id;
    };
    if (std::ranges::none_of(known, is_same)) known.push_back(breach);
  }
}

void charge(const std::vector<SeenBreach>& breaches, std::vector<CaseResult>& results) {
  for (const SeenBreach& seen : breaches) {
    auto owner = std::ranges::find(results, seen.rule.case_id, &CaseResult::id);
    const bool is_owned = owner != results.end();
    if (!is_owned) owner = std::ranges::find(results, seen.case_id, &CaseResult::id);
    if (owner == results.end() || owner->grade == Grade::fail) continue;
    const std::size_t more = is_owned ? cases_with(seen.rule, breaches) - 1 : 0;
    // Whichever play of them all showed it, it was not the one whose result this is.
    owner->variant.clear();
    const auto shows = std::ranges::find(results, seen.case_id, &CaseResult::id);
    if (shows != owner && shows != results.end()) {
      owner->seen_in = seen.case_id;
      owner->transcript = shows->transcript;
    }
    convict(*owner, std::string(seen.rule.claim),
            "in " + seen.case_id + " " + seen.seen +
                (more == 0 ? "" : "; the like in " + std::to_string(more) + " more"),
            "audit: " + std::string(seen.rule.case_id));
  }
}

}  // namespace conform
