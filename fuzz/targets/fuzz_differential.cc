// fuzz_differential: for every stream and every way to cut it, each adapter gives the lines and the
// messages that the naive framer and parser give with the readings it declares.
//
// Input: as of fuzz_framer; the parsers get its lines. Oracles: DI-FRAME, DI-PARSE, DI-ANSWER,
// DI-DEAD, DI-HANG (differential/adapter.h).
//
// IRC_CONFORM_ADAPTERS in the environment: commands of programs to compare, one a line.
// IRC_CONFORM_LEARN: what a reading explains is no finding, but told at the end with what differs.
#include <cstdlib>
#include <iostream>
#include <string>

#include "fuzz/differential/adapters.h"
#include "fuzz/target.h"

namespace {

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// Reports when the program ends by itself, which a finding keeps it from.
struct Reporting {
  Reporting()
      : differential(fuzz::adapters_of(variable("IRC_CONFORM_ADAPTERS")),
                     !variable("IRC_CONFORM_LEARN").empty()) {}
  ~Reporting() { std::cerr << differential.report(); }

  fuzz::Differential differential;
};

fuzz::Differential& differential() {
  static Reporting session;
  return session.differential;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    fuzz::stop_on(differential().judge(fuzz::text_of(data, size)));
  } catch (const fuzz::NoAdapter& error) {
    std::cerr << "fuzz_differential: " << error.what() << "\n";
    std::_Exit(2);
  }
  return 0;
}
