// Progress: what an activity says each time it is asked to go on.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "harness/script/model.h"

namespace conform {

struct Progress {
  enum class State : std::uint8_t {
    waiting,  // For an event, or the time that it told the stage.
    done,
    failed,        // The target did not do what the script says.
    inconclusive,  // What the script rests on did not happen.
    skipped,       // This target or this world cannot do what it takes.
  };
  State state = State::waiting;
  std::string expected;
  std::string actual;                  // One sentence; the reason for inconclusive and skipped.
  const script::Step* step = nullptr;  // The step to blame, if not the one being played.
  bool waited = false;                 // It failed because what it waited for did not come.
  std::string cause;                   // See explain(); empty if it is a matter of its own.

  bool waiting() const { return state == State::waiting; }
  bool done() const { return state == State::done; }

  static Progress wait() { return {}; }
  static Progress finish() { return {.state = State::done, .expected = {}, .actual = {}}; }
  static Progress fail(std::string expected, std::string actual) {
    return {.state = State::failed, .expected = std::move(expected), .actual = std::move(actual)};
  }
  static Progress in_vain(std::string expected, std::string actual) {
    Progress progress = fail(std::move(expected), std::move(actual));
    progress.waited = true;
    return progress;
  }
  static Progress cannot_tell(std::string reason) {
    return {.state = State::inconclusive, .expected = {}, .actual = std::move(reason)};
  }
  static Progress skip(std::string reason) {
    return {.state = State::skipped, .expected = {}, .actual = std::move(reason)};
  }
};

}  // namespace conform
