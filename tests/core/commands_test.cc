#include "tests/core/scene.h"

namespace irc {
namespace {

using namespace std::string_literals;

TEST(Commands, AreFoundWhateverTheirCase) {
  Scene scene;
  EXPECT_EQ(scene.user("a").commands("pInG x"), Lines{"PONG"});
}

TEST(Commands, AnswersThoseItDoesNotKnow) {
  struct Case {
    std::string line;
    std::string_view named;
    const char* why;
  };
  const Case cases[] = {
      {"NOSUCH x", "NOSUCH", "a word"},
      {"x", "x", "one letter"},
      {"\tPING x", "\tPING", "a tab does not separate"},
      {"12 x", "12", "two digits are no numeric"},
      {"1234", "1234", "neither are four"},
      {"\x01\x02", "\x01\x02", "control characters"},
      {"\xff\xfe x", "\xff\xfe", "not UTF-8"},
      {"@t :src - x", "-", "behind tags and source"},
      {"SERVER x 1 :y", "SERVER", "for servers only"},
  };
  for (const Case& each : cases) {
    Scene scene;
    EXPECT_EQ(scene.user("a").asks(each.line),
              Lines{":irc.reference.test 421 a " + std::string(each.named) + " :Unknown command"})
        << each.why;
  }
}

TEST(Commands, SaysNothingToLinesWithoutACommand) {
  Scene scene;
  Client a = scene.user("a");
  for (const char* line : {" ", ":", ":a", ": ", "@", "@a=b", "001 b :x", ":a 433 b x :y",
                           "ERROR :x", "PONG", "PONG x"}) {
    EXPECT_EQ(a.asks(line), Lines{}) << line;
  }
}

TEST(Commands, MissParametersOnce) {
  Scene scene;
  Client a = scene.user("a");
  for (const std::string line : {"JOIN", "PART", "TOPIC", "KICK #t", "INVITE b", "MODE", "OPER x",
                                 "USERHOST", "ISON", "KILL", "CAP"}) {
    const std::string name = line.substr(0, line.find(' '));
    EXPECT_EQ(a.asks(line), Lines{":irc.reference.test 461 a " + name + " :Not enough parameters"});
  }
}

TEST(Commands, ActAsTheClientItselfWhateverSourceItClaims) {
  Scene scene;
  Client a = scene.user("a");
  Client b = scene.user("b");
  for (const char* source : {":a ", ":b!u@h ", ":irc.reference.test ", "@x=y :nobody "}) {
    a.says(source + "PRIVMSG b :x"s);
    EXPECT_EQ(b.heard(), Lines{":a!u@h PRIVMSG b :x"});
  }
}

TEST(Commands, DropsALineWithNulAndGoesOn) {
  Scene scene;
  Client a = scene.user("a");
  Client b = scene.user("b");
  EXPECT_EQ(a.asks("PRIVMSG b :x\0y"s),
            Lines{":irc.reference.test 400 a * :A line may not hold NUL"});
  EXPECT_EQ(a.commands("PING x"), Lines{"PONG"});
  EXPECT_EQ(b.heard(), Lines{});
}

TEST(Commands, SaysThatALineWasTooLong) {
  Scene scene;
  EXPECT_EQ(scene.connect().says_too_much().heard(),
            Lines{":irc.reference.test 417 * :Input line was too long"});
}

TEST(Output, CutsTheEndOfATextBetweenCharacters) {
  Scene scene;
  Client a = scene.user("a");
  Client b = scene.user("b");
  for (std::size_t shift = 0; shift < 4; ++shift) {
    std::string text(shift, 'x');
    while (text.size() < 495) text += "\xf0\x9f\x98\x80";
    a.says("PRIVMSG b :" + text);
    const std::string heard = b.heard().front();
    const std::string relayed = heard.substr(heard.find(" :") + 2);
    EXPECT_TRUE(text.starts_with(relayed));
    EXPECT_EQ((relayed.size() - shift) % 4, 0U);
    EXPECT_GT(heard.size(), 506U);
  }
}

TEST(Output, CutsBytesThatAreNotUtf8AtTheLimit) {
  EXPECT_EQ(cut(std::string(10, '\x80'), 7).size(), 7U);
  EXPECT_EQ(cut("ab\xc3\xa9", 3), "ab");
  EXPECT_EQ(cut("ab\xc3\xa9", 4), "ab\xc3\xa9");
  EXPECT_EQ(cut("abc", 0), "");
}

TEST(SendQueue, GivesBackWhatWasAppendedInAnySteps) {
  SendQueue queue;
  std::string all, out;
  for (int i = 0; i < 200; ++i) {
    const std::string line(static_cast<std::size_t>(i % 7 + 1), static_cast<char>('a' + i % 26));
    queue.append(line + '\n');
    all += line + '\n';
    const std::size_t taken = std::min<std::size_t>(queue.size(), static_cast<std::size_t>(i % 9));
    out += queue.pending().substr(0, taken);
    queue.consume(taken);
  }
  EXPECT_EQ(out.append(queue.pending()), all);
}

TEST(SendQueue, KeepsNoMemoryForLinesThatHaveGoneOrAreDropped) {
  const std::string line = std::string(5000, 'x') + '\n';
  SendQueue queue;
  queue.append(line);
  EXPECT_GE(queue.capacity(), line.size());
  queue.consume(line.size());
  EXPECT_EQ(queue.capacity(), SendQueue().capacity());
  queue.append(line + line);
  queue.consume(line.size() - 3);
  queue.drop_lines();
  EXPECT_EQ(queue.pending(), "xx\n");
  EXPECT_EQ(queue.capacity(), SendQueue().capacity());
}

}  // namespace
}  // namespace irc
