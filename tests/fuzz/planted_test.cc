// The bugs that ci/planted_bugs.sh plants are still those of the code as it is: each patch applies.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/process.h"

namespace {

namespace fs = std::filesystem;

TEST(PlantedBugs, Apply) {
  std::size_t patches = 0;
  for (const auto& entry : fs::recursive_directory_iterator(SOURCE_DIR "/tests/fuzz/planted")) {
    if (entry.path().extension() != ".patch") continue;
    const conform::testing::Ended tried = conform::testing::run_program(
        {"/usr/bin/patch", "--directory", SOURCE_DIR, "--strip=1", "--fuzz=0", "--dry-run",
         "--reject-file=-", "--input", entry.path()});
    EXPECT_EQ(tried.status, 0) << entry.path() << "\n" << tried.out << tried.err;
    ++patches;
  }
  EXPECT_GT(patches, 0U);
}

}  // namespace
