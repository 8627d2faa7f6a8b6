// Files for tests: reading one whole, and a folder that is gone with its owner.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace conform::testing {

// The bytes of a file; throws std::runtime_error that names it.
std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, std::string_view content);

// A fresh folder below the system's temporary one.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string path(std::string_view name) const { return (root_ / name).string(); }
  // Writes a file in it and returns its path.
  std::string file(std::string_view name, std::string_view content) const;

 private:
  std::filesystem::path root_;
};

// Holds `actual` against the golden file `path`. With UPDATE_GOLDEN set in the environment, writes
// it there instead.
void expect_golden(const std::filesystem::path& path, const std::string& actual);

}  // namespace conform::testing
