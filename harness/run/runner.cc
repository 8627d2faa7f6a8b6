#include "harness/run/runner.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "harness/run/company.h"
#include "harness/run/fold.h"
#include "harness/run/kernel_world.h"
#include "harness/run/seconds.h"
#include "harness/run/sim_world.h"

namespace conform {
template <World W>
Runner<W>::Runner(W& world, Profile given, RunnerOptions options, OnResult on_result)
    : world_(world),
      given_(std::move(given)),
      options_(options),
      names_(options.seed),
      plays_(std::move(on_result)) {
  result_.seed = options.seed;
}

template <World W>
bool Runner<W>::meet() {
  learnt_ = learn(world_, given_, names_, options_.timeout_scale);
  if (world_.interrupted()) {
    result_.end = RunEnd::interrupted;
    return false;
  }
  result_.deaths = learnt_.deaths;
  if (!learnt_.failure.empty()) {
    result_.end = RunEnd::unreachable;
    result_.end_reason = learnt_.failure;
    const auto death = world_.death();
    if (death && learnt_.deaths.empty()) {
      result_.end_reason = "it " + *death + " before the first case\n" + world_.stderr_tail();
    }
    return false;
  }
  const Profile& profile = learnt_.profile;
  result_.target.software = profile.software;
  result_.target.isupport = profile.isupport;
  result_.target.learnt = texts_of(profile);
  result_.target.learnt["boundaries"] =
      world_.abilities().kernel ? "proved by the kernel" : "witnessed";
  if (const auto death = world_.death()) {
    const std::string how = *death + " while it was being learnt";
    result_.deaths.push_back(
        {.case_id = "", .how = how, .stderr_tail = world_.stderr_tail(), .of_learning = true});
    if (renew(std::nullopt)) return true;
    result_.end = RunEnd::unreachable;
    result_.end_reason = "it " + how + ", and did not come up again: " + world_.why_not();
    return false;
  }
  sentinel_ = std::make_unique<Sentinel<W>>(world_, learnt_.profile, names_, learnt_.pace);
  return true;
}

template <World W>
void Runner<W>::play(std::vector<PlannedCase> cases) {
  plays_.add(std::move(cases));
  Indices references = plays_.all();
  std::erase_if(references, [this](std::size_t i) { return !plays_.planned(i).is_reference(); });
  play_those(references);
  plays_.add_each_cut();
  play_those(plays_.unplayed_of(plays_.all()));
  if (!over_) {
    if (const auto wrong = watch_over(kAftermath)) trouble(*wrong);
  }
  for (const std::size_t index : plays_.unplayed_of(plays_.all())) {
    if (doubts_.hold(index)) leave_unplayed(index, "");
  }
  plays_.tell_rest();
}

template <World W>
void Runner<W>::play_those(const Indices& indices) {
  skip_convicted();  // Those of each cut are planned late.
  Indices order = indices;
  std::ranges::stable_sort(order, {},
                           [this](std::size_t i) { return turn_of(*plays_.planned(i).item); });
  play_on_one_target(order);
  // Those that want a process of their own, those that came behind a finding, and those in doubt.
  for (const std::size_t index : plays_.unplayed_of(order)) {
    if (over_) break;
    play_alone(index);
  }
}

template <World W>
void Runner<W>::play_on_one_target(Indices indices) {
  std::erase_if(
      indices, [this](std::size_t i) { return fresh_process(*plays_.planned(i).item) != nullptr; });
  bool was_stuck = false;
  while (!indices.empty() && !over_) {
    const std::optional<std::string> wrong = play_round(indices, options_.jobs);
    if (!wrong) return;
    trouble(*wrong);
    Indices left = plays_.unplayed_of(indices);
    std::erase_if(left, [this](std::size_t i) { return doubts_.hold(i); });
    // No case had begun, on a target that had just been started: it would be the same for ever.
    const bool stuck = left.size() == indices.size();
    if (std::exchange(was_stuck, stuck) && stuck && !over_) {
      give_up("the target " + *wrong + " before it could begin");
    }
    indices = std::move(left);
  }
}

template <World W>
void Runner<W>::play_alone(std::size_t index) {
  const script::Requirement* fresh = fresh_process(*plays_.planned(index).item);
  const bool restarts = world_.abilities().restart;
  const std::optional<std::uint32_t> nofile = descriptor_limit(*plays_.planned(index).item);
  // A finding may leave a server that spins or holds what it should not: that would be found again
  // in every case that counts something.
  if (restarts && (fresh != nullptr || found_something_) && !renew(nofile)) return;
  if (!restarts && found_something_ && is_busy()) {
    leave_unplayed(index, "the target was busy before this case began");
    return;
  }
  if (const auto wrong = play_round({index}, 1)) {
    trouble(*wrong);
    if (!plays_.result(index) && !over_) {
      leave_unplayed(index, "the target " + *wrong + " before it could begin");
    }
  }
  if (restarts && nofile && !over_) renew(std::nullopt);
}

// Whether the target's process works although nobody wants anything of it.
template <World W>
bool Runner<W>::is_busy() {
  constexpr Duration kWindow = std::chrono::milliseconds(200);
  constexpr int kShare = 4;  // A quarter of a processor.
  const std::optional<ProcessFacts> before = world_.process_facts();
  watch_over(kWindow);
  const std::optional<ProcessFacts> after = world_.process_facts();
  return before && after && after->cpu_time - before->cpu_time > kWindow / kShare;
}

template <World W>
Round<W> Runner<W>::round(std::size_t jobs, const Indices& indices) {
  const Setting<W> setting{world_, learnt_.profile, learnt_.pace, names_};
  const bool company = jobs > 1 && indices.size() > 1;
  return Round<W>(setting, *sentinel_, jobs, [this, company, indices](std::size_t i, Ended ended) {
    take(indices[i], std::move(ended), company);
    return !over_;
  });
}

template <World W>
std::optional<std::string> Runner<W>::play_round(const Indices& indices, std::size_t jobs,
                                                 bool suspected) {
  std::vector<PlannedCase> planned;
  for (const std::size_t index : indices) {
    planned.push_back(plays_.planned(index));
    planned.back().suspected = suspected;
  }
  Round<W> playing = round(jobs, indices);
  std::optional<std::string> wrong = playing.play(planned);
  take_from(playing, indices);
  if (world_.interrupted()) {
    over_ = true;
    result_.end = RunEnd::interrupted;
    return std::nullopt;
  }
  return wrong;
}

template <World W>
void Runner<W>::take_from(const Round<W>& round, const Indices& indices) {
  wrong_since_ = round.wrong_since();
  underway_.clear();
  rested_.clear();
  transcripts_.clear();
  for (const auto& underway : round.underway()) {
    underway_.push_back(indices[underway.index]);
    if (underway.rested) rested_.push_back(indices[underway.index]);
    transcripts_.push_back(underway.transcript);
  }
  add_new(breaches_, round.breaches());
  for (const auto& [name, duration] : round.waits()) result_.waits[name] += duration;
}

template <World W>
std::optional<std::string> Runner<W>::watch_over(Duration duration) {
  Round<W> watching = round(1, {});
  std::optional<std::string> wrong = watching.watch_over(duration);
  wrong_since_ = watching.wrong_since();
  underway_.clear();
  rested_.clear();
  transcripts_.clear();
  return wrong;
}

template <World W>
void Runner<W>::keep(std::size_t index, CaseResult result) {
  found_something_ |= is_finding(result.grade);
  over_ |= options_.fail_fast && result.grade == Grade::fail;
  plays_.keep(index, std::move(result), world_.now());
}

// What failed in company, and lost a connection at that, may have been another case's doing: it is
// played again alone, and what it comes to then is its result.
template <World W>
void Runner<W>::take(std::size_t index, Ended ended, bool in_company) {
  const PlannedCase& planned = plays_.planned(index);
  const bool doubtful = in_company && !plays_alone(*planned.item) && !ended.cut_off.empty() &&
                        is_finding(ended.result.grade);
  if (doubtful) {
    found_something_ = true;
    if (planned.whole) ++planned.whole->troubled;
    doubts_.add({.index = index, .at = world_.now(), .ended = std::move(ended)});
    return;
  }
  if (const auto doubt = take_doubt(index)) {
    if (const auto breach = breach_shown_by(doubt->ended, ended)) breaches_.push_back(*breach);
  }
  keep(index, std::move(ended.result));
}

template <World W>
std::optional<Doubts::Doubt> Runner<W>::take_doubt(std::size_t index) {
  std::optional<Doubts::Doubt> doubt = doubts_.take(index);
  const PlannedCase& planned = plays_.planned(index);
  if (doubt && planned.whole) --planned.whole->troubled;
  return doubt;
}

template <World W>
void Runner<W>::leave_unplayed(std::size_t index, const std::string& reason) {
  std::optional<Doubts::Doubt> doubt = take_doubt(index);
  keep(index, doubt ? std::move(doubt->ended.result) : unplayed(plays_.planned(index), reason));
}

template <World W>
bool Runner<W>::renew(std::optional<std::uint32_t> nofile) {
  sentinel_.reset();
  if (!world_.restart(nofile)) {
    if (world_.interrupted()) {
      over_ = true;
      result_.end = RunEnd::interrupted;
      return false;
    }
    over_ = true;
    give_up("the target could not be started again: " + world_.why_not());
    return false;
  }
  sentinel_ = std::make_unique<Sentinel<W>>(world_, learnt_.profile, names_, learnt_.pace);
  found_something_ = false;
  return true;
}

template <World W>
void Runner<W>::give_up(const std::string& reason) {
  over_ = true;
  for (const std::size_t index : plays_.unplayed_of(plays_.all())) leave_unplayed(index, reason);
}

template <World W>
RunResult Runner<W>::take_result() {
  result_.cases = fold_by_case(plays_.take_results());
  charge(breaches_, result_.cases);
  // A finding of the line audit is none of its script's own: all cases that are played to see it.
  for (CaseResult& result : result_.cases) {
    if (result.grade != Grade::fail) continue;
    if (!result.replay.empty() && result.seen_in.empty()) continue;
    result.replay = plays_.scripts_of({result.id, result.seen_in});
  }
  return std::move(result_);
}

template class Runner<KernelWorld>;
template class Runner<SimWorld>;

}  // namespace conform
