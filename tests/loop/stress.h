// The loop under stress: what a seed makes of a LoopWorld.
#pragma once

#include <cstdint>
#include <deque>
#include <string>

namespace irc {

struct StressResult {
  std::string wrong;  // The first thing that did not hold; empty if all did.
  std::uint64_t rounds = 0;
  std::deque<std::string> transcripts;
};

// Who is there besides the clients.
enum class Company : std::uint8_t { none, bot };

// Everything at once: several clients act between two rounds, with the faults, the limits and the
// flood control that follow from the seed.
StressResult stress(std::uint64_t seed, int steps, Company company = Company::none);

// One thing after another, each brought to its end: with and without `faults`, which are to be
// transparent, everybody hears the same.
StressResult play_in_turn(std::uint64_t seed, int steps, bool faults,
                          Company company = Company::none);

}  // namespace irc
