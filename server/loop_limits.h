// What PollLoop allows a connection, and itself in a round.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "server/net/clock.h"
#include "server/throttle.h"

namespace irc {

struct LoopLimits {
  // How fast a client's lines are taken; as fast as they come where there is none.
  std::optional<Pace> pace;
  // For how long the lines of a client that has left while it was held are still taken.
  Duration farewell = std::chrono::seconds(60);
  // Of one round, so that a burst of new clients does not keep the others waiting.
  std::size_t accepts_max = 64;
  // How long a connection that the server closes may take for the rest of its output, and for
  // its own end; and how much of its input is read meanwhile.
  Duration linger = std::chrono::seconds(3);
  std::size_t linger_bytes_max = std::size_t{4} << 20;
  // How long not to accept after there was no descriptor left.
  Duration accept_pause = std::chrono::seconds(1);
};

}  // namespace irc
