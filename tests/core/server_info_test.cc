// What the server says of itself; and HELP.
#include <algorithm>

#include "tests/core/scene.h"

namespace irc {
namespace {

TEST(Admin, IsToldWhereItIsConfigured) {
  ServerConfig config;
  config.admin = {.location = "Oulu", .organisation = "The university", .email = "root@x.test"};
  Scene scene(config);
  EXPECT_EQ(scene.user("a").asks("ADMIN"),
            (Lines{":irc.reference.test 256 a irc.reference.test :Administrative info",
                   ":irc.reference.test 257 a :Oulu", ":irc.reference.test 258 a :The university",
                   ":irc.reference.test 259 a :root@x.test"}));
}

TEST(Links, AreOfOneServer) {
  Scene scene;
  Client a = scene.user("a");
  const std::string link =
      ":irc.reference.test 364 a irc.reference.test irc.reference.test :0 Reference";
  EXPECT_EQ(a.asks("LINKS"), (Lines{link, ":irc.reference.test 365 a * :End of LINKS list"}));
  EXPECT_EQ(a.asks("LINKS *.TEST"),
            (Lines{link, ":irc.reference.test 365 a *.TEST :End of LINKS list"}));
  EXPECT_EQ(a.commands("LINKS *.org"), Lines{"365"});
  EXPECT_EQ(a.commands("LINKS nosuch.server *"), Lines{"402"});
}

TEST(Summon, IsTurnedOffAndSoIsUsers) {
  Scene scene;
  Client a = scene.user("a");
  EXPECT_EQ(a.commands("SUMMON x"), Lines{"445"});
  EXPECT_EQ(a.commands("USERS"), Lines{"446"});
}

TEST(Lusers, CountsTheMostThereHaveBeen) {
  Scene scene;
  Client a = scene.user("a");
  scene.disconnect(scene.user("b"));
  EXPECT_EQ(a.asks("LUSERS")[5], ":irc.reference.test 265 a 1 2 :Current local users 1, max 2");
  EXPECT_EQ(a.asks("LUSERS")[6], ":irc.reference.test 266 a 1 2 :Current global users 1, max 2");
}

TEST(Lusers, CountsTheInvisibleAndOperators) {
  Scene scene(operator_config());
  Client a = scene.oper("a");
  scene.user("b").says("MODE b +i");
  EXPECT_EQ(a.asks("LUSERS")[0],
            ":irc.reference.test 251 a :There are 1 users and 1 invisible on 1 servers");
  EXPECT_EQ(a.asks("LUSERS")[1], ":irc.reference.test 252 a 1 :operator(s) online");
  EXPECT_EQ(a.asks("LUSERS")[4], ":irc.reference.test 255 a :I have 2 clients and 0 servers");
}

// The names that the index of HELP gives.
Lines commands_with_help(Client& client) {
  Lines names;
  const Lines lines = client.asks("HELP");
  for (std::size_t i = 2; i + 1 < lines.size(); ++i) {
    std::string rest = lines[i].substr(lines[i].find(" :") + 2) + ' ';
    for (; !rest.empty(); rest.erase(0, rest.find(' ') + 1)) {
      names.push_back(rest.substr(0, rest.find(' ')));
    }
  }
  return names;
}

TEST(Help, BeginsAndEndsAsModernIrcHasIt) {
  Scene scene;
  Client a = scene.user("a");
  Lines index = a.commands("HELP");
  EXPECT_EQ(index.front(), "704");
  EXPECT_EQ(index.back(), "706");
  EXPECT_EQ(std::ranges::count(index, "705"), static_cast<std::ptrdiff_t>(index.size()) - 2);
  EXPECT_EQ(
      a.asks("HELP privmsg"),
      (Lines{":irc.reference.test 704 a PRIVMSG :PRIVMSG target[,target] text",
             ":irc.reference.test 705 a PRIVMSG :",
             ":irc.reference.test 706 a PRIVMSG :Says something to nicknames and channels."}));
  EXPECT_EQ(a.asks("HELPOP :no such topic"),
            Lines{":irc.reference.test 524 a no :No help available on this topic"});
}

// A command that is unknown is answered with 421, and so is TAGMSG without its capability.
TEST(Help, IsThereForEveryCommandAndForNothingElse) {
  Scene scene;
  Client a = scene.tagger("a");
  const Lines names = commands_with_help(a);
  EXPECT_EQ(names.size(), 42U);
  for (const std::string& name : names) {
    if (name == "QUIT") continue;
    EXPECT_NE(a.commands(name), Lines{"421"}) << name;
    EXPECT_EQ(a.commands("HELP " + name), (Lines{"704", "705", "706"})) << name;
  }
  for (const Lines& used : {a.asks("STATS m")}) {
    for (const std::string& line : used) {
      if (line.find(" 212 ") == std::string::npos) continue;
      const std::string rest = line.substr(line.find(" a ") + 3);
      EXPECT_EQ(std::ranges::count(names, rest.substr(0, rest.find(' '))), 1) << line;
    }
  }
}

}  // namespace
}  // namespace irc
