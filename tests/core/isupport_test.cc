// Each token that has not been tried elsewhere, against what the server does.
#include "server/core/isupport.h"

#include "tests/core/scene.h"

namespace irc {
namespace {

TEST(Isupport, SaysWhatTheLimitsAre) {
  EXPECT_EQ(isupport_tokens(ServerConfig{}),
            (Lines{"AWAYLEN=307",
                   "BOT=B",
                   "CASEMAPPING=rfc1459",
                   "CHANLIMIT=#:20",
                   "CHANMODES=Ibe,k,l,imnst",
                   "CHANNELLEN=50",
                   "CHANTYPES=#",
                   "ELIST=CMNTU",
                   "EXCEPTS=e",
                   "INVEX=I",
                   "KEYLEN=23",
                   "KICKLEN=307",
                   "MAXLIST=I:64,b:64,e:64",
                   "MODES=6",
                   "NETWORK=Reference",
                   "NICKLEN=30",
                   "PREFIX=(ov)@+",
                   "STATUSMSG=@+",
                   "TARGMAX=JOIN:,KICK:,KILL:1,LIST:,NAMES:4,NOTICE:4,PART:,PRIVMSG:4,TAGMSG:4,"
                   "WHOIS:1,WHOWAS:1",
                   "TOPICLEN=307",
                   "USERLEN=18"}));
}

TEST(Isupport, CasemappingDecidesWhichNamesAreEqual) {
  struct Case {
    Casemapping mapping;
    const char* token;
    const char* braces;  // The answer to NICK foo{1} where there is a Foo[1].
    const char* tilde;   // The channel that JOIN #~ joins where there is a #^.
  };
  const Case cases[] = {
      {Casemapping::rfc1459, "CASEMAPPING=rfc1459", "433", "#^"},
      {Casemapping::rfc1459_strict, "CASEMAPPING=rfc1459-strict", "433", "#~"},
      {Casemapping::ascii, "CASEMAPPING=ascii", "NICK", "#~"},
  };
  for (const Case& each : cases) {
    ServerConfig config;
    config.casemapping = each.mapping;
    EXPECT_EQ(isupport_tokens(config)[2], each.token);
    Scene scene(config);
    scene.user("Foo[1]").says("JOIN #^");
    Client b = scene.user("b");
    EXPECT_EQ(b.asks("JOIN #~").front(), std::string(":b!u@h JOIN ") + each.tilde) << each.token;
    EXPECT_EQ(b.commands("NICK fOO[1]"), Lines{"433"}) << each.token;
    EXPECT_EQ(b.commands("NICK foo{1}"), Lines{each.braces}) << each.token;
  }
}

TEST(Isupport, Utf8onlyRefusesWhatIsNotUtf8) {
  ServerConfig config;
  config.utf8_only = true;
  EXPECT_EQ(isupport_tokens(config).back(), "UTF8ONLY");
  Scene scene(config);
  Client a = scene.user("a");
  Client b = scene.user("b");
  EXPECT_EQ(
      a.asks("privmsg b :caf\xe9"),
      Lines{":irc.reference.test FAIL PRIVMSG INVALID_UTF8 :Message rejected, it is not UTF-8"});
  EXPECT_EQ(a.asks("\xff\xfe"),
            Lines{":irc.reference.test FAIL * INVALID_UTF8 :Message rejected, it is not UTF-8"});
  EXPECT_EQ(b.heard(), Lines{});
  a.says("PRIVMSG b :caf\xc3\xa9");
  EXPECT_EQ(b.heard(), Lines{":a!u@h PRIVMSG b :caf\xc3\xa9"});
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
    const bool known = std::string_view("Ibeklimnstov").find(letter) != std::string_view::npos;
    const Lines said = a.commands(std::string("MODE #c +") + letter);
    EXPECT_EQ(said == Lines{"472"}, !known) << letter;
  }
}

}  // namespace
}  // namespace irc
