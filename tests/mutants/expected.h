// Which cases each mutant must fail, and where else it may: the proof that the suite can fail.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "tests/mutants/kills.h"

namespace conform::testing {

struct Expected {
  std::string_view mutant;
  std::vector<std::string_view> fails;  // Ids of cases that must fail.
  // The areas in which others may fail too, separated by blanks ("*": in all), and why.
  std::string_view elsewhere;
  std::string_view why;
  Play play{.faults = {}, .floods = false};
  bool passes = true;  // Else no case may end in pass, lenient or info.
  // What fails here is known to be able to fail. Not so with those that fail nearly everything, at
  // its first positive control.
  bool proves = true;
};

// One for each mutant.
std::span<const Expected> expected_mutants();

}  // namespace conform::testing
