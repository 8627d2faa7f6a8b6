// Whole runs against tiny servers that can be started anew: whose doing a death was, what is played
// alone, what is told to whom.
#include "harness/run/runner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/run/company.h"
#include "harness/run/named_fault.h"
#include "harness/run/sim_world.h"
#include "tests/run/running.h"

namespace conform::testing {
namespace {

TEST(Runner, GivesTheResultsInTheOrderOfTheSuite) {
  const Ran ran = run({kFine, kFails, kFine});
  EXPECT_EQ(ran.grades(), (Grades{kPass, kFail, kPass}));
  EXPECT_EQ(ran.result.cases.at(1).id, "area/2");
  EXPECT_EQ(ran.result.end, RunEnd::complete);
  EXPECT_TRUE(ran.result.deaths.empty());
}

TEST(Runner, TellsEveryResultOnceThoughSomeArePlayedAgain) {
  Ran ran =
      run({kFine, "a > DIE\n", kFine, kFine}, {.server = dying_later(), .options = {.jobs = 1}});
  std::ranges::sort(ran.told);
  EXPECT_EQ(ran.told, (std::vector<std::string>{"area/1", "area/2", "area/3", "area/4"}));
}

TEST(Runner, BlamesADeathOnTheCaseThatCausesIt) {
  const Ran ran = run({kFine, "a > DIE\n", kFine}, {.server = dying()});
  EXPECT_EQ(ran.grades(), (Grades{kPass, kFail, kPass}));
  ASSERT_EQ(ran.result.deaths.size(), 1U);
  EXPECT_EQ(ran.result.deaths.at(0).case_id, "area/2");
  EXPECT_EQ(ran.result.cases.at(1).actual, "the target ended");
  EXPECT_FALSE(ran.result.cases.at(1).replay.empty());
}

TEST(Runner, BlamesEveryCaseThatCausesADeath) {
  const Ran ran = run({"a > DIE\n", kFine, "a > DIE\n"}, {.server = dying()});
  EXPECT_EQ(ran.grades(), (Grades{kFail, kPass, kFail}));
  EXPECT_EQ(ran.result.deaths.size(), 2U);
  EXPECT_EQ(ran.result.cases.at(0).root_cause, ran.result.cases.at(2).root_cause);
}

// Whoever takes minutes is not played alone as long as others are suspected.
TEST(Runner, DoesNotWaitForASlowCaseToFindOutWhoseADeathWas) {
  const std::string slow = "tags: slow\n---\na > GO\nwithin 5min a < LATE\n";
  const Server server = [](TinyServer& it, std::size_t who, std::string_view line) {
    if (line == "GO") return it.say_later(std::chrono::minutes(4), who, "LATE\r\n");
    if (line == "DIE") return it.die();
    ordinary(it, who, line);
  };
  const Ran ran = run({slow, "a > DIE\n", slow, "a > DIE\n", kFine}, {.server = server});
  EXPECT_EQ(ran.grades(), (Grades{kPass, kFail, kPass, kFail, kPass}));
  EXPECT_EQ(ran.result.deaths.size(), 2U);
  EXPECT_LT(ran.took, std::chrono::minutes(8)) << "the slow ones waited one after the other";
}

// A case that was the target's end is not played any more; the others are, as often as they should.
TEST(Runner, GoesOnBehindADeathWhereEachCaseIsRepeated) {
  const Ran ran =
      run({kFine, "a > DIE\n", kFine}, {.server = dying(), .options = {}, .repetitions = 3});
  EXPECT_EQ(ran.grades(), (Grades{kPass, kFail, kPass}));
  EXPECT_EQ(ran.result.deaths.size(), 1U);
  EXPECT_EQ(ran.result.end, RunEnd::complete);
  const auto plays_of = [&ran](std::size_t place) {
    std::uint64_t plays = 0;
    for (const auto& variant : ran.result.cases.at(place).variants) plays += variant.plays;
    return plays;
  };
  EXPECT_EQ(plays_of(0), 3U);
  EXPECT_EQ(plays_of(2), 3U);
}

TEST(Runner, FindsAFewGuiltyAmongMany) {
  std::vector<std::string> bodies(40, kFine);
  bodies[7] = bodies[8] = bodies[39] = "a > DIE\n";
  const Ran ran = run(bodies, {.server = dying()});
  EXPECT_EQ(ran.result.deaths.size(), 3U);
  EXPECT_EQ(std::ranges::count(ran.grades(), kFail), 3);
  EXPECT_EQ(std::ranges::count(ran.grades(), kPass), 37);
}

TEST(Runner, TellsDeathsApartByTheFaultThatIsNamed) {
  EXPECT_EQ(named_fault(""), "");
  EXPECT_EQ(named_fault("client 7 connected\nclient 7 left\n"), "");
  EXPECT_EQ(named_fault("Traceback:\n  File x\nIndexError: list index out of range\n"),
            "IndexError: list index out of range");
  EXPECT_EQ(named_fault("==7==ERROR: AddressSanitizer: SEGV\n"
                        "  SUMMARY: AddressSanitizer: SEGV a.cpp:7 in run\n==7==ABORTING"),
            "SUMMARY: AddressSanitizer: SEGV a.cpp:7 in run");
}

TEST(Runner, BlamesADeathThatComesALittleLater) {
  const Ran ran = run({kFine, "a > DIE\n", kFine}, {.server = dying_later()});
  EXPECT_EQ(ran.grades(), (Grades{kPass, kFail, kPass}));
  EXPECT_EQ(ran.result.cases.at(1).actual, "the target ended");
}

TEST(Runner, BlamesTheSecondOfTwoThatKillOnlyTogether) {
  const Server server = at_line("FIRE", [](TinyServer& it, std::size_t) {
    if (it.heard("ARM")) it.die();
  });
  const Ran ran =
      run({kFine, "a > ARM\n", "a > FIRE\n", kFine}, {.server = server, .options = {.jobs = 1}});
  EXPECT_EQ(ran.grades(), (Grades{kPass, kPass, kFail, kPass}));
  EXPECT_NE(ran.result.cases.at(2).actual.find(", after area/2"), std::string::npos)
      << ran.result.cases.at(2).actual;
}

TEST(Runner, BlamesACaseAfterWhichNobodyIsServed) {
  const Server hanging = at_line("HANG", [](TinyServer& server, std::size_t) {
    for (std::size_t i = 0; i < server.client_count(); ++i) server.ignore(i);
  });
  const Ran ran = run({kFine, "a > HANG\n", kFine}, {.server = hanging});
  EXPECT_EQ(ran.grades(), (Grades{kPass, kFail, kPass}));
  EXPECT_NE(ran.result.cases.at(1).actual.find("no longer serves"), std::string::npos);
}

TEST(Runner, ConvictsTheOnlySuspectWhereNothingCanBeStartedAnew) {
  const Ran ran = run({kFine, "a > DIE\n", kFine},
                      {.server = dying(), .abilities = kLocal, .options = {.jobs = 1}});
  EXPECT_EQ(ran.grades().at(0), kPass);
  EXPECT_EQ(ran.grades().at(2), kUnknown);
  EXPECT_NE(ran.result.cases.at(2).reason.find("cannot be started again"), std::string::npos);
}

TEST(Runner, ConvictsNobodyOfSeveralSuspectsWhereNothingCanBeStartedAnew) {
  const Ran ran = run({kFine, "a > DIE\n", kFine}, {.server = dying(), .abilities = kLocal});
  ASSERT_EQ(ran.result.deaths.size(), 1U);
  EXPECT_EQ(ran.result.deaths.at(0).case_id, "");
  const std::vector<std::string>& suspects = ran.result.deaths.at(0).suspects;
  EXPECT_GT(suspects.size(), 1U);
  EXPECT_EQ(std::ranges::count(suspects, "area/2"), 1);
  EXPECT_EQ(ran.grades().at(1), kUnknown);
}

TEST(Runner, GivesUpOnAServerThatDiesOfEverything) {
  const Server frail = [](TinyServer& server, std::size_t who, std::string_view line) {
    if (who > 0) return server.die();
    ordinary(server, who, line);
  };
  const Ran ran = run({kFine, kFine}, {.server = frail});
  EXPECT_FALSE(ran.result.deaths.empty());
  EXPECT_TRUE(std::ranges::none_of(ran.grades(), [](Grade g) { return g == kPass; }));
}

TEST(Runner, GoesOnWhereItIsWellWithAProcessThatWasStartedAnew) {
  const Server first_bad = [registered = std::make_shared<int>(0)](
                               TinyServer& server, std::size_t who, std::string_view line) {
    constexpr int kBystander = 2;  // Behind the client that learns.
    if (says(line, "USER") && ++*registered == kBystander) return server.close(who);
    ordinary(server, who, line);
  };
  const Ran ran = run({kFine, kFine}, {.server = first_bad});
  EXPECT_EQ(ran.grades(), (Grades{kPass, kPass}));
  EXPECT_EQ(ran.result.deaths.size(), 1U);
}

// Its first life is ordinary; whatever it left behind, no other serves anybody.
TEST(Runner, GivesUpOnAServerThatCannotLiveAgain) {
  const auto ended = std::make_shared<bool>(false);
  const Server once = [ended](TinyServer& server, std::size_t who, std::string_view line) {
    if (*ended || line == "DIE") {
      *ended = true;
      return server.die();
    }
    ordinary(server, who, line);
  };
  const Ran ran = run({"a > DIE\n", kFine, kFine}, {.server = once, .options = {.jobs = 1}});
  EXPECT_EQ(ran.grades(), (Grades{kUnknown, kUnknown, kUnknown}));
  EXPECT_EQ(ran.result.deaths.at(0).case_id, "");
  EXPECT_EQ(ran.result.cases.at(2).reason, "the target ended before it could begin");
}

TEST(Runner, StopsAtTheFirstFailureIfItIsTold) {
  const Ran ran = run({kFine, kFails, kFine, kFine}, {.options = {.jobs = 1, .fail_fast = true}});
  EXPECT_EQ(ran.told, (std::vector<std::string>{"area/1", "area/2"}));
}

TEST(Runner, GivesAFreshProcessToACaseThatNeedsOne) {
  const auto lives = std::make_shared<int>(0);
  const auto start = [lives](irc::SimNet& net) {
    ++*lives;
    return tiny_server(ordinary)(net);
  };
  const script::Script suite = suite_of({kFine, "requires: fresh\n---\n" + kFine});
  irc::SimNet net(1);
  SimWorld world(net, start, kOurs);
  Runner<SimWorld> runner(world, {}, {}, nullptr);
  ASSERT_TRUE(runner.meet());
  runner.play({{&suite.cases[0], suite.source.get()}, {&suite.cases[1], suite.source.get()}});
  EXPECT_GE(*lives, 2);
  for (const CaseResult& result : runner.take_result().cases) EXPECT_EQ(result.grade, kPass);
}

TEST(Runner, SkipsWhatTheTargetCannotGive) {
  const Ran ran = run({"requires: fresh\n---\n" + kFine, "requires: isupport X\n---\n" + kFine},
                      {.abilities = kLocal});
  EXPECT_EQ(ran.grades(), (Grades{Grade::skip, Grade::skip}));
  EXPECT_EQ(ran.result.cases.at(1).reason, "needs ISUPPORT X");
}

TEST(Runner, GoesOnBehindACaseThatNeedsAProcessItCannotHave) {
  const Ran ran = run({"requires: fresh(nofile=64)\n---\n" + kFine, kFine + "server fds == base\n"},
                      {.abilities = kLocal});
  EXPECT_EQ(ran.grades(), (Grades{Grade::skip, kPass}));
}

TEST(Runner, SaysWhyATargetCannotBeUsed) {
  const Ran ran = run({kFine}, {.server = [](TinyServer&, std::size_t, std::string_view) {}});
  EXPECT_FALSE(ran.met);
  EXPECT_EQ(ran.result.end, RunEnd::unreachable);
  EXPECT_NE(ran.result.end_reason, "");
}

TEST(Runner, SaysThatATargetDiedBeforeTheFirstCase) {
  const Ran ran = run({kFine}, {.server = ordinary, .abilities = kLocal});
  EXPECT_TRUE(ran.met);
  const Ran dead = run({kFine}, {.server = [](TinyServer& it, std::size_t, auto) { it.die(); },
                                 .abilities = kLocal});
  EXPECT_FALSE(dead.met);
  EXPECT_TRUE(dead.result.end_reason.starts_with("it ended")) << dead.result.end_reason;
}

TEST(Runner, ChargesWhatTheLineAuditFound) {
  const Server bare =
      at_line("GO", [](TinyServer& server, std::size_t who) { server.say(who, "X one\n"); });
  const Ran ran = run({kFine, "a > GO\na < X one\n"}, {.server = bare});
  EXPECT_EQ(ran.grades(), (Grades{kPass, kFail}));
  EXPECT_EQ(ran.result.cases.at(1).actual, "in area/2 a received \"X one\\n\"");
}

// ---- A target on another machine.

TEST(RemoteTarget, HasItsBoundariesWitnessed) {
  const Ran ran =
      run({"a > \"PING \" | \":x\\r\\n\"\na < PONG ... x\n", kFine}, {.abilities = kRemote});
  EXPECT_EQ(ran.grades(), (Grades{kPass, kPass}));
  EXPECT_EQ(ran.result.cases.at(0).boundaries, Boundaries::witnessed);
  EXPECT_EQ(ran.result.cases.at(1).boundaries, Boundaries::none);
}

TEST(RemoteTarget, IsSkippedWhereItWouldHaveToBeStopped) {
  const Ran ran = run({"glue\n  a > PING :x\nend\na < PONG ... x\n",
                       "glue\n  a > PING :x\n  a rst\n  a connect\nend\na register\n"},
                      {.abilities = kRemote});
  EXPECT_EQ(ran.grades().at(1), Grade::skip);
  EXPECT_EQ(ran.result.cases.at(1).reason,
            "needs to stop the target (--spawn, or --pid of a local one)");
}

TEST(RemoteTarget, ThatAnswersNoBarrierHasItsBoundariesRequested) {
  const Server mute = [](TinyServer& server, std::size_t who, std::string_view line) {
    if (!line.starts_with("PING") && !line.starts_with("PRIVMSG")) ordinary(server, who, line);
    if (line == "X yz") server.say(who, "Y\r\n");
  };
  const Ran ran =
      run({"a > \"X \" | \"yz\\r\\n\"\na < Y\n"}, {.server = mute, .abilities = kRemote});
  EXPECT_EQ(ran.grades(), Grades{kPass});
  EXPECT_EQ(ran.result.cases.at(0).boundaries, Boundaries::requested);
  EXPECT_NE(ran.result.cases.at(0).reason.find("rests on silence"), std::string::npos);
}

// ---- Alone or together.

// Says LATE five seconds after GO.
Server late() {
  return at_line("GO", [](TinyServer& server, std::size_t who) {
    server.say_later(std::chrono::seconds(5), who, "LATE\r\n");
  });
}

const std::string kSlow = "tags: slow\n---\na > GO\nwithin 10s a < LATE\n";
const std::string kCounts = kFine + "server fds == base\n";

TEST(Runner, PlaysWhoeverNeedsTheTargetToItselfWhileOthersWait) {
  const Ran ran = run({"wait 2s\n" + kFine, kCounts, kFine});
  EXPECT_EQ(ran.told, (std::vector<std::string>{"area/3", "area/2", "area/1"}));
  EXPECT_EQ(ran.grades(), (Grades{kPass, kPass, kPass}));
}

TEST(Runner, PlaysEverythingWhileSlowCasesWait) {
  const Ran ran = run({kCounts, kSlow, kFine, kSlow}, {.server = late()});
  EXPECT_EQ(ran.told, (std::vector<std::string>{"area/3", "area/1", "area/2", "area/4"}));
  EXPECT_EQ(ran.grades(), (Grades{kPass, kPass, kPass, kPass}));
  EXPECT_LT(ran.took, std::chrono::seconds(6));
}

TEST(Runner, PlaysNobodyBesideACaseThatNeedsTheTargetToItself) {
  const Ran ran = run({kFails, kCounts, kCounts});
  EXPECT_EQ(ran.told, (std::vector<std::string>{"area/1", "area/2", "area/3"}));
  EXPECT_EQ(ran.grades(), (Grades{kFail, kPass, kPass}));
}

TEST(Runner, SuspectsThoseWhoRestedLast) {
  const Server server = [](TinyServer& it, std::size_t who, std::string_view line) {
    if (line == "DIE") return it.die();
    late()(it, who, line);
  };
  const Ran ran =
      run({kSlow, "a > DIE\nserver fds == base\n"}, {.server = server, .abilities = kLocal});
  EXPECT_EQ(ran.grades(), (Grades{kUnknown, kFail}));
}

TEST(Runner, EndsWhenThoseWhoFailedHaveLeft) {
  EXPECT_LT(run({kFails}).took, std::chrono::seconds(2));
}

TEST(PlaysAlone, WhoeverCountsFloodsOrWantsAFreshProcess) {
  struct {
    const char* body;
    bool alone;
    const char* reason;
  } const rows[] = {{"---\na > PING :x\n", false, "an ordinary one"},
                    {"---\nserver alive\n", false, "liveness disturbs nobody"},
                    {"---\nserver fds == base\n", true, "descriptors are counted"},
                    {"---\nif command PING\n  server cpu < 20%\nend\n", true, "in a branch, too"},
                    {"---\nrepeat 2\n  server sockets closed\nend\n", true, "or in a loop"},
                    {"---\nrepeat until 1MiB\n  a > X\nend\n", true, "a flood"},
                    {"---\nrepeat 2\n  a > X\nend\n", false, "an ordinary loop"},
                    {"requires: fresh\n---\na > X\n", true, "a process of its own"},
                    {"requires: spawned\n---\na > X\n", false, "a process that we started"}};
  for (const auto& row : rows) {
    const std::string body(row.body);
    const script::Script suite = suite_of({body.starts_with("---\n") ? body.substr(4) : body});
    EXPECT_EQ(plays_alone(suite.cases.at(0)), row.alone) << row.reason;
  }
}

}  // namespace
}  // namespace conform::testing
