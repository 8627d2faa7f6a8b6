// What is turned on with CAP; that it holds up a registration is tried with the registration.
#include "tests/core/scene.h"

namespace irc {
namespace {

constexpr std::string_view kOffer =
    ":away-notify cap-notify echo-message extended-join message-tags multi-prefix server-time "
    "userhost-in-names";

TEST(Cap, TurnsOnAndOffWhatItOffers) {
  Scene scene;
  Client a = scene.user("a");
  EXPECT_EQ(a.asks("CAP LS"), Lines{":irc.reference.test CAP a LS " + std::string(kOffer)});
  EXPECT_EQ(a.asks("CAP LIST"), Lines{":irc.reference.test CAP a LIST :"});
  EXPECT_EQ(a.asks("CAP REQ :message-tags"), Lines{":irc.reference.test CAP a ACK :message-tags"});
  EXPECT_EQ(a.asks("CAP LIST"), Lines{":irc.reference.test CAP a LIST :message-tags"});
  EXPECT_EQ(a.asks("CAP REQ -message-tags"), Lines{":irc.reference.test CAP a ACK :-message-tags"});
  EXPECT_EQ(a.asks("CAP LIST"), Lines{":irc.reference.test CAP a LIST :"});
}

TEST(Cap, GrantsARequestAsAWholeOrNotAtAll) {
  struct Case {
    std::string request;
    std::string verdict;
    bool enabled;
    const char* why;
  };
  const Case cases[] = {
      {"message-tags", "ACK", true, "is offered"},
      {"message-tags x", "NAK", false, "one of them is not known"},
      {"x message-tags", "NAK", false, "the same the other way round"},
      {"Message-Tags", "NAK", false, "names are compared byte by byte"},
      {"-x", "NAK", false, "not known, so not to be turned off"},
      {"-", "NAK", false, "no name"},
      {"-message-tags", "ACK", false, "was off before"},
      {" message-tags  message-tags ", "ACK", true, "twice is once, blanks are no names"},
      {"message-tags -message-tags", "ACK", false, "in their order"},
      {"", "ACK", false, "nothing to refuse"},
  };
  for (const Case& each : cases) {
    Scene scene;
    Client a = scene.user("a");
    EXPECT_EQ(a.asks("CAP REQ :" + each.request),
              Lines{":irc.reference.test CAP a " + each.verdict + " :" + each.request})
        << each.why;
    EXPECT_EQ(a.asks("CAP LIST"), Lines{std::string(":irc.reference.test CAP a LIST :") +
                                        (each.enabled ? "message-tags" : "")})
        << each.why;
  }
}

TEST(Cap, HoldsAcrossTheRegistration) {
  Scene scene;
  Client a = scene.connect();
  a.says("CAP REQ message-tags").says("NICK a").says("USER u 0 * :r");
  EXPECT_EQ(a.heard(), Lines{":irc.reference.test CAP * ACK :message-tags"});
  a.says("CAP END").forgets();
  EXPECT_EQ(a.asks("CAP LIST"), Lines{":irc.reference.test CAP a LIST :message-tags"});
}

TEST(Cap, ImpliesCapNotifyFromVersion302On) {
  struct Case {
    std::string version;
    bool implied;
    const char* why;
  };
  const Case cases[] = {
      {"", false, "none, which is 301"},
      {" 301", false, "too low"},
      {" 302", true, "the first"},
      {" 307", true, "a higher one"},
      {" 99999999999", true, "one too great for a number"},
      {" abc", false, "no number"},
      {" 302x", false, "neither"},
  };
  for (const Case& each : cases) {
    Scene scene;
    Client a = scene.connect();
    EXPECT_EQ(a.asks("CAP LS" + each.version),
              Lines{":irc.reference.test CAP * LS " + std::string(kOffer)})
        << each.why;
    EXPECT_EQ(a.asks("CAP LIST"), Lines{std::string(":irc.reference.test CAP * LIST :") +
                                        (each.implied ? "cap-notify" : "")})
        << each.why;
    EXPECT_EQ(a.asks("CAP REQ -cap-notify"),
              Lines{std::string(":irc.reference.test CAP * ") + (each.implied ? "NAK" : "ACK") +
                    " :-cap-notify"})
        << each.why;
  }
}

TEST(Cap, DoesNotOfferWhatIsTurnedOff) {
  ServerConfig config;
  config.capabilities_off = {"echo-message", "cap-notify", "nosuch"};
  Scene scene(config);
  Client a = scene.user("a");
  EXPECT_EQ(a.asks("CAP LS"),
            Lines{":irc.reference.test CAP a LS :away-notify cap-notify extended-join "
                  "message-tags multi-prefix server-time userhost-in-names"});
  EXPECT_EQ(a.asks("CAP REQ echo-message"), Lines{":irc.reference.test CAP a NAK :echo-message"});
}

TEST(Cap, AcknowledgesALongRequestInSeveralLines) {
  Scene scene;
  Client a = scene.user("a");
  std::string request;
  for (int i = 0; i < 60; ++i) request += i % 2 == 0 ? "server-time " : "-server-time ";
  request.resize(500);
  request.resize(request.rfind(' '));
  std::string acknowledged;
  const Lines lines = a.asks("CAP REQ :" + request);
  for (const std::string& line : lines) {
    const std::string begin = ":irc.reference.test CAP a ACK :";
    ASSERT_EQ(line.substr(0, begin.size()), begin);
    acknowledged += (acknowledged.empty() ? "" : " ") + line.substr(begin.size());
  }
  EXPECT_EQ(lines.size(), 2U);
  EXPECT_EQ(acknowledged, request);
}

TEST(Cap, RefusesALongRequestInOneLine) {
  Scene scene;
  Client a = scene.user("a");
  std::string request = "server-time";
  for (int i = 0; i < 60; ++i) request += " nosuch";
  EXPECT_EQ(a.commands("CAP REQ :" + request), Lines{"CAP"});
  EXPECT_EQ(a.asks("CAP LIST"), Lines{":irc.reference.test CAP a LIST :"});
}

TEST(Cap, EndsNothingThatWasNotBegun) {
  Scene scene;
  Client a = scene.connect();
  EXPECT_EQ(a.asks("CAP END"), Lines{});
  EXPECT_EQ(a.says("NICK a").commands("USER u 0 * :r").front(), "001");
  EXPECT_EQ(a.asks("CAP END"), Lines{});
}

TEST(Cap, HoldsUpARegistrationUntilItsEnd) {
  for (const char* begins : {"CAP LS", "CAP LS 302", "CAP REQ :x", "CAP REQ server-time"}) {
    Scene scene;
    Client a = scene.connect();
    a.says(begins).forgets();
    EXPECT_EQ(a.says("NICK a").asks("USER u 0 * :r"), Lines{}) << begins;
    EXPECT_EQ(a.commands("CAP END").front(), "001") << begins;
  }
}

TEST(Cap, HoldsUpNothingOnceRegistered) {
  Scene scene;
  Client a = scene.user("a");
  EXPECT_EQ(a.commands("CAP LS 302"), Lines{"CAP"});
  EXPECT_EQ(a.commands("PRIVMSG a :x"), Lines{"PRIVMSG"});
  EXPECT_EQ(a.commands("CAP END"), Lines{});
}

TEST(Cap, FreesTheNicknameOfOneWhoLeavesInTheMiddle) {
  Scene scene;
  Client a = scene.connect();
  a.says("CAP LS").says("NICK n").says("USER u 0 * :r").forgets();
  EXPECT_EQ(scene.connect().commands("NICK n"), Lines{"433"});
  scene.disconnect(a);
  EXPECT_EQ(scene.connect().says("NICK n").commands("USER u 0 * :r").front(), "001");
}

TEST(Cap, LeavesNobodyInTheMiddleForEver) {
  Scene scene;
  Client a = scene.connect();
  a.says("CAP LS 302").says("NICK a").says("USER u 0 * :r").forgets();
  scene.pass(std::chrono::seconds(60));
  EXPECT_EQ(a.heard(), Lines{"ERROR :Closing Link: h (Registration timeout: 60 seconds)"});
}

TEST(Cap, MayBeNegotiatedWithoutWaitingForAnswers) {
  Scene scene;
  Client a = scene.connect();
  a.says("CAP LS 302").says("NICK a").says("USER u 0 * :r").says("CAP REQ :message-tags");
  const Lines lines = a.says("CAP END").heard();
  EXPECT_EQ(lines[1], ":irc.reference.test CAP a ACK :message-tags");
  EXPECT_TRUE(lines[2].starts_with(":irc.reference.test 001 a "));
}

TEST(Cap, MissesASubcommand) {
  Scene scene;
  Client a = scene.connect();
  EXPECT_EQ(a.commands("CAP"), Lines{"461"});
  EXPECT_EQ(a.asks("CAP ACK :x"), Lines{":irc.reference.test 410 * ACK :Invalid CAP command"});
}

}  // namespace
}  // namespace irc
