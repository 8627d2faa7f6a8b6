#include "harness/report/output.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "harness/report/file.h"
#include "tests/report/sample_run.h"
#include "tests/support/files.h"

namespace conform {
namespace {

namespace fs = std::filesystem;
using testing::read_file;
using testing::result;
using testing::sample_run;
using testing::TemporaryFolder;
using Names = std::vector<std::string>;

Names stems_of(const Names& ids, const std::string& variant = "as-written") {
  std::vector<CaseResult> results;
  for (const std::string& id : ids) results.push_back(result(id, Grade::fail));
  for (CaseResult& item : results) item.variant = variant;
  return file_stems(results);
}

// The message of the std::system_error that `act` throws.
template <class Act>
std::string error_of(Act act) {
  try {
    act();
  } catch (const std::system_error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Output, NamesFilesByAreaSlugAndVariant) {
  EXPECT_EQ(stems_of({"framing/bare-cr"}), Names{"framing-bare-cr"});
  EXPECT_EQ(stems_of({"framing/bare-cr"}, "cut(7)"), Names{"framing-bare-cr-cut-7"});
}

TEST(Output, NeverLeavesItsFolderNorMakesANameThatIsUnsafe) {
  EXPECT_EQ(stems_of({"../../etc/passwd"}), Names{"case------etc-passwd"});
  EXPECT_EQ(stems_of({std::string("a\0\x1b b", 5)}), Names{"a---b"});
  EXPECT_EQ(stems_of({""}), Names{"case"});
  EXPECT_EQ(stems_of({std::string(500, 'x')}), Names{std::string(200, 'x')});
}

TEST(Output, GivesEachResultANameOfItsOwn) {
  EXPECT_EQ(stems_of({"a/b-c", "a-b/c", "A/b-c"}), (Names{"a-b-c", "a-b-c-2", "a-b-c-3"}));
}

TEST(Output, WritesAScriptAndATranscriptForWhatDidNotPass) {
  const TemporaryFolder folder;
  write_output(sample_run(), folder.path("deep/out"));
  const std::string quit = folder.path("deep/out/disconnect-rst-in-channel-cut-7");
  EXPECT_TRUE(read_file(quit + ".irct").ends_with("\n\ncase disconnect/rst-in-channel\n"));
  EXPECT_EQ(read_file(quit + ".transcript"), "a > JOIN {chan}\na rst\nb < 366 ...\n");
  EXPECT_FALSE(fs::exists(folder.path("deep/out/framing-split.irct"))) << "it passed";
  EXPECT_FALSE(fs::exists(folder.path("deep/out/tls-records.irct"))) << "it was not played";
}

TEST(Output, NamesWhatCannotBeAFolder) {
  EXPECT_EQ(error_of([] { create_output("/proc/x"); }), "/proc/x: No such file or directory");
  const TemporaryFolder folder;
  const std::string file = folder.file("file", "");
  EXPECT_EQ(error_of([&] { write_output({}, file); }), file + ": Not a directory");
}

TEST(WriteFile, ReplacesAFileAndLeavesNoDraft) {
  const TemporaryFolder folder;
  const std::string path = folder.file("report.json", "old");
  write_file(path, "new");
  EXPECT_EQ(read_file(path), "new");
  EXPECT_FALSE(fs::exists(path + ".tmp"));
}

TEST(WriteFile, WritesThroughALink) {
  const TemporaryFolder folder;
  fs::create_symlink(folder.file("real", "old"), folder.path("link"));
  write_file(folder.path("link"), "new");
  EXPECT_EQ(read_file(folder.path("real")), "new");
  EXPECT_TRUE(fs::is_symlink(folder.path("link")));
}

TEST(WriteFile, LeavesADeviceInItsPlace) {
  write_file("/dev/null", "gone");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST(WriteFile, NamesTheFileAndTheReason) {
  const TemporaryFolder folder;
  const std::string path = folder.path("missing/report.json");
  EXPECT_EQ(error_of([&] { write_file(path, "x"); }), path + ".tmp: No such file or directory");
  EXPECT_EQ(error_of([] { write_file("/dev/full", "x"); }), "/dev/full: No space left on device");
}

}  // namespace
}  // namespace conform
