// IRCv3 message-tags: which tags of a client's reach whom.
#include "tests/core/scene.h"

namespace irc {
namespace {

TEST(MessageTags, ReachThoseWhoAskedForThem) {
  Scene scene;
  Client a = scene.tagger("a");
  Client b = scene.tagger("b");
  Client c = scene.user("c");
  for (Client client : {a, b, c}) client.says("JOIN #c");
  scene.forget();
  EXPECT_EQ(a.asks("@+x=1 PRIVMSG #c :hi"), Lines{});
  EXPECT_EQ(b.heard(), Lines{"@+x=1 :a!u@h PRIVMSG #c :hi"});
  EXPECT_EQ(c.heard(), Lines{":a!u@h PRIVMSG #c :hi"});
}

TEST(MessageTags, AreRelayedAsFarAsTheyAreForOthers) {
  struct Case {
    std::string tags;
    std::string relayed;
    const char* why;
  };
  const Case cases[] = {
      {"", "", "none"},
      {"@x=1 ", "", "for the server only"},
      {"@+x ", "@+x ", "without value"},
      {"@+x= ", "@+x= ", "as it is"},
      {"@+a=1;b=2;+c/d=3 ", "@+a=1;+c/d=3 ", "some are for the server only"},
      {"@+x=1;+X=2;+x=3 ", "@+X=2;+x=3 ", "the last one of a key, with regard to case"},
      {"@+x=a\\:\\s\\\\=+ ", "@+x=a\\:\\s\\\\=+ ", "values stay escaped"},
      {"@;;+x; ", "@+x ", "empty tags"},
      {"@+a!b=1;=x;;+;+y=2 ", "@+y=2 ", "keys that are none are left out"},
      {"@+x=\xff;+y=2 ", "@+y=2 ", "and so are values that are not UTF-8"},
      {"@ ", "", "no tags behind the at"},
      {"@+x=" + std::string(4091, 'y') + ' ', "@+x=" + std::string(4091, 'y') + ' ',
       "as many bytes as there may be"},
  };
  Scene scene;
  Client a = scene.tagger("a");
  Client b = scene.tagger("b");
  for (const Case& each : cases) {
    a.says(each.tags + "PRIVMSG b :t");
    EXPECT_EQ(b.heard(), Lines{each.relayed + ":a!u@h PRIVMSG b :t"}) << each.why;
  }
}

TEST(MessageTags, MayBeEmptyOrBrokenAndSpoilNothing) {
  struct Case {
    const char* line;
    Lines commands;
    const char* why;
  };
  const Case cases[] = {
      {"@ PING a", {"PONG"}, "no tags"},
      {"@", {}, "nothing else"},
      {"@a=b", {}, "no command"},
      {"@a=b ", {}, "no command behind the blank"},
      {"@a=b :a PING c", {"PONG"}, "a source behind them"},
      {"@a  PING d", {"PONG"}, "two blanks"},
      {"@a;;=;= PING e", {"PONG"}, "nothing but separators"},
      {"@@ PING f", {"PONG"}, "an at in a key"},
  };
  for (const auto& capability : {"", "message-tags"}) {
    Scene scene;
    Client a = scene.user("a", {capability});
    for (const Case& each : cases) {
      EXPECT_EQ(a.commands(each.line), each.commands) << each.why;
      EXPECT_EQ(a.commands("PRIVMSG a :x"), Lines{"PRIVMSG"}) << each.why;
    }
  }
}

TEST(MessageTags, TakeNoRoomFromTheText) {
  Scene scene;
  Client a = scene.tagger("a");
  Client b = scene.tagger("b");
  const std::string tags = "@+x=" + std::string(4091, 'y') + ' ';
  const std::string begin = ":a!u@h PRIVMSG b :";
  a.says(tags + "PRIVMSG b :" + std::string(499, 'z'));
  EXPECT_EQ(b.heard(), Lines{tags + begin + std::string(510 - begin.size(), 'z')});
}

TEST(MessageTags, ComeWithNoticesToo) {
  Scene scene;
  Client a = scene.tagger("a");
  Client b = scene.tagger("b");
  a.says("@+x NOTICE b :hi");
  EXPECT_EQ(b.heard(), Lines{"@+x :a!u@h NOTICE b :hi"});
}

TEST(MessageTags, AreDroppedWithOtherCommands) {
  Scene scene;
  Client a = scene.tagger("a");
  Client b = scene.tagger("b");
  for (Client client : {a, b}) client.says("JOIN #c");
  scene.forget();
  a.says("@+x TOPIC #c :t").says("@+x PART #c");
  EXPECT_EQ(b.heard(), (Lines{":a!u@h TOPIC #c :t", ":a!u@h PART #c"}));
}

TEST(MessageTags, AreDroppedFromThoseWhoDidNotAskForThem) {
  Scene scene;
  Client a = scene.user("a");
  Client b = scene.tagger("b");
  a.says("@+x=1 PRIVMSG b :hi");
  EXPECT_EQ(b.heard(), Lines{":a!u@h PRIVMSG b :hi"});
}

TEST(Tagmsg, ReachesThoseWhoAskedForTags) {
  Scene scene;
  Client a = scene.tagger("a");
  Client b = scene.tagger("b");
  Client c = scene.user("c");
  for (Client client : {a, b, c}) client.says("JOIN #c");
  scene.forget();
  EXPECT_EQ(a.asks("@+x=1 TAGMSG #c,b,c :not a text"), Lines{});
  EXPECT_EQ(b.heard(), (Lines{"@+x=1 :a!u@h TAGMSG #c", "@+x=1 :a!u@h TAGMSG b"}));
  EXPECT_EQ(c.heard(), Lines{});
}

TEST(Tagmsg, NeedsNoTags) {
  Scene scene;
  Client a = scene.tagger("a");
  EXPECT_EQ(a.asks("@x TAGMSG a"), Lines{":a!u@h TAGMSG a"});
}

TEST(Tagmsg, IsAnsweredLikePrivmsg) {
  Scene scene;
  Client a = scene.tagger("a");
  scene.user("b").says("AWAY :gone").says("JOIN #m").says("MODE #m +m");
  EXPECT_EQ(a.commands("TAGMSG"), Lines{"411"});
  EXPECT_EQ(a.commands("TAGMSG nobody"), Lines{"401"});
  EXPECT_EQ(a.commands("TAGMSG #nosuch"), Lines{"403"});
  EXPECT_EQ(a.commands("TAGMSG #m"), Lines{"404"});
  EXPECT_EQ(a.commands("TAGMSG b"), Lines{"301"});
  EXPECT_EQ(a.commands("TAGMSG 1,2,3,4,5"), (Lines{"401", "401", "401", "401", "407"}));
}

TEST(Tagmsg, IsUnknownToThoseWhoDidNotAskForTags) {
  Scene scene;
  Client a = scene.user("a");
  EXPECT_EQ(a.asks("@+x TAGMSG a"), Lines{":irc.reference.test 421 a TAGMSG :Unknown command"});
}

}  // namespace
}  // namespace irc
