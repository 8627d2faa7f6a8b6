// The loads: each makes its clients, talks, and prints what was measured, a line for each figure:
// its name, a tab, its value.
#pragma once

#include <cstddef>

#include "server/net/clock.h"
#include "tests/load/bench/target.h"

namespace irc::bench {

// `idle` clients that are registered and silent: the memory that each costs the server. Beside
// them a client sends `pings` PINGs, one after the other, and two exchange as many messages: how
// long each takes, and the server's processor time of a PING, which is a round of its loop.
void be_idle(const Target& target, std::size_t idle, std::size_t pings);

struct Talk {
  std::size_t groups = 1;          // Channels; where they have two members, private messages.
  std::size_t members = 2;         // Of each.
  std::size_t burst = 1;           // Messages that one sends at a time, before the next one's turn.
  std::size_t messages = 100'000;  // That are delivered in all.
  bool saturate = false;           // The clients acknowledge at once, so that no server waits.
};

// Groups talk, each at its own pace: one member sends its burst, and when all others have it, the
// next one does. The processor time that the server needs, per message delivered, and how long it
// takes until all have a burst.
void relay(const Target& target, const Talk& talk);

// A channel of `members`; one of them says `rate` messages a second for `seconds`.
void fill_channel(const Target& target, std::size_t members, std::size_t rate, std::size_t seconds);

struct Flood {
  std::size_t pings = 2000;
  Duration gap{};              // Between two of them, where the server takes no more of a client.
  bool until_cut_off = false;  // More PINGs if the one that never reads is still there.
};

// One client never reads; another floods it as fast as the server takes it. A bystander sends
// PINGs one after the other.
void flood(const Target& target, const Flood& flood);

}  // namespace irc::bench
