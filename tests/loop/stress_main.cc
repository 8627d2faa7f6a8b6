// loop_stress: the loop under stress for as many rounds as one has time for.
//
//   loop_stress [ROUNDS [FIRST_SEED]]    a million, from seed 0
//
// Prints the seed and what did not hold, and exits with 1, as soon as something does not.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

#include "tests/loop/stress.h"

namespace {

constexpr int kSteps = 600;

// Empty if nothing is wrong with it. Adds its rounds.
std::string judge(std::uint64_t seed, irc::Company company, std::uint64_t& rounds) {
  const irc::StressResult all = irc::stress(seed, kSteps, company);
  rounds += all.rounds;
  if (!all.wrong.empty()) return all.wrong;
  const irc::StressResult with = irc::play_in_turn(seed, kSteps / 2, true, company);
  const irc::StressResult without = irc::play_in_turn(seed, kSteps / 2, false, company);
  rounds += with.rounds + without.rounds;
  if (!with.wrong.empty() || !without.wrong.empty()) return with.wrong + without.wrong;
  return with.transcripts == without.transcripts ? "" : "faults that are transparent are heard";
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t rounds_wanted = argc > 1 ? std::stoull(argv[1]) : 1'000'000;
  const std::uint64_t first = argc > 2 ? std::stoull(argv[2]) : 0;
  std::uint64_t rounds = 0;
  std::uint64_t seed = first;
  for (; rounds < rounds_wanted; ++seed) {
    for (const irc::Company company : {irc::Company::none, irc::Company::bot}) {
      const std::string wrong = judge(seed, company, rounds);
      if (wrong.empty()) continue;
      std::cout << "seed " << seed << (company == irc::Company::bot ? " with a bot: " : ": ")
                << wrong << "\n";
      return EXIT_FAILURE;
    }
  }
  std::cout << rounds << " rounds over the seeds " << first << " to " << seed - 1
            << ", and no invariant was broken\n";
  return EXIT_SUCCESS;
}
