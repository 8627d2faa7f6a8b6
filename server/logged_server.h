// LoggedServer: the server, and a line in the log for what an operator wants to know of it. It
// hides what it logs and hands everything on; the loop takes it as its core.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

#include "server/core/server.h"
#include "server/log.h"

namespace irc {

class LoggedServer : public Server {
 public:
  // `log` must outlive it.
  LoggedServer(ServerConfig config, Log& log) : Server(std::move(config)), log_(log) {}

  std::optional<std::string> refusal(std::string_view host) const {
    std::optional<std::string> line = Server::refusal(host);
    if (line) log_.debug("{} turned away: {}", host, escaped(*line));
    return line;
  }
  void open(ConnId id, const Origin& origin, TimePoint now) {
    log_.debug("#{} connected from {}{}", number(id), origin.host, origin.secure ? " by TLS" : "");
    Server::open(id, origin, now);
  }
  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    if (log_.should_log(LogLevel::trace)) {
      log_.trace("#{} > {}", number(id), frame.overlong ? "[overlong]" : loggable(frame.line));
    }
    Server::on_frame(id, frame, now);
    if (const auto attempt = take_oper_attempt()) log_oper(*attempt);
  }
  void end_of_input(ConnId id, std::string_view reason) {
    log_.debug("#{} sends no more", number(id));
    Server::end_of_input(id, reason);
  }
  void disconnected(ConnId id, std::string_view reason) {
    Server::end_of_input(id, reason);  // Unless it is closing for a reason of its own.
    if (log_.should_log(LogLevel::debug)) log_departure(id, departure(id));
    Server::disconnected(id, reason);
  }

 private:
  static std::uint64_t number(ConnId id) { return static_cast<std::uint64_t>(id); }
  // "#1 nick!user@host", or "#1" before it has a nickname.
  std::string named(ConnId id) const {
    const std::string known = source(id);
    const std::string number_only = fmt::format("#{}", number(id));
    return known.starts_with('!') ? number_only : number_only + ' ' + escaped(known);
  }

  void log_departure(ConnId id, const Departure& departure) const {
    log_.debug("{} {}: {}", named(id), departure.dismissed ? "was ended" : "is gone",
               escaped(departure.reason));
  }

  void log_oper(const OperAttempt& attempt) const {
    if (attempt.granted) {
      log_.info("{} is an operator", named(attempt.id));
    } else {
      log_.warn("{} tried to become an operator", named(attempt.id));
    }
  }

  Log& log_;
};

}  // namespace irc
