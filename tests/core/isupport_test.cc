// Each token that has not been tried elsewhere, against what the server does.
#include "server/core/isupport.h"

#include "tests/core/scene.h"

namespace irc {
namespace {

TEST(Isupport, SaysWhatTheLimitsAre) {
  EXPECT_EQ(isupport_tokens(ServerConfig{}),
            (Lines{"AWAYLEN=307", "CASEMAPPING=rfc1459", "CHANLIMIT=#:20", "CHANMODES=b,k,l,imnst",
                   "CHANNELLEN=50", "CHANTYPES=#", "KEYLEN=23", "KICKLEN=307", "MAXLIST=b:64",
                   "MODES=6", "NETWORK=Reference", "NICKLEN=30", "PREFIX=(ov)@+",
                   "TARGMAX=JOIN:,KICK:,LIST:,NAMES:,NOTICE:4,PART:,PRIVMSG:4,TAGMSG:4,WHOIS:1",
                   "TOPICLEN=307", "USERLEN=18"}));
}

TEST(Isupport, KicklenCutsTheComment) {
  Scene scene;
  Client a = scene.member("a");
  EXPECT_EQ(a.asks("KICK #c a :" + std::string(400, 'x')),
            Lines{":a!u@h KICK #c a :" + std::string(307, 'x')});
}

TEST(Isupport, AwaylenCutsTheMessage) {
  Scene scene;
  Client a = scene.user("a");
  a.says("AWAY :" + std::string(400, 'x')).forgets();
  a.says("PRIVMSG a :x");
  EXPECT_EQ(a.heard().back(), ":irc.reference.test 301 a a :" + std::string(307, 'x'));
}

TEST(Isupport, KeylenIsTheLongestKey) {
  Scene scene;
  Client a = scene.member("a");
  EXPECT_EQ(a.commands("MODE #c +k " + std::string(23, 'k')), Lines{"MODE"});
  EXPECT_EQ(a.commands("MODE #c +k " + std::string(24, 'k')), Lines{"525"});
}

TEST(Isupport, ChanmodesAndPrefixNameEveryLetterThatIsNotUnknown) {
  Scene scene;
  Client a = scene.member("a");
  for (char letter = 'A'; letter <= 'z'; ++letter) {
    const bool known = std::string_view("bklimnstov").find(letter) != std::string_view::npos;
    const Lines said = a.commands(std::string("MODE #c +") + letter);
    EXPECT_EQ(said == Lines{"472"}, !known) << letter;
  }
}

}  // namespace
}  // namespace irc
