#include "tests/mutants/expected.h"

#include <algorithm>
#include <utility>

#include "tests/mutants/over_loopback.h"

namespace conform::testing {
namespace {

// It passes nothing, whatever is learnt of it.
Expected stranger(std::string_view mutant, bool learns = true) {
  return {.mutant = mutant,
          .fails = {},
          .elsewhere = "*",
          .why = "It is no server.",
          .play = {.faults = {}, .floods = true, .learns = learns},
          .passes = false,
          .proves = false};
}

// Those that are wrong as a whole, or end.
std::vector<Expected> expected_of_processes() {
  return {
      {.mutant = "none", .why = "The reference passes everything.", .play = kWithFloods},
      stranger("silent"),
      // It cannot be learnt: what comes back as it was sent is no answer.
      stranger("echoing", false),
      stranger("closing"),
      stranger("silent-but-to-one"),
      stranger("echoing-but-to-one"),
      stranger("closing-but-to-one"),
      {.mutant = "only-pongs", .elsewhere = "*", .why = "Nothing is relayed.", .proves = false},
      {.mutant = "seed-article",
       .fails = {"framing/bare-lf-terminates", "framing/nul-does-not-swallow-next-line",
                 "backpressure/slow-reader-gets-all", "liveness/ping-timeout-closes"},
       .elsewhere = "*",
       .why = "The article's loop has a dozen faults.",
       .play = kWithFloods},
      {.mutant = "sleeper", .why = "Slow is not wrong."},
      {.mutant = "dies-of-overlong-line",
       .fails = {"limits/overlong-does-not-stall", "limits/unterminated-overlong-then-terminator"},
       .elsewhere = "limits",
       .why = "Every overlong line ends it."},
      {.mutant = "dies-of-nul",
       .fails = {"framing/nul-does-not-stall", "framing/nul-never-relayed"},
       .elsewhere = "framing isolation",
       .why = "Every NUL ends it."},
      {.mutant = "dies-of-format",
       .fails = {"isolation/malformed-input-only-hurts-sender", "parsing/command-non-letters"}},
      {.mutant = "dies-of-missing-parameter",
       .fails = {"isolation/malformed-commands-hurt-only-their-sender",
                 "parsing/missing-parameters-461"}},
      {.mutant = "dies-of-many-parameters",
       .fails = {"parsing/many-parameters-survive", "parsing/fifteenth-parameter-without-colon",
                 "isolation/malformed-commands-hurt-only-their-sender"}},
      {.mutant = "dies-of-empty-pong",
       .fails = {"liveness/pong-without-token",
                 "isolation/malformed-commands-hurt-only-their-sender"}},
      {.mutant = "dies-of-backslash-in-tag", .fails = {"isolation/fuzz-corpus-no-crash"}},
      {.mutant = "dies-of-empty-line",
       .fails = {"framing/empty-lines-ignored", "framing/empty-lines-before-registration"},
       .elsewhere = "framing isolation limits",
       .why = "Empty lines are part of garbage, of mixed terminators, and what it sees of a line's "
              "end that comes alone."},
      {.mutant = "dies-of-reset",
       .fails = {"disconnect/rst-generates-quit", "isolation/neighbours-survive-a-reset",
                 "backpressure/peer-closes-while-output-pending"},
       .elsewhere = "disconnect framing isolation",
       .why = "Every reset ends it.",
       .play = kWithFloods},
      {.mutant = "dies-of-broken-pipe",
       .fails = {"isolation/replies-to-a-closed-client", "disconnect/quit-and-rst-together"}},
      {.mutant = "dies-of-second-write",
       .fails = {"isolation/sigpipe-second-write"},
       .elsewhere = "disconnect framing isolation backpressure",
       .why = "Many leave while something is sent to them."},
  };
}

}  // namespace

std::span<const Expected> expected_mutants() {
  static const std::vector<Expected> rows = [] {
    std::vector<Expected> all = expected_of_processes();
    for (auto part : {expected_of_lines, expected_of_connections}) {
      for (Expected& row : part()) all.push_back(std::move(row));
    }
    return all;
  }();
  return rows;
}

bool proves(const std::string& mutant) {
  const auto found = std::ranges::find(expected_mutants(), mutant, &Expected::mutant);
  if (found != expected_mutants().end()) return found->proves;
  return std::ranges::count(mutants_over_loopback(), mutant, &OverLoopback::mutant) > 0;
}

}  // namespace conform::testing
