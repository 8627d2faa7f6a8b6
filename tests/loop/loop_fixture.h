// LoopTest: the loop with the server in one of two worlds, and peers that a test plays. The loop
// only runs inside the words of this language, so that what is done between two of them is one
// round's events.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "server/core/server.h"
#include "server/poll_loop.h"
#include "tests/net/network_worlds.h"

namespace irc {

// The kernel, but poll does not wait for long: who plays the peers is in the same thread.
class HastyNet : public PosixNet {
 public:
  void poll(std::span<pollfd> fds, std::optional<TimePoint> deadline) const {
    const TimePoint soon = now() + std::chrono::milliseconds(1);
    PosixNet::poll(fds, std::min(deadline.value_or(soon), soon));
  }
};

// The worlds, with a listener for the loop.
class LoopOnPosix : public OnPosix {
 public:
  using LoopNet = HastyNet;
  LoopNet& loop_net() { return hasty_; }
  // A second one of the same; the world needs its own to know the address.
  Net::Socket take_listener() { return Net::Socket(UniqueFd(::dup(listener.fd()))); }

 private:
  HastyNet hasty_;
};

class LoopOnSim : public OnSim {
 public:
  using LoopNet = SimNet;
  LoopNet& loop_net() { return net; }
  Net::Socket take_listener() { return std::move(listener); }
};

inline ServerConfig small_config() {
  ServerConfig config;
  config.name = "s.x";
  return config;
}

template <class World>
class LoopTest : public testing::Test {
 protected:
  using Peer = typename World::Peer;

  explicit LoopTest(ServerConfig config = small_config(), LoopLimits limits = {})
      : server(std::move(config)),
        loop(world.loop_net(), server, world.take_listener(), -1, limits) {}

  // Registered, its welcome read.
  Peer user(const std::string& nick) {
    Peer peer = world.connect();
    send(peer, "NICK " + nick + "\r\nUSER u 0 * :r\r\n");
    sync(peer);
    return peer;
  }
  // On #c, and everything that it was told so far read.
  Peer member(const std::string& nick) {
    Peer peer = user(nick);
    send(peer, "JOIN #c\r\n");
    sync(peer);
    return peer;
  }

  // Everything, while the loop runs where it does not fit.
  void send(Peer& peer, std::string_view bytes) {
    for (int rounds = 0; !bytes.empty() && rounds < kRoundsMax; ++rounds) {
      bytes.remove_prefix(world.peer_send(peer, bytes).bytes);
      if (!bytes.empty()) loop.run_round();
    }
    ASSERT_EQ(bytes.size(), 0U);
  }

  // What the peer is told up to the answer to a PING, that left out: everything so far.
  std::string sync(Peer& peer) {
    const std::string token = "t" + std::to_string(++tokens_);
    send(peer, "PING " + token + "\r\n");
    const std::string pong = ":s.x PONG s.x :" + token + "\r\n";
    std::string heard = read_until(peer, pong);
    const std::size_t found = heard.find(pong);
    EXPECT_NE(found, std::string::npos) << heard;
    return found == std::string::npos ? heard : heard.erase(found, pong.size());
  }

  // What the peer is told up to its end, and how that is: "... eof", "... reset".
  std::string rest(Peer& peer) { return read_until(peer, {}); }

  // Runs until the condition holds, or for so long that it will not.
  template <class Condition>
  bool run_until(Condition condition) {
    for (int rounds = 0; rounds < kRoundsMax; ++rounds) {
      if (condition()) return true;
      loop.run_round();
    }
    return condition();
  }
  World world;
  Server server;
  PollLoop<typename World::LoopNet> loop;

 private:
  static constexpr int kRoundsMax = 20'000;

  std::string read_until(Peer& peer, std::string_view end) {
    std::string heard;
    std::string in(1 << 16, '\0');
    run_until([&] {
      IoResult result = world.peer_recv(peer, in);
      for (; result.kind == IoResult::Kind::done; result = world.peer_recv(peer, in)) {
        heard.append(in, 0, result.bytes);
        if (!end.empty() && heard.find(end) != std::string::npos) return true;
      }
      if (result.kind == IoResult::Kind::would_block) return false;
      heard += result.kind == IoResult::Kind::eof ? "eof" : "reset";
      return true;
    });
    return heard;
  }

  int tokens_ = 0;
};

}  // namespace irc
