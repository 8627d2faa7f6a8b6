// Limits of connections: what counts as one address.
#include "server/core/network_of.h"

#include <string_view>

#include "tests/core/scene.h"

namespace irc {
namespace {

TEST(NetworkOf, IsTheFirst64BitsOfIpv6AndAnythingElseAsItIs) {
  struct Row {
    std::string_view host, network;
  };
  const Row rows[] = {
      {"127.0.0.1", "127.0.0.1"},
      {"some.host", "some.host"},
      {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
      {"2001:db8:1:2::6", "2001:db8:1:2::/64"},
      {"2001:db8:1:2::", "2001:db8:1:2::/64"},
      {"2001:db8::1", "2001:db8:0:0::/64"},
      {"2001:db8::3:4:5:6", "2001:db8:0:0::/64"},
      {"2001:db8::2:3:4:5:6", "2001:db8:0:2::/64"},
      {"::1", "0:0:0:0::/64"},
      {"0::1", "0:0:0:0::/64"},
      {"::", "0:0:0:0::/64"},
      {"::1:2:3:4:5:6:7", "0:1:2:3::/64"},
      {"1:2:3:4:5:6:7::", "1:2:3:4::/64"},
      {"1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8:9"},
  };
  for (const Row& row : rows) EXPECT_EQ(network_of(row.host), row.network) << row.host;
}

TEST(ClientsPerAddress, AreCountedByNetwork) {
  ServerConfig config;
  config.clients_per_address_max = 2;
  Scene scene(config);
  const auto is_taken = [&scene](std::string_view host) {
    return !scene.server.refusal(host).has_value();
  };
  Client a = scene.connect("2001:db8::1");
  scene.connect("2001:db8::2");
  EXPECT_EQ(scene.server.refusal("2001:db8:0:0:ffff::3"),
            "ERROR :Closing Link: 2001:db8:0:0:ffff::3 "
            "(Too many connections from your address)\r\n");
  EXPECT_TRUE(is_taken("2001:db8:0:1::1"));
  scene.connect("192.0.2.1");
  scene.connect("192.0.2.1");
  EXPECT_FALSE(is_taken("192.0.2.1"));
  EXPECT_TRUE(is_taken("192.0.2.2"));
  scene.disconnect(a);
  EXPECT_TRUE(is_taken("2001:db8::1"));
  scene.connect("::1");  // It is called 0::1 from now on.
  scene.connect("::1");
  EXPECT_FALSE(is_taken("::1"));
  scene.server.check();
}

}  // namespace
}  // namespace irc
