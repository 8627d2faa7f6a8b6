// Loading cases: the suite that is compiled in, folders of the user's own scripts, single files.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "harness/cli/options.h"
#include "harness/script/model.h"

namespace conform {

struct SuiteCase {
  script::Case item;
  std::shared_ptr<const script::SourceText> source;  // What the spans of `item` point into.
  bool built_in = false;                             // Compiled into the program.
};

// Cases in the order in which they are played. With problems none of them may be.
struct Suite {
  std::vector<SuiteCase> cases;
  std::string problems;  // All of all files, as script::format writes them; empty if there is none.
};

// A script as text. `any_area`: its ids need not begin with the file's name.
struct CaseFile {
  std::string name;
  std::string text;
  bool any_area = false;
  bool built_in = false;
};

// Reads all files; an id that two of them have is a problem.
Suite parse_suite(std::vector<CaseFile> files);

// The compiled-in files, unless they are left out, then those of each folder by name. A folder that
// cannot be read, or that holds no *.irct, is a problem.
Suite load_suite(const SuiteOptions& options);

// The named files, of any area or each of the area that it is named after.
Suite load_files(const std::vector<std::string>& paths, bool any_area);

}  // namespace conform
