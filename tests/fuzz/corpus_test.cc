// What is committed for fuzz targets keeps its limits, and belongs to a target that there is.
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <string>

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFilesMax = 500;
constexpr std::uintmax_t kBytesMax = 1 << 20;

TEST(Corpus, OfEachTargetIsSmall) {
  std::size_t targets = 0;
  for (const char* const kind : {"seeds", "regressions"}) {
    for (const auto& folder : fs::directory_iterator(fs::path(SOURCE_DIR "/corpus") / kind)) {
      std::size_t files = 0;
      std::uintmax_t bytes = 0;
      for (const auto& file : fs::directory_iterator(folder)) {
        ++files;
        bytes += file.file_size();
      }
      EXPECT_GT(files, 0U) << folder;
      EXPECT_LE(files, kFilesMax) << folder;
      EXPECT_LE(bytes, kBytesMax) << folder;
      ++targets;
    }
  }
  EXPECT_GT(targets, 0U);
}

TEST(Corpus, BelongsToATargetThatHasOptions) {
  for (const char* const kind : {"seeds", "regressions"}) {
    for (const auto& folder : fs::directory_iterator(fs::path(SOURCE_DIR "/corpus") / kind)) {
      const std::string name = folder.path().filename().string();
      EXPECT_TRUE(fs::exists(SOURCE_DIR "/fuzz/targets/" + name + ".cc")) << folder;
      EXPECT_TRUE(fs::exists(SOURCE_DIR "/fuzz/" + name + ".options")) << folder;
    }
  }
}

TEST(Targets, AllButTheCanaryHaveOptionsAndSeeds) {
  std::size_t targets = 0;
  for (const auto& file : fs::directory_iterator(SOURCE_DIR "/fuzz/targets")) {
    const std::string name = file.path().stem().string();
    if (name == "fuzz_canary") continue;
    EXPECT_TRUE(fs::exists(SOURCE_DIR "/fuzz/" + name + ".options")) << name;
    EXPECT_TRUE(fs::exists(SOURCE_DIR "/corpus/seeds/" + name)) << name;
    ++targets;
  }
  EXPECT_GT(targets, 0U);
}

}  // namespace
