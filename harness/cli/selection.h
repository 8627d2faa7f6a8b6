// Which cases of a suite are meant. Pure functions of the suite and the options.
#pragma once

#include <string>
#include <vector>

#include "harness/cli/options.h"
#include "harness/cli/suite.h"

namespace conform {

struct Selected {
  std::vector<const SuiteCase*> cases;  // Into the suite, in its order.
  std::string problem;                  // Why nothing is to be played, in one line; then no cases.
};

// With `quick`, cases tagged "slow" are left out. A glob of --only that matches no case of the
// suite is a problem, with the id that was perhaps meant or the areas; so is a selection that
// leaves nothing.
Selected select(const Suite& suite, const SelectionOptions& options, bool quick);

// The case with this id, or null; then `problem` names the one that was perhaps meant.
struct Found {
  const SuiteCase* item = nullptr;
  std::string problem;
};
Found find_case(const Suite& suite, const std::string& id);

}  // namespace conform
