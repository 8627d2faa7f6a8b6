// What those outside may not learn of a secret channel, and nobody of who is invisible without a
// channel in common: each answer is the one that is given where there is nothing.
#include "tests/core/scene.h"

namespace irc {
namespace {

// With every "#nosuch" for `name`, so that the answers about both can be compared.
Lines renamed(Lines lines, const std::string& name, const std::string& other) {
  for (std::string& line : lines) {
    for (std::size_t at = 0; (at = line.find(name, at)) != std::string::npos; at += other.size()) {
      line.replace(at, name.size(), other);
    }
  }
  return lines;
}

TEST(Secret, IsAnsweredLikeAChannelThatIsNotThere) {
  Scene scene;
  Client a = scene.user("a");
  a.says("JOIN #SECRET").says("MODE #secret +sn").says("TOPIC #secret :hidden");
  Client outside = scene.user("b");
  for (const std::string command :
       {"NAMES %", "LIST %", "LIST *", "LIST >0", "WHO %", "TOPIC %", "TOPIC % :x", "MODE %",
        "MODE % b", "MODE % +i", "PART %", "KICK % a", "INVITE a %", "PRIVMSG % :x",
        "PRIVMSG @% :x", "NOTICE % :x"}) {
    const auto with = [&command](const std::string& name) {
      return renamed({command}, "%", name).front();
    };
    EXPECT_EQ(outside.asks(with("#secret")),
              renamed(outside.asks(with("#nosuch")), "#nosuch", "#secret"))
        << command;
  }
  EXPECT_EQ(a.commands("NAMES #secret"), (Lines{"353", "366"}));
  EXPECT_EQ(a.commands("LIST"), (Lines{"321", "322", "323"}));
}

TEST(Secret, IsCalledAsItWasAskedForByWhomItIsShutOut) {
  Scene scene;
  Client a = scene.user("a");
  a.says("JOIN #SECRET").says("MODE #secret +sk key");
  EXPECT_EQ(scene.user("b").asks("JOIN #secret"),
            Lines{":irc.reference.test 475 b #secret :Cannot join channel (+k)"});
}

TEST(Secret, TakesMessagesFromOutsideIfItHasNoN) {
  Scene scene;
  Client a = scene.member("a");
  a.says("MODE #c +s").forgets();
  Client outside = scene.user("b");
  EXPECT_EQ(outside.asks("PRIVMSG #c :x"), Lines{});
  EXPECT_EQ(a.heard(), Lines{":b!u@h PRIVMSG #c :x"});
}

TEST(Secret, IsNotCountedAndNotInWhois) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.user("b");
  EXPECT_EQ(b.asks("LUSERS")[3], ":irc.reference.test 254 b 1 :channels formed");
  EXPECT_EQ(b.commands("WHOIS a"), (Lines{"311", "319", "312", "317", "318"}));
  a.says("MODE #c +s");
  EXPECT_EQ(b.asks("LUSERS")[3], ":irc.reference.test 254 b 0 :channels formed");
  EXPECT_EQ(b.commands("WHOIS a"), (Lines{"311", "312", "317", "318"}));
  b.says("JOIN #c");
  EXPECT_EQ(b.commands("WHOIS a"), (Lines{"311", "319", "312", "317", "318"}));
}

TEST(Secret, HasAnAtInNames) {
  Scene scene;
  Client a = scene.member("a");
  a.says("MODE #c +s");
  EXPECT_EQ(a.asks("NAMES #c").front(), ":irc.reference.test 353 a @ #c :@a");
}

TEST(Invisible, IsFoundByNobodyOnNoCommonChannel) {
  Scene scene;
  Client hidden = scene.member("hidden");
  hidden.says("MODE hidden +i");
  scene.member("seen");
  Client outside = scene.user("b");
  EXPECT_EQ(outside.asks("NAMES #c").front(), ":irc.reference.test 353 b = #c :seen");
  EXPECT_EQ(outside.commands("WHO #c"), (Lines{"352", "315"}));
  EXPECT_EQ(outside.commands("WHO hid*"), Lines{"315"});
  EXPECT_EQ(outside.asks("LIST")[1], ":irc.reference.test 322 b #c 1 :");
  EXPECT_EQ(outside.commands("LIST >1"), (Lines{"321", "323"}));
  EXPECT_EQ(outside.commands("WHOIS hidden"), (Lines{"311", "312", "317", "318"}));
  outside.says("JOIN #d");
  hidden.says("JOIN #d");
  EXPECT_EQ(outside.asks("NAMES #c").front(), ":irc.reference.test 353 b = #c :@hidden seen");
  EXPECT_EQ(outside.commands("WHO #c"), (Lines{"352", "352", "315"}));
  EXPECT_EQ(outside.commands("WHO hid*"), (Lines{"352", "315"}));
  EXPECT_EQ(outside.asks("LIST #c")[1], ":irc.reference.test 322 b #c 2 :");
  EXPECT_EQ(outside.asks("WHOIS hidden")[1], ":irc.reference.test 319 b hidden :@#c #d");
}

TEST(MaskList, TellsOutsidersNotWhoSetIt) {
  Scene scene;
  Client a = scene.member("a");
  a.says("MODE a +i").says("MODE #c +b x");
  EXPECT_EQ(a.asks("MODE #c b").front(), ":irc.reference.test 367 a #c x!*@* a 3600");
  EXPECT_EQ(scene.user("b").asks("MODE #c b").front(), ":irc.reference.test 367 b #c x!*@*");
}

TEST(Key, IsShownToMembersOnly) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.user("b");
  a.says("MODE #c +k secretkey");
  EXPECT_EQ(a.asks("MODE #c").front(), ":irc.reference.test 324 a #c +k secretkey");
  for (const char* command : {"MODE #c", "LIST", "WHOIS a", "WHO #c", "NAMES #c", "JOIN #c x"}) {
    for (const std::string& line : b.asks(command)) {
      EXPECT_EQ(line.find("secretkey"), std::string::npos) << line;
    }
  }
}

}  // namespace
}  // namespace irc
