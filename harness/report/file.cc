#include "harness/report/file.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

namespace conform {
namespace {

namespace fs = std::filesystem;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

[[noreturn]] void fail(const std::string& path) {
  throw std::system_error(errno, std::generic_category(), path);
}

void write_all(std::FILE* file, const std::string& path, std::string_view content) {
  if (std::fwrite(content.data(), 1, content.size(), file) != content.size()) fail(path);
  if (std::fflush(file) != 0) fail(path);
}

void write_in_place(const std::string& path, std::string_view content) {
  const File file(std::fopen(path.c_str(), "wb"));
  if (!file) fail(path);
  write_all(file.get(), path, content);
}

void write_and_rename(const std::string& path, std::string_view content) {
  const std::string draft = path + ".tmp";
  try {
    write_in_place(draft, content);
    if (std::rename(draft.c_str(), path.c_str()) != 0) fail(path);
  } catch (const std::system_error&) {
    std::error_code ignored;
    fs::remove(draft, ignored);
    throw;
  }
}

}  // namespace

void write_file(const std::string& path, std::string_view content) {
  if (path == "-") return write_all(stdout, "standard output", content);
  std::error_code none;
  const fs::path resolved = fs::canonical(path, none);
  // Renaming over a link would leave what it points to unwritten.
  if (none) return write_and_rename(path, content);
  if (fs::is_regular_file(resolved, none)) return write_and_rename(resolved.string(), content);
  return write_in_place(path, content);
}

}  // namespace conform
