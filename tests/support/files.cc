#include "tests/support/files.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace conform::testing {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const fs::path& path, std::string_view content) {
  std::ofstream file(path, std::ios::binary);
  file << content;
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "irc-conform-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make " + pattern);
  root_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

std::string TemporaryFolder::file(std::string_view name, std::string_view content) const {
  write_file(root_ / name, content);
  return path(name);
}

void expect_golden(const fs::path& path, const std::string& actual) {
  if (std::getenv("UPDATE_GOLDEN") != nullptr) write_file(path, actual);
  EXPECT_EQ(read_file(path), actual) << "UPDATE_GOLDEN=1 rewrites " << path;
}

}  // namespace conform::testing
