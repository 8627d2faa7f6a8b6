// SimLoop: the loop in the simulation, with words for time.
#pragma once

#include <string>

#include "tests/loop/loop_fixture.h"

namespace irc {

class SimLoop : public LoopTest<LoopOnSim> {
 protected:
  explicit SimLoop(ServerConfig config = small_config(), LoopLimits limits = {})
      : LoopTest<LoopOnSim>(std::move(config), limits) {}

  // Rounds until the loop would wait, as it has to at some time.
  void run() { rounds_until_idle(); }
  int rounds_until_idle() {
    for (int rounds = 1; rounds <= 1000; ++rounds) {
      loop.run_round();
      if (world.net.idle()) return rounds;
    }
    ADD_FAILURE() << "spins";
    return 0;
  }
  // Time passes, and the loop wakes up whenever it wants to.
  void pass(Duration duration) {
    const TimePoint end = world.net.now() + duration;
    for (run(); world.net.wake_at() && *world.net.wake_at() <= end; run()) {
      world.net.advance_to(*world.net.wake_at());
    }
    world.net.advance_to(end);
    run();
  }
  // What has come for the peer so far.
  std::string take(SimPeer& peer) {
    std::string heard;
    std::string in(1 << 16, '\0');
    for (IoResult result = world.peer_recv(peer, in); result.kind == IoResult::Kind::done;
         result = world.peer_recv(peer, in)) {
      heard.append(in, 0, result.bytes);
    }
    return heard;
  }
};

}  // namespace irc
