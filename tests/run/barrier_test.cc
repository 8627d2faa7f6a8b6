#include "harness/run/barrier.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace conform::testing {
namespace {

constexpr auto kEvery = {Barrier::ping,         Barrier::join,
                         Barrier::self_message, Barrier::unknown_command,
                         Barrier::refusal,      Barrier::silence};

struct Row {
  Barrier barrier;
  const char* line;
  bool answered;
  const char* reason;
};

const std::vector<Row> kLines = {
    // clang-format off
    {Barrier::ping, ":srv PONG srv :tok",          true,  "as RFC 2812 has it"},
    {Barrier::ping, "PONG tok",                    true,  "without source and server"},
    {Barrier::ping, "pong :tok",                   true,  "commands have no case"},
    {Barrier::ping, "@time=x :srv PONG srv tok",   true,  "tags make no difference"},
    {Barrier::ping, ":srv PONG tok srv",           false, "the token is not the last parameter"},
    {Barrier::ping, ":srv PONG srv :tok2",         false, "another token"},
    {Barrier::ping, "PONG",                        false, "no token"},
    {Barrier::ping, "PING tok",                    false, "an echo"},
    {Barrier::ping, "NOTICE a :PONG tok",          false, "only a PONG answers a PING"},
    {Barrier::ping, ":srv 402 a tok :No such server", false, "an error that repeats it"},
    {Barrier::ping, "",                            false, "an empty line"},
    {Barrier::join, ":a!u@h JOIN :tok",            true,  "any line that names the channel"},
    {Barrier::join, ":srv 403 a tok :No such channel", true, "a refusal, too, comes in order"},
    {Barrier::join, ":a!u@h JOIN #other",          false, "another channel"},
    {Barrier::self_message, ":a!u@h PRIVMSG a :tok", true, "it comes back"},
    {Barrier::self_message, ":a!u@h PRIVMSG a :x", false, "another message"},
    {Barrier::unknown_command, ":srv 421 a tok :Unknown command", true, "421 repeats it"},
    {Barrier::unknown_command, ":srv 421 a X :Unknown command", false, "of another command"},
    {Barrier::refusal, ":srv 451 * :You have not registered", true, "not registered"},
    {Barrier::refusal, ":srv 421 * PING :Unknown command", true, "not known"},
    {Barrier::refusal, "464 * :Password incorrect", true,  "the password comes first"},
    {Barrier::refusal, ":srv NOTICE * :*** 451",   false, "a greeting"},
    {Barrier::silence, "PONG tok",                 false, "nothing is an answer"},
    // clang-format on
};

TEST(Barrier, IsAnsweredByTheLinesOfTheTable) {
  for (const Row& row : kLines) {
    EXPECT_EQ(barrier_answered(row.barrier, "tok", row.line), row.answered)
        << row.reason << ": " << row.line;
  }
}

TEST(Barrier, SaysOneLineOrNothing) {
  for (const Barrier barrier : kEvery) {
    const std::string line = barrier_line(barrier, "tok", "alice");
    if (barrier == Barrier::silence) {
      EXPECT_EQ(line, "");
    } else {
      EXPECT_TRUE(line.ends_with("\r\n")) << to_string(barrier);
      EXPECT_NE(line.find("tok"), line.npos) << to_string(barrier);
    }
  }
  EXPECT_EQ(barrier_line(Barrier::self_message, "tok", "alice"), "PRIVMSG alice :tok\r\n");
}

TEST(Barrier, HasANameOfItsOwnForEveryKind) {
  for (const Barrier barrier : kEvery) EXPECT_NE(to_string(barrier), "");
}

struct PingRow {
  const char* line;
  bool is_ping;
  const char* token;
  const char* reason;
};

const std::vector<PingRow> kPings = {
    // clang-format off
    {"PING :irc.example",       true,  "irc.example", "as most servers send it"},
    {":irc.example PING x",     true,  "x",           "with a source"},
    {"ping x",                  true,  "x",           "commands have no case"},
    {"PING a b",                true,  "b",           "the last parameter is what comes back"},
    {"PING :two words",         true,  "two words",   "blanks are part of it"},
    {"PING",                    true,  "",            "none at all"},
    {"PONG x",                  false, "",            "an answer"},
    {"NOTICE * :PING x",        false, "",            "a text"},
    {"",                        false, "",            "an empty line"},
    // clang-format on
};

TEST(ServerPing, IsRecognisedAsTheTableSays) {
  for (const PingRow& row : kPings) {
    const ServerPing ping = server_ping(row.line);
    EXPECT_EQ(ping.is_ping, row.is_ping) << row.reason;
    EXPECT_EQ(ping.token, row.token) << row.reason;
  }
}

}  // namespace
}  // namespace conform::testing
