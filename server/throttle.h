// Flood control (RFC 1459 8.10): how fast the lines of one client are taken. Nothing is dropped;
// who is over its pace is not read until it is in time again, and TCP makes the sender wait.
#pragma once

#include <algorithm>
#include <chrono>

#include "server/net/clock.h"

namespace irc {

// The defaults are the RFC's: five lines at once, then one every two seconds.
struct Pace {
  Duration penalty = std::chrono::seconds(2);  // What a line costs.
  Duration ahead = std::chrono::seconds(10);   // What may be owed. Requires: not below penalty.
};

// The message timer of one client.
class Throttle {
 public:
  // A line was taken.
  void charge(const Pace& pace, TimePoint now) { timer_ = std::max(timer_, now) + pace.penalty; }
  // When the next may be taken; in the past if it may at once.
  TimePoint ready_at(const Pace& pace) const { return timer_ + pace.penalty - pace.ahead; }

 private:
  TimePoint timer_{};
};

}  // namespace irc
