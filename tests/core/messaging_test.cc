#include "tests/core/scene.h"

namespace irc {
namespace {

TEST(Privmsg, ReachesTheOthersOnTheChannelOnce) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  Client c = scene.member("c");
  scene.forget();
  EXPECT_EQ(a.asks("PRIVMSG #C :hi  there "), Lines{});
  EXPECT_EQ(b.heard(), Lines{":a!u@h PRIVMSG #c :hi  there "});
  EXPECT_EQ(c.heard(), Lines{":a!u@h PRIVMSG #c :hi  there "});
}

TEST(Privmsg, ReachesEachTargetOnceAndNamesIt) {
  Scene scene;
  Client a = scene.user("a");
  Client b = scene.user("b");
  EXPECT_EQ(
      a.asks("PRIVMSG b,,B,a,nobody :x"),
      (Lines{":a!u@h PRIVMSG a :x", ":irc.reference.test 401 a nobody :No such nick/channel"}));
  EXPECT_EQ(b.heard(), Lines{":a!u@h PRIVMSG b :x"});
}

TEST(Privmsg, StopsAtTheLimitOfTargets) {
  Scene scene;
  Client a = scene.user("a");
  EXPECT_EQ(a.commands("PRIVMSG 1,2,3,4,5,6 :x"), (Lines{"401", "401", "401", "401", "407"}));
}

TEST(Privmsg, SaysWhatIsMissing) {
  Scene scene;
  Client a = scene.user("a");
  scene.user("b");
  EXPECT_EQ(a.commands("PRIVMSG"), Lines{"411"});
  EXPECT_EQ(a.commands("PRIVMSG , :x"), Lines{"411"});
  EXPECT_EQ(a.commands("PRIVMSG b"), Lines{"412"});
  EXPECT_EQ(a.commands("PRIVMSG b :"), Lines{"412"});
  EXPECT_EQ(a.commands("PRIVMSG #nosuch :x"), Lines{"403"});
  EXPECT_EQ(a.commands("PRIVMSG $* :x"), Lines{"401"});
}

TEST(Privmsg, CarriesEveryByteButThree) {
  Scene scene;
  Client a = scene.user("a");
  Client b = scene.user("b");
  std::string text;
  for (int byte = 1; byte < 256; ++byte) {
    if (byte != '\r' && byte != '\n') text += static_cast<char>(byte);
  }
  a.says("PRIVMSG b :" + text);
  EXPECT_EQ(b.heard(), Lines{":a!u@h PRIVMSG b :" + text});
}

TEST(Notice, IsNeverAnswered) {
  Scene scene;
  Client a = scene.user("a");
  Client b = scene.user("b");
  b.says("AWAY :gone").forgets();
  for (const char* line : {"NOTICE", "NOTICE b", "NOTICE nobody :x", "NOTICE #nosuch :x",
                           "NOTICE 1,2,3,4,5 :x", "NOTICE b :hi"}) {
    EXPECT_EQ(a.asks(line), Lines{}) << line;
  }
  EXPECT_EQ(b.heard(), Lines{":a!u@h NOTICE b :hi"});
}

TEST(Away, IsToldToThoseWhoWrite) {
  Scene scene;
  Client a = scene.user("a");
  Client b = scene.user("b");
  EXPECT_EQ(b.commands("AWAY :gone"), Lines{"306"});
  EXPECT_EQ(a.asks("PRIVMSG b :x"), Lines{":irc.reference.test 301 a b :gone"});
  EXPECT_EQ(b.commands("AWAY"), (Lines{"305"}));
  EXPECT_EQ(a.asks("PRIVMSG b :x"), Lines{});
}

TEST(Away, IsToldOncePerMessageAndOfNoChannel) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  b.says("AWAY :gone");
  scene.forget();
  EXPECT_EQ(a.asks("PRIVMSG #c :x"), Lines{});
  EXPECT_EQ(a.asks("NOTICE b :x"), Lines{});
  EXPECT_EQ(a.asks("PRIVMSG b :x"), Lines{":irc.reference.test 301 a b :gone"});
  EXPECT_EQ(b.heard().size(), 3U);
  EXPECT_EQ(b.commands("AWAY :"), Lines{"305"});
}

TEST(Statusmsg, ReachesThoseOfThatStatusAndAbove) {
  Scene scene;
  Client op = scene.member("op");
  Client voice = scene.member("voice");
  Client plain = scene.member("plain");
  op.says("MODE #c +v voice");
  scene.forget();
  EXPECT_EQ(plain.asks("PRIVMSG @#C :ops"), Lines{});
  plain.says("NOTICE +#c :voices");
  EXPECT_EQ(op.heard(), (Lines{":plain!u@h PRIVMSG @#c :ops", ":plain!u@h NOTICE +#c :voices"}));
  EXPECT_EQ(voice.heard(), Lines{":plain!u@h NOTICE +#c :voices"});
  EXPECT_EQ(plain.heard(), Lines{});
  op.says("MODE #c +n");
  EXPECT_EQ(scene.user("b").commands("PRIVMSG @#c :x"), Lines{"404"});
  EXPECT_EQ(op.commands("PRIVMSG @nobody :x"), Lines{"401"});
}

TEST(Privmsg, TakesATextThatLooksLikeACommandForAText) {
  Scene scene;
  Client a = scene.user("a");
  Client b = scene.user("b");
  Client c = scene.user("c");
  for (const std::string text : {"QUIT", ":a!x@y PRIVMSG c :z", "\\r\\nQUIT", "@x=y PING 1"}) {
    a.says("PRIVMSG b :" + text);
    EXPECT_EQ(b.heard(), Lines{":a!u@h PRIVMSG b :" + text});
  }
  EXPECT_EQ(a.heard(), Lines{});
  EXPECT_EQ(c.heard(), Lines{});
}

TEST(Privmsg, BroadcastsToNoMask) {
  Scene scene(operator_config());
  Client a = scene.user("a");
  Client b = scene.member("b");
  for (const char* target : {"$*", "$*.*", "#*", "#*.com", "b!u@h", "b@irc.reference.test"}) {
    const Lines answers = a.commands("PRIVMSG " + std::string(target) + " :x");
    EXPECT_TRUE(answers == Lines{"401"} || answers == Lines{"403"}) << target;
  }
  EXPECT_EQ(b.heard(), Lines{});
}

TEST(Wallops, ReachThoseWhoWantThem) {
  ServerConfig config;
  config.operators = {{"o", "p"}};
  Scene scene(config);
  Client a = scene.user("a");
  Client b = scene.user("b");
  b.says("MODE b +w").forgets();
  EXPECT_EQ(a.commands("WALLOPS :x"), Lines{"481"});
  a.says("OPER o p").says("WALLOPS :x");
  EXPECT_EQ(b.heard(), Lines{":a!u@h WALLOPS :x"});
}

}  // namespace
}  // namespace irc
