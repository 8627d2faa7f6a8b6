// Round: plays cases, many at once, against one life of the target. One loop, one poll: whatever a
// case waits for, the others go on. One that needs the target to itself has it when all others have
// ended or rest, and they stand still meanwhile, but for those that keep to the target's timers.
// Ends when all have ended, or when the target is in trouble.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/run/interpreter.h"
#include "harness/run/judge.h"
#include "harness/run/sentinel.h"

namespace conform {

// What a round is played with; all of it outlives the round.
template <World W>
struct Setting {
  W& world;
  const Profile& profile;
  const Pace& pace;
  FreshNames& names;
};

template <World W>
class Round {
 public:
  // Called for each case when it has ended, with its place in the list that was to be played. With
  // false no further case is begun, and those that are underway are given up.
  using OnResult = std::function<bool(std::size_t, Ended)>;

  Round(Setting<W> setting, Sentinel<W>& sentinel, std::size_t jobs, OnResult on_result);

  // Plays them. Nothing, or what is wrong with the target: "was killed by SIGSEGV". Then
  // underway() are those that had begun and not ended. Where something was found, those that play
  // alone are not begun: a target may keep what it should not, or spin, and each would find that.
  std::optional<std::string> play(const std::vector<PlannedCase>& cases);
  // Goes on watching over the target, without playing, for that long.
  std::optional<std::string> watch_over(Duration duration);

  // A case that had begun and not ended when play() returned.
  struct Underway {
    std::size_t index = 0;  // In the list that was to be played.
    std::string transcript;
    bool rested = false;  // It did nothing, or stood still.
  };
  const std::vector<Underway>& underway() const { return underway_; }
  // When something was first seen to be wrong with the target; now, if nothing was.
  TimePoint wrong_since() const { return wrong_since_.value_or(setting_.world.now()); }
  const std::vector<SeenBreach>& breaches() const { return breaches_; }
  const std::map<std::string, Duration>& waits() const { return waits_; }

 private:
  struct Play {
    std::size_t index = 0;
    PlannedCase planned;
    bool alone = false;
    std::uint64_t seen = 0;  // Of the stage's arrivals, when it was last asked to go on.
    std::unique_ptr<Stage<W>> stage;
    std::unique_ptr<Interpreter<W>> interpreter;
    TimePoint began{}, deadline{};
    std::optional<Progress> progress;  // Once the script has ended.
    std::string transcript;            // Up to there.
    Replies replies;                   // Likewise; where they are compared.
    std::optional<std::uint64_t> bystander_ticket;
    bool departing = false;
    std::optional<std::uint64_t> ticket;  // Of the look at the target that follows it.
    std::size_t first_watch = 0, watch_count = 0;
  };
  struct Departing {
    std::unique_ptr<Stage<W>> stage;
    TimePoint deadline{};
    std::size_t first_watch = 0, watch_count = 0;
  };

  bool may_begin(const PlannedCase& planned) const;
  void start(std::size_t index, const PlannedCase& planned);
  bool is_one_alone() const;
  bool rests(const Play& play) const;
  bool advance(Play& play);
  bool advance_all();
  bool bystander_is_served(Play& play);
  bool may_look(Play& play);
  void end(Play& play);
  void give_up();
  void audit(const Play& play);
  std::optional<std::string> trouble();
  void turn(std::optional<TimePoint> deadline);
  std::optional<TimePoint> gather();
  void dispatch();

  Setting<W> setting_;
  Sentinel<W>& sentinel_;
  std::size_t jobs_;
  OnResult on_result_;
  std::uint32_t next_source_ = 1;
  std::vector<std::unique_ptr<Play>> plays_;
  std::vector<Departing> departing_;
  std::vector<Watch> watches_;
  std::size_t sentinel_watches_ = 0;
  std::vector<Underway> underway_;
  std::optional<TimePoint> wrong_since_;
  bool stopped_ = false;
  bool found_something_ = false;
  std::vector<SeenBreach> breaches_;
  std::map<std::string, Duration> waits_;
};

}  // namespace conform
