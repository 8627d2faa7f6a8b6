// irc-refd while it runs: signals, several addresses, the log, limits.
#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>
#include <string>
#include <vector>

#include "tests/load/client.h"
#include "tests/load/refd_process.h"

namespace irc {
namespace {

using conform::testing::Ended;
using conform::testing::run_program;

class RunningServer : public testing::Test {
 protected:
  ~RunningServer() override { ::unlink(config_.c_str()); }

  void configure(const std::string& text) { std::ofstream(config_) << text; }
  const std::string& config() const { return config_; }

  // What stands behind `command`, up to the answer to a PING.
  static std::string answer(const UniqueFd& client, const std::string& command) {
    EXPECT_TRUE(say(client, command + "\r\nPING end\r\n"));
    return heard_until(client, ":end\r\n");
  }

 private:
  std::string config_ = testing::TempDir() + "running_test." + std::to_string(::getpid());
};

TEST_F(RunningServer, ReadsItsConfigurationAgainOnSighup) {
  configure("name = \"a.b\"\nmotd = \"old\"\nthrottle = false\n");
  RefdProcess server({"--config", config()});
  UniqueFd client = registered(server.port(), "a");
  configure("name = \"c.d\"\nmotd = \"new\"\nthrottle = false\n");
  server.send(SIGHUP);
  EXPECT_NE(answer(client, "MOTD").find(":a.b 372 a :- new\r\n"), std::string::npos);
  configure("motd = \"newer\"\nbroken = 1\n");
  server.send(SIGHUP);
  EXPECT_NE(answer(client, "MOTD").find(":- new\r\n"), std::string::npos);
  client = UniqueFd();
  server.send(SIGTERM);
  const Ended ended = server.wait();
  EXPECT_EQ(ended.status, 0);
  EXPECT_NE(ended.err.find("info: rehash: done; until a restart it keeps: name\n"),
            std::string::npos)
      << ended.err;
  EXPECT_NE(ended.err.find("warning: rehash: nothing has changed: " + config() +
                           ":2:1: unknown key: broken\n"),
            std::string::npos)
      << ended.err;
}

TEST_F(RunningServer, TellsEverybodyThatItEnds) {
  RefdProcess server;
  const std::uint16_t port = server.port();
  const UniqueFd a = registered(port, "a");
  const UniqueFd unregistered = connect_to(port);
  ASSERT_TRUE(say(unregistered, "PING x\r\n") && hears(unregistered, ":x\r\n"));
  server.send(SIGTERM);
  const std::string bye = "ERROR :Closing Link: 127.0.0.1 (Server is shutting down)\r\n";
  EXPECT_TRUE(heard_until(a, bye).ends_with(bye));
  EXPECT_EQ(heard_until(unregistered, bye), bye);
  EXPECT_TRUE(at_end(a) && at_end(unregistered));
  // Neither has closed its end: the server does not wait for that for ever.
  EXPECT_EQ(server.wait().status, 0);
}

TEST_F(RunningServer, EndsAtOnceWhenItIsToldTwice) {
  RefdProcess server;
  const UniqueFd a = registered(server.port(), "a");
  server.send(SIGTERM);
  EXPECT_TRUE(hears(a, "ERROR"));
  server.send(SIGINT);
  EXPECT_EQ(server.wait().status, 0);
}

TEST_F(RunningServer, ListensOnEveryAddress) {
  RefdProcess server({"--listen", "[::1]:0", "--listen", ":0"});
  const UniqueFd first = registered(server.port(), "a");
  EXPECT_NE(server.port("on [::1]:"), 0);
  const UniqueFd third = registered(server.port("on 0.0.0.0:"), "c");
  EXPECT_NE(answer(first, "WHOIS c").find(" 311 a c u 127.0.0.1 "), std::string::npos);
}

TEST_F(RunningServer, LogsNoPassword) {
  RefdProcess server({"--log-level", "trace", "--password", "open", "--oper", "root:sesame"});
  const UniqueFd a = connect_to(server.port());
  ASSERT_TRUE(say(a, "PASS open\r\nNICK a\r\nUSER u 0 * :r\r\nOPER root sesame\r\n"));
  EXPECT_TRUE(hears(a, " 381 a "));
  server.send(SIGTERM);
  const Ended ended = server.wait();
  EXPECT_NE(ended.err.find("#1 > OPER [left out]\n"), std::string::npos) << ended.err;
  EXPECT_NE(ended.err.find("info: #1 a!u@127.0.0.1 is an operator\n"), std::string::npos);
  EXPECT_EQ(ended.err.find("sesame"), std::string::npos);
  EXPECT_EQ(ended.err.find("open"), std::string::npos);
}

TEST_F(RunningServer, AnswersThoughNobodyReadsItsLog) {
  RefdProcess server({"--log-level", "trace", "--no-throttle"});
  const UniqueFd a = registered(server.port(), "a");
  constexpr int kLines = 2000;  // More than fit into a pipe.
  for (int i = 0; i < kLines; ++i)
    ASSERT_TRUE(say(a, "PRIVMSG x :" + std::string(50, 'x') + "\r\n"));
  EXPECT_TRUE(say(a, "PING end\r\n") && hears(a, ":end\r\n"));
  EXPECT_EQ(server.stop(SIGTERM), 0);
}

TEST_F(RunningServer, TurnsAwayWhoIsOneTooMany) {
  RefdProcess server({"--clients-per-address", "2"});
  const std::uint16_t port = server.port();
  const UniqueFd a = registered(port, "a");
  const UniqueFd b = registered(port, "b");
  const UniqueFd c = connect_to(port);
  const std::string refusal =
      "ERROR :Closing Link: 127.0.0.1 (Too many connections from your address)\r\n";
  EXPECT_EQ(heard_until(c, refusal), refusal);
  EXPECT_TRUE(at_end(c));
  ASSERT_TRUE(say(a, "WHOIS a\r\nPING x\r\n") && hears(a, ":x\r\n"));
}

TEST(HashPassword, MakesWhatAConfigurationTakes) {
  const Ended ended = run_program({"/bin/sh", "-c", "echo secret | " + kRefd + " hash-password"});
  EXPECT_EQ(ended.status, 0);
  EXPECT_TRUE(ended.out.starts_with("$argon2id$")) << ended.out;
  const Ended empty = run_program({kRefd, "hash-password"});
  EXPECT_EQ(empty.status, 1);
  EXPECT_EQ(empty.err, "irc-refd: no password on stdin\n");
}

}  // namespace
}  // namespace irc
