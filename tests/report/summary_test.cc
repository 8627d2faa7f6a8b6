#include "harness/report/summary.h"

#include <gtest/gtest.h>

#include "tests/report/sample_run.h"

namespace conform {
namespace {

using testing::result;
using testing::sample_run;

TEST(Summary, LeavesOutEmptyClassesButPassedAndFailed) {
  RunResult run;
  run.seed = 7;
  EXPECT_EQ(summary_line(run), "irc-conform: 0 passed, 0 failed in 0.0 s (seed 7)");
}

TEST(Summary, NamesEveryClassInTheOrderOfTheContract) {
  EXPECT_EQ(summary_line(sample_run()),
            "irc-conform: 1 passed, 1 lenient, 1 info, 3 failed, 2 inconclusive, 3 skipped, "
            "1 error in 3.2 s (seed 42)");
}

TEST(Summary, GroupsFailuresOfOneCause) {
  const RunResult run = sample_run();
  const std::vector<Group> groups = group_by_cause(run.cases, Grade::fail);
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_TRUE(groups[0].others.empty());
  EXPECT_EQ(groups[1].others.at(0)->id, "isolation/fin");
}

TEST(Summary, KeepsFailuresOfOneCaseAtTwoLinesApart) {
  std::vector<CaseResult> cases(2, result("a/x", Grade::fail));
  cases[1].location.span.line = 8;
  EXPECT_EQ(group_by_cause(cases, Grade::fail).size(), 2u);
}

TEST(Summary, LeadsAGroupWithTheGravestOfItsLevels) {
  using script::Level;
  std::vector<CaseResult> cases;
  for (const Level level : {Level::may, Level::should, Level::must, Level::robust}) {
    cases.push_back(result("a/x", Grade::fail));
    cases.back().level = level;
    cases.back().root_cause = "one";
  }
  const std::vector<Group> groups = group_by_cause(cases, Grade::fail);
  ASSERT_EQ(groups.size(), 1u);
  EXPECT_EQ(groups[0].first->level, Level::must);
  EXPECT_EQ(groups[0].others.size(), 3u);
}

TEST(Summary, CountsTheFindingsWhereTheyAreFewerThanTheFailures) {
  RunResult run;
  run.cases = {result("a/x", Grade::fail), result("a/y", Grade::fail), result("a/z", Grade::pass)};
  EXPECT_EQ(findings_line(run), "");
  run.cases[0].root_cause = run.cases[1].root_cause = "one";
  EXPECT_EQ(findings_line(run), "1 finding in 2 failed cases");
}

TEST(Summary, CountsThePlaysAndBoundariesOfAllCases) {
  EXPECT_EQ(boundaries_line(sample_run()),
            "boundaries in 64 plays: 11 proved, 1 witnessed, 130 requested, 1 refuted");
  EXPECT_EQ(recut_line(sample_run()),
            "--segments left 3 cases as they are: slow, playing alone, or only as written");
  EXPECT_EQ(boundaries_line({}), "");
  EXPECT_EQ(recut_line({}), "");
}

}  // namespace
}  // namespace conform
