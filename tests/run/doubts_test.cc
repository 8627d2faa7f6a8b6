// Cases that lose a connection while others play are judged by what they come to alone.
#include "harness/run/doubts.h"

#include <gtest/gtest.h>

#include "tests/run/running.h"

namespace conform::testing {
namespace {

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
  // Its owner is not among them, so the breach counts against those in which it was seen.
  EXPECT_EQ(ran.grades(), (Grades{kFail, kPass, kFail}));
  EXPECT_EQ(ran.result.cases[0].expected, kKeptRule.claim);
  EXPECT_EQ(ran.result.cases[0].root_cause, ran.result.cases[2].root_cause);
  EXPECT_EQ(ran.told.size(), 3U);
}

TEST(Neighbours, WhoAreSentAwayWithAWordMayHaveBeenTooMany) {
  const Ran ran = run({kWaits, kShoves}, {.server = shoving("ERROR :Too many\r\n")});
  EXPECT_EQ(ran.grades(), (Grades{kPass, kPass}));
}

TEST(Neighbours, WhoseConnectionsEndAloneTooWereNotTakenForOthers) {
  Ended in_company{.result = {.grade = kFail}, .cut_off = {"a", "b"}, .cut_off_unsaid = {"a"}};
  Ended alone{.result = {.id = "area/x"}};
  EXPECT_EQ(breach_shown_by(in_company, alone)->case_id, "area/x");
  alone.cut_off = {"a"};
  EXPECT_FALSE(breach_shown_by(in_company, alone));
  alone = {.result = {.grade = kFail}};
  EXPECT_FALSE(breach_shown_by(in_company, alone));
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

}  // namespace
}  // namespace conform::testing
