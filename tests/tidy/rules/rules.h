// The rules that the compiler and clang-tidy cannot check: who may include whom, which calls are
// made where, how a file opens and how long it is. Each is a function over one file's text.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/rules/text.h"

namespace tidy {

struct Finding {
  std::size_t line = 0;  // 1-based.
  std::string message;   // What is wrong and what to write instead.
};

using Findings = std::vector<Finding>;

struct Rule {
  std::string_view name;  // A sentence about the tree in PascalCase.
  Findings (*check)(const SourceFile& file);
};

// All of the rules below.
std::span<const Rule> all_rules();

// An include path starts at the root and names only what the file's layer may know.
Findings check_includes(const SourceFile& file);

// No call that has a better replacement, and system calls only where they are wrapped.
Findings check_banned_calls(const SourceFile& file);

// A header opens with a comment that says what it is for, then #pragma once.
Findings check_header_opening(const SourceFile& file);

// No C++ file is over 400 lines.
Findings check_file_length(const SourceFile& file);

// At most 100 columns, no tab, no trailing blank, no CR, a newline at the end.
Findings check_layout(const SourceFile& file);

// A to-do says in parentheses what it waits for.
Findings check_todos(const SourceFile& file);

// No file name or identifier has a word that names nothing.
Findings check_names(const SourceFile& file);

// A case stands in the file that its area names.
Findings check_case_areas(const SourceFile& file);

// Nothing refers to a path of one developer's machine.
Findings check_machine_paths(const SourceFile& file);

}  // namespace tidy
