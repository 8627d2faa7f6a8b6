#include "harness/report/terminal.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "tests/report/sample_run.h"
#include "tests/support/files.h"

namespace conform {
namespace {

using testing::expect_golden;
using testing::run_of;
using testing::sample_run;

struct Streams {
  std::string results;
  std::string progress;
};

Streams report(const RunResult& run, const TerminalOptions& options) {
  std::ostringstream results;
  std::ostringstream progress;
  TerminalReport terminal(results, progress, options);
  terminal.started(run.cases.size());
  for (const CaseResult& result : run.cases) terminal.finished(result);
  terminal.done(run);
  return {results.str(), progress.str()};
}

std::string last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of('\n');
  const std::size_t before = text.rfind('\n', end);
  return text.substr(before + 1, end - before);
}

struct Row {
  const char* golden;
  TerminalOptions options;
};

TEST(Terminal, LooksLikeItsGoldenFiles) {
  const Row rows[] = {
      {"plain.txt", {}},
      {"verbose.txt", {.verbose = true}},
      {"output.txt", {.output = "my out"}},
      {"color.txt", {.verbose = true, .color = true}},
      {"narrow.txt", {.verbose = true, .fold = 80}},
  };
  for (const Row& row : rows) {
    const std::string path = SOURCE_DIR "/tests/report/golden/";
    expect_golden(path + row.golden, report(sample_run(), row.options).results);
  }
}

TEST(Terminal, EndsWithTheSummaryHoweverTheRunEnded) {
  for (const RunEnd end :
       {RunEnd::complete, RunEnd::interrupted, RunEnd::unreachable, RunEnd::usage}) {
    RunResult run = sample_run();
    run.end = end;
    EXPECT_TRUE(last_line(report(run, {}).results).starts_with("irc-conform: 1 passed,"));
  }
}

TEST(Terminal, SaysWhyATargetWasNotReached) {
  RunResult run;
  run.end = RunEnd::unreachable;
  run.end_reason = "127.0.0.1:1 refuses connections";
  EXPECT_NE(report(run, {}).results.find("target not reached: 127.0.0.1:1 refuses"),
            std::string::npos);
}

TEST(Terminal, IsSilentOnProgressWithoutATerminal) {
  EXPECT_EQ(report(sample_run(), {.verbose = true}).progress, "");
}

TEST(Terminal, RewritesOneProgressLineAndClearsIt) {
  RunResult run;
  run.cases = {testing::result("a/x", Grade::pass), testing::result("a/y", Grade::fail)};
  EXPECT_EQ(report(run, {.progress = true}).progress,
            "\r\x1b[K[1/2] a/x\r\x1b[K[2/2] 1 failed  a/y\r\x1b[K");
}

TEST(Terminal, ShowsWhatItDoesBeforeTheFirstCase) {
  std::ostringstream results, progress;
  TerminalReport terminal(results, progress, {.progress = true});
  terminal.doing("learning the target");
  terminal.clear_progress();
  EXPECT_EQ(progress.str(), "\r\x1b[Klearning the target ...\r\x1b[K");
  EXPECT_EQ(results.str(), "");
}

TEST(Terminal, SaysPlainlyThatItPlayedAgainstTheReferenceServer) {
  RunResult run;
  run.target = {.address = "127.0.0.1:1", .software = "irc-refd-0.1.0", .built_in = true};
  EXPECT_NE(report(run, {}).results.find(
                "target: the built-in reference server irc-refd-0.1.0, 127.0.0.1:1; name your own"),
            std::string::npos);
}

TEST(Terminal, ShowsNoDurationOfWhatDidNotEnd) {
  RunResult run;
  run.cases = {testing::result("a/x", Grade::fail)};
  run.cases.front().duration = {};
  EXPECT_TRUE(
      report(run, {.verbose = true}).results.starts_with("fail          a/x  must  proved"));
}

TEST(Terminal, SaysACauseOnlyWhereItJoinsCasesAndSaysMoreThanTheLine) {
  RunResult run;
  run.cases = {testing::result("a/x", Grade::fail)};
  run.cases.front().actual = "the target died";
  run.cases.front().root_cause = "it is deaf";
  const auto shows = [&run] {
    return report(run, {}).results.find("cause: ") != std::string::npos;
  };
  EXPECT_FALSE(shows()) << "it stands alone";
  run.cases.push_back(run.cases.front());
  run.cases.back().id = "a/y";
  EXPECT_TRUE(shows());
  for (CaseResult& result : run.cases) result.root_cause = result.actual;
  EXPECT_FALSE(shows()) << "the line says it";
}

TEST(Terminal, CutsProgressToTheWidthOfTheTerminal) {
  RunResult run;
  run.cases = {testing::result("area/a-very-long-slug", Grade::pass)};
  EXPECT_EQ(report(run, {.progress = true, .columns = 12}).progress, "\r\x1b[K[1/1] area/\r\x1b[K");
}

// Control bytes of our own: newlines, and those of the progress line.
std::string without_own_controls(std::string text) {
  for (const std::string own : {"\n", "\r\x1b[K"}) {
    for (std::size_t at; (at = text.find(own)) != std::string::npos;) text.erase(at, own.size());
  }
  return text;
}

TEST(Terminal, LetsNothingThatAServerSentControlIt) {
  const std::string hostile = "\x1b]0;owned\x07 \x9b\xc2\x9b \r\b\x7f\xff \xe2\x80\xae";
  const Streams streams = report(run_of(hostile), {.verbose = true, .progress = true});
  for (const std::string& stream : {streams.results, streams.progress}) {
    for (const char byte : without_own_controls(stream)) {
      ASSERT_TRUE(byte >= 0x20 && byte < 0x7f) << static_cast<int>(byte);
    }
  }
}

}  // namespace
}  // namespace conform
