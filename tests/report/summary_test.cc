#include "harness/report/summary.h"

#include <gtest/gtest.h>

#include "tests/report/sample_run.h"

namespace conform {
namespace {

using testing::result;
using testing::sample_run;

struct Row {
  Grade a;
  Grade b;
  Grade worse;
  const char* reason;
};

TEST(Summary, TakesTheWorseGradeOfTwoVariants) {
  using enum Grade;
  constexpr Row kRows[] = {
      {skip, pass, pass, "a variant that was not played says nothing of the other"},
      {pass, lenient, lenient, "lenient is less than pass"},
      {pass, inconclusive, inconclusive, "a doubt is never a pass"},
      {info, inconclusive, inconclusive, "nor an info"},
      {inconclusive, fail, fail, "what was seen to fail fails"},
      {fail, error, error, "a fault of ours is never hidden"},
      {skip, skip, skip, "equal"},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(worse(row.a, row.b), row.worse) << row.reason;
    EXPECT_EQ(worse(row.b, row.a), row.worse) << row.reason << ", the other way round";
  }
}

TEST(Summary, CountsACaseOnceWithItsWorstVariant) {
  const Summary summary(
      {result("a/x", Grade::pass), result("a/x", Grade::fail), result("a/y", Grade::pass)});
  EXPECT_EQ(summary[Grade::pass], 1u);
  EXPECT_EQ(summary[Grade::fail], 1u);
}

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

TEST(Summary, GroupsFailuresOfOneCauseAndThoseOfOneCaseAtOneLine) {
  const RunResult run = sample_run();
  const std::vector<Group> groups = group_by_cause(run.cases, Grade::fail);
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].others.at(0)->variant, "each-cut:7");
  EXPECT_EQ(groups[1].others.at(0)->id, "isolation/fin");
}

TEST(Summary, KeepsFailuresOfOneCaseAtTwoLinesApart) {
  std::vector<CaseResult> cases(2, result("a/x", Grade::fail));
  cases[1].location.span.line = 8;
  EXPECT_EQ(group_by_cause(cases, Grade::fail).size(), 2u);
}

TEST(Summary, CountsBoundaryClassesOverAllResults) {
  EXPECT_EQ(boundaries_line(sample_run().cases), "boundaries: 9 proved, 1 witnessed, 1 requested");
  EXPECT_EQ(boundaries_line({}), "");
}

}  // namespace
}  // namespace conform
