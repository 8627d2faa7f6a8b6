// irc-refd as a program: how it starts and ends, and two thousand clients at once.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "server/net/posix_net.h"
#include "tests/load/client.h"
#include "tests/load/refd_process.h"

namespace irc {
namespace {

using conform::testing::Ended;
using conform::testing::run_program;

constexpr std::size_t kClients = 2000;
constexpr std::size_t kClientsPerChannel = 20;

// As many descriptors as the system gives, here and in processes started from here.
std::size_t raise_descriptor_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

TEST(Refd, SaysWhereItListens) {
  RefdProcess refd;
  EXPECT_TRUE(connect_to(refd.port()));
}

TEST(Refd, EndsWellWhenItIsToldTo) {
  for (const int signal : {SIGINT, SIGTERM}) {
    RefdProcess refd;
    const UniqueFd client = connect_to(refd.port());
    EXPECT_EQ(refd.stop(signal), 0) << signal;
  }
}

TEST(Refd, SaysInALineWhatIsWrongWithTheCommandLine) {
  struct Case {
    std::vector<std::string> options;
    std::string_view said;
  };
  const Case cases[] = {
      {{"--bogus"}, "irc-refd: The following argument was not expected: --bogus"},
      {{"extra"}, "irc-refd: The following argument was not expected: extra"},
      {{"--oper", "x"}, "irc-refd: --oper: not NAME:PASSWORD"},
      {{"--name", "a b"}, "irc-refd: --name: not a server name, with a dot: a b"},
      {{"--casemapping", "x"}, "irc-refd: --casemapping: not known: x"},
      {{"--sendq", "1"}, "irc-refd: --sendq: not from 4096 to 1099511627776: 1"},
      {{"--ping-timeout", "x"},
       "irc-refd: --ping-timeout: not between 0.001 and 1000000 seconds: x"},
  };
  for (const Case& each : cases) {
    const Ended ended = RefdProcess(each.options).wait();
    EXPECT_EQ(ended.err, std::string(each.said) + "\n");
    EXPECT_EQ(ended.status, 2) << each.said;
  }
}

TEST(Refd, SaysWhyItCannotListen) {
  RefdProcess first;
  const std::string address = "127.0.0.1:" + std::to_string(first.port());
  const Ended second = run_program({kRefd, "--listen", address});
  EXPECT_EQ(second.err, "irc-refd: cannot listen on " + address + ": Address already in use\n");
  EXPECT_EQ(second.status, 1);
}

TEST(Refd, ServesTwoThousandClientsAtOnce) {
  if (raise_descriptor_limit() < kClients + 100) GTEST_SKIP() << "too few descriptors";
  RefdProcess refd({"--clients-per-address", "0"});
  const UniqueFd witness = connect_to(refd.port());
  ASSERT_TRUE(say(witness, "PING first\r\n") && hears(witness, ":first\r\n"));
  const std::size_t bytes_before = refd.resident_bytes();
  const auto begin = PosixNet().now();

  std::vector<UniqueFd> clients;
  for (std::size_t i = 0; i < kClients; ++i) {
    const std::string number = std::to_string(i);
    clients.push_back(connect_to(refd.port()));
    std::string text = "NICK n" + number + "\r\nUSER u 0 * :r\r\nJOIN #c";
    text.append(std::to_string(i / kClientsPerChannel)).append("\r\nPING ").append(number);
    ASSERT_TRUE(say(clients.back(), text.append("\r\n")));
  }
  for (std::size_t i = 0; i < kClients; ++i) {
    ASSERT_TRUE(hears(clients[i], "PONG irc.reference.test :" + std::to_string(i) + "\r\n")) << i;
  }
  const std::chrono::duration<double> elapsed = PosixNet().now() - begin;
  const std::size_t bytes = refd.resident_bytes() - std::min(bytes_before, refd.resident_bytes());
  std::cout << kClients << " clients: " << bytes / kClients << " bytes of memory each, "
            << elapsed.count() << " s until all were answered\n";
  clients.clear();
  EXPECT_TRUE(say(witness, "PING last\r\n") && hears(witness, ":last\r\n"));
}

}  // namespace
}  // namespace irc
