// The bugs that ci/planted_bugs.sh plants are still those of the code as it is: each patch applies.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <sstream>
#include <string>

#include "tests/support/files.h"

namespace {

namespace fs = std::filesystem;

// By file, what each hunk of a unified diff expects to find in it.
std::multimap<std::string, std::string> expected_by(const std::string& patch) {
  std::multimap<std::string, std::string> expected;
  std::string file;
  std::string* hunk = nullptr;
  std::istringstream lines(patch);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("--- a/")) {
      file = line.substr(6);
      hunk = nullptr;
    } else if (line.starts_with("@@ ")) {
      hunk = &expected.emplace(file, "")->second;
    } else if (hunk != nullptr && !line.starts_with("+")) {
      *hunk += (line.empty() ? "" : line.substr(1)) + "\n";
    }
  }
  return expected;
}

TEST(PlantedBugs, Apply) {
  std::size_t hunks = 0;
  for (const auto& entry : fs::recursive_directory_iterator(SOURCE_DIR "/tests/fuzz/planted")) {
    if (entry.path().extension() != ".patch") continue;
    const auto expected = expected_by(conform::testing::read_file(entry.path()));
    EXPECT_FALSE(expected.empty()) << entry.path() << " changes nothing";
    for (const auto& [file, text] : expected) {
      const std::string source = conform::testing::read_file(std::string(SOURCE_DIR "/") + file);
      EXPECT_NE(source.find(text), std::string::npos) << entry.path() << " expects\n" << text;
      ++hunks;
    }
  }
  EXPECT_GT(hunks, 0U);
}

}  // namespace
