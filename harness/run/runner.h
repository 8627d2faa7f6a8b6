// Runner: a whole run. Learns the target, plays the cases, first those that have company and then
// those that need the target to themselves, finds out whose doing a death was, and gives what was
// found.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/run/doubts.h"
#include "harness/run/learn.h"
#include "harness/run/plays.h"
#include "harness/run/round.h"

namespace conform {

struct RunnerOptions {
  std::uint64_t seed = 1;
  std::size_t jobs = 32;
  double timeout_scale = 1;
  bool fail_fast = false;
};

// A server that a case has broken may die of it a little later.
inline constexpr Duration kAftermath = std::chrono::milliseconds(400);

template <World W>
class Runner {
 public:
  // Called for each case when all its plays have ended. One that is found guilty later is changed
  // in run()'s result.
  using OnResult = Plays::OnResult;

  Runner(W& world, Profile given, RunnerOptions options, OnResult on_result);

  // Learns the target; false, and end_reason of take_result(), if it cannot be reached or used.
  bool meet();
  const Profile& profile() const { return learnt_.profile; }

  // Requires: meet() was true. The cases outlive the runner.
  void play(std::vector<PlannedCase> cases);

  // After meet and play; durations and addresses are the caller's to add.
  RunResult take_result();

 private:
  using Indices = Plays::Indices;

  void play_those(const Indices& indices);
  void play_on_one_target(Indices indices);
  void play_alone(std::size_t index);
  // Plays on the target as it is now; what is wrong with it afterwards, if anything.
  std::optional<std::string> play_round(const Indices& indices, std::size_t jobs,
                                        bool suspected = false);
  std::optional<std::string> watch_over(Duration duration);
  bool is_busy();
  Round<W> round(std::size_t jobs, const Indices& indices);
  void take_from(const Round<W>& round, const Indices& indices);
  void keep(std::size_t index, CaseResult result);
  void take(std::size_t index, Ended ended, bool in_company);
  std::optional<Doubts::Doubt> take_doubt(std::size_t index);
  // What is not played, or not again: a doubt stays as it was.
  void leave_unplayed(std::size_t index, const std::string& reason);

  bool renew(std::optional<std::uint32_t> nofile);
  void trouble(const std::string& how);
  bool is_convicted(std::size_t index) const {
    return convicted_.contains(plays_.planned(index).item);
  }
  bool blame(Indices suspects);
  bool blame_one(std::size_t suspect);
  bool blame_pairs(const Indices& suspects);
  std::optional<std::string> replay(const Indices& indices, std::size_t jobs);
  Indices suspects_among(const Indices& indices) const;
  Indices ended_before_the_end() const;
  std::vector<std::string> ids_of(const Indices& indices) const;
  void skip_convicted();
  void convict_case(std::size_t index, const std::string& how, const std::string& tail);
  // Nothing more is played; `reason` is what the results of those left say.
  void give_up(const std::string& reason);
  bool has_begun(std::size_t index, TimePoint since) const;

  W& world_;
  Profile given_;
  RunnerOptions options_;
  FreshNames names_;
  Learnt learnt_;
  std::unique_ptr<Sentinel<W>> sentinel_;
  Plays plays_;
  Doubts doubts_;
  std::set<const script::Case*> convicted_;  // Of a death.
  std::vector<SeenBreach> breaches_;
  Indices underway_;                      // Of the last round, had it to be given up.
  Indices rested_;                        // Those of them that did nothing just then.
  std::vector<std::string> transcripts_;  // Of those.
  TimePoint wrong_since_{};               // When the last look first found something wrong.
  bool found_something_ = false;          // Since the target was started.
  bool over_ = false;                     // Nothing more is to be played.
  RunResult result_;
};

}  // namespace conform
