// The built programs as tests over loopback run them, and a few scripts of the tests' own.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/support/files.h"
#include "tests/support/json_schema.h"
#include "tests/support/process.h"

namespace conform::testing {

using Arguments = std::vector<std::string>;

// The words of a text without quotes.
Arguments words(std::string_view text);

inline constexpr const char* kConform = BINARY_DIR "/irc-conform";

// What --spawn takes to run a mutant.
std::string mutant(std::string_view name, std::string_view record = "");

// A run of irc-conform that has ended, and its JSON.
struct Outcome {
  Ended ended;
  nlohmann::json report;  // Held against the schema; null if none was written.

  // The case with that id; fails the test if there is none.
  nlohmann::json result(std::string_view id) const;
};

// A case probe/NAME of level must and with two registered clients, a and b.
struct Probe {
  std::string name;
  std::string steps;
};

// A folder with cases of the tests' own, and runs of irc-conform that play nothing else.
class Probes {
 public:
  explicit Probes(std::initializer_list<Probe> probes);

  std::string path(std::string_view name) const { return folder_.path(name); }
  // The command line that plays them.
  Arguments command(std::string_view words_of_it, const Arguments& more = {}) const;
  Outcome run(std::string_view words_of_it, const Arguments& more = {}) const;
  // The report of a run that this folder's command line began.
  nlohmann::json report() const;

 private:
  TemporaryFolder folder_;
};

}  // namespace conform::testing
