// The rules on a file as a whole: how it opens, how long it is, how its lines look.
#include <algorithm>

#include "tests/tidy/rules/rules.h"

namespace tidy {
namespace {

constexpr std::size_t kLinesMax = 400;
constexpr std::size_t kColumnsMax = 100;

// Characters of UTF-8, which is what an editor shows.
std::size_t columns_of(std::string_view line) {
  const auto begins_character = [](char c) { return (static_cast<unsigned char>(c) >> 6) != 2; };
  return static_cast<std::size_t>(std::ranges::count_if(line, begins_character));
}

bool has_layout(const SourceFile& file) {
  return is_cpp(file) || file.path.ends_with(".sh") || file.path.ends_with("CMakeLists.txt");
}

void check_line(std::string_view line, std::size_t number, Findings& findings) {
  if (columns_of(line) > kColumnsMax) findings.push_back({number, "over 100 columns"});
  if (line.find('\t') != std::string_view::npos) findings.push_back({number, "a tab"});
  if (line.ends_with('\r')) findings.push_back({number, "CR LF instead of LF"});
  if (line.ends_with(' ')) findings.push_back({number, "blanks at the end of the line"});
}

}  // namespace

Findings check_header_opening(const SourceFile& file) {
  if (!is_header(file)) return {};
  const auto lines = lines_of(file.text);
  const auto is_comment = [](std::string_view line) { return line.starts_with("//"); };
  const auto code = std::ranges::find_if_not(lines, is_comment);
  if (code == lines.begin()) return {{1, "a header opens with a comment: what it is for"}};
  if (code != lines.end() && *code == "#pragma once") return {};
  const auto number = static_cast<std::size_t>(code - lines.begin()) + 1;
  return {{number, "#pragma once follows the opening comment"}};
}

Findings check_file_length(const SourceFile& file) {
  const std::size_t count = lines_of(file.text).size();
  if (!is_cpp(file) || count <= kLinesMax) return {};
  return {{count, "over 400 lines: two files in one?"}};
}

Findings check_layout(const SourceFile& file) {
  Findings findings;
  if (!has_layout(file)) return findings;
  const auto lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) check_line(lines[i], i + 1, findings);
  if (!file.text.ends_with('\n')) {
    findings.push_back({std::max<std::size_t>(lines.size(), 1), "no newline at the end"});
  }
  return findings;
}

}  // namespace tidy
