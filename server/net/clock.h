// The types of time. Nothing here reads a clock: time comes from Net::now(), once a round, and is
// handed down as a value, so that a simulation can own it.
#pragma once

#include <chrono>

namespace irc {

using Millis = std::chrono::milliseconds;
using Duration = std::chrono::nanoseconds;
using TimePoint = std::chrono::time_point<std::chrono::steady_clock, Duration>;

}  // namespace irc
