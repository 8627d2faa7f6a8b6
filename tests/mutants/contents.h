// Cores that misread what a message holds: parameters, names, texts, forbidden bytes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "server/core/server.h"
#include "tests/mutants/rewriting.h"

namespace irc::mutants {

// Has room for fourteen parameters.
class LosesFifteenthParameter : public Server {
 public:
  using Server::Server;

  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    constexpr std::size_t kParamsMax = 14;
    std::size_t end = 0;  // Of the command, then of each parameter.
    for (std::size_t i = 0; i <= kParamsMax && end < frame.line.size(); ++i) {
      const bool trailing = frame.line.substr(end).starts_with(" :");
      end =
          trailing ? frame.line.size() : std::min(frame.line.find(' ', end + 1), frame.line.size());
    }
    Frame cut = frame;
    cut.line = frame.line.substr(0, end);
    Server::on_frame(id, cut, now);
  }
};

// Keeps the end of a topic that is too long, not its begin.
class TopicIsEndOfText : public Server {
 public:
  using Server::Server;

  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    const std::size_t kept_bytes = Limits{}.topic_bytes_max;
    const std::size_t text = frame.line.find(" :") + 2;
    const bool cuts = frame.line.starts_with("TOPIC ") && frame.line.size() > text + kept_bytes;
    if (!cuts) return Server::on_frame(id, frame, now);
    const std::string line = std::string(frame.line.substr(0, text)) +
                             std::string(frame.line.substr(frame.line.size() - kept_bytes));
    Server::on_frame(id, Frame{.line = line, .overlong = false}, now);
  }
};

// What it announces in RPL_ISUPPORT is shorter than what it takes.
struct UsualLimits {
  static std::string rewritten(std::string line) {
    for (const std::string_view name : {" NICKLEN=", " CHANNELLEN="}) {
      const std::size_t found = line.find(name);
      if (found == line.npos) continue;
      const std::size_t value = found + name.size();
      line.replace(value, line.find(' ', value) - value, "30");
    }
    return line;
  }
};

// Takes nicknames and channel names of any length.
class NamesOfAnyLength : public Rewrites<UsualLimits> {
 public:
  explicit NamesOfAnyLength(ServerConfig config)
      : Rewrites<UsualLimits>(unlimited(std::move(config))) {}

 private:
  static ServerConfig unlimited(ServerConfig config) {
    config.limits.nick_bytes_max = config.limits.channel_bytes_max = 500;
    return config;
  }
};

// Inside it STX stands for NUL, with which the project's core would not relay a line.
struct StxIsNul {
  static std::string rewritten(std::string line) {
    std::ranges::replace(line, '\x02', '\0');
    return line;
  }
};

// Relays a NUL as any other byte.
class RelaysNul : public Rewrites<StxIsNul> {
 public:
  using Rewrites<StxIsNul>::RewritesBatch;

  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    std::string line(frame.line);
    std::ranges::replace(line, '\0', '\x02');
    Server::on_frame(id, Frame{.line = line, .overlong = frame.overlong}, now);
  }
};

}  // namespace irc::mutants
