// The end of a target's process: seen a moment later than that of its connections, and told by what
// it wrote last.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

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

// The last line of what it wrote that names a fault, as sanitizers, assertions and the runtimes of
// languages write it: two deaths with the same one have the same cause. Empty if there is none.
std::string last_words(std::string_view stderr_tail);

}  // namespace conform
