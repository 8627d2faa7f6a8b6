// The files of the tree as the rules see them, and the little lexing that the rules share.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tidy {

struct SourceFile {
  std::string path;  // From the root of the repository, with '/'.
  std::string text;
};

// Every file of ours below `root`: the folders of source, scripts and cases, and what lies in the
// root itself. Build folders and the binary inputs of the fuzzers are left out. Sorted by path.
std::vector<SourceFile> read_tree(const std::filesystem::path& root);

bool is_header(const SourceFile& file);
bool is_cpp(const SourceFile& file);  // A header or a source.

// The file's name without folder and extension.
std::string_view stem_of(std::string_view path);

// Without their newlines. Views into `text`.
std::vector<std::string_view> lines_of(std::string_view text);

// C++ with each character of a comment, string or character literal turned into a blank. Same size
// and same newlines as `text`, so that positions hold in both.
std::string code_only(std::string_view text);

// Whether one of `prefixes`, separated by blanks, begins `name`.
bool begins_with_one(std::string_view name, std::string_view prefixes);

bool is_identifier_char(char c);

// The 1-based line of a position in `text`.
std::size_t line_at(std::string_view text, std::size_t position);

}  // namespace tidy
