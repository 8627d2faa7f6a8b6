#include "harness/cli/commands.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>
#include <system_error>

#include <nlohmann/json.hpp>

#include "tests/cli/suite_of.h"
#include "tests/support/files.h"

namespace conform {
namespace {

using testing::script_of;
using testing::TemporaryFolder;
using ::testing::internal::CaptureStderr;
using ::testing::internal::CaptureStdout;
using ::testing::internal::GetCapturedStderr;
using ::testing::internal::GetCapturedStdout;

struct Outcome {
  int status = 0;
  std::string out;
  std::string err;
};

Outcome outcome_of(int (*command)(const Options&), const Options& options) {
  CaptureStdout();
  CaptureStderr();
  const int status = command(options);
  return {.status = status, .out = GetCapturedStdout(), .err = GetCapturedStderr()};
}

// A folder with the cases own/one (must) and own/two (may), and options that read it alone.
class OwnCases {
 public:
  OwnCases() {
    folder_.file("own.irct", script_of("own/one") + script_of("own/two", "level: may\n"));
    options.selection.suite = {.folders = {folder_.path("")}, .builtin = false};
  }
  Options options;

 private:
  TemporaryFolder folder_;
};

TEST(ListCommand, NamesTheSelectedCasesInColumns) {
  const OwnCases own;
  const Outcome outcome = outcome_of(list_command, own.options);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out,
            "own/one  must    A sentence that can be false\n"
            "own/two  may     A sentence that can be false\n");
}

TEST(ListCommand, GivesJsonToPrograms) {
  OwnCases own;
  own.options.format = ListFormat::json;
  const auto list = nlohmann::json::parse(outcome_of(list_command, own.options).out);
  EXPECT_EQ(list[1]["id"], "own/two");
  EXPECT_EQ(list[1]["level"], "may");
  EXPECT_EQ(list[1]["citations"][0]["quotation"], "a test");
  EXPECT_EQ(list[1]["further_cuts"], nlohmann::json::array());
}

TEST(ListCommand, MeasuresNothingWhereAGlobIsMistyped) {
  OwnCases own;
  own.options.selection.only = {"own/onne"};
  const Outcome outcome = outcome_of(list_command, own.options);
  EXPECT_EQ(outcome.status, 3);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "irc-conform: --only: no case matches 'own/onne'; did you mean 'own/one'?\n");
}

TEST(ExplainCommand, ShowsLevelCitationVariationAndScript) {
  OwnCases own;
  own.options.id = "own/two";
  const Outcome outcome = outcome_of(explain_command, own.options);
  EXPECT_EQ(outcome.status, 0);
  testing::expect_golden(SOURCE_DIR "/tests/cli/golden/explain.txt", outcome.out);
}

TEST(ExplainCommand, RefusesAnIdThatIsNone) {
  OwnCases own;
  own.options.id = "own/three";
  const Outcome outcome = outcome_of(explain_command, own.options);
  EXPECT_EQ(outcome.status, 2);
  EXPECT_TRUE(outcome.err.starts_with("irc-conform: no case is called 'own/three'"));
}

TEST(LintCommand, IsSilentWhereAllIsClean) {
  const TemporaryFolder folder;
  Options options;
  options.files = {folder.file("own.irct", script_of("own/one"))};
  const Outcome outcome = outcome_of(lint_command, options);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out + outcome.err, "");
}

TEST(LintCommand, TellsOfAllFilesAndFails) {
  const TemporaryFolder folder;
  Options options;
  options.files = {folder.file("own.irct", script_of("own/one", "")), "/no/such.irct"};
  const Outcome outcome = outcome_of(lint_command, options);
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_NE(outcome.err.find("/no/such.irct: error: No such file"), std::string::npos);
  EXPECT_NE(outcome.err.find("own.irct:1:"), std::string::npos) << "it has no level";
}

TEST(ExportSeedsCommand, WritesAFolderForEachTarget) {
  OwnCases own;
  const TemporaryFolder folder;
  own.options.directory = folder.path("new/seeds");
  own.options.selection.only = {"own/one"};
  const Outcome outcome = outcome_of(export_seeds_command, own.options);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(outcome.out.ends_with(" seeds of 1 cases in " + own.options.directory + "\n"));
  const std::string script = testing::read_file(folder.path("new/seeds/fuzz_script/own_one"));
  EXPECT_TRUE(script.starts_with("case own/one\n")) << script;
  EXPECT_FALSE(std::filesystem::exists(folder.path("new/seeds/fuzz_script/own_two")));
  EXPECT_EQ(outcome_of(export_seeds_command, own.options).out, outcome.out) << "as often as wanted";
}

TEST(ExportSeedsCommand, WritesWhatIsTheSameOnce) {
  OwnCases own;
  const TemporaryFolder folder;
  own.options.directory = folder.path("seeds");
  export_seeds_command(own.options);
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path("seeds/fuzz_loop"))) {
    names.insert(entry.path().filename());
  }
  EXPECT_EQ(names,
            (std::set<std::string>{"own_one", "own_one_bytes", "own_one_random", "own_two_random"}))
      << "but for the drawn cuts the other case sends the same, and other ways are as it is "
         "written";
  EXPECT_TRUE(std::filesystem::exists(folder.path("seeds/fuzz_script/own_two")));
}

TEST(ExportSeedsCommand, NamesWhatItCannotWriteTo) {
  OwnCases own;
  const TemporaryFolder folder;
  own.options.directory = folder.file("file", "");
  try {
    export_seeds_command(own.options);
    FAIL() << "it is no folder";
  } catch (const std::system_error& error) {
    EXPECT_EQ(std::string(error.what()), own.options.directory + ": Not a directory");
  }
}

}  // namespace
}  // namespace conform
