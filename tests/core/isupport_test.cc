// Each token that has not been tried elsewhere, against what the server does.
#include "server/core/isupport.h"

#include <algorithm>

#include "server/core/reply.h"
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
                   "TARGMAX=JOIN:,KICK:,KILL:1,LIST:4,NAMES:4,NOTICE:4,PART:,PRIVMSG:4,TAGMSG:4,"
                   "WHOIS:1,WHOWAS:1",
                   "TOPICLEN=307",
                   "USERLEN=18"}));
}

TEST(Isupport, CutsNoTokenHoweverLongTheNamesAre) {
  ServerConfig config;
  config.name = std::string(59, 's') + ".x";
  for (std::size_t bytes = 1; bytes < 300; ++bytes) {
    config.network = std::string(bytes, 'n');
    Scene scene(config);
    Client a = scene.user(std::string(30, 'a'));
    Lines tokens;
    for (const std::string& line : a.asks("VERSION")) {
      if (line.find(" 005 ") == std::string::npos) continue;
      const std::size_t end = line.find(" :are supported by this server");
      ASSERT_NE(end, std::string::npos) << line;
      const std::size_t begin = line.find("aaa ") + 4;
      for (const auto each : words_of(std::string_view(line).substr(begin, end - begin))) {
        tokens.emplace_back(each);
      }
    }
    EXPECT_EQ(tokens, isupport_tokens(config)) << bytes;
  }
}

TEST(Isupport, EscapesTheNameOfTheNetwork) {
  ServerConfig config;
  config.network = "A=B \\ C";
  EXPECT_EQ(std::ranges::count(isupport_tokens(config), "NETWORK=A\\x3DB\\x20\\x5C\\x20C"), 1);
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

TEST(Isupport, Utf8onlySaysNoHalfOfACharacterAgain) {
  ServerConfig config;
  config.utf8_only = true;
  Scene scene(config);
  Client a = scene.member("a");
  EXPECT_EQ(a.asks("MODE #c +\xc3\xa9m\xe2\x82\xac"),
            (Lines{":irc.reference.test 472 a \xc3\xa9 :is unknown mode char to me",
                   ":irc.reference.test 472 a \xe2\x82\xac :is unknown mode char to me",
                   ":a!u@h MODE #c +m"}));
  EXPECT_EQ(a.asks("STATS \xc3\xa9t\xc3\xa9"),
            Lines{":irc.reference.test 219 a \xc3\xa9 :End of STATS report"});
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

// Of each limit what is still allowed, and one more, under other limits than the usual ones.
TEST(Isupport, LimitsAreThoseOfTheConfiguration) {
  ServerConfig config;
  config.limits = {.nick_bytes_max = 5,
                   .user_bytes_max = 4,
                   .channel_bytes_max = 6,
                   .topic_bytes_max = 7,
                   .kick_bytes_max = 8,
                   .away_bytes_max = 9,
                   .key_bytes_max = 3,
                   .masks_max = 1,
                   .channels_max = 2,
                   .targets_max = 2,
                   .modes_with_parameter_max = 1};
  struct Case {
    const char* token;
    const char* allowed;
    Lines answer;
    const char* one_more;
    Lines refusal;
  };
  const Case cases[] = {
      {"NICKLEN=5",
       "NICK aaaaa",
       {":a!user@h NICK :aaaaa"},
       "NICK aaaaaa",
       {":irc.reference.test 432 aaaaa aaaaaa :Erroneous nickname"}},
      {"CHANNELLEN=6",
       "PART #23456",
       {":aaaaa!user@h PART #23456"},
       "JOIN #234567",
       {":irc.reference.test 476 aaaaa #234567 :Bad Channel Mask"}},
      {"TOPICLEN=7",
       "TOPIC #c :1234567",
       {":aaaaa!user@h TOPIC #c :1234567"},
       "TOPIC #c :12345678",
       {":aaaaa!user@h TOPIC #c :1234567"}},
      {"KEYLEN=3",
       "MODE #c +k 123",
       {":aaaaa!user@h MODE #c +k 123"},
       "MODE #c +k 1234",
       {":irc.reference.test 525 aaaaa #c :Key is not well-formed"}},
      {"MAXLIST=I:1,b:1,e:1",
       "MODE #c +e x",
       {":aaaaa!user@h MODE #c +e x!*@*"},
       "MODE #c +e y",
       {":irc.reference.test 478 aaaaa #c e :Channel list is full"}},
      {"MODES=1",
       "MODE #c +I x",
       {":aaaaa!user@h MODE #c +I x!*@*"},
       "MODE #c +bv z aaaaa",
       {":aaaaa!user@h MODE #c +b z!*@*"}},
      {"AWAYLEN=9",
       "AWAY :123456789",
       {":irc.reference.test 306 aaaaa :You have been marked as being away"},
       "PRIVMSG aaaaa :x",
       {":aaaaa!user@h PRIVMSG aaaaa :x", ":irc.reference.test 301 aaaaa aaaaa :123456789"}},
      {"KICKLEN=8",
       "NAMES #nosuch",
       {":irc.reference.test 366 aaaaa #nosuch :End of NAMES list"},
       "KICK #c aaaaa :123456789",
       {":aaaaa!user@h KICK #c aaaaa :12345678"}},
  };
  const std::vector<std::string> tokens = isupport_tokens(config);
  Scene scene(config);
  Client a = scene.connect();
  a.says("NICK a").says("USER username 0 * :r").says("JOIN #c,#23456").forgets();
  EXPECT_EQ(std::ranges::count(tokens, "CHANLIMIT=#:2"), 1);
  EXPECT_EQ(a.commands("JOIN #d"), Lines{"405"});
  EXPECT_EQ(std::ranges::count(tokens, "USERLEN=4"), 1);
  EXPECT_EQ(a.asks("USERHOST a"), Lines{":irc.reference.test 302 a :a=+user@h"});
  for (const Case& each : cases) {
    EXPECT_EQ(std::ranges::count(tokens, each.token), 1) << each.token;
    EXPECT_EQ(a.asks(each.allowed), each.answer) << each.token;
    EXPECT_EQ(a.asks(each.one_more), each.refusal) << each.token;
  }
}

TEST(Isupport, TargmaxIsHowManyACommandTakes) {
  Scene scene;
  Client a = scene.user("a", {"message-tags"});
  const std::string many = "1,2,3,4,5";
  EXPECT_EQ(a.commands("PRIVMSG " + many + " :x").back(), "407");
  EXPECT_EQ(a.commands("TAGMSG " + many).back(), "407");
  EXPECT_EQ(a.commands("NAMES " + many).back(), "407");
  scene.user("b");
  EXPECT_EQ(a.asks("NOTICE w,x,y,z,b :x"), Lines{});
  EXPECT_EQ(scene.user("c").commands("PRIVMSG c,b :x"), Lines{"PRIVMSG"});
  EXPECT_EQ(a.asks("WHOIS a,b").front(), ":irc.reference.test 401 a a,b :No such nick/channel");
  EXPECT_EQ(a.asks("WHOWAS a,b").front(),
            ":irc.reference.test 406 a a,b :There was no such nickname");
  std::string channels;
  for (int i = 0; i < 20; ++i) channels += (i == 0 ? "#" : ",#") + std::to_string(i);
  EXPECT_EQ(a.commands("JOIN " + channels).size(), 60U);
  EXPECT_EQ(a.commands("LIST " + channels), Lines{"407"});
  EXPECT_EQ(a.commands("LIST #1,#2,#3 #4,!#5"), Lines{"407"});
  EXPECT_EQ(a.commands("LIST #1,#2,#3,#4,>0").size(), 6U);
  EXPECT_EQ(a.commands("PART " + channels), Lines(20, "PART"));
  a.says("JOIN #c");
  EXPECT_EQ(a.commands("KICK #c " + std::string("1,2,3,4,5,6,7,8")), Lines(8, "401"));
}

TEST(Isupport, NoticeStopsAtTheLimitOfTargetsInSilence) {
  Scene scene;
  Client a = scene.user("a");
  Client fourth = scene.user("d");
  Client fifth = scene.user("e");
  EXPECT_EQ(a.asks("NOTICE x,y,z,d,e :hi"), Lines{});
  EXPECT_EQ(fourth.heard(), Lines{":a!u@h NOTICE d :hi"});
  EXPECT_EQ(fifth.heard(), Lines{});
}

}  // namespace
}  // namespace irc
