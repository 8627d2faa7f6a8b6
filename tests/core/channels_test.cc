#include <algorithm>

#include "tests/core/scene.h"

namespace irc {
namespace {

TEST(Join, CreatesTheChannelAndMakesItsFirstMemberOperator) {
  Scene scene;
  EXPECT_EQ(scene.user("a").asks("JOIN #c"),
            (Lines{":a!u@h JOIN #c", ":irc.reference.test 353 a = #c :@a",
                   ":irc.reference.test 366 a #c :End of NAMES list"}));
}

TEST(Join, TellsTheTopicThenTheNames) {
  Scene scene;
  Client a = scene.member("a");
  a.says("TOPIC #c :about");
  Client b = scene.user("b");
  a.forgets();
  EXPECT_EQ(b.asks("JOIN #C"), (Lines{":b!u@h JOIN #c", ":irc.reference.test 332 b #c :about",
                                      ":irc.reference.test 333 b #c a!u@h 3600",
                                      ":irc.reference.test 353 b = #c :@a b",
                                      ":irc.reference.test 366 b #c :End of NAMES list"}));
  EXPECT_EQ(a.heard(), Lines{":b!u@h JOIN #c"});
}

TEST(Join, OfAChannelOneIsOnDoesNothing) {
  Scene scene;
  Client a = scene.member("a");
  EXPECT_EQ(a.asks("JOIN #c"), Lines{});
  EXPECT_EQ(a.commands("JOIN #d,#d,,"), (Lines{"JOIN", "353", "366"}));
}

TEST(Join, RefusesWhatIsNoNameAndJoinsTheRest) {
  Scene scene;
  Client a = scene.user("a");
  EXPECT_EQ(a.commands("JOIN #ok,bad,#,#a\ab,#ok2,#" + std::string(50, 'x')),
            (Lines{"JOIN", "353", "366", "476", "476", "476", "JOIN", "353", "366", "476"}));
  EXPECT_EQ(a.commands("JOIN &local"), Lines{"476"});
  EXPECT_EQ(a.asks("JOIN :#a b"), Lines{":irc.reference.test 476 a #a :Bad Channel Mask"});
  EXPECT_EQ(a.commands("JOIN #" + std::string(49, 'x')), (Lines{"JOIN", "353", "366"}));
}

TEST(Join, StopsAtTheLimitOfChannels) {
  Scene scene;
  Client a = scene.user("a");
  for (int i = 0; i < 20; ++i) a.says("JOIN #" + std::to_string(i));
  EXPECT_EQ(a.commands("JOIN #more"), Lines{"405"});
}

TEST(Join, MatchesKeysByPosition) {
  Scene scene;
  Client a = scene.user("a");
  a.says("JOIN #x,#y").says("MODE #x +k kx").says("MODE #y +k ky");
  Client b = scene.user("b");
  EXPECT_EQ(b.commands("JOIN #x,#y ky,ky"), (Lines{"475", "JOIN", "353", "366"}));
  EXPECT_EQ(b.commands("JOIN #x kx"), (Lines{"JOIN", "353", "366"}));
  a.says("JOIN #open");
  const Lines both = {"JOIN", "353", "366", "JOIN", "353", "366"};
  EXPECT_EQ(scene.user("c").commands("JOIN #x,#y kx,ky"), both);
  EXPECT_EQ(scene.user("d").commands("JOIN #x,#open kx"), both);
}

TEST(Join, OfNoChannelAtAllIsAnswered) {
  Scene scene;
  Client a = scene.member("a");
  for (const char* list : {":", ",", ",,"}) {
    EXPECT_EQ(a.asks(std::string("JOIN ") + list),
              Lines{":irc.reference.test 461 a JOIN :Not enough parameters"});
    EXPECT_EQ(a.asks(std::string("PART ") + list),
              Lines{":irc.reference.test 461 a PART :Not enough parameters"});
    EXPECT_EQ(a.asks(std::string("KICK #c ") + list),
              Lines{":irc.reference.test 461 a KICK :Not enough parameters"});
    EXPECT_EQ(a.asks(std::string("NAMES ") + list),
              Lines{":irc.reference.test 366 a * :End of NAMES list"});
  }
  EXPECT_EQ(a.commands("KICK , a"), Lines{"461"});
}

TEST(Join, OfZeroLeavesAll) {
  Scene scene;
  Client a = scene.user("a");
  a.says("JOIN #x,#y");
  EXPECT_EQ(a.asks("JOIN 0"), (Lines{":a!u@h PART #x", ":a!u@h PART #y"}));
}

TEST(Part, IsToldToAllMembersTheOneWhoLeavesIncluded) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  EXPECT_EQ(a.asks("PART #c :bye"), Lines{":a!u@h PART #c :bye"});
  EXPECT_EQ(b.heard(), Lines{":a!u@h PART #c :bye"});
  EXPECT_EQ(a.commands("PART #c,,#nosuch"), (Lines{"442", "403"}));
}

TEST(Part, OfTheLastMemberEndsTheChannel) {
  Scene scene;
  Client a = scene.member("a");
  a.says("MODE #c +ik key").says("TOPIC #c :old").says("PART #c");
  EXPECT_EQ(a.commands("MODE #c"), Lines{"403"});
  EXPECT_EQ(a.commands("JOIN #c"), (Lines{"JOIN", "353", "366"}));
}

TEST(Part, AndJoinAgainBringsNoRightsBack) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  a.says("MODE #c +o b");
  scene.forget();
  a.says("PART #c").says("JOIN #c");
  EXPECT_EQ(b.heard(), (Lines{":a!u@h PART #c", ":a!u@h JOIN #c"}));
  EXPECT_EQ(a.forgets().commands("MODE #c +m"), Lines{"482"});
  EXPECT_EQ(b.asks("NAMES #c").front(), ":irc.reference.test 353 b = #c :a @b");
}

TEST(Topic, IsToldToAllItsAuthorIncluded) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  EXPECT_EQ(a.asks("TOPIC #c :new"), Lines{":a!u@h TOPIC #c :new"});
  EXPECT_EQ(b.heard(), Lines{":a!u@h TOPIC #c :new"});
  EXPECT_EQ(b.commands("TOPIC #c"), (Lines{"332", "333"}));
  EXPECT_EQ(b.asks("TOPIC #c :"), Lines{":b!u@h TOPIC #c :"});
  EXPECT_EQ(b.commands("TOPIC #c"), Lines{"331"});
}

TEST(Topic, IsRefusedToThoseWhoMayNot) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  Client outside = scene.user("c");
  a.says("MODE #c +t");
  EXPECT_EQ(b.commands("TOPIC #c :x"), Lines{"482"});
  EXPECT_EQ(outside.commands("TOPIC #c :x"), Lines{"442"});
  EXPECT_EQ(outside.commands("TOPIC #nosuch :x"), Lines{"403"});
}

TEST(Topic, OfTheGreatestLengthFitsBesideTheLongestNames) {
  Scene scene;
  Client a = scene.user(std::string(30, 'n'));
  const std::string channel = "#" + std::string(49, 'c');
  const std::string topic(307, 't');
  a.says("JOIN " + channel).forgets();
  EXPECT_TRUE(a.asks("TOPIC " + channel + " :" + topic + "cut").front().ends_with(" :" + topic));
  EXPECT_TRUE(a.asks("TOPIC " + channel).front().ends_with(" :" + topic));
}

TEST(Kick, IsToldToAllAndTakesTheMemberOff) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  scene.member("c");
  scene.forget();
  EXPECT_EQ(a.asks("KICK #c b,,c :out"), (Lines{":a!u@h KICK #c b :out", ":a!u@h KICK #c c :out"}));
  EXPECT_EQ(b.heard(), Lines{":a!u@h KICK #c b :out"});
  EXPECT_EQ(a.asks("NAMES #c").front(), ":irc.reference.test 353 a = #c :@a");
}

TEST(Kick, SaysWhyNot) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  Client outside = scene.user("c");
  EXPECT_EQ(b.commands("KICK #c a"), Lines{"482"});
  EXPECT_EQ(outside.commands("KICK #c a"), Lines{"442"});
  EXPECT_EQ(a.commands("KICK #c c"), Lines{"441"});
  EXPECT_EQ(a.commands("KICK #c nobody"), Lines{"401"});
  EXPECT_EQ(a.commands("KICK #nosuch a"), Lines{"403"});
}

TEST(Kick, OfOneselfLeavesNothingToKickWith) {
  Scene scene;
  Client a = scene.member("a");
  EXPECT_EQ(a.asks("KICK #c a,a"),
            (Lines{":a!u@h KICK #c a :a", ":irc.reference.test 403 a #c :No such channel"}));
}

TEST(Kick, OfOneselfEndsSpeakingWhereNobodyOutsideMay) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  a.says("MODE #c +n");
  scene.forget();
  EXPECT_EQ(a.says("KICK #c a :x").commands("PRIVMSG #c :y"), Lines{"404"});
  EXPECT_EQ(b.heard(), Lines{":a!u@h KICK #c a :x"});
}

TEST(Kick, TakesAsManyChannelsAsUsers) {
  Scene scene;
  Client a = scene.user("a");
  a.says("JOIN #x,#y");
  for (const char* nick : {"b", "c"}) scene.user(nick).says("JOIN #x,#y");
  EXPECT_EQ(a.asks("KICK #x,#y b,c :out"),
            (Lines{":a!u@h KICK #x b :out", ":a!u@h KICK #y c :out"}));
  EXPECT_EQ(a.commands("KICK #x,#y b"), Lines{"461"});
  EXPECT_EQ(a.commands("KICK #x,#y,#x b,c"), Lines{"461"});
}

TEST(Kick, IsNoBan) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  a.says("KICK #c b");
  EXPECT_EQ(b.forgets().commands("JOIN #c"), (Lines{"JOIN", "353", "366"}));
}

TEST(Invite, OpensAChannelOnce) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.user("b");
  a.says("MODE #c +i").forgets();
  EXPECT_EQ(b.commands("JOIN #c"), Lines{"473"});
  EXPECT_EQ(a.asks("INVITE b #c"), Lines{":irc.reference.test 341 a b #c"});
  EXPECT_EQ(b.heard(), Lines{":a!u@h INVITE b #c"});
  EXPECT_EQ(b.commands("JOIN #c"), (Lines{"JOIN", "353", "366"}));
  EXPECT_EQ(b.says("PART #c").commands("JOIN #c"), Lines{"473"});
}

TEST(Invite, IsNoBusinessOfOthers) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  scene.user("c").says("AWAY :gone");
  scene.forget();
  EXPECT_EQ(a.asks("INVITE C #C"),
            (Lines{":irc.reference.test 341 a c #c", ":irc.reference.test 301 a c :gone"}));
  EXPECT_EQ(b.heard(), Lines{});
}

TEST(Invite, SaysWhyNot) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  Client outside = scene.user("c");
  EXPECT_EQ(a.commands("INVITE nobody #c"), Lines{"401"});
  EXPECT_EQ(a.commands("INVITE c #nosuch"), Lines{"403"});
  EXPECT_EQ(outside.commands("INVITE a #c"), Lines{"442"});
  EXPECT_EQ(a.commands("INVITE b #c"), Lines{"443"});
  a.says("MODE #c +i");
  EXPECT_EQ(b.says("PING x").commands("INVITE c #c"), Lines{"482"});
}

TEST(Names, OfManyAreCompleteOverSeveralLines) {
  Scene scene;
  Client a = scene.member("a");
  for (char c = 'b'; c < 'b' + 20; ++c) scene.user(std::string(30, c)).says("JOIN #c");
  std::string all;
  const Lines lines = a.asks("NAMES #c");
  for (const std::string& line : lines) {
    if (line.find(" 353 ") != std::string::npos) all += line.substr(line.find(" :") + 2) + ' ';
  }
  EXPECT_GT(lines.size(), 2U);
  EXPECT_EQ(std::count(all.begin(), all.end(), ' '), 21);
}

TEST(Names, OfAChannelThatIsNotThereAreNone) {
  Scene scene;
  Client a = scene.member("a");
  EXPECT_EQ(a.asks("NAMES #nosuch"), Lines{":irc.reference.test 366 a #nosuch :End of NAMES list"});
  EXPECT_EQ(a.commands("NAMES #c,#nosuch"), (Lines{"353", "366", "366"}));
  EXPECT_EQ(a.commands("NAMES"), Lines{"366"});
}

TEST(Secret, HidesTheChannelFromThoseOutside) {
  Scene scene;
  Client a = scene.member("a");
  Client outside = scene.user("b");
  a.says("MODE #c +s");
  EXPECT_EQ(outside.commands("NAMES #c"), Lines{"366"});
  EXPECT_EQ(outside.commands("LIST"), (Lines{"321", "323"}));
  EXPECT_EQ(outside.commands("WHO #c"), Lines{"315"});
  EXPECT_EQ(outside.commands("WHOIS a"), (Lines{"311", "312", "317", "318"}));
  EXPECT_EQ(a.commands("WHOIS a"), (Lines{"311", "319", "312", "317", "318"}));
}

TEST(List, NamesCountAndTopic) {
  Scene scene;
  Client a = scene.member("a");
  a.says("TOPIC #c :about").says("JOIN #b");
  EXPECT_EQ(a.asks("LIST"),
            (Lines{":irc.reference.test 321 a Channel :Users  Name",
                   ":irc.reference.test 322 a #b 1 :", ":irc.reference.test 322 a #c 1 :about",
                   ":irc.reference.test 323 a :End of LIST"}));
  EXPECT_EQ(a.commands("LIST #c,#nosuch"), (Lines{"321", "322", "323"}));
}

TEST(Casemapping, OfChannelsIsThatOfRfc1459) {
  Scene scene;
  Client a = scene.user("a");
  a.says("JOIN #X[1]^");
  EXPECT_EQ(scene.user("b").asks("JOIN #x{1}~").front(), ":b!u@h JOIN #X[1]^");
}

}  // namespace
}  // namespace irc
