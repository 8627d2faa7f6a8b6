// What the suite covers: the requirements on a server, the cases that hold it to each, and the
// mutants that prove that these can fail. corpus/coverage.md is made of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/mutants/kills.h"

namespace conform::testing {

// A line of corpus/requirements.tsv.
struct Demand {
  std::string id;                    // "area/slug"; its case has the same id where there is one.
  std::string level;                 // As the catalogue recommends it: must, should, may.
  std::vector<std::string> classes;  // Failure classes: "S6".
  std::vector<std::string> cases;    // The one that is its own first.
  std::string note;                  // Why no case, or what a reader must know. May be empty.
};

// The lines of a table with tabs between its five columns, "-" for nothing; "#" begins a comment.
std::vector<Demand> parse_demands(std::string_view table);

// Markdown: an area a table, then the failure classes, then cases beyond the requirements.
std::string coverage_page(const std::vector<Demand>& demands, const Kills& kills);

}  // namespace conform::testing
