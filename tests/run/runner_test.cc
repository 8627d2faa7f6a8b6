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
#include "harness/run/sim_world.h"
#include "tests/run/script_parts.h"
#include "tests/support/tiny_server.h"

namespace conform::testing {
namespace {

using Server = TinyServer::OnLine;

constexpr Abilities kOurs = {.kernel = true, .process = true, .hold = true, .restart = true};
constexpr Abilities kLocal = {.kernel = true, .process = true, .hold = true};
constexpr Abilities kRemote = {};

// Cases "area/1", "area/2" ... of these lines behind their first headers.
script::Script suite_of(const std::vector<std::string>& bodies) {
  std::string text;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    const bool headers = bodies[i].find("---\n") != std::string::npos;
    text += "case area/" + std::to_string(i + 1) +
            "\ntitle: A sentence\nlevel: must\ncite: modern#x\nclients: a\n" +
            (headers ? "" : "---\n") + bodies[i] + "sync a\n\n";
  }
  script::Parsed parsed = script::parse("area.irct", std::move(text), true);
  for (const script::Problem& problem : parsed.problems) {
    ADD_FAILURE() << script::format(*parsed.script.source, problem);
  }
  return std::move(parsed.script);
}

struct Setup {
  Server server = ordinary;
  Abilities abilities = kOurs;
  RunnerOptions options;
};

struct Ran {
  bool met = false;
  RunResult result;
  std::vector<std::string> told;  // Ids, as results came.
  Duration took{};

  std::vector<Grade> grades() const {
    std::vector<Grade> all;
    for (const CaseResult& item : result.cases) all.push_back(item.grade);
    return all;
  }
};

Ran run(const std::vector<std::string>& bodies, Setup setup = {}) {
  const script::Script suite = suite_of(bodies);
  std::vector<PlannedCase> planned;
  for (const script::Case& item : suite.cases) planned.push_back({&item, suite.source.get()});
  irc::SimNet net(1);
  SimWorld world(net, tiny_server(std::move(setup.server)), setup.abilities);
  Ran ran;
  Runner<SimWorld> runner(world, {}, setup.options,
                          [&ran](const CaseResult& result) { ran.told.push_back(result.id); });
  ran.met = runner.meet();
  const TimePoint began = world.now();
  if (ran.met) runner.play(std::move(planned));
  ran.took = world.now() - began;
  ran.result = runner.take_result();
  return ran;
}

const std::string kFine = "a > PING :x\na < PONG ... x\n";
const std::string kFails = "a > PING :x\nwithin 1s a < PONG ... y\n";

// A server that does something at a line, and is ordinary otherwise.
Server at_line(std::string line, std::function<void(TinyServer&, std::size_t)> deed) {
  return [line, deed](TinyServer& server, std::size_t who, std::string_view said) {
    if (said == line) return deed(server, who);
    ordinary(server, who, said);
  };
}

Server dying() {
  return at_line("DIE", [](TinyServer& server, std::size_t) { server.die(); });
}

Server dying_later() {
  return at_line("DIE", [](TinyServer& server, std::size_t) {
    server.later(std::chrono::milliseconds(200), [](TinyServer& it) { it.die(); });
  });
}

constexpr auto kPass = Grade::pass;
constexpr auto kFail = Grade::fail;
constexpr auto kUnknown = Grade::inconclusive;
using Grades = std::vector<Grade>;

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

// ---- Those who are cut off for what another case does.

// Answers WAIT after a while, unless somebody has said SHOVE meanwhile: then whoever waits is sent
// away, with these words.
Server shoving(std::string words) {
  const auto waiting = std::make_shared<std::vector<std::size_t>>();
  return [words, waiting](TinyServer& server, std::size_t who, std::string_view line) {
    if (line == "WAIT") {
      waiting->push_back(who);
      server.say_later(std::chrono::milliseconds(500), who, "X done\r\n");
    } else if (line == "SHOVE") {
      for (const std::size_t victim : std::exchange(*waiting, {})) {
        server.say(victim, words);
        server.close(victim);
      }
    } else {
      ordinary(server, who, line);
    }
  };
}

const std::string kWaits = "a > WAIT\na < X done\n";
const std::string kShoves = "wait 100ms\na > SHOVE\n";

TEST(Neighbours, WhoAreCutOffAreJudgedByWhatTheyDoAlone) {
  const Ran ran = run({kWaits, kShoves, kWaits}, {.server = shoving("")});
  // Its owner is not among them, so the breach counts against the first in which it was seen.
  EXPECT_EQ(ran.grades(), (Grades{kFail, kPass, kFail}));
  EXPECT_EQ(ran.result.cases[0].expected, kKeptRule.claim);
  EXPECT_EQ(ran.result.cases[0].root_cause, ran.result.cases[2].root_cause);
  EXPECT_EQ(ran.told.size(), 3U);
}

TEST(Neighbours, WhoAreSentAwayWithAWordMayHaveBeenTooMany) {
  const Ran ran = run({kWaits, kShoves}, {.server = shoving("ERROR :Too many\r\n")});
  EXPECT_EQ(ran.grades(), (Grades{kPass, kPass}));
}

TEST(Neighbours, WhoAreCutOffAloneTooHaveFailed) {
  const Ran ran = run({kWaits + kShoves + "a < X done\n", kFine}, {.server = shoving("")});
  EXPECT_EQ(ran.grades(), (Grades{kFail, kPass}));
  EXPECT_NE(ran.result.cases[0].expected, kKeptRule.claim);
}

TEST(Neighbours, WhoWereCutOffStayAsTheyWereWhenTheRunEnds) {
  const Ran ran =
      run({kWaits, kShoves, "wait 200ms\na > DIE\n"},
          {.server =
               [shove = shoving("")](TinyServer& server, std::size_t who, std::string_view line) {
                 if (line == "DIE") return server.die();
                 shove(server, who, line);
               },
           .abilities = kLocal});
  EXPECT_EQ(ran.result.cases[0].grade, kFail);
  EXPECT_NE(ran.result.cases[0].expected, kKeptRule.claim);
}

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
