// Clients that do anything, on a network where anything goes wrong. loop_stress plays as many seeds
// as it is told to; here are a few, and those that once failed.
#include "tests/loop/stress.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace irc {
namespace {

TEST(Stress, BreaksNoInvariantUnderAnyOf100Seeds) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    EXPECT_EQ(stress(seed, 300).wrong, "") << seed;
  }
}

TEST(Stress, IsTheSameTwice) {
  const StressResult first = stress(7, 300);
  const StressResult second = stress(7, 300);
  EXPECT_EQ(first.rounds, second.rounds);
  EXPECT_EQ(first.transcripts, second.transcripts);
}

TEST(Stress, IsNotHeardWhereFaultsAreTransparent) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const StressResult with = play_in_turn(seed, 200, true);
    const StressResult without = play_in_turn(seed, 200, false);
    EXPECT_EQ(with.wrong, "") << seed;
    EXPECT_EQ(without.wrong, "") << seed;
    EXPECT_GT(with.rounds, without.rounds) << seed;
    EXPECT_EQ(with.transcripts, without.transcripts) << seed;
  }
}

}  // namespace
}  // namespace irc
