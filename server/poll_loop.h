// PollLoop: one thread, one poll(), many clients. Joins the network and the core.
//
// A round: arm, poll, serve, tick, accept, flush, sweep.
//
//     fds_          | wake | listener 0 | ... | connection 0 | connection 1 | ...
//     connections_                            | 0            | 1            | ...
//
// - recv decides, not revents: readable, hung up and failed all mean "call recv".
// - One bounded recv per connection and round, so nobody who sends much keeps the others waiting.
// - Serving comes before accepting: a new socket never meets the revents of an old one.
// - Who is over its pace is held: not read until its time has come. What was read before waits in
//   its framer, the rest in the kernel; a held connection is polled for its end only.
// - Output is written at once; POLLOUT is asked for only while a remainder waits.
// - Who is done is marked, and removed in one place (sweep), when the round is over.
// - A connection that the core closes lingers: its output is flushed, its writing side shut, its
//   input read and dropped until it ends. Closing with unread input would make the kernel send
//   RST, and the peer might lose the ERROR line (RFC 2525 2.17).
// - Out of descriptors, the listener is not polled until one is free or a moment has passed.
// - Connections are named by ConnId, never by descriptor, which is used again at once.
#pragma once

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "server/core/server.h"
#include "server/loop_limits.h"
#include "server/net/network.h"
#include "server/throttle.h"
#include "server/wire/check.h"
#include "server/wire/framer.h"

namespace irc {

template <Network Net, class Core = Server, class FramerT = Framer>
class PollLoop {
 public:
  using Socket = typename Net::Socket;

  // A round is cut short when `wake_fd` is readable; -1 for none. `net` and `core` must outlive it.
  PollLoop(Net& net, Core& core, std::vector<Socket> listeners, int wake_fd = -1,
           LoopLimits limits = {})
      : net_(net), core_(core), listeners_(std::move(listeners)), limits_(limits) {
    fds_.push_back(pollfd{.fd = wake_fd, .events = POLLIN, .revents = 0});
    for (const Socket& listener : listeners_) {
      fds_.push_back(pollfd{.fd = net_.fd(listener), .events = POLLIN, .revents = 0});
    }
  }
  PollLoop(Net& net, Core& core, Socket listener, int wake_fd = -1, LoopLimits limits = {})
      : PollLoop(net, core, one(std::move(listener)), wake_fd, limits) {}

  // Waits for something to do and does it. False, with nothing done, when wake_fd is readable: it
  // is for the caller to find out why, and to go on or not.
  bool run_round() {
    CHECK(fds_.size() == first() + connections_.size());
    now_ = net_.now();
    arm();
    net_.poll(fds_, deadline());
    now_ = net_.now();
    if (fds_[kWake].revents != 0) return false;
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      serve(connections_[i], fds_[first() + i].revents);
    }
    core_.tick(now_);
    for (std::size_t i = 0; i < listeners_.size(); ++i) {
      if (fds_[kListeners + i].revents != 0) accept_waiting(listeners_[i]);
    }
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      flush(connections_[i], fds_[first() + i].revents);
    }
    sweep();
    return true;
  }

  // Those that linger included.
  std::size_t connections() const { return connections_.size(); }

  // Nobody is accepted any more; who waited to be is reset.
  void close_listeners() {
    fds_.erase(fds_.begin() + kListeners, fds_.begin() + static_cast<std::ptrdiff_t>(first()));
    listeners_.clear();
    accept_resumes_.reset();
  }
  // From the next round on.
  void set_limits(const LoopLimits& limits) { limits_ = limits; }

 private:
  static constexpr std::size_t kWake = 0;
  static constexpr std::size_t kListeners = 1;

  struct Connection {
    ConnId id;
    Socket socket;
    FramerT framer;
    bool input_ended = false;     // FIN was read.
    bool output_shut = false;     // FIN was sent.
    bool waits_for_room = false;  // The last send did not take everything.
    bool gone = false;            // The core has forgotten it; to be swept.
    std::size_t dropped_bytes = 0;
    Throttle throttle{};
    std::optional<TimePoint> held_until{};         // Set while it is over its pace.
    std::optional<TimePoint> farewell_deadline{};  // Set when it has left while it was held.
    std::optional<TimePoint> linger_deadline{};    // Set while the core is closing it.
  };

  static std::vector<Socket> one(Socket listener) {
    std::vector<Socket> listeners;
    listeners.push_back(std::move(listener));
    return listeners;
  }
  // The place of the first connection in fds_.
  std::size_t first() const { return kListeners + listeners_.size(); }

  void arm() {
    const bool accepting = !accept_resumes_ || now_ >= *accept_resumes_;
    if (accepting) accept_resumes_.reset();
    for (std::size_t i = 0; i < listeners_.size(); ++i) {
      fds_[kListeners + i].events = accepting ? POLLIN : 0;
    }
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      fds_[first() + i].events = wanted_events(connections_[i]);
    }
  }

  short wanted_events(const Connection& connection) const {
    int events = core_.output(connection.id).empty() ? 0 : POLLOUT;
    if (is_held(connection)) {
      if (!connection.farewell_deadline) events |= POLLRDHUP;
    } else if (!connection.input_ended) {
      // An end of input stays readable for ever: to ask for it again would be to spin.
      events |= POLLIN;
    }
    return static_cast<short>(events);
  }

  bool is_held(const Connection& connection) const {
    return connection.held_until && !core_.closing(connection.id);
  }

  std::optional<TimePoint> deadline() const {
    std::optional<TimePoint> first = core_.next_deadline();
    const auto consider = [&first](const std::optional<TimePoint>& other) {
      if (other) first = std::min(first.value_or(*other), *other);
    };
    consider(accept_resumes_);
    for (const Connection& connection : connections_) {
      consider(connection.linger_deadline);
      if (!is_held(connection)) continue;
      consider(connection.held_until);
      consider(connection.farewell_deadline);
    }
    return first;
  }

  void serve(Connection& connection, short revents) {
    CHECK((revents & POLLNVAL) == 0);
    if (is_held(connection)) return serve_held(connection, revents);
    if ((revents & ~POLLOUT) == 0) return;
    if (core_.closing(connection.id)) return drop_input(connection);
    const IoResult result = net_.recv(connection.socket, connection.framer.writable());
    connection.framer.commit(result.bytes);
    switch (result.kind) {
      case IoResult::Kind::would_block:
        return;
      case IoResult::Kind::eof:
        return end_input(connection);
      case IoResult::Kind::failed:
        return disconnect(connection, reason_of(result.error));
      case IoResult::Kind::done:
        return handle_frames(connection);
    }
  }

  // The core may close the connection in the middle of it; the rest is then not looked at.
  void handle_frames(Connection& connection) {
    while (!core_.closing(connection.id) && !hold(connection)) {
      const std::optional<Frame> frame = connection.framer.next();
      if (!frame) return;
      if (limits_.pace) connection.throttle.charge(*limits_.pace, now_);
      core_.on_frame(connection.id, *frame, now_);
    }
  }

  // Whether the next line has to wait; nothing is read until it may be taken.
  bool hold(Connection& connection) const {
    connection.held_until.reset();
    if (!limits_.pace) return false;
    const TimePoint ready_at = connection.throttle.ready_at(*limits_.pace);
    if (now_ < ready_at) connection.held_until = ready_at;
    return connection.held_until.has_value();
  }

  // The end of the stream stands behind lines that are still to be taken, and there may be
  // thousands: after a while the rest is given up. After a reset nobody is left to speak for.
  void serve_held(Connection& connection, short revents) {
    if ((revents & (POLLHUP | POLLERR)) != 0) return disconnect(connection, reason_of(ECONNRESET));
    if ((revents & POLLRDHUP) != 0) {
      connection.farewell_deadline = now_ + limits_.farewell;
    }
    if (connection.farewell_deadline && now_ >= *connection.farewell_deadline) {
      core_.end_of_input(connection.id, "Connection closed");
    } else if (now_ >= *connection.held_until) {
      handle_frames(connection);
    }
  }

  void drop_input(Connection& connection) {
    const IoResult result = net_.recv(connection.socket, dropped_);
    switch (result.kind) {
      case IoResult::Kind::would_block:
        return;
      case IoResult::Kind::eof:
        return end_input(connection);
      case IoResult::Kind::failed:
        return disconnect(connection, reason_of(result.error));
      case IoResult::Kind::done:
        connection.dropped_bytes += result.bytes;
        return;
    }
  }

  // The peer sends no more, but it may still read: what waits for it is flushed.
  void end_input(Connection& connection) {
    connection.input_ended = true;
    core_.end_of_input(connection.id, "Connection closed");
  }

  static std::string_view reason_of(int error) {
    switch (error) {
      case ECONNRESET:
      case EPIPE:  // So a send puts it.
        return "Connection reset by peer";
      case ETIMEDOUT:
        return "Connection timed out";
      case EPROTO:
        return "TLS failed";
      default:
        return "Connection failed";
    }
  }

  void disconnect(Connection& connection, std::string_view reason) {
    connection.gone = true;
    core_.disconnected(connection.id, reason);
  }

  void accept_waiting(Socket& listener) {
    for (std::size_t i = 0; i < limits_.accepts_max; ++i) {
      auto result = net_.accept(listener);
      switch (result.error) {
        case AcceptError::none:
          open(std::move(*result.accepted));
          break;
        case AcceptError::aborted:
          break;
        case AcceptError::would_block:
          return;
        case AcceptError::exhausted:
          accept_resumes_ = now_ + limits_.accept_pause;
          return;
      }
    }
  }

  void open(Accepted<Socket> accepted) {
    if (const auto refusal = core_.refusal(accepted.host)) {
      // For nobody in particular: if it does not fit into the kernel's buffer it is lost.
      net_.send(accepted.socket, *refusal);
      net_.shutdown_write(accepted.socket);
      return;
    }
    const ConnId id{++last_id_};
    fds_.push_back(pollfd{.fd = net_.fd(accepted.socket), .events = 0, .revents = 0});
    connections_.push_back(
        Connection{.id = id, .socket = std::move(accepted.socket), .framer = FramerT()});
    core_.open(id, accepted.host, now_);
  }

  void flush(Connection& connection, short revents) {
    if (connection.gone) return;
    const bool room = !connection.waits_for_room || revents != 0;
    const std::string_view output = core_.output(connection.id);
    if (!output.empty() && room) {
      const IoResult result = net_.send(connection.socket, output);
      if (result.kind == IoResult::Kind::failed) {
        return disconnect(connection, reason_of(result.error));
      }
      core_.sent(connection.id, result.bytes);
      connection.waits_for_room = result.bytes < output.size();
    }
    if (core_.closing(connection.id)) linger(connection);
  }

  void linger(Connection& connection) {
    if (!connection.linger_deadline) connection.linger_deadline = now_ + limits_.linger;
    if (!connection.output_shut && core_.output(connection.id).empty()) {
      connection.output_shut = net_.shutdown_write(connection.socket);
    }
    const bool ended = connection.output_shut && connection.input_ended;
    const bool too_long =
        now_ >= *connection.linger_deadline || connection.dropped_bytes > limits_.linger_bytes_max;
    if (ended || too_long) disconnect(connection, "Connection closed");
  }

  // The only place that removes. Backwards, so that the entry swapped in was already looked at.
  void sweep() {
    for (std::size_t i = connections_.size(); i-- > 0;) {
      if (!connections_[i].gone) continue;
      std::swap(connections_[i], connections_.back());
      connections_.pop_back();
      std::swap(fds_[first() + i], fds_.back());
      fds_.pop_back();
      accept_resumes_.reset();  // There is a descriptor again.
    }
    CHECK(std::ranges::none_of(connections_, &Connection::gone));
  }

  Net& net_;
  Core& core_;
  std::vector<Socket> listeners_;
  LoopLimits limits_;
  std::vector<pollfd> fds_;
  std::vector<Connection> connections_;
  std::uint64_t last_id_ = 0;
  TimePoint now_{};
  std::optional<TimePoint> accept_resumes_;
  std::array<char, 16384> dropped_{};  // Where input goes that nobody wants.
};

}  // namespace irc
