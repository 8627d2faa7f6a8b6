#include "tests/tidy/rules/text.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace tidy {
namespace {

namespace fs = std::filesystem;

constexpr auto kFolders = std::to_array<std::string_view>(
    {".ci", ".github", "ci", "corpus/cases", "fuzz", "harness", "server", "tests"});

std::string contents_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void append(const fs::path& root, const fs::directory_entry& entry,
            std::vector<SourceFile>& files) {
  // A worktree's .git is a file.
  if (!entry.is_regular_file() || entry.path().filename() == ".git") return;
  files.push_back(
      {entry.path().lexically_relative(root).generic_string(), contents_of(entry.path())});
}

std::size_t after(std::string_view text, std::string_view mark, std::size_t from) {
  const std::size_t found = text.find(mark, from);
  return found == std::string_view::npos ? text.size() : found + mark.size();
}

std::size_t end_of_quoted(std::string_view text, std::size_t begin) {
  std::size_t at = begin + 1;
  while (at < text.size() && text[at] != text[begin] && text[at] != '\n') {
    at += text[at] == '\\' ? 2U : 1U;
  }
  return std::min(at + 1, text.size());
}

std::size_t end_of_raw_string(std::string_view text, std::size_t begin) {
  const std::size_t delimiter = begin + 2;
  const std::size_t parenthesis = std::min(text.find('(', delimiter), text.size());
  std::string close = ")";
  close += text.substr(delimiter, parenthesis - delimiter);
  return after(text, close + '"', parenthesis);
}

// The end of the comment or literal that begins at `begin`; `begin` itself if none does.
std::size_t end_of_masked(std::string_view text, std::size_t begin) {
  const std::string_view rest = text.substr(begin);
  // The quote of 1'000 and the R of FOR"" follow a character of a word.
  const bool inside_word = begin > 0 && is_identifier_char(text[begin - 1]);
  if (rest.starts_with("//")) return std::min(text.find('\n', begin), text.size());
  if (rest.starts_with("/*")) return after(text, "*/", begin + 2);
  if (rest.starts_with("R\"") && !inside_word) return end_of_raw_string(text, begin);
  if (rest.starts_with('"')) return end_of_quoted(text, begin);
  if (rest.starts_with('\'') && !inside_word) return end_of_quoted(text, begin);
  return begin;
}

}  // namespace

std::vector<SourceFile> read_tree(const fs::path& root) {
  std::vector<SourceFile> files;
  for (const auto& entry : fs::directory_iterator(root)) append(root, entry, files);
  for (const std::string_view folder : kFolders) {
    if (!fs::exists(root / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      append(root, entry, files);
    }
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

bool is_header(const SourceFile& file) {
  return file.path.ends_with(".h");
}

bool is_cpp(const SourceFile& file) {
  return is_header(file) || file.path.ends_with(".cc");
}

std::string_view stem_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.substr(0, name.find('.', 1));
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, length));
    text.remove_prefix(std::min(length + 1, text.size()));
  }
  return lines;
}

std::string code_only(std::string_view text) {
  std::string code(text);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_masked(text, at);
    const auto from = code.begin() + static_cast<std::ptrdiff_t>(at);
    const auto to = code.begin() + static_cast<std::ptrdiff_t>(end);
    std::replace_if(
        from, to, [](char c) { return c != '\n'; }, ' ');
    at = std::max(end, at + 1);
  }
  return code;
}

bool is_identifier_char(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool begins_with_one(std::string_view name, std::string_view prefixes) {
  while (!prefixes.empty()) {
    const std::size_t length = std::min(prefixes.find(' '), prefixes.size());
    if (name.starts_with(prefixes.substr(0, length))) return true;
    prefixes.remove_prefix(std::min(length + 1, prefixes.size()));
  }
  return false;
}

std::size_t line_at(std::string_view text, std::size_t position) {
  const std::string_view before = text.substr(0, position);
  return 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
}

}  // namespace tidy
