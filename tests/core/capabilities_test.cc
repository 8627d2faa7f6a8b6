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

}  // namespace
}  // namespace irc
