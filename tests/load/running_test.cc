// irc-refd while it runs: signals, several addresses, the log, limits.
#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>
#include <string>
#include <vector>

#include "tests/load/client.h"
#include "tests/support/process.h"

namespace irc {
namespace {

using conform::testing::Ended;
using conform::testing::Process;
using conform::testing::run_program;

const std::string kRefd = BINARY_DIR "/irc-refd";

class RunningServer : public testing::Test {
 protected:
  ~RunningServer() override { ::unlink(config_.c_str()); }

  void configure(const std::string& text) { std::ofstream(config_) << text; }
  const std::string& config() const { return config_; }

  static std::uint16_t port_of(Process& server) {
    const std::string address = server.wait_for_output("listening on ");
    return static_cast<std::uint16_t>(std::stoul(address.substr(address.rfind(':') + 1)));
  }
  static UniqueFd user(std::uint16_t port, const std::string& nick) {
    UniqueFd client = connect_to(port);
    EXPECT_TRUE(say(client, "NICK " + nick + "\r\nUSER u 0 * :r\r\n"));
    EXPECT_TRUE(hears(client, " 001 "));
    return client;
  }
  // What stands behind `command`, up to the answer to a PING.
  static std::string answer(const UniqueFd& client, const std::string& command) {
    EXPECT_TRUE(say(client, command + "\r\nPING end\r\n"));
    return heard_until(client, ":end\r\n");
  }

 private:
  std::string config_ = testing::TempDir() + "running_test." + std::to_string(::getpid());
};

TEST_F(RunningServer, ReadsItsConfigurationAgainOnSighup) {
  configure("name = \"a.b\"\nlisten = \"127.0.0.1:0\"\nmotd = \"old\"\nthrottle = false\n");
  Process server({kRefd, "--config", config()});
  UniqueFd client = user(port_of(server), "a");
  configure("name = \"c.d\"\nlisten = \"127.0.0.1:0\"\nmotd = \"new\"\nthrottle = false\n");
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
  Process server({kRefd, "--listen", "127.0.0.1:0"});
  const std::uint16_t port = port_of(server);
  const UniqueFd a = user(port, "a");
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
  Process server({kRefd, "--listen", "127.0.0.1:0"});
  const UniqueFd a = user(port_of(server), "a");
  server.send(SIGTERM);
  EXPECT_TRUE(hears(a, "ERROR"));
  server.send(SIGINT);
  EXPECT_EQ(server.wait().status, 0);
}

TEST_F(RunningServer, ListensOnEveryAddress) {
  Process server({kRefd, "--listen", "127.0.0.1:0", "--listen", "[::1]:0", "--listen", ":0"});
  const UniqueFd first = user(port_of(server), "a");
  EXPECT_NE(server.wait_for_output("listening on [::1]:"), "0");
  const std::string any = server.wait_for_output("listening on 0.0.0.0:");
  const UniqueFd third = user(static_cast<std::uint16_t>(std::stoul(any)), "c");
  EXPECT_NE(answer(first, "WHOIS c").find(" 311 a c u 127.0.0.1 "), std::string::npos);
}

TEST_F(RunningServer, LogsNoPassword) {
  Process server({kRefd, "--listen", "127.0.0.1:0", "--log-level", "trace", "--password", "open",
                  "--oper", "root:sesame"});
  const UniqueFd a = connect_to(port_of(server));
  ASSERT_TRUE(say(a, "PASS open\r\nNICK a\r\nUSER u 0 * :r\r\nOPER root sesame\r\n"));
  EXPECT_TRUE(hears(a, " 381 a "));
  server.send(SIGTERM);
  const Ended ended = server.wait();
  EXPECT_NE(ended.err.find("#1 > OPER [left out]\n"), std::string::npos) << ended.err;
  EXPECT_NE(ended.err.find("info: #1 a!u@127.0.0.1 is an operator\n"), std::string::npos);
  EXPECT_EQ(ended.err.find("sesame"), std::string::npos);
  EXPECT_EQ(ended.err.find("open"), std::string::npos);
}

TEST_F(RunningServer, TurnsAwayWhoIsOneTooMany) {
  Process server({kRefd, "--listen", "127.0.0.1:0", "--clients-per-address", "2"});
  const std::uint16_t port = port_of(server);
  const UniqueFd a = user(port, "a");
  const UniqueFd b = user(port, "b");
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
