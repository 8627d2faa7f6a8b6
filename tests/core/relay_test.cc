// How what one client does reaches the others.
#include "tests/core/scene.h"

namespace irc {
namespace {

TEST(Relay, NamesTheWholeSourceWhateverIsDone) {
  Scene scene;
  Client a = scene.member("a");
  Client b = scene.member("b");
  scene.user("c").says("JOIN #c");
  scene.forget();
  a.says("PRIVMSG #c :x").says("MODE #c +m").says("TOPIC #c :t").says("KICK #c c").says("NICK d");
  a.says("PART #c").says("JOIN #c").says("QUIT");
  EXPECT_EQ(b.heard(), (Lines{":a!u@h PRIVMSG #c :x", ":a!u@h MODE #c +m", ":a!u@h TOPIC #c :t",
                              ":a!u@h KICK #c c :a", ":a!u@h NICK :d", ":d!u@h PART #c",
                              ":d!u@h JOIN #c", ":d!u@h QUIT :Quit: "}));
}

TEST(Relay, KeepsTheOrderOfWhatOneDoes) {
  Scene scene;
  Client b = scene.member("b");
  Client a = scene.user("a");
  a.says("JOIN #c").says("PRIVMSG #c :x").says("PART #c").says("QUIT");
  EXPECT_EQ(b.heard(), (Lines{":a!u@h JOIN #c", ":a!u@h PRIVMSG #c :x", ":a!u@h PART #c"}));
}

TEST(Relay, SplitsListsForClients) {
  Scene scene;
  Client b = scene.user("b");
  b.says("JOIN #x,#y");
  Client a = scene.user("a");
  scene.forget();
  a.says("JOIN #x,#y").says("PART #x,#y :bye");
  EXPECT_EQ(b.heard(), (Lines{":a!u@h JOIN #x", ":a!u@h JOIN #y", ":a!u@h PART #x :bye",
                              ":a!u@h PART #y :bye"}));
  a.says("JOIN #x");
  scene.forget();
  b.says("KICK #x a,b :out");
  EXPECT_EQ(a.heard(), Lines{":b!u@h KICK #x a :out"});
  EXPECT_EQ(b.heard(), (Lines{":b!u@h KICK #x a :out", ":b!u@h KICK #x b :out"}));
}

TEST(Relay, GivesWhoAskedForNothingWhatRfc1459Has) {
  Scene scene;
  Client a = scene.user("a", {"away-notify", "cap-notify", "echo-message", "extended-join",
                              "message-tags", "multi-prefix", "server-time", "userhost-in-names"});
  Client b = scene.member("b");
  a.says("MODE a +B").says("JOIN #c").says("@+x=1 PRIVMSG #c :x").says("AWAY :gone");
  a.says("@+x TAGMSG #c").says("CAP LS 302").says("AWAY");
  EXPECT_EQ(b.heard(), (Lines{":a!u@h JOIN #c", ":a!u@h PRIVMSG #c :x"}));
}

}  // namespace
}  // namespace irc
