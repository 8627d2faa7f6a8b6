// LIST with its conditions, NAMES of several, WHO by masks.
#include "tests/core/scene.h"

namespace irc {
namespace {

using std::chrono::minutes;

// The names of the channels that are listed, in their order.
std::string listed(Client& client, const std::string& conditions) {
  std::string names;
  for (const std::string& line : client.asks("LIST " + conditions)) {
    const std::size_t at = line.find('#');
    if (line.find(" 322 ") == std::string::npos) continue;
    names.append(names.empty() ? "" : " ").append(line.substr(at, line.find(' ', at) - at));
  }
  return names;
}

TEST(List, TakesNamesMasksAndConditions) {
  struct Case {
    const char* conditions;
    const char* channels;
    const char* why;
  };
  // #old: 100 minutes, three members, a topic of 50 minutes; #mid: 50 minutes, two members, no
  // topic; #new: now, one member, a topic of now.
  const Case cases[] = {
      {"", "#mid #new #old", "all"},
      {"#OLD,#nosuch,#new", "#new #old", "by name"},
      {"#*d", "#mid #old", "M: by mask"},
      {"#?ew", "#new", "one character"},
      {"*new,#old", "#new #old", "any of several"},
      {"!#*d", "#new", "N: all but those of a mask"},
      {"#*d,!#old", "#mid", "of those all but one"},
      {">1", "#mid #old", "U: more than one member"},
      {"<2", "#new", "fewer than two"},
      {">1,<3", "#mid", "both"},
      {"C>60", "#old", "C: created more than an hour ago"},
      {"c<60", "#mid #new", "letters in any case"},
      {"T<60", "#new #old", "T: a topic of the last hour"},
      {"T>10", "#old", "one that is older than ten minutes"},
      {"T<60,>1", "#old", "two of different kinds"},
      {"#*d >2", "#old", "a condition as the second parameter"},
      {"<0", "", "none"},
      {">x", "", "no number, so it is a name"},
      {">99999999999999999999", "", "too great a number"},
      {",,", "#mid #new #old", "nothing between commas"},
      {"* irc.reference.test", "#mid #new #old", "this server"},
  };
  Scene scene;
  Client a = scene.user("a");
  Client b = scene.user("b");
  Client c = scene.user("c");
  for (Client client : {a, b, c}) client.says("JOIN #old");
  scene.now += minutes(50);
  for (Client client : {a, b}) client.says("JOIN #mid");
  a.says("TOPIC #old :t");
  scene.now += minutes(50);
  a.says("JOIN #new").says("TOPIC #new :t");
  for (const Case& each : cases) EXPECT_EQ(listed(a, each.conditions), each.channels) << each.why;
  EXPECT_EQ(a.commands("LIST * nosuch.server"), Lines{"402"});
}

TEST(Names, OfMoreChannelsThanAreAllowedStop) {
  Scene scene;
  Client a = scene.user("a");
  a.says("JOIN #1,#2,#3,#4,#5");
  EXPECT_EQ(a.commands("NAMES #1,#2,#3,,#4,#5"),
            (Lines{"353", "366", "353", "366", "353", "366", "353", "366", "407"}));
}

TEST(Who, MatchesNicknameUserHostRealNameAndServer) {
  Scene scene;
  Client a = scene.user("a");
  Client b = scene.connect("host.example");
  b.says("NICK bob").says("USER jim 0 * :Real Bob");
  for (const char* mask : {"b?b", "j*m", "*.example", "*bob", "BOB"}) {
    EXPECT_EQ(a.commands("WHO " + std::string(mask)), (Lines{"352", "315"})) << mask;
  }
  for (const char* mask : {"*.test", "*", "0", ""}) {
    EXPECT_EQ(a.commands("WHO " + std::string(mask)), (Lines{"352", "352", "315"})) << mask;
  }
  EXPECT_EQ(a.asks("WHO x*"), Lines{":irc.reference.test 315 a x* :End of WHO list"});
}

TEST(Who, FindsNothingByAMaskThatIsTooLong) {
  Scene scene;
  Client a = scene.user("a");
  EXPECT_EQ(a.commands("WHO " + std::string(120, '*')), (Lines{"352", "315"}));
  EXPECT_EQ(a.commands("WHO " + std::string(121, '*')), Lines{"315"});
  a.says("JOIN #c");
  EXPECT_EQ(a.commands("LIST " + std::string(120, '*')), (Lines{"321", "322", "323"}));
  EXPECT_EQ(a.commands("LIST " + std::string(121, '*')), (Lines{"321", "323"}));
}

TEST(Who, ShowsOperatorsOnlyWhereAsked) {
  Scene scene(operator_config());
  Client a = scene.oper("a");
  Client b = scene.user("b");
  for (Client client : {a, b}) client.says("JOIN #c");
  EXPECT_EQ(b.commands("WHO #c"), (Lines{"352", "352", "315"}));
  b.forgets();
  EXPECT_EQ(b.asks("WHO #c o"),
            (Lines{":irc.reference.test 352 b #c u h irc.reference.test a H*@ :0 real name",
                   ":irc.reference.test 315 b #c :End of WHO list"}));
  EXPECT_EQ(b.commands("WHO * o"), (Lines{"352", "315"}));
  EXPECT_EQ(b.commands("WHO b o"), Lines{"315"});
}

TEST(Whowas, KeepsTheLastHundred) {
  Scene scene;
  Client a = scene.user("a");
  scene.user("first").says("QUIT");
  for (int i = 0; i < 99; ++i) scene.user("x").says("QUIT");
  EXPECT_EQ(a.commands("WHOWAS first"), (Lines{"314", "312", "369"}));
  scene.user("x").says("QUIT");
  EXPECT_EQ(a.commands("WHOWAS first"), (Lines{"406", "369"}));
}

TEST(Whowas, TellsWhenItWas) {
  Scene scene;
  Client a = scene.user("a");
  scene.user("b").says("QUIT");
  scene.now += minutes(5);
  EXPECT_EQ(a.asks("WHOWAS b"),
            (Lines{":irc.reference.test 314 a b u h * :real name",
                   ":irc.reference.test 312 a b irc.reference.test :1970-01-01 01:00:00 UTC",
                   ":irc.reference.test 369 a b :End of WHOWAS"}));
}

}  // namespace
}  // namespace irc
