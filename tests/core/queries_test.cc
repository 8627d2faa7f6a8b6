#include "tests/core/scene.h"

namespace irc {
namespace {

using std::chrono::seconds;

TEST(Whois, TellsWhatIsKnownOfAUser) {
  Scene scene;
  Client a = scene.user("a");
  Client b = scene.member("b");
  b.says("JOIN #d").says("AWAY :gone");
  scene.now += seconds(3);
  const std::string signon = ":irc.reference.test 317 a b 3 3600 :seconds idle, signon time";
  EXPECT_EQ(a.asks("WHOIS B"), (Lines{":irc.reference.test 311 a b u h * :real name",
                                      ":irc.reference.test 319 a b :@#c @#d",
                                      ":irc.reference.test 312 a b irc.reference.test :Reference",
                                      ":irc.reference.test 301 a b :gone", signon,
                                      ":irc.reference.test 318 a B :End of WHOIS list"}));
}

TEST(Whois, TellsEverybodyWhoIsConnectedByTls) {
  Scene scene;
  Client a = scene.user("a");
  Client b = scene.connect({.host = "h", .secure = true});
  b.says("NICK b").says("USER u 0 * :r").forgets();
  EXPECT_EQ(a.commands("WHOIS b"), (Lines{"311", "312", "671", "317", "318"}));
  EXPECT_EQ(a.asks("WHOIS b")[2], ":irc.reference.test 671 a b :is using a secure connection");
  EXPECT_EQ(b.commands("WHOIS b"), (Lines{"311", "312", "671", "317", "318"}));
  EXPECT_EQ(b.commands("WHOIS a"), (Lines{"311", "312", "317", "318"}));
}

TEST(Whois, OfNobodyEndsAllTheSame) {
  Scene scene;
  EXPECT_EQ(scene.user("a").asks("WHOIS nobody"),
            (Lines{":irc.reference.test 401 a nobody :No such nick/channel",
                   ":irc.reference.test 318 a nobody :End of WHOIS list"}));
}

TEST(Whois, TakesTheServerFirst) {
  Scene scene;
  Client a = scene.user("a");
  EXPECT_EQ(a.commands("WHOIS a a"), (Lines{"311", "312", "317", "318"}));
  EXPECT_EQ(a.commands("WHOIS irc.reference.test a"), (Lines{"311", "312", "317", "318"}));
  EXPECT_EQ(a.commands("WHOIS *.test a"), (Lines{"311", "312", "317", "318"}));
  EXPECT_EQ(a.commands("WHOIS nobody nobody"), (Lines{"401", "318"}));
  EXPECT_EQ(a.commands("WHOIS"), Lines{"431"});
}

TEST(Whois, TakesTheNicknameOfOneOnTheServer) {
  Scene scene;
  Client a = scene.user("a");
  scene.user("b");
  EXPECT_EQ(a.commands("WHOIS B a"), (Lines{"311", "312", "317", "318"}));
  EXPECT_EQ(a.commands("WHOIS nobody a"), (Lines{"402", "318"}));
}

TEST(Whois, EndsEvenIfThereIsNoSuchServer) {
  Scene scene;
  EXPECT_EQ(scene.user("a").asks("WHOIS nosuch.server A"),
            (Lines{":irc.reference.test 402 a nosuch.server :No such server",
                   ":irc.reference.test 318 a A :End of WHOIS list"}));
}

TEST(Who, ListsAChannelWithFlags) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  b.says("AWAY :x");
  EXPECT_EQ(a.asks("WHO #c"),
            (Lines{":irc.reference.test 352 a #c u h irc.reference.test a H@ :0 real name",
                   ":irc.reference.test 352 a #c u h irc.reference.test b G :0 real name",
                   ":irc.reference.test 315 a #c :End of WHO list"}));
}

TEST(Who, ShowsTheFlagOfABotBehindItsPrefix) {
  Scene scene(operator_config());
  Client a = scene.oper("a");
  a.says("MODE a +B").says("JOIN #c");
  EXPECT_EQ(a.asks("WHO #c").front(),
            ":irc.reference.test 352 a #c u h irc.reference.test a H*@B :0 real name");
}

TEST(Who, FindsByMaskThoseWhoAreVisible) {
  Scene scene;
  Client a = scene.user("a");
  Client hidden = scene.user("bob");
  hidden.says("MODE bob +i");
  EXPECT_EQ(a.commands("WHO b*"), Lines{"315"});
  EXPECT_EQ(a.commands("WHO bob"), (Lines{"352", "315"}));
  EXPECT_EQ(a.commands("WHO nobody"), Lines{"315"});
  hidden.says("JOIN #c");
  a.says("JOIN #c");
  EXPECT_EQ(a.commands("WHO b*"), (Lines{"352", "315"}));
}

TEST(Whowas, TellsOfThoseWhoLeftOrChangedTheirNick) {
  Scene scene;
  Client a = scene.user("a");
  scene.user("b").says("NICK b2").says("QUIT");
  Client again = scene.user("b");
  scene.disconnect(again);
  EXPECT_EQ(a.commands("WHOWAS B"), (Lines{"314", "312", "314", "312", "369"}));
  EXPECT_EQ(a.commands("WHOWAS b 1"), (Lines{"314", "312", "369"}));
  EXPECT_EQ(a.commands("WHOWAS b -1"), (Lines{"314", "312", "314", "312", "369"}));
  EXPECT_EQ(a.commands("WHOWAS b2"), (Lines{"314", "312", "369"}));
  EXPECT_EQ(a.commands("WHOWAS nobody"), (Lines{"406", "369"}));
}

TEST(Ison, TellsWhoIsThereInOneLine) {
  Scene scene;
  Client a = scene.user("a");
  scene.user("b");
  EXPECT_EQ(a.asks("ISON B nobody a"), Lines{":irc.reference.test 303 a :b a"});
  EXPECT_EQ(a.asks("ISON :b nobody  a"), Lines{":irc.reference.test 303 a :b a"});
}

TEST(Userhost, AnswersForFive) {
  Scene scene;
  Client a = scene.user("a");
  scene.user("b").says("AWAY :x");
  EXPECT_EQ(a.asks("USERHOST a nobody b a a b b"),
            Lines{":irc.reference.test 302 a :a=+u@h b=-u@h a=+u@h a=+u@h"});
}

TEST(Lusers, CountsWhoIsThere) {
  Scene scene;
  Client a = scene.user("a");
  Client b = scene.member("b");
  Client unknown = scene.connect();
  EXPECT_EQ(a.asks("LUSERS")[2], ":irc.reference.test 253 a 1 :unknown connection(s)");
  scene.disconnect(b);
  scene.disconnect(unknown);
  EXPECT_EQ(a.asks("LUSERS")[0],
            ":irc.reference.test 251 a :There are 1 users and 0 invisible on 1 servers");
  EXPECT_EQ(a.asks("LUSERS")[2], ":irc.reference.test 253 a 0 :unknown connection(s)");
  EXPECT_EQ(a.asks("LUSERS")[3], ":irc.reference.test 254 a 0 :channels formed");
}

TEST(Time, IsTheTimeOfTheConfiguredEpoch) {
  ServerConfig config;
  config.unix_time_of_epoch = seconds(1'700'000'000);
  Scene scene(config);
  EXPECT_EQ(scene.user("a").asks("TIME"),
            Lines{":irc.reference.test 391 a irc.reference.test :2023-11-14 23:13:20 UTC"});
}

TEST(Server, AnswersForItselfOnly) {
  Scene scene;
  Client a = scene.user("a");
  for (const std::string command : {"MOTD", "VERSION", "TIME", "INFO", "ADMIN"}) {
    EXPECT_EQ(a.commands(command + " nosuch.server"), Lines{"402"}) << command;
  }
  EXPECT_EQ(a.commands("INFO"), (Lines{"371", "371", "374"}));
  EXPECT_EQ(a.commands("VERSION"), (Lines{"351", "005", "005"}));
  EXPECT_EQ(a.commands("ADMIN irc.REFERENCE.test"), Lines{"423"});
}

TEST(Server, IsMeantByAMaskOfItsNameAndByAnyoneOnIt) {
  Scene scene;
  Client a = scene.user("a");
  scene.user("b");
  for (const std::string target : {"*.TEST", "irc.?eference.*", "*", "B"}) {
    EXPECT_EQ(a.commands("MOTD " + target), Lines{"422"}) << target;
    EXPECT_EQ(a.commands("VERSION " + target).front(), "351") << target;
    EXPECT_EQ(a.commands("TIME " + target), Lines{"391"}) << target;
    EXPECT_EQ(a.commands("STATS z " + target), Lines{"219"}) << target;
  }
  for (const std::string target : {"*.org", "?", "nobody"}) {
    EXPECT_EQ(a.commands("TIME " + target), Lines{"402"}) << target;
  }
}

}  // namespace
}  // namespace irc
