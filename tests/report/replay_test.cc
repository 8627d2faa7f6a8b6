#include "harness/report/replay.h"

#include <gtest/gtest.h>

#include "tests/report/sample_run.h"

namespace conform {
namespace {

using testing::result;
using testing::sample_run;

CaseResult cut_at_seven() {
  CaseResult fail = result("framing/split", Grade::fail);
  fail.variant = "cut(7)";
  fail.actual = "one line\n# and another";
  return fail;
}

TEST(Replay, NamesCutsSeedTargetAndCases) {
  EXPECT_EQ(replay_command(sample_run(), cut_at_seven(), ""),
            "irc-conform --only framing/split --cases more --segments 'cut(7)' --seed 42 --spawn "
            "'./ircd {port}'");
}

TEST(Replay, NeedsNoCasesForASavedScript) {
  EXPECT_EQ(replay_command(sample_run(), cut_at_seven(), "out dir/x.irct"),
            "irc-conform replay 'out dir/x.irct' --segments 'cut(7)' --seed 42 --spawn "
            "'./ircd {port}'");
}

TEST(Replay, SaysNothingOfCutsWhereACaseWasPlayedOnlyAsWritten) {
  RunResult run;
  run.seed = 7;
  CaseResult fail = result("framing/split", Grade::fail);
  EXPECT_EQ(replay_command(run, fail, ""), "irc-conform --only framing/split --seed 7");
  fail.variants.resize(2);
  EXPECT_EQ(replay_command(run, fail, ""),
            "irc-conform --only framing/split --segments as-written --seed 7");
}

TEST(Replay, PlaysTheOneScriptThatWasPlayed) {
  RunResult run;
  run.script = "my.irct";
  EXPECT_EQ(replay_command(run, result("a/x", Grade::fail), ""),
            "irc-conform replay my.irct --seed 0");
}

TEST(Replay, CallsTheProgramAsItWasCalled) {
  RunResult run;
  run.program = "my build/irc-conform";
  EXPECT_EQ(replay_command(run, result("a/x", Grade::fail), ""),
            "'my build/irc-conform' --only a/x --seed 0");
}

TEST(Replay, PlaysTheCaseThatShowsItToo) {
  CaseResult fail = result("a/x", Grade::fail);
  fail.seen_in = "b/y";
  fail.variant = "";
  EXPECT_EQ(replay_command({}, fail, ""), "irc-conform --only a/x,b/y --seed 0");
}

TEST(SavedScript, BeginsWithCommentsWhateverWasReceived) {
  const std::string saved = saved_script(sample_run(), cut_at_seven(), "x.irct");
  EXPECT_EQ(
      saved,
      "# replay: irc-conform replay x.irct --segments 'cut(7)' --seed 42 --spawn './ircd {port}'\n"
      "# fail: one line\\n# and another\n"
      "# target: 127.0.0.1:6667, ngircd-26.1\n"
      "\n"
      "case framing/split\n");
  EXPECT_TRUE(saved.starts_with(kSavedScriptMark));
}

TEST(ShellWord, QuotesWhatAShellWouldTakeApart) {
  EXPECT_EQ(shell_word("framing/split-1.irct"), "framing/split-1.irct");
  EXPECT_EQ(shell_word("cut(7)"), "'cut(7)'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word(""), "''");
}

}  // namespace
}  // namespace conform
