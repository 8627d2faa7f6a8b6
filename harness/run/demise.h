// The end of a target's process, which is seen a moment later than that of its connections.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "harness/run/world.h"

namespace conform {

// How the process ended, if it does so within half a second: "was killed by SIGSEGV". To be asked
// when a connection has ended that should not have: a process that says its last words, or writes a
// core, is still there then. Nothing, and at once, where the process is not known.
template <World W>
std::optional<std::string> death_of_process(W& world) {
  constexpr Duration kLastMoments = std::chrono::milliseconds(500);
  const TimePoint until = world.now() + kLastMoments;
  while (world.abilities().process && !world.death() && !world.interrupted() &&
         world.now() < until) {
    world.poll({}, until);
  }
  return world.death();
}

}  // namespace conform
