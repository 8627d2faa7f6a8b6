// ClientJudge: what one client hears, held against the protocol and against what it was told
// before. It knows no server: all it knows of the others it has from the lines themselves.
//
// - Lines end with CR LF, have at most 512 bytes (tags apart), hold no NUL, CR or LF, and parse.
// - Nothing follows an ERROR.
// - Once it is registered, a numeric names its nickname.
// - The tokens of PONG, where they are "NUMBER.", rise, if those of its PINGs do: no PING is
//   answered twice or out of order. That the last one is answered, who sent it looks (last_pong).
// - It hears of channels that it is on, and of nobody who is on none of them; NAMES lists those
//   that joined and have not left, so that a QUIT that is missing or comes twice is found.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "server/wire/message.h"

namespace fuzz {

class ClientJudge {
 public:
  // Whether the tokens of PONG tell anything: not where clients say what they like.
  enum class Pings : std::uint8_t { rising, any };

  explicit ClientJudge(Pings pings = Pings::rising) : pings_(pings) {}

  // What has come, in any pieces.
  void hear(std::string_view bytes);
  // The first thing that was wrong, with the line; empty as long as nothing is.
  const std::string& wrong() const { return wrong_; }
  // Whether an ERROR has come: the server closes the connection.
  bool told_to_go() const { return ended_; }
  bool registered() const { return registered_; }
  // The token of the PONG that came last; empty before the first.
  const std::string& last_pong() const { return last_pong_; }

 private:
  struct Channel {
    std::set<std::string, std::less<>> members;
    std::set<std::string, std::less<>> listed;  // By the NAMES that is under way.
    bool known = false;                         // Its first NAMES has come to its end.
  };

  void judge(std::string_view line);
  void judge_numeric(const irc::Message& message);
  void judge_named(const irc::Message& message);
  void judge_pong(std::string_view token);
  void join(const std::string& who, const std::string& name);
  void leave(const std::string& who, const std::string& name);
  void quit(const std::string& who);
  void rename(const std::string& who, const std::string& to);
  void end_of_names(const std::string& name);
  void must_be_on(const std::string& name);
  void fail(const std::string& what);

  Pings pings_;
  std::string line_;  // So far.
  std::string wrong_;
  std::string nick_;
  std::string listing_;  // The channel of the NAMES that is under way, if it is on it.
  bool registered_ = false;
  bool ended_ = false;
  std::string last_pong_;
  std::uint64_t last_number_ = 0;
  std::map<std::string, Channel, std::less<>> channels_;
};

}  // namespace fuzz
