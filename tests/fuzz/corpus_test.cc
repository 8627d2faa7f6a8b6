// What is committed for fuzz targets keeps its limits, and belongs to a target that there is.
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/files.h"

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFilesMax = 500;
constexpr std::uintmax_t kBytesMax = 1 << 20;

std::vector<fs::path> committed_files() {
  std::vector<fs::path> files;
  for (const char* const kind : {"seeds", "regressions"}) {
    for (const auto& folder : fs::directory_iterator(fs::path(SOURCE_DIR "/corpus") / kind)) {
      for (const auto& file : fs::directory_iterator(folder)) files.push_back(file.path());
    }
  }
  return files;
}

// By its options; 0 where these do not say it.
std::uintmax_t max_len_of(const std::string& target) {
  constexpr std::string_view kKey = "max_len = ";
  const std::string options = conform::testing::read_file(
      std::string(SOURCE_DIR "/fuzz/").append(target).append(".options"));
  const std::size_t at = options.find(kKey);
  return at == options.npos ? 0 : std::stoul(options.substr(at + kKey.size()));
}

// Seeds and regressions of a target together.
TEST(Corpus, OfEachTargetIsSmall) {
  struct Size {
    std::size_t files = 0;
    std::uintmax_t bytes = 0;
  };
  std::map<std::string, Size> sizes;
  for (const fs::path& file : committed_files()) {
    Size& size = sizes[file.parent_path().filename()];
    ++size.files;
    size.bytes += fs::file_size(file);
  }
  EXPECT_FALSE(sizes.empty());
  for (const auto& [target, size] : sizes) {
    EXPECT_LE(size.files, kFilesMax) << target;
    EXPECT_LE(size.bytes, kBytesMax) << target;
  }
}

// libFuzzer cuts what is longer, and says nothing.
TEST(Corpus, IsReadWholeByItsTarget) {
  for (const fs::path& file : committed_files()) {
    EXPECT_LE(fs::file_size(file), max_len_of(file.parent_path().filename())) << file;
  }
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
