#include "tests/mutants/expected.h"

namespace conform::testing {

std::span<const Expected> expected_mutants() {
  constexpr Play kWithFloods{.faults = {}, .floods = true};
  static const std::vector<Expected> rows = {
      {.mutant = "none", .play = kWithFloods},
      {.mutant = "seed-article", .elsewhere = "*", .play = kWithFloods},
      {.mutant = "silent", .elsewhere = "*", .play = kWithFloods, .passes = false, .proves = false},
      {.mutant = "echoing",
       .elsewhere = "*",
       .play = kWithFloods,
       .passes = false,
       .proves = false},
      {.mutant = "closing",
       .elsewhere = "*",
       .play = kWithFloods,
       .passes = false,
       .proves = false},
      {.mutant = "silent-but-to-one",
       .elsewhere = "*",
       .play = kWithFloods,
       .passes = false,
       .proves = false},
      {.mutant = "echoing-but-to-one",
       .elsewhere = "*",
       .play = kWithFloods,
       .passes = false,
       .proves = false},
      {.mutant = "closing-but-to-one",
       .elsewhere = "*",
       .play = kWithFloods,
       .passes = false,
       .proves = false},
      {.mutant = "only-pongs", .elsewhere = "*", .proves = false},
      {.mutant = "sleeper"},
      {.mutant = "dies-of-overlong-line"},
      {.mutant = "dies-of-nul"},
      {.mutant = "dies-of-format"},
      {.mutant = "dies-of-reset"},
      {.mutant = "dies-of-broken-pipe"},
      {.mutant = "loses-partial-tail"},
      {.mutant = "one-line-a-read"},
      {.mutant = "fin-ends-line"},
      {.mutant = "runs-tail-of-overlong"},
      {.mutant = "unbounded-line"},
      {.mutant = "cr-is-text"},
      {.mutant = "only-crlf"},
      {.mutant = "nul-ends-read"},
      {.mutant = "shared-buffer"},
      {.mutant = "inherited-buffer"},
      {.mutant = "reads-once-per-edge"},
      {.mutant = "lf-only"},
      {.mutant = "one-byte-too-long"},
      {.mutant = "runs-lines-after-quit"},
      {.mutant = "no-quit-at-reset"},
      {.mutant = "no-quit-at-fin"},
      {.mutant = "keeps-the-reset"},
      {.mutant = "ignores-fin"},
      {.mutant = "fin-behind-data-is-lost"},
      {.mutant = "reset-takes-neighbour"},
      {.mutant = "no-error"},
      {.mutant = "no-linger"},
      {.mutant = "full-is-broken", .play = kWithFloods},
      {.mutant = "quiet-is-end", .play = {.faults = {.spurious = 0.1}, .floods = false}},
      {.mutant = "short-write-is-lost", .play = kWithFloods},
      {.mutant = "waits-for-slow-reader", .play = kWithFloods},
      {.mutant = "never-asks"},
  };
  return rows;
}

std::span<const Unproved> unproved_cases() {
  return {};
}

}  // namespace conform::testing
