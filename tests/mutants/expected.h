// Which cases each mutant must fail, and where else it may: the proof that the suite can fail.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/mutants/kills.h"

namespace conform::testing {

// What a failure must say.
struct Said {
  std::string_view id;
  std::string_view words;
};

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
  std::vector<Said> says = {};
};

inline const Play kWithFloods{.faults = {}, .floods = true};

// Those that read, take apart and write lines wrongly: framing, limits, parsing, encoding.
std::vector<Expected> expected_of_lines();
// Those that err about who is there, and in whose turn it is: liveness, disconnect, isolation,
// backpressure.
std::vector<Expected> expected_of_connections();

// One for each mutant.
std::span<const Expected> expected_mutants();

// Whether what this mutant fails, here or over loopback, is known to be able to fail.
bool proves(const std::string& mutant);

}  // namespace conform::testing
