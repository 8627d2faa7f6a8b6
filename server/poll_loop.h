// PollLoop: one thread, one poll(), many clients. Joins the network and the core.
//
// A round: poll, serve, tick, accept, flush, sweep.
//
// - A round attends to those of whom poll says something, whose output or stage the core has
//   changed, and who wait for a time: all others cost no more than their entry for poll.
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
#pragma once

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "server/core/server.h"
#include "server/loop_limits.h"
#include "server/net/network.h"
#include "server/poll_table.h"
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
    table_.add_other(wake_fd, POLLIN);
    for (const Socket& listener : listeners_) table_.add_other(net_.fd(listener), POLLIN);
  }
  PollLoop(Net& net, Core& core, Socket listener, int wake_fd = -1, LoopLimits limits = {})
      : PollLoop(net, core, one(std::move(listener)), wake_fd, limits) {}

  // Waits for something to do and does it. False, with nothing received, when wake_fd is readable:
  // it is for the caller to find out why, and to go on or not.
  bool run_round() {
    now_ = net_.now();
    follow_core();  // In what the caller did with it.
    sweep();
    arm_listeners();
    net_.poll(table_.polled(), deadline());
    now_ = net_.now();
    if (table_.other(kWake).revents != 0) return false;
    attend_to_events_and_times();
    for (const std::size_t i : attended_) serve(table_[i], table_.entry(i).revents);
    core_.tick(now_);
    for (std::size_t i = 0; i < listeners_.size(); ++i) {
      if (table_.other(kListeners + i).revents != 0) accept_waiting(listeners_[i]);
    }
    for (const std::size_t i : attended_) flush(table_[i]);
    follow_core();
    sweep();
    return true;
  }

  // Those that linger included.
  std::size_t connections() const { return table_.size(); }

  // Nobody is accepted any more; who waited to be is reset.
  void close_listeners() {
    table_.remove_others(kListeners);
    listeners_.clear();
    accept_resumes_.reset();
  }
  // From the next round on.
  void set_limits(const LoopLimits& limits) { limits_ = limits; }

  // Holds what is kept of each connection against what the core says of it. Takes time in
  // proportion to all of them: for tests, between two rounds. Requires: nothing was done with the
  // core since the last one.
  void check() const {
    CHECK(attended_.empty());
    for (std::size_t i = 0; i < table_.size(); ++i) {
      const Connection& connection = table_[i];
      CHECK(!connection.gone && !connection.attended);
      CHECK(table_.place_of(connection.id) == i);
      CHECK(table_.entry(i).events == wanted_events(connection));
      CHECK(std::ranges::count(timed_, connection.id) == (waits_for_time(connection) ? 1 : 0));
    }
  }

 private:
  static constexpr std::size_t kWake = 0;
  static constexpr std::size_t kListeners = 1;

  struct Connection {
    ConnId id;
    Socket socket;
    FramerT framer;
    bool input_ended = false;     // FIN was read.
    bool output_shut = false;     // FIN was sent.
    bool waits_for_room = false;  // The last send did not take everything, and poll is silent.
    bool attended = false;        // Stands in attended_.
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
  void arm_listeners() {
    const bool accepting = !accept_resumes_ || now_ >= *accept_resumes_;
    if (accepting) accept_resumes_.reset();
    for (std::size_t i = 0; i < listeners_.size(); ++i) {
      table_.other(kListeners + i).events = accepting ? POLLIN : 0;
    }
  }

  Connection& attend(std::size_t place) {
    if (!std::exchange(table_[place].attended, true)) attended_.push_back(place);
    return table_[place];
  }

  void attend_to_events_and_times() {
    for (std::size_t i = 0; i < table_.size(); ++i) {
      if (table_.entry(i).revents != 0) attend(i).waits_for_room = false;
    }
    for (const ConnId id : timed_) attend(*table_.place_of(id));
    std::ranges::sort(attended_);  // All are served in one order, whyever they are.
  }

  // Flushes those that the core has changed. To flush one may change others: it may be gone.
  void follow_core() {
    for (auto ids = core_.take_changed(); !ids.empty(); ids = core_.take_changed()) {
      for (const ConnId id : ids) {
        if (const auto place = table_.place_of(id)) flush(attend(*place));
      }
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

  bool waits_for_time(const Connection& connection) const {
    return connection.linger_deadline || is_held(connection);
  }

  std::optional<TimePoint> deadline() const {
    std::optional<TimePoint> first = core_.next_deadline();
    const auto consider = [&first](const std::optional<TimePoint>& other) {
      if (other) first = std::min(first.value_or(*other), *other);
    };
    consider(accept_resumes_);
    for (const ConnId id : timed_) {
      const Connection& connection = table_[*table_.place_of(id)];
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
    const int fd = net_.fd(accepted.socket);
    table_.add({.id = id, .socket = std::move(accepted.socket), .framer = FramerT()}, fd);
    core_.open(id, {.host = accepted.host, .secure = accepted.secure}, now_);
    attend(table_.size() - 1);
  }

  void flush(Connection& connection) {
    if (connection.gone) return;
    const std::string_view output = core_.output(connection.id);
    if (!output.empty() && !connection.waits_for_room) {
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

  // The end of the round for all that were attended to; the only place that removes. Backwards, so
  // that the entry swapped in was already looked at.
  void sweep() {
    std::ranges::sort(attended_, std::greater());
    std::erase_if(timed_, [this](ConnId id) { return table_[*table_.place_of(id)].attended; });
    for (const std::size_t i : attended_) {
      Connection& connection = table_[i];
      connection.attended = false;
      if (connection.gone) {
        table_.remove(i);
        accept_resumes_.reset();  // There is a descriptor again.
        continue;
      }
      table_.entry(i).events = wanted_events(connection);
      if (waits_for_time(connection)) timed_.push_back(connection.id);
    }
    attended_.clear();
  }

  Net& net_;
  Core& core_;
  std::vector<Socket> listeners_;
  LoopLimits limits_;
  PollTable<Connection> table_;
  std::vector<std::size_t> attended_;  // In this round; their places.
  std::vector<ConnId> timed_;          // Who waits for a time.
  std::uint64_t last_id_ = 0;
  TimePoint now_{};
  std::optional<TimePoint> accept_resumes_;
  std::array<char, 16384> dropped_{};  // Where input goes that nobody wants.
};

}  // namespace irc
