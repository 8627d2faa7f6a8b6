// What `<`, `<=`, `<!`, silence and the ends of a stream mean (corpus/README.md, "Meaning").
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/run/playing.h"

namespace conform::testing {
namespace {

constexpr std::string_view kThree = "X one\r\nX two\r\nX three\r\n";

struct Row {
  const char* steps;  // Between "a > GO" and "sync a b".
  bool passes;
  const char* reason;
};

void check(const std::vector<Row>& rows, std::string_view said) {
  for (const Row& row : rows) {
    const std::string steps = "a > GO\n" + std::string(row.steps) + "sync a b\n";
    EXPECT_EQ(passes(steps, {.server = saying(said)}), row.passes) << row.reason;
  }
}

TEST(Expectation, TakesLinesInOrderAndMovesOn) {
  check({{"a < X one\na < X two\n", true, "in order"},
         {"a < X two\na < X three\n", true, "lines may be passed over"},
         {"a < X two\na < X one\n", false, "what was passed over is gone"},
         {"a < X one\na < X one\n", false, "a line counts once"},
         {"a < X four\n", false, "it never comes"},
         {"b < X one\n", false, "it comes to another"}},
        kThree);
}

TEST(Expectation, OfTheNextLineTakesNoOther) {
  check({{"a <= X one\na <= X two\n", true, "the next, and the next"},
         {"a <= X two\n", false, "another comes first"},
         {"a < X one\na <= X three\n", false, "another comes between"},
         {"a < X two\na <= X three\n", true, "behind one that was waited for"}},
        kThree);
}

TEST(Expectation, OfTheNextLinePassesOverWhatTheHarnessItselfCauses) {
  EXPECT_TRUE(passes("a > GO\nsync a\na <= X one\nsync b\n",
                     {.server = saying("PING :tiny\r\nX one\r\n")}));
}

TEST(Negative, HoldsForLinesUpToTheNextBarrier) {
  check({{"a < X one\na <! X four\n", true, "it never comes"},
         {"a < X one\na <! X two\n", false, "it comes behind"},
         {"a < X three\na <! X two\n", false, "it was passed over: the cursor plays no part"},
         {"a < X two\na <! X two\n", true, "the one that was matched is left out"},
         {"a < X one\na <! X *\n", false, "but no other"},
         {"a < X one\na < X two\na < X three\na <! X *\n", true, "all were matched"},
         {"a < X three\nsync a\na <! X one\n", true, "it was before the last barrier"}},
        kThree);
}

TEST(Negative, IsToBlameItselfWhenTheBarrierShowsIt) {
  const CaseResult result =
      play("a > GO\na < X one\na <! X three\nb > PING :x\nsync a b\n", {.server = saying(kThree)});
  EXPECT_EQ(result.grade, Grade::fail);
  EXPECT_EQ(result.step, "a <! X three");
  EXPECT_EQ(result.expected, "no X three");
  EXPECT_EQ(result.actual, "a received \"X three\"");
}

TEST(Negative, DoesNotCountWhatComesBehindTheBarrier) {
  EXPECT_TRUE(passes("a > GO\na < X one\na <! X two\nsync a\na > GO2\na < X two\nsync b\n",
                     {.server = [](TinyServer& server, std::size_t who, std::string_view line) {
                       if (line == "GO") return server.say(who, "X one\r\n");
                       if (line == "GO2") return server.say(who, "X two\r\n");
                       ordinary(server, who, line);
                     }}));
}

TEST(Negative, IsJudgedAtTheEndOfTheStreamToo) {
  const auto closing = [](TinyServer& server, std::size_t who, std::string_view line) {
    if (line != "GO") return ordinary(server, who, line);
    server.say(who, "X one\r\nX two\r\n");
    server.close(who);
  };
  EXPECT_FALSE(passes("a > GO\na < X one\na <! X two\na < eof\nsync b\n", {.server = closing}));
  EXPECT_TRUE(passes("a > GO\na < X one\na <! X three\na < eof\nsync b\n", {.server = closing}));
}

TEST(Silence, HoldsWhenNothingComesUpToTheBarrier) {
  check({{"a < X three\na < silence\n", true, "behind the last"},
         {"a < X two\na < silence\n", false, "one more comes"},
         {"b > PING :x\nb < PONG ...\nb < silence\n", true, "nothing more came"}},
        "X one\r\nX two\r\nX three\r\n");
}

TEST(Silence, IsNotBrokenByWhatTheHarnessItselfCauses) {
  check({{"a < X one\na < silence\n", true, "a PING that is answered"}}, "X one\r\nPING :tiny\r\n");
}

// ---- Ends.

TinyServer::OnLine ending() {
  return [](TinyServer& server, std::size_t who, std::string_view line) {
    if (line == "IGNORE") return server.ignore(who);
    if (line == "CLOSE") return server.close(who);
    if (line == "CLOSE ALL") {
      for (std::size_t i = 0; i < server.client_count(); ++i) {
        if (server.nick(i) != server.nick(who) && !server.nick(i).empty()) server.close(i);
      }
    }
    ordinary(server, who, line);
  };
}

TEST(End, IsAnOrderlyOneOrAReset) {
  struct {
    const char* steps;
    bool passes;
    const char* reason;
  } const rows[] = {{"a > CLOSE\na < eof\nsync b\n", true, "FIN"},
                    {"a > CLOSE\na < closed\nsync b\n", true, "closed is either"},
                    {"a > CLOSE\na < reset\nsync b\n", false, "no RST"},
                    {"a > PING :x\nwithin 2s a < closed\nsync b\n", false, "it stays open"}};
  for (const auto& row : rows) {
    EXPECT_EQ(passes(row.steps, {.server = ending()}), row.passes) << row.reason;
  }
}

TEST(End, TellsAResetFromAnOrderlyOne) {
  // Closing with unread input is what makes a kernel send RST.
  const auto resetting = [](TinyServer& server, std::size_t who, std::string_view line) {
    if (line != "RESET") return ordinary(server, who, line);
    server.ignore(who);
    server.close(who);
  };
  const std::string lead =
      "glue\n  a > \"RESET\\r\\n" + std::string(5000, 'x') + "\\r\\n\"\n" + "  b > PING :x\nend\n";
  EXPECT_TRUE(passes(lead + "a < reset\nsync b\n", {.server = resetting}));
  EXPECT_TRUE(passes(lead + "a < closed\nsync b\n", {.server = resetting}));
  EXPECT_FALSE(passes(lead + "a < eof\nsync b\n", {.server = resetting}));
}

TEST(End, FailsWhatWasStillExpectedAndSaysWhy) {
  const CaseResult result = play("a > CLOSE\na < X one\nsync b\n", {.server = ending()});
  EXPECT_EQ(result.grade, Grade::fail);
  EXPECT_EQ(result.step, "a < X one");
  EXPECT_NE(result.actual.find("the server closed the connection"), std::string::npos);
}

TEST(End, FailsASyncOfAClosedClient) {
  const CaseResult result = play("a > CLOSE\nsync a b\n", {.server = ending()});
  EXPECT_EQ(result.grade, Grade::fail);
  EXPECT_EQ(result.step, "sync a b");
  EXPECT_EQ(result.expected, "an answer to PING of a");
}

// ---- Deadlines.

TinyServer::OnLine saying_after(Duration delay) {
  return [delay](TinyServer& server, std::size_t who, std::string_view line) {
    if (line == "GO") return server.say_later(delay, who, "X late\r\n");
    ordinary(server, who, line);
  };
}

TEST(Deadline, IsFiveSecondsUnlessTheStepSaysOtherwise) {
  using std::chrono::milliseconds;
  EXPECT_TRUE(passes("a > GO\na < X late\nsync b\n", {.server = saying_after(milliseconds(4900))}));
  EXPECT_FALSE(
      passes("a > GO\na < X late\nsync b\n", {.server = saying_after(milliseconds(5100))}));
  EXPECT_TRUE(passes("a > GO\nwithin 10s a < X late\nsync b\n",
                     {.server = saying_after(milliseconds(9900))}));
  EXPECT_FALSE(passes("a > GO\nwithin 1s a < X late\nsync b\n",
                      {.server = saying_after(milliseconds(1100))}));
}

TEST(Deadline, IsSaidWithWhatCameInItsPlace) {
  const CaseResult result =
      play("a > GO\nwithin 2s a < X four\nsync b\n", {.server = saying("X one\r\n")});
  EXPECT_EQ(result.actual,
            "nothing matched in 2.0 s; connection open; the last line was \"X one\"");
}

}  // namespace
}  // namespace conform::testing
