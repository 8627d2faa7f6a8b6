#include "server/net/posix_net.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <system_error>

#include "tests/net/network_worlds.h"

namespace irc {
namespace {

// What a failure to listen there says.
std::string failure_of(const std::string& host, std::uint16_t port) {
  try {
    PosixNet().listen_on(host, port, 1);
  } catch (const std::system_error& error) {
    return error.what();
  }
  return "none";
}

TEST(PosixNet, ListensOnAPortThatTheKernelChoosesAndTellsIt) {
  const PosixNet net;
  const PosixNet::Socket listener = net.listen_on("127.0.0.1", 0, 1);
  EXPECT_EQ(net.local_address(listener).host, "127.0.0.1");
  EXPECT_NE(net.local_address(listener).port, 0);
}

TEST(PosixNet, ListensOnAName) {
  const PosixNet net;
  const PosixNet::Socket listener = net.listen_on("localhost", 0, 1);
  EXPECT_NE(net.local_address(listener).port, 0);
}

TEST(PosixNet, NamesTheAddressThatItCannotListenOn) {
  const PosixNet net;
  const PosixNet::Socket taken = net.listen_on("127.0.0.1", 0, 1);
  const std::uint16_t port = net.local_address(taken).port;
  const std::string expected = "cannot listen on 127.0.0.1:" + std::to_string(port) + ": ";
  EXPECT_TRUE(failure_of("127.0.0.1", port).starts_with(expected)) << failure_of("127.0.0.1", port);
}

TEST(PosixNet, PutsAnIpv6AddressInBrackets) {
  // 2001:db8::/32 is for documentation: no machine has it.
  EXPECT_TRUE(failure_of("2001:db8::1", 6667).starts_with("cannot listen on [2001:db8::1]:6667: "));
}

TEST(PosixNet, NamesAnIpv4PeerOfAnIpv6ListenerByItsIpv4Address) {
  OnPosix world;
  try {
    world.listener = world.net.listen_on("::", 0, 1);
  } catch (const std::system_error& error) {
    GTEST_SKIP() << error.what();
  }
  const UniqueFd peer = world.connect();
  pollfd entry{.fd = world.net.fd(world.listener), .events = POLLIN, .revents = 0};
  world.net.poll({&entry, 1}, world.net.now() + world.patience());
  EXPECT_EQ(world.net.accept(world.listener).accepted.value().host, "127.0.0.1");
}

TEST(PosixNet, WaitsUntilTheDeadlineAndNoLongerForNothing) {
  const PosixNet net;
  const TimePoint deadline = net.now() + std::chrono::milliseconds(2);
  net.poll({}, deadline);
  EXPECT_GE(net.now(), deadline);
}

}  // namespace
}  // namespace irc
