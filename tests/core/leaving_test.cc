#include "tests/core/scene.h"

namespace irc {
namespace {

TEST(Quit, IsToldOnceToPeersAndAcknowledgedByError) {
  Scene scene;
  Client a = scene.user("a");
  Client b = scene.user("b");
  Client stranger = scene.user("c");
  a.says("JOIN #x,#y,#z");
  b.says("JOIN #x,#y,#z");
  scene.forget();
  EXPECT_EQ(a.says("QUIT :bye").heard(), Lines{"ERROR :Closing Link: h (Quit: bye)"});
  EXPECT_TRUE(a.closing());
  EXPECT_EQ(b.heard(), Lines{":a!u@h QUIT :Quit: bye"});
  EXPECT_EQ(stranger.heard(), Lines{});
}

TEST(Quit, EndsWhatFollowsInTheSameSegment) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  a.says("QUIT").says("PRIVMSG #c :after").says("JOIN #d").says("NICK z");
  EXPECT_EQ(b.heard(), Lines{":a!u@h QUIT :Quit: "});
  EXPECT_EQ(b.commands("MODE #d"), Lines{"403"});
  EXPECT_EQ(b.asks("ISON a z"), Lines{":irc.reference.test 303 b :"});
}

TEST(Quit, FreesTheNicknameAndTheChannelAtOnce) {
  Scene scene;
  Client a = scene.member("a");
  a.says("MODE #c +k key").says("TOPIC #c :old").says("QUIT");
  Client b = scene.user("a");
  EXPECT_EQ(b.asks("JOIN #c"), (Lines{":a!u@h JOIN #c", ":irc.reference.test 353 a = #c :@a",
                                      ":irc.reference.test 366 a #c :End of NAMES list"}));
}

TEST(Quit, BeforeRegistrationIsToldToNobody) {
  Scene scene;
  Client b = scene.member("b");
  Client a = scene.connect();
  EXPECT_EQ(a.says("NICK a").says("QUIT :x").heard(), Lines{"ERROR :Closing Link: h (Quit: x)"});
  EXPECT_EQ(b.heard(), Lines{});
}

TEST(Disconnect, IsToldToPeersOnceAndFreesEverything) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  scene.forget();
  scene.server.end_of_input(a.id(), "Connection closed");
  EXPECT_EQ(a.heard(), Lines{"ERROR :Closing Link: h (Connection closed)"});
  scene.disconnect(a, "Connection reset");
  EXPECT_EQ(b.heard(), Lines{":a!u@h QUIT :Connection closed"});
  EXPECT_EQ(b.asks("NAMES #c").front(), ":irc.reference.test 353 b = #c :b");
}

TEST(Disconnect, TakesAnInvitationWithIt) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.user("b");
  a.says("MODE #c +i").says("INVITE b #c");
  scene.disconnect(b);
  EXPECT_EQ(scene.user("b").commands("JOIN #c"), Lines{"473"});
}

TEST(SendQueue, EndsAClientThatDoesNotReadAndNobodyElse) {
  ServerConfig config;
  config.sendq_bytes_max = 4096;
  Scene scene(config);
  Client a = scene.member("a");
  Client b = scene.member("b");
  Client deaf = scene.member("deaf");
  scene.forget();
  while (!deaf.closing()) a.says("PRIVMSG #c :" + std::string(400, 'x')), b.heard();
  EXPECT_EQ(deaf.heard(), Lines{"ERROR :Closing Link: h (Max SendQ exceeded)"});
  EXPECT_EQ(a.heard(), Lines{":deaf!u@h QUIT :Max SendQ exceeded"});
  EXPECT_EQ(b.commands("PING x"), Lines{"PONG"});
}

TEST(SendQueue, KeepsTheRestOfALineThatHasGoneInPart) {
  ServerConfig config;
  config.sendq_bytes_max = 4096;
  Scene scene(config);
  Client a = scene.user("a");
  a.says("PING begun");
  const std::string rest(scene.server.output(a.id()).substr(5));
  scene.server.sent(a.id(), 5);
  while (!a.closing()) a.says("MOTD");
  EXPECT_EQ(scene.server.output(a.id()), rest + "ERROR :Closing Link: h (Max SendQ exceeded)\r\n");
}

TEST(SendQueue, SurvivesABroadcastThatEndsSeveralWhoseQuitEndsMore) {
  ServerConfig config;
  config.sendq_bytes_max = 4096;
  Scene scene(config);
  Client a = scene.member("a");
  std::vector<Client> deaf;
  deaf.reserve(19);
  for (int i = 0; i < 19; ++i) deaf.push_back(scene.user("deaf" + std::to_string(i)));
  for (Client& each : deaf) each.says("JOIN #c");
  scene.forget();
  while (!deaf.front().closing()) a.says("PRIVMSG #c :" + std::string(400, 'x')).forgets();
  for (const Client& each : deaf) EXPECT_TRUE(each.closing());
  EXPECT_EQ(a.asks("NAMES #c").front(), ":irc.reference.test 353 a = #c :@a");
}

TEST(Changes, AreWhoHasOutputAndHadNoneAndWhoIsClosed) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  scene.user("c");
  scene.server.take_changed();
  a.says("PRIVMSG #c :x").says("PRIVMSG #c :y");
  EXPECT_EQ(scene.server.take_changed(), std::vector{b.id()});
  a.says("PRIVMSG #c :z");
  EXPECT_EQ(scene.server.take_changed(), std::vector<ConnId>());
  b.says("QUIT");
  EXPECT_EQ(scene.server.take_changed(), (std::vector{a.id(), b.id()}));
  b.heard();
  EXPECT_EQ(scene.server.take_changed(), std::vector<ConnId>());
}

TEST(Kill, EndsTheVictimAndTellsItsPeersWhy) {
  ServerConfig config;
  config.operators = {{"root", "pw"}};
  Scene scene(config);
  Client a = scene.user("a");
  Client b = scene.member("b");
  Client c = scene.member("c");
  EXPECT_EQ(a.commands("KILL b :x"), Lines{"481"});
  EXPECT_EQ(a.commands("OPER root no"), Lines{"464"});
  EXPECT_EQ(a.commands("OPER root pw"), (Lines{"381", "MODE"}));
  EXPECT_EQ(a.commands("KILL irc.reference.test :x"), Lines{"483"});
  EXPECT_EQ(a.commands("KILL nobody :x"), Lines{"401"});
  scene.forget();
  a.says("KILL b :out");
  EXPECT_EQ(b.heard(), (Lines{":a!u@h KILL b :out", "ERROR :Closing Link: h (Killed (a (out)))"}));
  EXPECT_EQ(c.heard(), Lines{":b!u@h QUIT :Killed (a (out))"});
}

TEST(Kill, NeedsAReason) {
  Scene scene(operator_config());
  Client a = scene.oper("a");
  Client b = scene.user("b");
  EXPECT_EQ(a.asks("KILL b"), Lines{":irc.reference.test 461 a KILL :Not enough parameters"});
  EXPECT_EQ(b.heard(), Lines{});
  EXPECT_FALSE(b.closing());
}

TEST(Kill, EndsWhatItsVictimStillSays) {
  Scene scene(operator_config());
  Client a = scene.oper("a");
  Client b = scene.member("b");
  Client c = scene.member("c");
  scene.forget();
  b.says("PRIVMSG c :before");
  a.says("KILL b :x");
  b.says("PRIVMSG c :after").says("NICK z");
  EXPECT_EQ(c.heard(), (Lines{":b!u@h PRIVMSG c :before", ":b!u@h QUIT :Killed (a (x))"}));
  EXPECT_EQ(c.asks("ISON b z"), Lines{":irc.reference.test 303 c :"});
}

TEST(Disconnect, LeavesNothingHalfGone) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  scene.server.end_of_input(b.id(), "Connection reset by peer");
  a.forgets();
  EXPECT_EQ(a.asks("NAMES #c").front(), ":irc.reference.test 353 a = #c :@a");
  EXPECT_EQ(a.commands("WHOIS b"), (Lines{"401", "318"}));
  EXPECT_EQ(a.commands("WHO b"), Lines{"315"});
  EXPECT_EQ(a.commands("WHO #c"), (Lines{"352", "315"}));
  EXPECT_EQ(a.asks("ISON b"), Lines{":irc.reference.test 303 a :"});
  EXPECT_EQ(a.asks("USERHOST b"), Lines{":irc.reference.test 302 a :"});
  EXPECT_EQ(a.commands("PRIVMSG b :x"), Lines{"401"});
}

TEST(Kill, OfOneselfEndsWhatFollows) {
  ServerConfig config;
  config.operators = {{"root", "pw"}};
  Scene scene(config);
  Client a = scene.member("a");
  Client b = scene.member("b");
  scene.forget();
  a.says("OPER root pw").says("KILL a :x").says("PRIVMSG #c :after");
  EXPECT_EQ(b.heard(), Lines{":a!u@h QUIT :Killed (a (x))"});
}

}  // namespace
}  // namespace irc
