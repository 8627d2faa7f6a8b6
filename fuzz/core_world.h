// CoreWorld: the protocol core and its clients, without a network, as the bytes of an input have
// it. After each record it looks whether everything that always has to hold does.
//
// The first byte of the input is the configuration, the rest are records
// (harness/script/records.h), by kind:
//
//     0NICK d     client 0 says "NICK d"; so with any kind that is not below
//     @           its input ends
//     H           its connection is gone
//     P           it sends a line that is too long
//     X           it stops to read, or goes on
//     `5          time passes: so many times 10 s
//     h0          another configuration, by the byte
//     p0          operators are given notice; p1: the server ends all clients
//
// A client that is not there comes when it says something.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/client_judge.h"
#include "fuzz/finding.h"
#include "harness/script/records.h"
#include "server/core/server.h"

namespace fuzz {

using conform::script::Record;

namespace oracles {

inline constexpr Oracle kHeard{"CO-HEARD", "what a client hears makes sense",
                               "client_judge.h; RFC 2812 2.3, 3"};
inline constexpr Oracle kGoodbye{"CO-GOODBYE", "who is closed by the server is told by an ERROR",
                                 "RFC 2812 3.7.4"};
inline constexpr Oracle kAnswered{"CO-ANSWERED", "who asks is answered", "RFC 2812 3.7.2, 3.7.3"};
inline constexpr Oracle kNothingLeft{"CO-LEFT", "when all have gone there is nothing to wait for",
                                     "Server::next_deadline"};
inline constexpr Oracle kAhead{"CO-AHEAD", "what is due has been done by the tick for it",
                               "Server::next_deadline"};
inline constexpr Oracle kSameAgain{"CO-SAME", "the same input twice gives the same output",
                                   "Server: no clock and no randomness"};

}  // namespace oracles

class CoreWorld {
 public:
  // Plays the input to its end, or to the first oracle that does not hold. The tables of the core
  // are checked after each record (State::check aborts).
  explicit CoreWorld(std::string_view input);

  const Verdict& verdict() const { return verdict_; }
  // What all clients heard, in the order in which they heard it.
  const std::string& transcript() const { return transcript_; }

 private:
  struct Client {
    irc::ConnId id{};
    ClientJudge judge{ClientJudge::Pings::any};
    bool open = false;
    bool reads = true;
  };

  void perform(const Record& record);
  void reconfigure(std::uint8_t byte);
  void connect(Client& client);
  void say(Client& client, std::string_view bytes);
  void disconnect(Client& client);
  void pass(irc::Duration duration);
  void hear_all();
  void hear(Client& client);
  void ask(Client& client);
  void finish();
  void fail(const Oracle& oracle, std::string expected, std::string actual);

  std::string_view input_;
  irc::Server server_;
  irc::TimePoint now_{};
  std::array<Client, Record::kClients> clients_{};
  std::uint64_t last_id_ = 0;
  bool has_bot_ = false;
  std::string transcript_;
  Verdict verdict_;
};

// Plays it, and some inputs twice.
Verdict judge_core(std::string_view input);

}  // namespace fuzz
