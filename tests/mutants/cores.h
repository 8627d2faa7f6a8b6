// Cores that misbehave: the project's, with one of its operations hidden by a wrong one.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/core/server.h"
#include "tests/mutants/died.h"

namespace irc::mutants {

// The lines that have come with a QUIT or a KILL, but behind it, are executed before it.
class RunsLinesAfterQuit : public Server {
 public:
  using Server::Server;

  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    const bool ends = frame.line.starts_with("QUIT") || frame.line.starts_with("KILL");
    if (!ends) return Server::on_frame(id, frame, now);
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
struct TopicWithoutParameter {
  static bool takes(const Frame& frame) { return frame.line == "TOPIC"; }
};
struct PongWithoutToken {
  static bool takes(const Frame& frame) { return frame.line == "PONG"; }
};
struct BackslashAtEndOfTag {
  static bool takes(const Frame& frame) {
    return frame.line.starts_with('@') && frame.line.find("\\ ") != std::string_view::npos;
  }
};
struct SixteenParameters {
  static bool takes(const Frame& frame) {
    return std::ranges::count(frame.line.substr(0, frame.line.find(" :")), ' ') >= 16;
  }
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

// Asks the silent again and again, and takes each of them to have answered.
class AsksForEver : public Server {
 public:
  using Server::Server;

  void tick(TimePoint now) {
    Server::tick(now);
    std::vector<ConnId> asked;
    for_each_output([&asked](ConnId id, std::string_view output) {
      if (output.starts_with("PING ") || output.find("\nPING ") != output.npos) asked.push_back(id);
    });
    for (const ConnId id : asked) on_frame(id, Frame{.line = "PONG x", .overlong = false}, now);
  }
};

// Tells the peers of a QUIT, and leaves the connection open.
class QuitDoesNotClose : public Server {
 public:
  using Server::Server;

  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    Server::on_frame(id, frame, now);
    if (Server::closing(id) && frame.line.starts_with("QUIT")) kept_.insert(id);
  }
  bool closing(ConnId id) const { return Server::closing(id) && !kept_.contains(id); }
  void end_of_input(ConnId id, std::string_view reason) {
    kept_.erase(id);
    Server::end_of_input(id, reason);
  }

 private:
  std::set<ConnId> kept_;
};

// Whoever leaves, in whatever way, leaves the nickname taken: a ghost has it. Or only who leaves
// before he is registered.
enum class Haunts : std::uint8_t { everybody, unregistered };

template <Haunts Whom>
class KeepsTheNick : public Server {
 public:
  using Server::Server;

  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    now_ = now;
    Server::on_frame(id, frame, now);
    if (frame.line.starts_with("NICK ")) nicks_[id] = frame.line;
    if (Whom == Haunts::unregistered && frame.line.starts_with("USER ")) nicks_.erase(id);
    if (Server::closing(id)) haunt(id);
  }
  void tick(TimePoint now) {
    now_ = now;
    Server::tick(now);
  }
  void end_of_input(ConnId id, std::string_view reason) {
    Server::end_of_input(id, reason);
    haunt(id);
  }
  void disconnected(ConnId id, std::string_view reason) {
    Server::disconnected(id, reason);
    haunt(id);
  }

 private:
  void haunt(ConnId id) {
    const auto found = nicks_.extract(id);
    if (found.empty()) return;
    const ConnId ghost{--last_ghost_};
    Server::open(ghost, {.host = ""}, now_);
    Server::on_frame(ghost, Frame{.line = found.mapped(), .overlong = false}, now_);
  }

  std::map<ConnId, std::string> nicks_;  // The last NICK of each.
  std::uint64_t last_ghost_ = std::numeric_limits<std::uint64_t>::max();
  TimePoint now_{};
};

// Who is on a channel, or an operator, is kept by nickname: whoever has one next is so too.
class SeatsByNick : public Server {
 public:
  using Server::Server;

  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    Server::on_frame(id, frame, now);
    if (frame.line.starts_with("NICK ")) nicks_[id] = frame.line.substr(5);
    const bool rises = frame.line.starts_with("JOIN ") || frame.line.starts_with("OPER ");
    if (rises) rises_[nicks_[id]].emplace(frame.line);
    if (!frame.line.starts_with("USER ")) return;
    for (const std::string& line : rises_[nicks_[id]]) {
      Server::on_frame(id, Frame{.line = line, .overlong = false}, now);
    }
  }

 private:
  std::map<ConnId, std::string> nicks_;
  std::map<std::string, std::set<std::string>> rises_;
};

// Executes each message to somebody twice.
class RunsTwice : public Server {
 public:
  using Server::Server;

  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    Server::on_frame(id, frame, now);
    if (frame.line.starts_with("PRIVMSG ")) Server::on_frame(id, frame, now);
  }
};

// Takes a PONG that nobody asked for as a reason to part.
class PongIsQuit : public Server {
 public:
  using Server::Server;

  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    const bool pong = frame.line.starts_with("PONG");
    Server::on_frame(id, pong ? Frame{.line = "QUIT :no ping", .overlong = false} : frame, now);
  }
};

}  // namespace irc::mutants
