// What a client sees of the IRCv3 extensions that it has turned on, and others do not.
#include "tests/core/scene.h"

namespace irc {
namespace {

using std::chrono::milliseconds;

TEST(ServerTime, IsOnEveryLineForThoseWhoAskedForIt) {
  ServerConfig config;
  config.unix_time_of_epoch = std::chrono::seconds(1'700'000'000) - std::chrono::hours(1);
  Scene scene(config);
  Client a = scene.user("a", {"server-time"});
  Client b = scene.user("b");
  for (Client client : {a, b}) client.says("JOIN #c");
  scene.forget();
  scene.now += milliseconds(61'007);
  const std::string time = "@time=2023-11-14T22:14:21.007Z ";
  EXPECT_EQ(a.asks("PING x"), Lines{time + ":irc.reference.test PONG irc.reference.test :x"});
  b.says("PRIVMSG #c :hi").says("TOPIC #c :t");
  EXPECT_EQ(a.heard(), (Lines{time + ":b!u@h PRIVMSG #c :hi", time + ":b!u@h TOPIC #c :t"}));
  a.says("PRIVMSG b :hi");
  EXPECT_EQ(b.heard(), (Lines{":b!u@h TOPIC #c :t", ":a!u@h PRIVMSG b :hi"}));
}

TEST(ServerTime, StandsBeforeTheTagsOfClientsAndTakesNoneOfTheirRoom) {
  Scene scene;
  Client a = scene.tagger("a");
  Client b = scene.user("b", {"message-tags", "server-time"});
  const std::string tags = "+x=" + std::string(4091, 'y');
  a.says("@" + tags + " PRIVMSG b :hi");
  EXPECT_EQ(b.heard(), Lines{"@time=1970-01-01T01:00:00.000Z;" + tags + " :a!u@h PRIVMSG b :hi"});
}

TEST(ServerTime, DoesNotBringTheTagsOfClients) {
  Scene scene;
  Client a = scene.tagger("a");
  Client b = scene.user("b", {"server-time"});
  a.says("@+x=1 PRIVMSG b :hi").says("@+x=1 TAGMSG b");
  EXPECT_EQ(b.heard(), Lines{"@time=1970-01-01T01:00:00.000Z :a!u@h PRIVMSG b :hi"});
}

TEST(EchoMessage, GivesBackWhatWasDelivered) {
  Scene scene;
  Client a = scene.user("a", {"echo-message", "message-tags"});
  Client b = scene.user("b");
  for (Client client : {a, b}) client.says("JOIN #C");
  scene.forget();
  EXPECT_EQ(a.asks("@+x=1;y=2 PRIVMSG #c :hi"), Lines{"@+x=1 :a!u@h PRIVMSG #C :hi"});
  EXPECT_EQ(a.asks("NOTICE B :hi"), Lines{":a!u@h NOTICE b :hi"});
  EXPECT_EQ(a.asks("@+x TAGMSG #C"), Lines{"@+x :a!u@h TAGMSG #C"});
  EXPECT_EQ(a.asks("PRIVMSG #c,b :two"),
            (Lines{":a!u@h PRIVMSG #C :two", ":a!u@h PRIVMSG b :two"}));
  EXPECT_EQ(b.asks("PRIVMSG #c :hi"), Lines{}) << "has not asked for it";
}

TEST(EchoMessage, GivesNothingBackOfWhatWasRefused) {
  Scene scene;
  Client a = scene.user("a", {"echo-message"});
  scene.member("b").says("MODE #c +n");
  EXPECT_EQ(a.commands("PRIVMSG #c :hi"), Lines{"404"});
  EXPECT_EQ(a.commands("PRIVMSG nobody :hi"), Lines{"401"});
  EXPECT_EQ(a.commands("NOTICE nobody :hi"), Lines{});
}

TEST(EchoMessage, OfAMessageToOneselfComesOnce) {
  Scene scene;
  Client a = scene.user("a", {"echo-message"});
  EXPECT_EQ(a.asks("PRIVMSG a :hi"), Lines{":a!u@h PRIVMSG a :hi"});
}

TEST(EchoMessage, OfATextThatIsCutIsCutAsWell) {
  Scene scene;
  Client a = scene.user("a", {"echo-message"});
  Client b = scene.user("b");
  const Lines echoed = a.asks("PRIVMSG b :" + std::string(499, 'x'));
  EXPECT_EQ(echoed, b.heard());
  EXPECT_EQ(echoed.front().size(), 510U);
}

TEST(MultiPrefix, ShowsAllThatAMemberHas) {
  Scene scene;
  Client a = scene.user("a", {"multi-prefix"});
  Client b = scene.user("b");
  a.says("JOIN #c").says("MODE #c +v a");
  b.says("JOIN #c");
  EXPECT_EQ(a.asks("NAMES #c").front(), ":irc.reference.test 353 a = #c :@+a b");
  EXPECT_EQ(b.asks("NAMES #c").front(), ":irc.reference.test 353 b = #c :@a b");
  EXPECT_EQ(a.asks("WHO #c").front(),
            ":irc.reference.test 352 a #c u h irc.reference.test a H@+ :0 real name");
  EXPECT_EQ(b.asks("WHO #c").front(),
            ":irc.reference.test 352 b #c u h irc.reference.test a H@ :0 real name");
  EXPECT_EQ(a.asks("WHOIS a")[1], ":irc.reference.test 319 a a :@+#c");
  EXPECT_EQ(b.asks("WHOIS a")[1], ":irc.reference.test 319 b a :@#c");
}

TEST(UserhostInNames, ShowsWholeSources) {
  Scene scene;
  Client a = scene.user("a", {"userhost-in-names"});
  Client b = scene.member("b");
  EXPECT_EQ(a.asks("JOIN #c"),
            (Lines{":a!u@h JOIN #c", ":irc.reference.test 353 a = #c :a!u@h @b!u@h",
                   ":irc.reference.test 366 a #c :End of NAMES list"}));
  EXPECT_EQ(b.asks("NAMES #c").front(), ":irc.reference.test 353 b = #c :a @b");
}

TEST(ExtendedJoin, HoldsTheAccountAndTheRealName) {
  Scene scene;
  Client a = scene.user("a", {"extended-join"});
  Client b = scene.user("b");
  for (Client client : {a, b}) client.says("JOIN #c").forgets();
  b.forgets();
  Client c = scene.user("c");
  EXPECT_EQ(c.asks("JOIN #c").front(), ":c!u@h JOIN #c");
  EXPECT_EQ(a.heard(), (Lines{":b!u@h JOIN #c * :real name", ":c!u@h JOIN #c * :real name"}));
  EXPECT_EQ(b.heard(), Lines{":c!u@h JOIN #c"});
}

TEST(AwayNotify, TellsPeersOfEveryChange) {
  Scene scene;
  Client a = scene.user("a", {"away-notify"});
  Client b = scene.user("b");
  Client c = scene.user("c");
  Client stranger = scene.user("d", {"away-notify"});
  for (Client client : {a, b, c}) client.says("JOIN #c,#e");
  scene.forget();
  b.says("AWAY :gone").says("AWAY :still").says("AWAY").says("AWAY");
  EXPECT_EQ(a.heard(), (Lines{":b!u@h AWAY :gone", ":b!u@h AWAY :still", ":b!u@h AWAY"}));
  EXPECT_EQ(c.heard(), Lines{}) << "has not asked for it";
  EXPECT_EQ(stranger.heard(), Lines{}) << "is on none of its channels";
  EXPECT_EQ(a.commands("AWAY :me"), Lines{"306"}) << "not of oneself";
}

TEST(AwayNotify, TellsWhoIsAwayAsHeJoins) {
  Scene scene;
  Client a = scene.user("a", {"away-notify"});
  Client b = scene.user("b", {"away-notify"});
  Client c = scene.user("c");
  for (Client client : {a, c}) client.says("JOIN #c");
  scene.forget();
  b.says("AWAY :gone");
  EXPECT_EQ(b.commands("JOIN #c"), (Lines{"JOIN", "353", "366"}));
  EXPECT_EQ(a.heard(), (Lines{":b!u@h JOIN #c", ":b!u@h AWAY :gone"}));
  EXPECT_EQ(c.heard(), Lines{":b!u@h JOIN #c"}) << "has not asked for it";
  b.says("AWAY").says("PART #c");
  a.forgets();
  EXPECT_EQ(b.commands("JOIN #c"), (Lines{"JOIN", "353", "366"}));
  EXPECT_EQ(a.heard(), Lines{":b!u@h JOIN #c"});
}

TEST(BotMode, ShowsInWhoisAndWho) {
  Scene scene;
  Client a = scene.user("a");
  Client b = scene.user("b");
  EXPECT_EQ(a.commands("WHOIS b"), (Lines{"311", "312", "317", "318"}));
  EXPECT_EQ(b.asks("MODE b +B"), Lines{":b!u@h MODE b +B"});
  EXPECT_EQ(a.asks("WHOIS b")[2], ":irc.reference.test 335 a b :is a bot");
  EXPECT_EQ(a.asks("WHO b").front(),
            ":irc.reference.test 352 a * u h irc.reference.test b HB :0 real name");
  b.says("MODE b -B");
  EXPECT_EQ(a.commands("WHOIS b"), (Lines{"311", "312", "317", "318"}));
}

TEST(BotMode, TagsWhatABotDoes) {
  Scene scene;
  Client a = scene.tagger("a");
  Client b = scene.user("b");
  Client c = scene.user("c");
  for (Client client : {a, b, c}) client.says("JOIN #c");
  b.says("MODE b +B");
  scene.forget();
  b.says("PRIVMSG #c :hi").says("MODE #c +m").says("AWAY :x");
  EXPECT_EQ(a.heard(), Lines{"@bot :b!u@h PRIVMSG #c :hi"});
  EXPECT_EQ(c.heard(), Lines{":b!u@h PRIVMSG #c :hi"}) << "only with message-tags";
  c.says("PRIVMSG #c :hi");
  EXPECT_EQ(a.heard(), Lines{":c!u@h PRIVMSG #c :hi"}) << "only of a bot";
  b.says("QUIT");
  EXPECT_EQ(a.heard(), Lines{"@bot :b!u@h QUIT :Quit: "});
}

}  // namespace
}  // namespace irc
