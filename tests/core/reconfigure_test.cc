// What clients are told when the server is configured anew: IRCv3 cap-notify, and RPL_ISUPPORT.
#include "tests/core/scene.h"

namespace irc {
namespace {

ServerConfig without(std::string_view capability) {
  ServerConfig config;
  config.capabilities_off = {std::string(capability)};
  return config;
}

TEST(Reconfigure, TakesCapabilitiesFromThoseWhoAreTold) {
  Scene scene;
  Client a = scene.user("a", {"cap-notify", "echo-message"});
  Client b = scene.user("b", {"echo-message"});
  scene.server.reconfigure(without("echo-message"), scene.now);
  EXPECT_EQ(a.heard(), Lines{":irc.reference.test CAP a DEL :echo-message"});
  EXPECT_EQ(b.heard(), Lines{});
  EXPECT_EQ(a.asks("CAP LIST"), Lines{":irc.reference.test CAP a LIST :cap-notify"});
  EXPECT_EQ(a.asks("PRIVMSG b :x"), Lines{});
  b.forgets();
  EXPECT_EQ(b.commands("PRIVMSG a :x"), Lines{"PRIVMSG"});
  EXPECT_EQ(a.asks("CAP REQ echo-message").back(), ":irc.reference.test CAP a NAK :echo-message");
  EXPECT_EQ(b.asks("CAP LS").front().find("echo"), std::string::npos);
}

TEST(Reconfigure, LetsWhoKeptACapabilityTurnItOff) {
  Scene scene;
  Client a = scene.user("a", {"echo-message"});
  Client b = scene.user("b");
  scene.server.reconfigure(without("echo-message"), scene.now);
  EXPECT_EQ(a.asks("CAP REQ :-echo-message"),
            Lines{":irc.reference.test CAP a ACK :-echo-message"});
  EXPECT_EQ(a.asks("CAP LIST"), Lines{":irc.reference.test CAP a LIST :"});
  EXPECT_EQ(a.asks("PRIVMSG b :x"), Lines{});
  EXPECT_EQ(a.asks("CAP REQ echo-message"), Lines{":irc.reference.test CAP a NAK :echo-message"});
  EXPECT_EQ(b.asks("CAP REQ :-echo-message"),
            Lines{":irc.reference.test CAP b NAK :-echo-message"});
}

TEST(Reconfigure, TellsOfNewCapabilities) {
  Scene scene(without("server-time"));
  Client a = scene.connect();
  a.says("CAP LS 302").forgets();
  Client b = scene.user("b");
  scene.server.reconfigure(ServerConfig{}, scene.now);
  EXPECT_EQ(a.heard(), Lines{":irc.reference.test CAP * NEW :server-time"});
  EXPECT_EQ(b.heard(), Lines{});
  EXPECT_EQ(a.asks("CAP REQ server-time"), Lines{"@time=1970-01-01T01:00:00.000Z "
                                                 ":irc.reference.test CAP * ACK :server-time"});
}

TEST(Reconfigure, NeverTakesCapNotifyItself) {
  Scene scene;
  Client a = scene.user("a");
  a.says("CAP LS 302").forgets();
  scene.server.reconfigure(without("cap-notify"), scene.now);
  EXPECT_EQ(a.heard(), Lines{});
  EXPECT_EQ(a.asks("CAP LIST"), Lines{":irc.reference.test CAP a LIST :cap-notify"});
}

TEST(Reconfigure, TellsWhichTokensHaveChanged) {
  Scene scene;
  Client a = scene.user("a");
  Client registering = scene.connect();
  ServerConfig after;
  after.limits.nick_bytes_max = 20;
  scene.server.reconfigure(after, scene.now);
  EXPECT_EQ(a.heard(), Lines{":irc.reference.test 005 a NICKLEN=20 :are supported by this server"});
  EXPECT_EQ(registering.heard(), Lines{});
  EXPECT_EQ(a.commands("NICK " + std::string(21, 'x')), Lines{"432"});
  EXPECT_EQ(a.commands("NICK " + std::string(20, 'x')), Lines{"NICK"});
  scene.server.reconfigure(after, scene.now);
  EXPECT_EQ(a.heard(), Lines{});
}

// A topic, and the name of the channel itself, would have to be UTF-8 from one moment to the next.
TEST(Reconfigure, TurnsUtf8onlyNeitherOnNorOff) {
  for (const bool on : {false, true}) {
    ServerConfig config;
    config.utf8_only = on;
    Scene scene(config);
    Client a = scene.user("a");
    a.says("JOIN #\xff").forgets();
    config.utf8_only = !on;
    EXPECT_EQ(scene.server.reconfigure(config, scene.now),
              std::vector<std::string_view>{"utf8only"});
    EXPECT_EQ(a.commands("TOPIC #\xff :\xff"), Lines{on ? "FAIL" : "TOPIC"});
    EXPECT_EQ(a.asks("VERSION").back().find("UTF8ONLY") != std::string::npos, on);
  }
}

TEST(Reconfigure, KeepsNameAndCasemapping) {
  Scene scene;
  scene.user("[x]");
  Client a = scene.user("a");
  ServerConfig config;
  config.name = "other.test";
  config.casemapping = Casemapping::ascii;
  config.motd = {"new"};
  EXPECT_EQ(scene.server.reconfigure(config, scene.now),
            (std::vector<std::string_view>{"name", "casemapping"}));
  EXPECT_EQ(a.asks("MOTD")[1], ":irc.reference.test 372 a :- new");
  EXPECT_EQ(a.commands("NICK {X}"), Lines{"433"});
}

TEST(Reconfigure, SetsTheClockThatIsShown) {
  Scene scene;
  Client a = scene.user("a", {"server-time"});
  EXPECT_EQ(a.asks("PING x"),
            Lines{"@time=1970-01-01T01:00:00.000Z :irc.reference.test PONG irc.reference.test :x"});
  ServerConfig config;
  config.unix_time_of_epoch = std::chrono::hours(-1);
  scene.server.reconfigure(config, scene.now);
  EXPECT_EQ(a.asks("PING x"),
            Lines{"@time=1970-01-01T00:00:00.000Z :irc.reference.test PONG irc.reference.test :x"});
}

}  // namespace
}  // namespace irc
