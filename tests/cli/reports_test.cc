#include "harness/cli/reports.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/support/files.h"

namespace conform {
namespace {

using testing::TemporaryFolder;

RunResult passed_run() {
  RunResult run;
  run.cases.emplace_back();
  run.cases.front().id = "a/b";
  return run;
}

Options with_json(std::string path) {
  Options options;
  options.reports.json = std::move(path);
  return options;
}

// The status, and what was said on the standard error stream.
std::string outcome_of(const RunResult& run, const Options& options) {
  ::testing::internal::CaptureStderr();
  const int status = static_cast<int>(write_reports(run, options));
  return std::to_string(status) + " " + ::testing::internal::GetCapturedStderr();
}

TEST(Reports, WritesAllThatIsAskedForAndKeepsTheStatus) {
  const TemporaryFolder folder;
  Options options = with_json(folder.path("report.json"));
  options.reports.output = folder.path("out");
  EXPECT_EQ(outcome_of(passed_run(), options), "0 ");
  EXPECT_TRUE(std::filesystem::exists(folder.path("report.json")));
  EXPECT_TRUE(std::filesystem::is_directory(folder.path("out")));
}

TEST(Reports, WritesTheOthersWhereOneCannotBeWritten) {
  const TemporaryFolder folder;
  Options options = with_json("/dev/full");
  options.reports.output = folder.path("out");
  EXPECT_EQ(outcome_of(passed_run(), options),
            "2 irc-conform: /dev/full: No space left on device\n");
  EXPECT_TRUE(std::filesystem::is_directory(folder.path("out")));
}

TEST(Reports, StaysInterruptedThoughAReportIsMissing) {
  RunResult run = passed_run();
  run.end = RunEnd::interrupted;
  EXPECT_TRUE(outcome_of(run, with_json("/dev/full")).starts_with("130 "));
}

}  // namespace
}  // namespace conform
