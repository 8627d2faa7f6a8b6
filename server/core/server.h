// Server: the IRC protocol as a state machine. Frames go in, bytes come out; it has no sockets, no
// clock and no randomness, so the same calls give the same bytes.
//
// A connection is opened, hands in frames, and is disconnected. When the server itself ends it
// (QUIT, KILL, a wrong password, a time-out, a queue that is too long) `closing` turns true: what
// its output still holds, the ERROR line last, should be sent, its further input is ignored, and
// disconnected() is due in the end all the same.
//
// Times must not go back from call to call.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/core/config.h"
#include "server/core/session.h"
#include "server/core/state.h"
#include "server/net/clock.h"
#include "server/wire/framer.h"

namespace irc {

class Server {
 public:
  explicit Server(ServerConfig config);

  // The line that turns a new connection from `host` away, with terminator; nothing if it may be
  // opened.
  std::optional<std::string> refusal(std::string_view host) const;

  // A new connection from `host` (an address or a name). Requires: the id was never opened.
  void open(ConnId id, std::string_view host, TimePoint now);

  // One line of the client's. Ignored while it is closing.
  void on_frame(ConnId id, const Frame& frame, TimePoint now);

  // The client will send no more (FIN): it leaves, and its peers are told `reason`, but it may
  // still read what it has been sent. Ignored while it is closing.
  void end_of_input(ConnId id, std::string_view reason);

  // The connection is gone: all that is kept for it is freed, its peers are told `reason` unless
  // they know already. The id may not be used after it.
  void disconnected(ConnId id, std::string_view reason);

  // Goes on with another configuration. Requires: neither its name nor its casemapping differs.
  void reconfigure(ServerConfig config, TimePoint now);

  // Ends all clients: each is sent an ERROR with the reason. Their ids stay until disconnected().
  void shut_down(std::string_view reason);

  // Asks the idle whether they are there, and ends those who did not answer or register in time.
  void tick(TimePoint now);

  // When tick has something to do next, or earlier; nothing while there is no client.
  std::optional<TimePoint> next_deadline() const { return deadline_; }

  // What waits to be sent. Valid until the next call that is not const.
  std::string_view output(ConnId id) const;
  // Its first `bytes` have been sent. Requires: bytes <= output(id).size().
  void sent(ConnId id, std::size_t bytes);
  bool closing(ConnId id) const;

  // For the log. The source is "nick!user@host", of what is known so far.
  bool is_oper(ConnId id) const { return state_.session(id).oper; }
  std::string source(ConnId id) const { return state_.session(id).source(); }

  // See State::check.
  void check() const { state_.check(); }

  // Calls visit(ConnId, std::string_view output) for each that has output, in client order.
  template <class Visit>
  void for_each_output(Visit visit) const {
    for (const auto& [id, session] : state_.sessions()) {
      if (session.output.size() > 0) visit(id, session.output.pending());
    }
  }

 private:
  void set_deadline(Session& session, TimePoint deadline);
  void check_liveness(Session& session);

  State state_;
  // Not later than the first deadline of a session. Those move on with every line; it is only
  // brought up to date when it is reached.
  std::optional<TimePoint> deadline_;
};

}  // namespace irc
