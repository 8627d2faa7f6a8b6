// Cores that misread what a message holds: parameters, names, texts, forbidden bytes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/core/config.h"
#include "server/core/isupport.h"
#include "server/core/reply.h"
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

// Announces in RPL_ISUPPORT what the reference does, whatever its own limits are.
struct UsualLimits {
  static std::string rewritten(std::string line) {
    if (!behind_source(line).starts_with("005 ")) return line;
    for (const std::string& token : isupport_tokens(ServerConfig{})) {
      const std::string name = " " + token.substr(0, token.find('=') + 1);
      const std::size_t found = line.find(name);
      if (found == line.npos) continue;
      line.replace(found + 1, line.find(' ', found + 1) - found - 1, token);
    }
    return line;
  }
};

// Takes one more of everything than it announces.
class OneMoreThanAnnounced : public Rewrites<UsualLimits> {
 public:
  explicit OneMoreThanAnnounced(ServerConfig config)
      : Rewrites<UsualLimits>(one_more(std::move(config))) {}

 private:
  static ServerConfig one_more(ServerConfig config) {
    Limits& limits = config.limits;
    for (std::size_t* limit :
         {&limits.nick_bytes_max, &limits.user_bytes_max, &limits.channel_bytes_max,
          &limits.masks_max, &limits.channels_max, &limits.targets_max}) {
      ++*limit;
    }
    return config;
  }
};

// Of the parameters of a MODE of several changes the first and the last are mistaken for each
// other.
class SwapsModeParameters : public Server {
 public:
  using Server::Server;

  void on_frame(ConnId id, const Frame& frame, TimePoint now) {
    constexpr std::size_t kFirstParameter = 3;  // Behind "MODE #c +bv".
    std::vector<std::string_view> words = split_list(frame.line, ' ');
    const bool several = words.front() == "MODE" && words.size() > kFirstParameter + 1;
    if (!several) return Server::on_frame(id, frame, now);
    std::swap(words[kFirstParameter], words.back());
    std::string line;
    for (const std::string_view word : words) line.append(line.empty() ? "" : " ").append(word);
    Server::on_frame(id, Frame{.line = line, .overlong = false}, now);
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
