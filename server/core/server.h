// Server: the IRC protocol as a state machine. Frames go in, bytes come out; it has no sockets, no
// clock and no randomness, so the same calls give the same bytes.
//
// A connection is opened, hands in frames, and is disconnected. When the server itself ends it
// (QUIT, KILL, a wrong password, a time-out, a queue that is too long) `closing` turns true: what
// its output still holds, the ERROR line last, should be sent, its further input is ignored, and
// disconnected() is due in the end all the same.
//
// Times must not go back from call to call.
//
// With a bot in its configuration the server has a client of its own (bot.h), from the first
// connection or tick on; ConnId 0 is that client's. It comes in and is served by the functions
// below like any other.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/core/bot.h"
#include "server/core/config.h"
#include "server/core/session.h"
#include "server/core/state.h"
#include "server/net/clock.h"
#include "server/wire/framer.h"

namespace irc {

// How a client came to leave.
struct Departure {
  bool dismissed = false;  // By the server or an operator; otherwise it left, or was lost.
  std::string_view reason;
};

class Server {
 public:
  explicit Server(ServerConfig config);

  // The line that turns a new connection from `host` away, with terminator; nothing if it may be
  // opened.
  std::optional<std::string> refusal(std::string_view host) const;

  // A new connection. Requires: the id was never opened, and is not 0.
  void open(ConnId id, const Origin& origin, TimePoint now);

  // One line of the client's. Ignored while it is closing.
  void on_frame(ConnId id, const Frame& frame, TimePoint now);

  // The client will send no more (FIN): it leaves, and its peers are told `reason`, but it may
  // still read what it has been sent. Ignored while it is closing.
  void end_of_input(ConnId id, std::string_view reason);

  // The connection is gone: all that is kept for it is freed, its peers are told `reason` unless
  // they know already. The id may not be used after it.
  void disconnected(ConnId id, std::string_view reason);

  // Asks the idle whether they are there, and ends those who did not answer or register in time.
  void tick(TimePoint now);

  // What operators have asked for since it was last taken. After a REHASH it is for the caller to
  // read its configuration and to call reconfigure, or to say with notify_operators why not; after
  // a DIE, to call shut_down and to end.
  Requests take_requests() { return std::exchange(state_.requests(), {}); }

  // The last OPER since it was last taken: for the log, after each line.
  std::optional<OperAttempt> take_oper_attempt() {
    return std::exchange(state_.oper_attempt(), std::nullopt);
  }

  // Whose output was empty and is not any more, and who has turned closing, since it was last
  // taken: all others are as the caller knows them. An id may be there twice, or be that of a
  // connection that is gone, or of the bot.
  std::vector<ConnId> take_changed() { return state_.take_changed(); }

  // Goes on with another configuration, but for name, casemapping and utf8_only, which stay;
  // returns the names of what would have been different. Clients are told what is different; what
  // they have under the old limits, they keep. A bot comes or goes with it, and comes anew where it
  // is to be another.
  std::vector<std::string_view> reconfigure(ServerConfig config, TimePoint now);

  // A NOTICE to each IRC operator. Requires: no NUL, CR or LF in the text.
  void notify_operators(std::string_view text);

  // Ends all clients: each is sent an ERROR with the reason. Their ids stay until disconnected().
  void shut_down(std::string_view reason);

  // When tick has something to do next, or earlier; nothing while there is no client.
  std::optional<TimePoint> next_deadline() const { return deadline_; }

  // What waits to be sent. Valid until the next call that is not const.
  std::string_view output(ConnId id) const;
  // Its first `bytes` have been sent. Requires: bytes <= output(id).size().
  void sent(ConnId id, std::size_t bytes);
  bool closing(ConnId id) const;

  // For the log: "nick!user@host", of what is known so far.
  std::string source(ConnId id) const { return state_.session(id).source(); }
  // For the log: why it is closing, and whether the server or an operator wanted it to. Valid until
  // disconnected(). Requires: it is closing.
  Departure departure(ConnId id) const;

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
  void handle(Session& session, const Frame& frame);
  void set_deadline(Session& session, TimePoint deadline);
  void check_liveness(Session& session);
  void seat_bot();
  void serve_bot();
  void let_bot_say(const Bot::Lines& lines);

  State state_;
  std::optional<Bot> bot_;
  bool bot_wanted_ = true;  // Seat it at the next occasion; not again once it was ended.
  // Not later than the first deadline of a session. Those move on with every line; it is only
  // brought up to date when it is reached.
  std::optional<TimePoint> deadline_;
};

}  // namespace irc
