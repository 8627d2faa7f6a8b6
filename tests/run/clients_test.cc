// What clients do to their connections, and what the stage does for them: pause and resume, floods,
// ways to leave, connecting again, PINGs of the server.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/run/playing.h"

namespace conform::testing {
namespace {

using Lines = std::shared_ptr<std::vector<std::string>>;

// Notes every line; says PING to whoever says ASK, and `said` to whoever says GO.
TinyServer::OnLine noting(const Lines& lines, std::string said = "") {
  return [lines, said](TinyServer& server, std::size_t who, std::string_view line) {
    lines->emplace_back(line);
    if (line.starts_with("ASK")) server.say(who, "PING :cookie\r\n");
    if (line == "GO") server.say(who, said);
    ordinary(server, who, line);
  };
}

std::size_t count(const Lines& lines, std::string_view line) {
  return static_cast<std::size_t>(std::ranges::count(*lines, line));
}

// ---- PINGs of the server.

TEST(ServersPing, IsAnswered) {
  const auto lines = std::make_shared<Lines::element_type>();
  EXPECT_TRUE(passes("a > ASK\na < PING cookie\nsync a b\n", {.server = noting(lines)}));
  EXPECT_EQ(count(lines, "PONG :cookie"), 1U);
}

TEST(ServersPing, IsAnsweredWhenTheLineIsThrough) {
  for (const char* end : {"", "\\r"}) {
    const auto lines = std::make_shared<Lines::element_type>();
    const std::string half = "a > \"ASK\\r\\nX half" + std::string(end) + "\"\n";
    EXPECT_TRUE(
        passes(half + "a < PING cookie\na > \"\\n\"\nsync a b\n", {.server = noting(lines)}));
    EXPECT_EQ(count(lines, "X half"), 1U);
    EXPECT_EQ(count(lines, "PONG :cookie"), 1U);
  }
}

TEST(ServersPing, IsNotAnsweredForAMuteClient) {
  const auto lines = std::make_shared<Lines::element_type>();
  EXPECT_TRUE(passes("a mute\na > ASK\na < PING cookie\nsync a b\n", {.server = noting(lines)}));
  EXPECT_EQ(count(lines, "PONG :cookie"), 0U);
}

TEST(ServersPing, IsAnsweredByNoPausedClientUntilItReads) {
  const auto lines = std::make_shared<Lines::element_type>();
  EXPECT_TRUE(
      passes("a pause\na > ASK\nsync b\nwait 10s\nsync b\na > X before\nsync b\n"
             "a resume\na < PING ...\nsync a b\n",
             {.server = noting(lines)}));
  const auto before = std::ranges::find(*lines, "X before");
  const auto pong = std::ranges::find(*lines, "PONG :cookie");
  EXPECT_TRUE(before < pong && pong != lines->end());
}

// ---- Leaving.

TEST(Leaving, ByFinSendsWhatIsQueuedAndReadsOn) {
  EXPECT_TRUE(
      passes("glue\n  a > PRIVMSG {b} :last\n  a fin\nend\nb < PRIVMSG {b} last\n"
             "a < eof\nsync b\n"));
}

TEST(Leaving, ByAnyWayIsSeenByTheServer) {
  for (const char* way : {"fin", "rst", "close"}) {
    EXPECT_TRUE(passes("a > PRIVMSG {b} :x\nb < PRIVMSG {b} x\na " + std::string(way) +
                       "\nserver fds == base\nserver sockets closed\nsync b\n"))
        << way;
  }
}

TEST(Leaving, DirtilyNeedsSomethingUnread) {
  const auto silent = [](TinyServer& server, std::size_t who, std::string_view line) {
    if (line != "GO") ordinary(server, who, line);
  };
  EXPECT_TRUE(passes("a pause\na > GO\na close dirty\nsync b\n", {.server = saying("X one\r\n")}));
  EXPECT_EQ(play("a pause\na > GO\na close dirty\nsync b\n", {.server = silent}).grade,
            Grade::inconclusive);
}

TEST(Leaving, ByAnyWayOfALoopIsSeenByTheServer) {
  EXPECT_TRUE(
      passes("for how in close rst dirty fin quit\n  c connect\n  c register\n  c leave {how}\n"
             "  server fds == base\n  server sockets closed\nend\nsync b\n",
             {.clients = "c(absent) b"}));
}

TEST(Leaving, ByAnyWayMayBeGlued) {
  const CaseResult result = play(
      "for how in close rst fin quit\n  c connect\n  c register\n  glue\n"
      "    c > PRIVMSG {b} :{how}\n    c leave {how}\n  end\n  server sockets closed\nend\n"
      "b < PRIVMSG {b} quit\nserver fds == base\nsync b\n",
      {.clients = "c(absent) b"});
  EXPECT_EQ(result.grade, Grade::pass) << result.actual << result.transcript;
}

TEST(Leaving, ByQuitWaitsForTheServer) {
  const auto deaf_to_quit = [](TinyServer& server, std::size_t who, std::string_view line) {
    if (line != "QUIT") ordinary(server, who, line);
  };
  const CaseResult result = play("a leave quit\nsync b\n", {.server = deaf_to_quit});
  EXPECT_EQ(result.grade, Grade::fail);
  EXPECT_EQ(result.expected, "closed, after QUIT");
}

// ---- Connecting.

TEST(Connecting, BeginsANewStream) {
  EXPECT_TRUE(
      passes("a > GO\na < X one\na rst\na connect\na register\na < silence\na > GO\n"
             "a < X one\nsync a b\n",
             {.server = saying("X one\r\n")}));
}

TEST(Connecting, LeavesBehindWhatTheLastConnectionDidNotSend) {
  const auto lines = std::make_shared<Lines::element_type>();
  const auto server = [lines](TinyServer& tiny, std::size_t who, std::string_view line) {
    if (line == "DEAF") return tiny.ignore(who);
    noting(lines)(tiny, who, line);
  };
  play(
      "a > DEAF\nrepeat until 1MiB\n  a > \"X old\" \"x\"*1000 \"\\r\\n\"\nend\na rst\na connect\n"
      "a register\nsync a b\n",
      {.server = server});
  EXPECT_TRUE(
      std::ranges::none_of(*lines, [](const std::string& l) { return l.starts_with("X"); }));
  EXPECT_EQ(
      std::ranges::count_if(*lines, [](const std::string& l) { return l.starts_with("xxx"); }), 0);
}

TEST(Connecting, ReadsAgainAfterAPause) {
  EXPECT_TRUE(passes("a pause\na rst\na connect\na register\na > GO\na < X one\nsync a b\n",
                     {.server = saying("X one\r\n")}));
}

TEST(Connecting, AsTakesThatNick) {
  EXPECT_TRUE(
      passes("b > PING :x\nb < PONG ...\nc connect as {t1}\nc register\n"
             "b > PRIVMSG {t1} :x\nc < PRIVMSG {t1} x\nsync b c\n",
             {.clients = "b c(absent)"}));
}

TEST(Registering, FollowsANickThatWasCut) {
  const auto cutting = [](TinyServer& server, std::size_t who, std::string_view line) {
    // The sentinel's clients come first.
    if (who >= 2 && line.starts_with("NICK ")) line.remove_suffix(1);
    ordinary(server, who, line);
  };
  EXPECT_TRUE(passes("a > PRIVMSG {a} :x\na < :{a}!* PRIVMSG {a} x\nsync a\n",
                     {.server = cutting, .clients = "a"}));
}

TEST(Registering, ThatFailsSaysSoAndJudgesNothing) {
  const auto full = [](TinyServer& server, std::size_t who, std::string_view line) {
    if (who >= 2 && line.starts_with("USER")) return server.say(who, "ERROR :Full\r\n");
    ordinary(server, who, line);
  };
  const CaseResult result = play("a > PING :x\na < PONG ...\nsync a b\n", {.server = full});
  EXPECT_EQ(result.grade, Grade::inconclusive);
  EXPECT_NE(result.reason.find("ERROR :Full"), std::string::npos) << result.reason;
}

// ---- Reading slowly, and not at all.

TEST(Pause, KeepsLinesFromComing) {
  const auto server = saying("X one\r\n");
  EXPECT_FALSE(passes("a pause\na > GO\na < X one\nsync b\n", {.server = server}));
  EXPECT_TRUE(passes("a pause\na > GO\na resume\na < X one\nsync a b\n", {.server = server}));
}

TEST(Resume, ReadsNoFasterThanItIsTold) {
  std::string kibibytes;
  for (int i = 0; i < 32; ++i) kibibytes += "X " + std::string(508, 'x') + "\r\n";
  const auto server = saying(kibibytes + "X end\r\n");
  const std::string lead = "a pause\na > GO\na resume 1KiB/s\n";
  const CaseResult result = play(lead + "within 20s a < X end\nsync b\n", {.server = server});
  EXPECT_EQ(result.grade, Grade::pass) << result.actual << result.reason;
  EXPECT_FALSE(passes(lead + "within 10s a < X end\nsync b\n", {.server = server}));
}

// ---- Floods.

TinyServer::OnLine deaf(const char* to) {
  return [to](TinyServer& server, std::size_t who, std::string_view line) {
    if (line == to) return server.ignore(who);
    ordinary(server, who, line);
  };
}

constexpr std::string_view kFlood = "repeat until 1MiB\n  a > \"X \" \"x\"*1000 \"\\r\\n\"\nend\n";

TEST(Flood, IsNotedWithWhatItReached) {
  const CaseResult result = play(std::string(kFlood) + "sync a b\n");
  EXPECT_EQ(result.grade, Grade::pass);
  EXPECT_NE(result.transcript.find("# 1024 KiB were sent in "), std::string::npos)
      << result.transcript;
}

TEST(Flood, EndsWhereTheServerReadsNoMore) {
  const CaseResult result =
      play("a > DEAF\n" + std::string(kFlood) + "a rst\nsync b\n", {.server = deaf("DEAF")});
  EXPECT_NE(result.transcript.find("KiB were sent in "), std::string::npos) << result.transcript;
  EXPECT_EQ(result.transcript.find("# 1024 KiB"), std::string::npos) << result.transcript;
}

TEST(Flood, EndsWhereTheServerCloses) {
  const auto closing = [](TinyServer& server, std::size_t who, std::string_view line) {
    if (line.starts_with("X ")) return server.close(who);
    ordinary(server, who, line);
  };
  EXPECT_TRUE(passes(std::string(kFlood) + "a < closed\nsync b\n", {.server = closing}));
}

TEST(Flood, ShowsNothingWhereTheKernelHeldAllOfIt) {
  const auto repeating = [](TinyServer& server, std::size_t who, std::string_view line) {
    if (line.starts_with("X ")) return server.say(who, std::string(line) + "\r\n");
    ordinary(server, who, line);
  };
  const CaseResult result = play(
      "a pause\nrepeat until 70KiB\n  a > X yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\nend\n"
      "a resume\nsync a b\n",
      {.server = repeating});
  EXPECT_EQ(result.grade, Grade::inconclusive) << result.transcript;
  EXPECT_NE(result.reason.find("buffers held everything"), std::string::npos) << result.reason;
}

// ---- Boundaries.

TEST(Boundary, ThatTheServerDoesNotReadMakesTheCaseInconclusive) {
  const CaseResult result =
      play("a > DEAF\na > \"X one\\r\\n\" | \"X two\\r\\n\"\nb > PING :x\nb < PONG ...\nsync b\n",
           {.server = deaf("DEAF")});
  EXPECT_EQ(result.grade, Grade::inconclusive);
  EXPECT_NE(result.reason.find("did not read a segment"), std::string::npos);
  EXPECT_NE(result.transcript.find("# a: the server has not read 7 bytes"), std::string::npos)
      << result.transcript;
}

TEST(Boundary, IsNoneWhereEverySegmentStandsAlone) {
  EXPECT_EQ(play("a > PING :x\na < PONG ...\nsync a b\n").boundaries, Boundaries::none);
}

// ---- Servers that answer nothing, or everything.

TEST(Server, ThatIsSilentPassesNothing) {
  const auto silent = [](TinyServer&, std::size_t, std::string_view) {};
  const std::vector<std::string> cases = {"sync a\n", "a > PING :x\na < PONG ...\nsync a\n",
                                          "a < silence\nsync a\n", "a > X y\nsync a\n"};
  for (const std::string& steps : cases) {
    for (const char* clients : {"a", "a(raw)"}) {
      const std::string control = steps.starts_with("a <") ? "a > PING :x\na < /.*/ ...\n" : "";
      EXPECT_FALSE(passes(control + steps, {.server = silent, .clients = clients})) << steps;
    }
  }
}

TEST(Server, ThatEchoesAnswersNoBarrier) {
  const auto echoing = [](TinyServer& server, std::size_t who, std::string_view line) {
    server.say(who, std::string(line) + "\r\n");
  };
  EXPECT_FALSE(passes("a > X y\nsync a\n", {.server = echoing, .clients = "a(raw)"}));
}

TEST(Server, ThatAnswersABarrierTwiceFails) {
  const auto twice = [](TinyServer& server, std::size_t who, std::string_view line) {
    ordinary(server, who, line);
    if (line.starts_with("PING ")) ordinary(server, who, line);
  };
  const CaseResult result = play("sync a\nsync a b\n", {.server = twice});
  EXPECT_EQ(result.grade, Grade::fail);
  EXPECT_EQ(result.root_cause, "audit: framing/one-message-one-write");
}

TEST(Server, ThatRepeatsTheTokenInAnotherCommandAnswersNoBarrier) {
  for (const std::string_view command : {"NOTICE", "PING", "421", "402", "ERROR"}) {
    const auto odd = [command](TinyServer& server, std::size_t who, std::string_view line) {
      // The sentinel's clients come first: they are served.
      if (who < 2 || !line.starts_with("PING ")) return ordinary(server, who, line);
      server.say(who, std::string(command) + " x :" + std::string(line.substr(5)) + "\r\n");
    };
    EXPECT_FALSE(passes("a > X y\nsync a\n", {.server = odd, .clients = "a(raw)"})) << command;
  }
}

}  // namespace
}  // namespace conform::testing
