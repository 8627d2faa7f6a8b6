#include "harness/cli/suite.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/cli/builtin.h"
#include "tests/cli/suite_of.h"
#include "tests/support/files.h"

namespace conform {
namespace {

using testing::script_of;
using testing::TemporaryFolder;

SuiteOptions folder_only(const TemporaryFolder& folder) {
  return {.folders = {folder.path("")}, .builtin = false};
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Suite, HasNoProblemInTheBuiltInFiles) {
  EXPECT_EQ(load_suite({}).problems, "");
}

TEST(Suite, EmbedsEveryFileByteForByte) {
  for (const auto& [name, text] : builtin_files()) {
    const std::string path = std::string(SOURCE_DIR "/corpus/cases/").append(name);
    EXPECT_TRUE(text == testing::read_file(path)) << name;
  }
}

TEST(Suite, LoadsAFolderByNameOfFileAndTakesOwnAreas) {
  const TemporaryFolder folder;
  folder.file("b.irct", script_of("mine/two"));
  folder.file("a.irct", script_of("own/one"));
  folder.file("notes.txt", "no script");
  const Suite suite = load_suite(folder_only(folder));
  EXPECT_EQ(suite.problems, "");
  ASSERT_EQ(suite.cases.size(), 2u);
  EXPECT_EQ(suite.cases[0].item.id, "own/one");
  EXPECT_EQ(suite.cases[1].source->name, folder.path("b.irct"));
}

TEST(Suite, TellsTheProblemsOfAllFiles) {
  const TemporaryFolder folder;
  folder.file("a.irct", "nonsense\n");
  folder.file("b.irct", script_of("b/x", "level: maybe\n"));
  const std::string problems = load_suite(folder_only(folder)).problems;
  EXPECT_TRUE(contains(problems, folder.path("a.irct:1:1: error: "))) << problems;
  EXPECT_TRUE(contains(problems, folder.path("b.irct:3:"))) << problems;
}

TEST(Suite, RefusesAnIdThatTwoFilesHave) {
  const TemporaryFolder folder;
  folder.file("a.irct", script_of("x/one"));
  folder.file("b.irct", script_of("x/one"));
  const std::string expected = "duplicate id 'x/one'; it stands in " + folder.path("a.irct:1");
  EXPECT_TRUE(contains(load_suite(folder_only(folder)).problems, expected));
}

TEST(Suite, TellsOnceThatAFileIsACopy) {
  const TemporaryFolder folder;
  folder.file("a.irct", script_of("x/one") + script_of("x/two") + script_of("x/three"));
  folder.file("b.irct", script_of("x/one") + script_of("x/two") + script_of("x/four"));
  const std::string problems = load_suite(folder_only(folder)).problems;
  EXPECT_TRUE(contains(
      problems,
      "duplicate id 'x/one', the first of 2 in this file; it stands in " + folder.path("a.irct:1")))
      << problems;
  EXPECT_FALSE(contains(problems, "x/two")) << problems;
}

TEST(Suite, TellsHowToPlayACopyOfWhatIsBuiltIn) {
  const TemporaryFolder folder;
  const EmbeddedFile& file = builtin_files().front();
  folder.file(std::string(file.name), std::string(file.text));
  const SuiteOptions beside{.folders = {folder.path("")}, .builtin = true};
  EXPECT_TRUE(contains(load_suite(beside).problems, "--no-builtin-cases leaves"));
  EXPECT_EQ(load_suite(folder_only(folder)).problems, "");
}

TEST(Suite, TellsOfAFolderThatGivesNothing) {
  const TemporaryFolder folder;
  EXPECT_EQ(load_suite(folder_only(folder)).problems,
            folder.path("") + ": error: no *.irct file in this folder\n");
  EXPECT_EQ(load_suite({.folders = {"/no/such"}, .builtin = false}).problems,
            "/no/such: error: No such file or directory\n");
}

TEST(Suite, TellsOfFilesThatCannotBeRead) {
  const TemporaryFolder folder;
  EXPECT_EQ(load_files({"/no/such.irct"}, true).problems,
            "/no/such.irct: error: No such file or directory\n");
  EXPECT_EQ(load_files({folder.path("")}, true).problems,
            folder.path("") + ": error: Is a directory\n");
}

TEST(Suite, HoldsAnAreaAgainstTheNameOfTheFileWhereAsked) {
  const TemporaryFolder folder;
  const std::string file = folder.file("framing.irct", script_of("other/one"));
  EXPECT_EQ(load_files({file}, true).problems, "");
  EXPECT_NE(load_files({file}, false).problems, "");
}

}  // namespace
}  // namespace conform
