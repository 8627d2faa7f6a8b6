// PollLoop: one thread, one poll(), many clients. Joins the network and the core.
//
// A round: arm, poll, serve, tick, accept, flush, sweep.
//
//     fds_          | stop | listener | connection 0 | connection 1 | ...
//     connections_                    | 0            | 1            | ...
//
// - recv decides, not revents: readable, hung up and failed all mean "call recv".
// - One bounded recv per connection and round, so nobody who sends much keeps the others waiting.
// - Serving comes before accepting: a new socket never meets the revents of an old one.
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
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "server/core/server.h"
#include "server/net/network.h"
#include "server/wire/check.h"
#include "server/wire/framer.h"

namespace irc {

struct LoopLimits {
  // Of one round, so that a burst of new clients does not keep the others waiting.
  std::size_t accepts_max = 64;
  // How long a connection that the server closes may take for the rest of its output, and for
  // its own end; and how much of its input is read meanwhile.
  Duration linger = std::chrono::seconds(3);
  std::size_t linger_bytes_max = std::size_t{4} << 20;
  // How long not to accept after there was no descriptor left.
  Duration accept_pause = std::chrono::seconds(1);
};

template <Network Net, class Core = Server, class FramerT = Framer>
class PollLoop {
 public:
  using Socket = typename Net::Socket;

  // The loop ends when `stop_fd` becomes readable; -1 for none. `net` and `core` must outlive it.
  PollLoop(Net& net, Core& core, Socket listener, int stop_fd = -1, LoopLimits limits = {})
      : net_(net), core_(core), listener_(std::move(listener)), limits_(limits) {
    fds_.push_back(pollfd{.fd = stop_fd, .events = POLLIN, .revents = 0});
    fds_.push_back(pollfd{.fd = net_.fd(listener_), .events = POLLIN, .revents = 0});
  }

  // Rounds until it is told to stop.
  void run() {
    while (run_round()) {
    }
  }

  // Waits for something to do and does it. False when told to stop.
  bool run_round() {
    CHECK(fds_.size() == connections_.size() + kFirst);
    now_ = net_.now();
    arm();
    net_.poll(fds_, deadline());
    now_ = net_.now();
    if (fds_[kStop].revents != 0) return false;
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      serve(connections_[i], fds_[kFirst + i].revents);
    }
    core_.tick(now_);
    if (fds_[kListener].revents != 0) accept_waiting();
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      flush(connections_[i], fds_[kFirst + i].revents);
    }
    sweep();
    return true;
  }

  // Those that linger included.
  std::size_t connections() const { return connections_.size(); }

 private:
  static constexpr std::size_t kStop = 0;
  static constexpr std::size_t kListener = 1;
  static constexpr std::size_t kFirst = 2;

  struct Connection {
    ConnId id;
    Socket socket;
    FramerT framer;
    bool input_ended = false;     // FIN was read.
    bool output_shut = false;     // FIN was sent.
    bool waits_for_room = false;  // The last send did not take everything.
    bool gone = false;            // The core has forgotten it; to be swept.
    std::size_t dropped_bytes = 0;
    std::optional<TimePoint> linger_deadline{};  // Set while the core is closing it.
  };

  void arm() {
    const bool accepting = !accept_resumes_ || now_ >= *accept_resumes_;
    if (accepting) accept_resumes_.reset();
    fds_[kListener].events = accepting ? POLLIN : 0;
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      const Connection& connection = connections_[i];
      // An end of input stays readable for ever: to ask for it again would be to spin.
      int events = connection.input_ended ? 0 : POLLIN;
      if (!core_.output(connection.id).empty()) events |= POLLOUT;
      fds_[kFirst + i].events = static_cast<short>(events);
    }
  }

  std::optional<TimePoint> deadline() const {
    std::optional<TimePoint> first = core_.next_deadline();
    const auto consider = [&first](const std::optional<TimePoint>& other) {
      if (other) first = std::min(first.value_or(*other), *other);
    };
    consider(accept_resumes_);
    for (const Connection& connection : connections_) consider(connection.linger_deadline);
    return first;
  }

  void serve(Connection& connection, short revents) {
    CHECK((revents & POLLNVAL) == 0);
    if ((revents & ~POLLOUT) == 0) return;
    if (core_.closing(connection.id)) return drop_input(connection);
    const IoResult result = net_.recv(connection.socket, connection.framer.writable());
    switch (result.kind) {
      case IoResult::Kind::would_block:
        return;
      case IoResult::Kind::eof:
        return end_input(connection);
      case IoResult::Kind::failed:
        return disconnect(connection, "Connection reset by peer");
      case IoResult::Kind::done:
        connection.framer.commit(result.bytes);
        return handle_frames(connection);
    }
  }

  // The core may close the connection in the middle of it; the rest is then not looked at.
  void handle_frames(Connection& connection) {
    while (!core_.closing(connection.id)) {
      const std::optional<Frame> frame = connection.framer.next();
      if (!frame) return;
      core_.on_frame(connection.id, *frame, now_);
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
        return disconnect(connection, "Connection reset by peer");
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

  void disconnect(Connection& connection, std::string_view reason) {
    connection.gone = true;
    core_.disconnected(connection.id, reason);
  }

  void accept_waiting() {
    for (std::size_t i = 0; i < limits_.accepts_max; ++i) {
      auto result = net_.accept(listener_);
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
      if (result.kind == IoResult::Kind::failed) return disconnect(connection, "Write error");
      core_.sent(connection.id, result.bytes);
      connection.waits_for_room = result.bytes < output.size();
    }
    if (core_.closing(connection.id)) linger(connection);
  }

  void linger(Connection& connection) {
    if (!connection.linger_deadline) connection.linger_deadline = now_ + limits_.linger;
    if (!connection.output_shut && core_.output(connection.id).empty()) {
      net_.shutdown_write(connection.socket);
      connection.output_shut = true;
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
      std::swap(fds_[kFirst + i], fds_.back());
      fds_.pop_back();
      accept_resumes_.reset();  // There is a descriptor again.
    }
    CHECK(std::ranges::none_of(connections_, &Connection::gone));
  }

  Net& net_;
  Core& core_;
  Socket listener_;
  LoopLimits limits_;
  std::vector<pollfd> fds_;
  std::vector<Connection> connections_;
  std::uint64_t last_id_ = 0;
  TimePoint now_{};
  std::optional<TimePoint> accept_resumes_;
  std::array<char, 16384> dropped_{};  // Where input goes that nobody wants.
};

}  // namespace irc
