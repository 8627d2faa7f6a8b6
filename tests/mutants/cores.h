// Cores that misbehave: the project's, with one of its operations hidden by a wrong one.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/core/server.h"
#include "tests/mutants/died.h"

namespace irc::mutants {

// The lines that have come with a QUIT, but behind it, are executed before it.
class RunsLinesAfterQuit : public Server {
 public:
  using Server::Server;

  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    if (!frame.line.starts_with("QUIT")) return Server::on_frame(id, frame, now);
    quits_.emplace_back(id, frame.line);
  }
  void tick(TimePoint now) {
    for (const auto& [id, line] : std::exchange(quits_, {})) {
      Server::on_frame(id, Frame{.line = line, .overlong = false}, now);
    }
    Server::tick(now);
  }

 private:
  std::vector<std::pair<ConnId, std::string>> quits_;
};

// Ends at a line for which Bait::takes(frame) holds.
template <class Bait>
class DiesOf : public Server {
 public:
  using Server::Server;

  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    if (Bait::takes(frame)) throw Died();
    Server::on_frame(id, frame, now);
  }
};

struct OverlongLine {
  static bool takes(const Frame& frame) { return frame.overlong; }
};
struct NulByte {
  static bool takes(const Frame& frame) { return frame.line.find('\0') != std::string_view::npos; }
};
struct FormatDirective {
  static bool takes(const Frame& frame) { return frame.line.find("%n") != std::string_view::npos; }
};

// Registers clients and answers their PINGs; everything else falls on deaf ears.
class OnlyPongs : public Server {
 public:
  using Server::Server;

  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    for (const std::string_view command : {"CAP", "PASS", "NICK", "USER", "PING", "PONG"}) {
      if (frame.line.starts_with(command)) return Server::on_frame(id, frame, now);
    }
  }
};

// Frees the socket of a client that was reset, but not the client.
class KeepsTheReset : public Server {
 public:
  using Server::Server;

  void disconnected(ConnId id, std::string_view reason) {
    if (reason != "Connection reset by peer") Server::disconnected(id, reason);
  }
};

// Never asks whether anybody is there, and waits for ever for a registration.
class NeverAsks : public Server {
 public:
  using Server::Server;

  void tick(TimePoint /*now*/) {}
  std::optional<TimePoint> next_deadline() const { return std::nullopt; }
};

@@TAIL@@

}  // namespace irc::mutants
