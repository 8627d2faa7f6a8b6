#include "harness/run/judge.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/run/script_parts.h"

namespace conform::testing {
namespace {

using State = Progress::State;
using script::Level;
using enum Grade;
using enum script::Level;

struct Row {
  State state;
  Grade grade;  // Of the one-of blocks.
  bool refuted;
  Boundaries boundaries;
  Level level;
  Grade judged;
  const char* reason;
};

constexpr auto kNone = Boundaries::none;
constexpr auto kProved = Boundaries::proved;
constexpr auto kWitnessed = Boundaries::witnessed;
constexpr auto kRequested = Boundaries::requested;

const std::vector<Row> kRows = {
    // clang-format off
    {State::done,         pass,    false, kNone,      must,   pass,         "done"},
    {State::done,         lenient, false, kProved,    must,   lenient,      "its blocks decide"},
    {State::done,         info,    false, kNone,      may,    info,         "likewise"},
    {State::done,         pass,    false, kRequested, must,   pass,         "graded, and marked"},
    {State::done,         pass,    true,  kProved,    must,   inconclusive, "refuted"},
    {State::done,         lenient, true,  kNone,      may,    inconclusive, "whatever its grade"},
    {State::failed,       pass,    false, kNone,      must,   fail,         "failed"},
    {State::failed,       pass,    false, kProved,    must,   fail,         "proved counts fully"},
    {State::failed,       pass,    false, kWitnessed, must,   fail,         "witnessed, too"},
    {State::failed,       pass,    false, kRequested, must,   inconclusive, "never fails a must"},
    {State::failed,       pass,    false, kRequested, should, fail,         "but a should"},
    {State::failed,       pass,    false, kRequested, may,    fail,         "or a may"},
    {State::failed,       pass,    false, kRequested, robust, fail,         "or what has no text"},
    {State::failed,       pass,    true,  kProved,    must,   inconclusive, "refuted, too"},
    {State::failed,       pass,    true,  kNone,      may,    inconclusive, "of any level"},
    {State::inconclusive, pass,    false, kNone,      must,   inconclusive, "said so itself"},
    {State::skipped,      pass,    false, kNone,      must,   skip,         "not to be had"},
    {State::waiting,      pass,    false, kNone,      must,   error,        "a fault of ours"},
    // clang-format on
};

const script::Script& sample() {
  static const script::Script script = script_of("a > PING x\na < PONG ... x\nsync b\n");
  return script;
}

PlannedCase planned(script::Case& item, Level level = Level::must) {
  item = sample().cases.at(0);
  item.level = level;
  return {.item = &item, .source = sample().source.get()};
}

Played played(State state) {
  return {.progress = {.state = state, .expected = "expected", .actual = "actual"}};
}

TEST(Judge, GivesTheGradesOfTheTable) {
  for (const Row& row : kRows) {
    script::Case item;
    Played how = played(row.state);
    how.grade = row.grade;
    how.boundary_counts.refuted = row.refuted ? 1 : 0;
    how.boundaries = row.boundaries;
    const CaseResult result = judge(planned(item, row.level), how);
    EXPECT_EQ(result.grade, row.judged) << row.reason;
    EXPECT_EQ(result.boundaries, row.boundaries) << row.reason;
  }
}

TEST(Judge, GivesAReasonWhereverNothingWasMeasured) {
  for (const Row& row : kRows) {
    script::Case item;
    Played how = played(row.state);
    how.boundary_counts.refuted = row.refuted ? 1 : 0;
    how.boundaries = row.boundaries;
    const CaseResult result = judge(planned(item, row.level), how);
    EXPECT_EQ(result.reason.empty(), result.grade <= Grade::fail) << row.reason;
  }
}

TEST(Judge, SaysAReasonAsTheScriptSaidIt) {
  script::Case item;
  EXPECT_EQ(judge(planned(item), played(State::skipped)).reason, "actual");
  EXPECT_EQ(judge(planned(item), played(State::inconclusive)).reason, "actual");
}

TEST(Judge, MarksWhatRestsOnSilence) {
  script::Case item;
  Played how = played(State::done);
  how.rests_on_silence = true;
  EXPECT_NE(judge(planned(item), how).reason.find("rests on silence"), std::string::npos);
}

TEST(Judge, PointsAtTheStepThatDecided) {
  script::Case item;
  const PlannedCase plan = planned(item);
  Played how = played(State::failed);
  how.progress.step = &item.steps.at(1);
  const CaseResult result = judge(plan, how);
  EXPECT_EQ(result.step, "a < PONG ... x");
  EXPECT_EQ(result.location.text, "a < PONG ... x");
  EXPECT_EQ(result.location.span.line, item.steps.at(1).span.line);
  EXPECT_EQ(result.expected, "expected");
  EXPECT_EQ(result.actual, "actual");
}

TEST(Judge, PointsAtTheCaseWhereNoStepDecided) {
  script::Case item;
  const CaseResult result = judge(planned(item), played(State::done));
  EXPECT_EQ(result.location.file, "area.irct");
  EXPECT_EQ(result.location.text, "case area/slug");
  EXPECT_EQ(result.step, "");
}

TEST(Judge, GivesAReplayForEverythingButAPass) {
  for (const Row& row : kRows) {
    script::Case item;
    Played how = played(row.state);
    how.grade = row.grade;
    const CaseResult result = judge(planned(item), how);
    EXPECT_EQ(result.replay.empty(), result.grade == Grade::pass) << row.reason;
  }
}

TEST(Judge, KeepsWhatTheCaseSaysOfItself) {
  script::Case item;
  const CaseResult result = judge(planned(item, Level::may), played(State::done));
  EXPECT_EQ(result.id, "area/slug");
  EXPECT_EQ(result.title, "A sentence");
  EXPECT_EQ(result.level, Level::may);
  EXPECT_EQ(result.citations.at(0).source, "modern#x");
  EXPECT_EQ(result.variant, "as-written");
}

TEST(Judge, TellsUnplayedFromSkipped) {
  script::Case item;
  EXPECT_EQ(skipped(planned(item), "why").grade, Grade::skip);
  EXPECT_EQ(unplayed(planned(item), "why").grade, Grade::inconclusive);
  EXPECT_EQ(unplayed(planned(item), "why").reason, "why");
}

// ---- Charging breaches.

CaseResult result_of(const std::string& id, Grade grade = Grade::pass) {
  CaseResult result;
  result.id = id;
  result.grade = grade;
  return result;
}

SeenBreach nul_seen_in(const std::string& case_id) {
  return {.rule = kNulRule, .case_id = case_id, .seen = "a received \"x\""};
}

const std::string kOwner(kNulRule.case_id);

TEST(Charge, ConvictsTheCaseWhoseClaimIsBroken) {
  std::vector results = {result_of("other"), result_of(kOwner)};
  charge({nul_seen_in("other")}, results);
  EXPECT_EQ(results[0].grade, Grade::pass);
  EXPECT_EQ(results[1].grade, Grade::fail);
  EXPECT_EQ(results[1].expected, kNulRule.claim);
  EXPECT_NE(results[1].actual.find("in other a received"), std::string::npos);
  EXPECT_EQ(results[1].root_cause, "audit: " + kOwner);
}

TEST(Charge, NamesTheCaseWhosePlayShowsIt) {
  std::vector results = {result_of("other"), result_of(kOwner)};
  results[0].transcript = "a < raw \"x\"";
  results[1].variant = "whole";
  charge({nul_seen_in("other")}, results);
  EXPECT_EQ(results[1].seen_in, "other");
  EXPECT_EQ(results[1].transcript, results[0].transcript);
  EXPECT_EQ(results[1].variant, "") << "it passed in each";
}

TEST(Charge, ConvictsTheCaseItWasSeenInWhereTheOtherWasNotPlayed) {
  std::vector results = {result_of("first"), result_of("other")};
  charge({nul_seen_in("other")}, results);
  EXPECT_EQ(results[0].grade, Grade::pass);
  EXPECT_EQ(results[1].grade, Grade::fail);
}

TEST(Charge, LeavesAloneWhatHasFailedByItself) {
  std::vector results = {result_of(kOwner, Grade::fail)};
  results[0].actual = "its own";
  charge({nul_seen_in("other")}, results);
  EXPECT_EQ(results[0].actual, "its own");
}

TEST(Charge, LeavesEverythingAloneWithoutABreach) {
  std::vector results = {result_of(kOwner)};
  charge({}, results);
  EXPECT_EQ(results[0].grade, Grade::pass);
}

}  // namespace
}  // namespace conform::testing
