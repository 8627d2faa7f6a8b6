// SimWorld: the world in memory: a SimNet, and a server on it that a callback steps. Time is
// virtual: it jumps to the next thing anybody waits for as soon as nobody has anything to do.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "harness/run/world.h"
#include "server/net/sim_net.h"

namespace conform {

class SimWorld {
 public:
  // One round of the server; false when it has ended, which is a death.
  using StepServer = std::function<bool()>;
  // Makes a server; what it listens with is closed when the function it gave is destroyed.
  using StartServer = std::function<StepServer(irc::SimNet&)>;

  SimWorld(irc::SimNet& net, StepServer step);
  // A server that can be started anew. `abilities` is what the driver may make use of: with less of
  // them it meets the target as it would one on another machine.
  SimWorld(irc::SimNet& net, StartServer start, Abilities abilities);

  std::optional<ConnectionId> connect(ConnectOptions options);
  bool may_connect() const { return true; }
  std::string why_not() const { return "nobody listens"; }
  IoResult send(ConnectionId id, std::string_view bytes, bool more);
  IoResult send_urgent(ConnectionId id, std::string_view bytes);
  IoResult recv(ConnectionId id, std::span<char> in);
  void fin(ConnectionId id);
  void rst(ConnectionId id);
  void close(ConnectionId id);

  void poll(std::span<Watch> watches, std::optional<TimePoint> deadline);
  TimePoint now() const { return net_.now(); }
  bool interrupted() const { return false; }

  ServerSide server_side(ConnectionId id) const;
  std::size_t unread_input(ConnectionId id) const;
  Abilities abilities() const { return abilities_; }
  bool hold();
  void release() { held_ = false; }
  std::optional<ProcessFacts> process_facts() const;
  std::size_t sockets_in_close_wait() const;
  std::size_t accept_queue() const;
  std::size_t open_connections() const;
  std::optional<std::string> death() const;
  std::string stderr_tail() const { return ""; }
  bool restart(std::optional<std::uint32_t> nofile);

 private:
  irc::SimPeer peer(ConnectionId id) const { return peers_[static_cast<std::size_t>(id)].name; }
  bool mark_ready(std::span<Watch> watches) const;
  bool step();
  void end(ConnectionId id) { peers_[static_cast<std::size_t>(id)].ended = true; }

  struct Peer {
    irc::SimPeer name{};
    bool fin_sent = false;
    bool ended = false;  // By either side; by the server, as recv has told.
  };

  irc::SimNet& net_;
  StartServer start_;  // Empty if it cannot be started anew.
  Abilities abilities_ = {.kernel = true, .process = true, .hold = true};
  StepServer step_;
  std::vector<Peer> peers_;  // By ConnectionId.
  bool held_ = false;
  bool dead_ = false;
};

static_assert(World<SimWorld>);

}  // namespace conform
