// irc-refd as a program: how it starts and ends, and two thousand clients at once.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "server/net/posix_net.h"
#include "server/net/unique_fd.h"
#include "tests/load/refd_process.h"

namespace irc {
namespace {

constexpr std::size_t kClients = 2000;
constexpr std::size_t kClientsPerChannel = 20;

UniqueFd connect_to(std::uint16_t port) {
  UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const timeval patience{.tv_sec = 30, .tv_usec = 0};
  ::setsockopt(fd.fd(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  return ::connect(fd.fd(), generic, sizeof address) == 0 ? std::move(fd) : UniqueFd();
}

bool say(const UniqueFd& client, std::string_view text) {
  const ssize_t sent = ::send(client.fd(), text.data(), text.size(), MSG_NOSIGNAL);
  return sent == static_cast<ssize_t>(text.size());
}

// Reads until `text` has come; false at the end of the stream, or of patience.
bool hears(const UniqueFd& client, std::string_view text) {
  std::string heard;
  std::string in(65536, '\0');
  while (heard.find(text) == std::string::npos) {
    const ssize_t count = ::recv(client.fd(), in.data(), in.size(), 0);
    if (count <= 0) return false;
    heard.append(in, 0, static_cast<std::size_t>(count));
  }
  return true;
}

// As many descriptors as the system gives, here and in processes started from here.
std::size_t raise_descriptor_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

TEST(Refd, SaysWhereItListens) {
  const RefdProcess refd;
  EXPECT_EQ(refd.said(), "irc-refd: listening on 127.0.0.1:" + std::to_string(refd.port()));
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
      {{"--oper", "x"}, "irc-refd: --oper: not NAME:PASSWORD: x"},
      {{"--name", "a b"}, "irc-refd: --name: not a server name: a b"},
      {{"--casemapping", "x"}, "irc-refd: --casemapping: not known: x"},
      {{"--sendq", "1"}, "irc-refd: --sendq: Value 1 not in range 4096 to 1099511627776"},
      {{"--ping-timeout", "x"},
       "irc-refd: --ping-timeout: not between 0.001 and 1000000 seconds: x"},
  };
  for (const Case& each : cases) {
    RefdProcess refd(each.options);
    EXPECT_EQ(refd.said(), each.said);
    EXPECT_EQ(WEXITSTATUS(refd.stop(0)), 2) << each.said;
  }
}

TEST(Refd, SaysWhyItCannotListen) {
  const RefdProcess first;
  const std::string address = "127.0.0.1:" + std::to_string(first.port());
  RefdProcess second({"--listen", address});
  EXPECT_EQ(second.said(), "irc-refd: cannot listen on " + address + ": Address already in use");
  EXPECT_EQ(WEXITSTATUS(second.stop(0)), 1);
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
