#include "harness/run/plays.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

#include "harness/run/fold.h"
#include "harness/script/print.h"

namespace conform {

Plays::Plays(OnResult on_result) : on_result_(std::move(on_result)) {}

void Plays::add(std::vector<PlannedCase> plays) {
  for (PlannedCase& planned : plays) {
    OfCase& of_case = case_of(planned);
    of_case.indices.push_back(planned_.size());
    ++of_case.left;
    planned_.push_back(std::move(planned));
  }
  results_.resize(planned_.size());
  ended_at_.resize(planned_.size());
}

void Plays::add_each_cut() {
  add(plan_each_cut(planned_));
  all_planned_ = true;
  for (OfCase& of_case : cases_) {
    if (of_case.left == 0) tell(of_case);
  }
}

void Plays::keep(std::size_t index, CaseResult result, irc::TimePoint now) {
  ended_at_[index] = now;
  const PlannedCase& planned = planned_[index];
  OfCase& of_case = case_of(planned);
  const bool is_worst = !of_case.worst || of_case.worst == index ||
                        is_worse(result.grade, results_[*of_case.worst]->grade);
  if (is_worst) of_case.worst = index;
  const bool is_first = index == of_case.indices.front();
  // A play that is played again, to find out whose doing a death was, counts only once.
  const bool again = results_[index].has_value();
  if (!again && planned.whole && result.grade > Grade::info && result.grade != Grade::skip) {
    ++planned.whole->troubled;
  }
  const bool is_shown = is_worst || is_first || again;
  results_[index] = is_shown ? std::move(result) : without_details(std::move(result));
  if (!again && --of_case.left == 0 && all_planned_) tell(of_case);
}

Plays::Indices Plays::all() const {
  Indices all(planned_.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

Plays::Indices Plays::unplayed_of(const Indices& indices) const {
  Indices left;
  std::ranges::copy_if(indices, std::back_inserter(left),
                       [this](std::size_t i) { return !results_[i]; });
  return left;
}

Plays::Indices Plays::ended_since(irc::TimePoint time) const {
  Indices ended = all();
  std::erase_if(ended, [&](std::size_t i) { return !ended_at_[i] || *ended_at_[i] < time; });
  std::ranges::sort(ended, {}, [this](std::size_t i) { return *ended_at_[i]; });
  return ended;
}

std::string Plays::scripts_of(const std::set<std::string>& ids) const {
  std::string scripts;
  for (const OfCase& of_case : cases_) {
    const script::Case& item = *planned_[of_case.indices.front()].item;
    if (!ids.contains(item.id)) continue;
    scripts += (scripts.empty() ? "" : "\n") + script::print(item);
  }
  return scripts;
}

Plays::OfCase& Plays::case_of(const PlannedCase& planned) {
  const auto [found, is_new] = place_of_.try_emplace(planned.item, cases_.size());
  if (is_new) cases_.emplace_back();
  return cases_[found->second];
}

void Plays::tell(OfCase& of_case) {
  of_case.told = true;
  if (!on_result_) return;
  std::vector<CaseResult> plays;
  for (const std::size_t index : of_case.indices) {
    if (results_[index]) plays.push_back(*results_[index]);
  }
  on_result_(fold(std::move(plays)));
}

void Plays::tell_rest() {
  for (OfCase& of_case : cases_) {
    if (!of_case.told && of_case.worst) tell(of_case);
  }
}

std::vector<CaseResult> Plays::take_results() {
  std::vector<CaseResult> plays;
  for (std::optional<CaseResult>& result : results_) {
    if (result) plays.push_back(std::move(*result));
  }
  results_.clear();
  return plays;
}

}  // namespace conform
