// What one-of, unordered, loops, let, if, captures and glue mean (corpus/README.md, "Meaning").
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/run/playing.h"

namespace conform::testing {
namespace {

using std::chrono::milliseconds;
using Delayed = std::vector<std::pair<Duration, std::string>>;

// A server that says each of these to whoever says GO, so much later.
TinyServer::OnLine saying_later(Delayed lines) {
  return [lines](TinyServer& server, std::size_t who, std::string_view line) {
    if (line != "GO") return ordinary(server, who, line);
    for (const auto& [delay, text] : lines) server.say_later(delay, who, text);
  };
}

constexpr std::string_view kChoice =
    "a > GO\none-of\n  ok \"good\"\n    a < X good\n  lenient \"fair\"\n    a < X fair\n"
    "  info \"odd\"\n    a < X odd\n  fail \"bad\"\n    a < X bad\nend\nsync a b\n";

struct Choice {
  const char* said;
  Grade grade;
  const char* policy;
  const char* reason;
};

TEST(OneOf, TakesTheBestGradeWhateverCameFirst) {
  const std::vector<Choice> rows = {
      {"X good\r\n", Grade::pass, "good", "the good one"},
      {"X fair\r\n", Grade::lenient, "fair", "a lenient one"},
      {"X odd\r\n", Grade::info, "odd", "one for information"},
      {"X bad\r\n", Grade::fail, "", "one that fails"},
      {"X fair\r\nX good\r\n", Grade::pass, "good", "the good one comes second"},
      {"X bad\r\nX odd\r\nX fair\r\n", Grade::lenient, "fair", "the best comes last"},
      {"X bad\r\nX odd\r\n", Grade::info, "odd", "any is better than a bad one"},
      {"X other\r\n", Grade::fail, "", "none of them"},
      {"", Grade::fail, "", "nothing at all"}};
  for (const Choice& row : rows) {
    const CaseResult result = play(kChoice, {.server = saying(row.said)});
    EXPECT_EQ(result.grade, row.grade) << row.reason;
    EXPECT_EQ(result.policy, row.policy) << row.reason;
  }
}

TEST(OneOf, WaitsForAnythingUntilTheDeadline) {
  EXPECT_EQ(play(kChoice, {.server = saying_later({{milliseconds(4000), "X fair\r\n"}})}).grade,
            Grade::lenient);
  EXPECT_EQ(play(kChoice, {.server = saying_later({{milliseconds(6000), "X fair\r\n"}})}).grade,
            Grade::fail);
}

TEST(OneOf, DecidesAtTheBarrierWhatIsTheBest) {
  // The good one would come behind the answer to a barrier: it is not waited for.
  const auto server =
      saying_later({{milliseconds(0), "X fair\r\n"}, {milliseconds(1000), "X good\r\n"}});
  EXPECT_EQ(play(kChoice, {.server = server}).grade, Grade::lenient);
}

TEST(OneOf, SaysWhatWasSeenWhenItFails) {
  const CaseResult result = play(kChoice, {.server = saying("X bad\r\n")});
  EXPECT_EQ(result.expected, R"(one of "good", "fair", "odd")");
  EXPECT_NE(result.actual.find("bad: "), std::string::npos);
}

TEST(OneOf, TellsAnAlternativeWithoutANameByItsFirstStep) {
  std::string script(kChoice);
  const std::string name = " \"good\"";
  script.erase(script.find(name), name.size());
  const CaseResult result = play(script, {.server = saying("X bad\r\n")});
  EXPECT_EQ(result.expected, R"(one of a < X good, "fair", "odd")");
}

TEST(OneOf, DoesNotTakeSilenceBeforeTheBarrier) {
  const std::string steps =
      "a > GO\none-of\n  ok \"quiet\"\n    a < silence\n  info \"talks\"\n    a < X odd\nend\n"
      "sync a b\n";
  EXPECT_EQ(play("b > PING :x\nb < PONG ...\na > PING :y\na < PONG ...\n" + steps,
                 {.server = saying_later({{milliseconds(0), "X odd\r\n"}})})
                .grade,
            Grade::info);
}

TEST(OneOf, HoldsAWelcomeThatCameByHand) {
  EXPECT_EQ(play("c > NICK {c}\nc > USER u 0 * :x\none-of\n  ok \"yes\"\n    c < registered\n"
                 "  info \"no\"\n    c < 451 ...\nend\nsync c\n",
                 {.clients = "c(raw)"})
                .grade,
            Grade::pass);
}

TEST(OneOf, MovesTheCursorOfTheAlternativeThatHeld) {
  EXPECT_TRUE(
      passes("a > GO\none-of\n  ok \"x\"\n    a < X one\n  info \"y\"\n    a < X three\nend\n"
             "a < X two\nsync a b\n",
             {.server = saying("X one\r\nX two\r\nX three\r\n")}));
}

TEST(OneOf, TakesTheNextLineWhereItIsToldTo) {
  const std::string steps =
      "a > GO\none-of\n  ok \"next\"\n    a <= X two\n  info \"later\"\n    a < X two\nend\n"
      "sync a b\n";
  EXPECT_EQ(play(steps, {.server = saying("X two\r\n")}).policy, "next");
  EXPECT_EQ(play(steps, {.server = saying("PING :x\r\nX two\r\n")}).policy, "next");
  EXPECT_EQ(play(steps, {.server = saying("X one\r\nX two\r\n")}).policy, "later");
}

TEST(OneOf, HearsSilenceInWhatTheHarnessItselfCauses) {
  const std::string steps =
      "a > X y\nsync a\na > GO\none-of\n  ok \"quiet\"\n    a < silence\n  info \"talks\"\n"
      "    a < X odd\nend\nsync a b\n";
  EXPECT_EQ(play(steps, {.server = saying("PING :x\r\n")}).policy, "quiet");
}

TEST(OneOf, GivesACaseTheWorstOfItsGradesAndAllOfItsPolicies) {
  const std::string odd = "one-of\n  info \"odd\"\n    a < X odd\nend\n";
  const std::string good = "one-of\n  ok \"good\"\n    a < X good\nend\n";
  const CaseResult result =
      play("a > GO\n" + odd + good + "sync a b\n", {.server = saying("X odd\r\nX good\r\n")});
  EXPECT_EQ(result.grade, Grade::info);
  EXPECT_EQ(result.policy, "odd; good");
}

TEST(OneOf, LeavesWhatItMatchedOutOfNegatives) {
  const std::string steps =
      "a > GO\none-of\n  ok \"x\"\n    a < X one\n  info \"y\"\n    a < X three\nend\n";
  EXPECT_TRUE(passes(steps + "a <! X one\nsync a b\n", {.server = saying("X one\r\n")}));
  EXPECT_FALSE(passes(steps + "a <! X one\nsync a b\n", {.server = saying("X one\r\nX one\r\n")}));
}

TEST(Unordered, TakesLinesInAnyOrderEachOnce) {
  const auto holds = [](const std::string& expected, std::string_view said) {
    return passes("a > GO\nunordered\n" + expected + "end\nsync a b\n", {.server = saying(said)});
  };
  EXPECT_TRUE(holds("  a < X one\n  a < X two\n", "X two\r\nX one\r\n"));
  EXPECT_TRUE(holds("  a < X *\n  a < X *\n", "X two\r\nX one\r\n"));
  EXPECT_FALSE(holds("  a < X *\n  a < X *\n", "X two\r\n"));
  EXPECT_FALSE(holds("  a < X one\n  a < X two\n", "X one\r\nX three\r\n"));
}

TEST(Unordered, LetsNoWideExpectationTakeANarrowOnesLine) {
  EXPECT_TRUE(passes("a > GO\nunordered\n  a < X *\n  a < X one\nend\nsync a b\n",
                     {.server = saying("X one\r\nX two\r\n")}));
}

TEST(Unordered, MovesTheCursorBehindAllOfThem) {
  EXPECT_TRUE(passes("a > GO\nunordered\n  a < X one\n  a < X two\nend\na <= X three\nsync a b\n",
                     {.server = saying("X two\r\nX one\r\nX three\r\n")}));
}

// ---- Loops and names: the server repeats what it is told.

TinyServer::OnLine repeating() {
  return [](TinyServer& server, std::size_t who, std::string_view line) {
    if (line.starts_with("X ")) return server.say(who, std::string(line) + "\r\n");
    ordinary(server, who, line);
  };
}

TEST(Names, StandForWhatTheyAreBoundTo) {
  struct {
    const char* steps;
    const char* reason;
  } const rows[] = {
      {"repeat 3 as i\n  a > X {i}\nend\na < X 1\na < X 2\na <= X 3\n", "a count from 1"},
      {"let n = 3\nrepeat {n-1} as i\n  a > X {i}\nend\na <= X 1\na <= X 2\na > X end\na <= X "
       "end\n",
       "as often as a name says"},
      {"let n = 0\nrepeat {n}\n  a > X no\nend\na > X end\na <= X end\n", "not at all"},
      {"repeat 9 as i until b closed\n  a > X {i}\nend\na <= X 1\na < X 9\n", "until an end"},
      {"repeat 2\n  a > X y\nend\na < X y\na <= X y\n", "no name is needed"},
      {"let n = 2\nrepeat {n+1} as i\n  a > X {i}\nend\na < X 1\na < X 2\na <= X 3\n",
       "a count by name"},
      {"repeat until 8B as n\n  a > X {n}\nend\nrepeat {n} as i\n  a <= X {i}\nend\n",
       "what a flood took"},
      {"for w in one two\n  a > X {w}\nend\na <= X one\na <= X two\n", "words"},
      {"for w in one two\n  repeat 2 as i\n    a > X {w}{i}\n  end\nend\n"
       "a <= X one1\na <= X one2\na <= X two1\na <= X two2\n",
       "loops in loops"},
      {"let w = one\na > X {w}\na <= X one\n", "let"},
      {"let w = {t1}\na > X {w}\na <= X {t1}\n", "let of another name"},
      {"a > X one two\na < X {w=*} two\na > X {w}\na <= X one\n", "what was captured"},
      {"if isupport NICKLEN\n  a > X yes\nelse\n  a > X no\nend\na <= X no\n", "if not"},
      {"if command PING\n  a > X yes\nelse\n  a > X no\nend\na <= X yes\n", "if"}};
  for (const auto& row : rows) {
    const CaseResult result = play(std::string(row.steps) + "sync a b\n", {.server = repeating()});
    EXPECT_EQ(result.grade, Grade::pass) << row.reason << "\n" << result.actual;
  }
}

TEST(Repeat, EndsWhenTheClientHasSeenItsEnd) {
  EXPECT_TRUE(
      passes("repeat 9 as i until a closed\n  b > X {i}\n  b <= X {i}\n  a > QUIT\n  a < closed\n"
             "end\nb > X end\nb <= X end\nsync b\n",
             {.server = repeating()}));
}

TEST(Repeat, IsSkippedWhereANameSaysTooMany) {
  const CaseResult result = play("let n = 10001\nrepeat {n}\n  a > X y\nend\nsync a b\n");
  EXPECT_EQ(result.grade, Grade::skip);
  EXPECT_EQ(result.reason, "{n} is 10001, too many to try");
}

TEST(Names, ThatStandForNothingSkipTheCase) {
  for (const char* steps : {"a > X {isupport.NICKLEN}\n", "let w = {isupport.NICKLEN}\na > X {w}\n",
                            "repeat {isupport.NICKLEN}\n  a > X y\nend\n",
                            "for w in {isupport.NICKLEN} one\n  a > X {w}\nend\n",
                            "for w in one {isupport.NICKLEN}\n  a > X {w}\nend\n",
                            "repeat {isupport.NICKLEN}\n  a > X one\nend\n"}) {
    const CaseResult result = play(std::string(steps) + "sync a b\n", {.server = repeating()});
    EXPECT_EQ(result.grade, Grade::skip) << steps;
    EXPECT_EQ(result.reason, "the target says nothing of {isupport.NICKLEN}");
  }
}

// ---- Glue.

using Rounds = std::shared_ptr<std::vector<std::pair<std::uint64_t, std::string>>>;

// Notes in which round of the server's loop each line was read.
TinyServer::OnLine noting(const Rounds& rounds) {
  return [rounds](TinyServer& server, std::size_t who, std::string_view line) {
    if (line.starts_with("X ")) rounds->emplace_back(server.round(), line);
    ordinary(server, who, line);
  };
}

TEST(Glue, IsOneReadinessEventOfTheServer) {
  const auto rounds = std::make_shared<Rounds::element_type>();
  EXPECT_TRUE(passes("glue\n  a > X one\n  b > X two\n  c > X three\nend\nsync a b c\n",
                     {.server = noting(rounds), .clients = "a b c"}));
  ASSERT_EQ(rounds->size(), 3U);
  EXPECT_EQ(rounds->at(0).first, rounds->at(1).first);
  EXPECT_EQ(rounds->at(0).first, rounds->at(2).first);
}

TEST(Glue, IsWhatKeepsThemTogether) {
  const auto rounds = std::make_shared<Rounds::element_type>();
  EXPECT_TRUE(passes("a > X one\nb > X two\nsync a b\n", {.server = noting(rounds)}));
  ASSERT_EQ(rounds->size(), 2U);
  EXPECT_NE(rounds->at(0).first, rounds->at(1).first);
}

TEST(Segments, AreReadOneByOne) {
  const auto rounds = std::make_shared<Rounds::element_type>();
  const CaseResult result =
      play("a > \"X one\\r\\n\" | \"X two\\r\\n\"\nsync a b\n", {.server = noting(rounds)});
  EXPECT_EQ(result.boundaries, Boundaries::proved);
  ASSERT_EQ(rounds->size(), 2U);
  EXPECT_NE(rounds->at(0).first, rounds->at(1).first);
}

}  // namespace
}  // namespace conform::testing
