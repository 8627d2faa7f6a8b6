// SimNet: a network in memory, the second model of Network. Both ends live here: the server's,
// which is the Network interface, and the peers', which a test or the conformance driver plays.
// Everything that happens follows from the seed and the calls; time stands still until advance_to.
//
// What TCP and Linux do is kept: a FIN is read after the data before it; a RST makes recv fail
// with ECONNRESET after the data that had arrived; closing with unread input sends RST; sending to
// a peer that has closed works once and then fails with EPIPE; a full buffer blocks the sender;
// descriptors are the lowest free numbers, used again at once.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <random>
#include <set>
#include <utility>

#include "server/net/network.h"
#include "server/net/sim_connection.h"

namespace irc {

// How often, out of 1, an operation goes wrong in a way that it may in the real world.
struct SimFaults {
  double short_read = 0;   // recv gives fewer bytes than there are; at least one.
  double short_write = 0;  // send takes fewer bytes than would fit; at least one.
  double would_block = 0;  // recv, send, accept say would_block (EINTR, EAGAIN) though they could.
  double spurious = 0;     // poll reports POLLIN where there is nothing.
  double interrupted = 0;  // poll returns early without events (EINTR).
  double reset = 0;        // recv or send finds that the connection was reset.
  double aborted = 0;      // accept finds that the one that waited was reset (ECONNABORTED).
};

struct SimLimits {
  int descriptors_max = 1 << 20;            // accept says exhausted beyond this many.
  std::size_t socket_buffer_bytes = 65536;  // Each direction of a connection.
  int backlog_max = 4096;                   // connect is refused beyond this many not accepted.
};

// A peer's end of a connection, by name; never used again.
enum class SimPeer : std::uint64_t {};

class SimNet {
 public:
  // A server's socket, closed when it ends. Must not outlive its SimNet.
  class Socket {
   public:
    Socket(Socket&& other) noexcept
        : net_(std::exchange(other.net_, nullptr)), fd_(std::exchange(other.fd_, -1)) {}
    Socket& operator=(Socket&& other) noexcept {
      std::swap(net_, other.net_);
      std::swap(fd_, other.fd_);
      return *this;
    }
    ~Socket() {
      if (net_) net_->close(fd_);
    }

   private:
    friend SimNet;
    Socket(SimNet* net, int fd) : net_(net), fd_(fd) {}
    SimNet* net_;
    int fd_;
  };

  explicit SimNet(std::uint64_t seed, SimFaults faults = {}, SimLimits limits = {});
  SimNet(const SimNet&) = delete;
  SimNet& operator=(const SimNet&) = delete;

  // At most one at a time. Those who wait are reset when it ends.
  Socket listen();

  // The server's end: the Network concept. poll never waits: where nothing is ready it notes the
  // deadline (wake_at) and returns; the caller that steps the server decides when time moves.
  int fd(const Socket& socket) const { return socket.fd_; }
  void poll(std::span<pollfd> fds, std::optional<TimePoint> deadline);
  AcceptResult<Socket> accept(Socket& listener);
  IoResult recv(Socket& socket, std::span<char> in);
  IoResult send(Socket& socket, std::string_view out);
  bool shutdown_write(Socket& socket);
  TimePoint now() const { return now_; }

  // Nothing if nobody listens or the backlog is full.
  std::optional<SimPeer> connect(std::string host);

  // The peers' end, without faults. On an end that was closed, recv and send fail with EBADF and
  // the rest does nothing.
  IoResult peer_send(SimPeer peer, std::string_view out);
  IoResult peer_recv(SimPeer peer, std::span<char> in);
  void peer_shutdown_write(SimPeer peer);
  void peer_reset(SimPeer peer);
  // Sends FIN, or RST if input is unread, as close(2) does.
  void peer_close(SimPeer peer);
  bool peer_readable(SimPeer peer) const;  // Data, end of stream or reset is to be had.
  bool peer_writable(SimPeer peer) const;
  // Bounds what the peer holds unread from now on (SO_RCVBUF).
  void peer_receive_buffer(SimPeer peer, std::size_t bytes);
  // What goes wrong from now on.
  void set_faults(const SimFaults& faults) { faults_ = faults; }
  // Descriptors that the server may have open from now on; those that it has stay.
  void limit_descriptors(int count) { limits_.descriptors_max = count; }

  // What a look into the kernel would say of the server's end of a connection.
  struct ServerSide {
    bool accepted = false;
    bool closed = false;           // The server has closed its socket.
    bool fin_unread = false;       // A FIN has arrived and recv has not yet said eof.
    std::size_t unread_bytes = 0;  // Sent by the peer, not yet read by the server.
    std::size_t unsent_bytes = 0;  // Written by the server, not yet read by the peer.
  };
  ServerSide server_side(SimPeer peer) const;

  // Requires: not before now().
  void advance_to(TimePoint time);
  // Whether the server's last poll would have waited, and until when; nothing: for an event. It
  // would not where there was an event, an interruption, or the deadline had come.
  bool idle() const { return idle_; }
  std::optional<TimePoint> wake_at() const { return wake_at_; }
  int descriptors() const;  // Open on the server's side.

 private:
  using Side = SimConnection::Side;
  static constexpr int kNone = -1;

  // A connection and the server's side of it as the kernel keeps it.
  struct Entry {
    SimConnection connection;
    std::string host;
    bool accepted = false;
  };

  SimConnection& connection(SimPeer peer);
  const SimConnection& connection(SimPeer peer) const;
  SimConnection& connection(const Socket& socket);
  short events(int fd) const;
  int open_descriptor();
  void close(int fd);
  bool happens(double probability);
  std::size_t at_random_below(std::size_t bytes);

  std::mt19937_64 random_;
  SimFaults faults_;
  SimLimits limits_;
  TimePoint now_;
  bool idle_ = false;
  std::optional<TimePoint> wake_at_;

  std::deque<Entry> entries_;       // By SimPeer; kept when both ends have closed.
  std::deque<SimPeer> backlog_;     // Connected, not yet accepted.
  int listener_ = kNone;            // Its descriptor.
  std::map<int, SimPeer> sockets_;  // The descriptors of accepted connections.
  std::set<int> free_descriptors_;  // Below next_descriptor_.
  int next_descriptor_ = 3;
};

static_assert(Network<SimNet>);

}  // namespace irc
