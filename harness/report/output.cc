#include "harness/report/output.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <set>
#include <system_error>

#include "harness/report/file.h"
#include "harness/report/replay.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

// Leaves room for a number, an extension and ".tmp" in the 255 bytes of a file name.
constexpr std::size_t kStemBytesMax = 200;

bool is_safe(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_';
}

std::string stem_of(const CaseResult& result) {
  const bool as_written = result.variant.empty() || result.variant == "as-written";
  std::string stem = as_written ? result.id : result.id + "-" + result.variant;
  if (stem.size() > kStemBytesMax) stem.resize(kStemBytesMax);
  for (char& byte : stem) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte - 'A' + 'a');
    if (!is_safe(byte)) byte = '-';
  }
  while (stem.ends_with('-')) stem.pop_back();
  // A leading '-' would be taken for an option.
  if (stem.empty() || stem.front() == '-') stem.insert(0, "case");
  return stem;
}

}  // namespace

std::vector<std::string> file_stems(const std::vector<CaseResult>& results) {
  std::vector<std::string> stems;
  std::set<std::string> taken;
  for (const CaseResult& result : results) {
    const std::string stem = stem_of(result);
    std::string unique = stem;
    for (int n = 2; !taken.insert(unique).second; ++n) unique = fmt::format("{}-{}", stem, n);
    stems.push_back(unique);
  }
  return stems;
}

void create_output(const std::string& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (!error && !fs::is_directory(directory, error)) {
    error = std::make_error_code(std::errc::not_a_directory);
  }
  if (!error && ::access(directory.c_str(), W_OK | X_OK) != 0) {
    error = std::error_code(errno, std::generic_category());
  }
  if (error) throw std::system_error(error, directory);
}

void write_output(const RunResult& run, const std::string& directory) {
  create_output(directory);
  const std::vector<std::string> stems = file_stems(run.cases);
  for (std::size_t i = 0; i < run.cases.size(); ++i) {
    const CaseResult& result = run.cases[i];
    if (result.grade == Grade::pass) continue;
    const std::string path = (fs::path(directory) / stems[i]).string();
    if (!result.replay.empty()) {
      write_file(path + ".irct", saved_script(run, result, path + ".irct"));
    }
    if (!result.transcript.empty()) write_file(path + ".transcript", result.transcript);
  }
}

}  // namespace conform
