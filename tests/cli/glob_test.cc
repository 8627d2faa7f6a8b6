#include "harness/cli/glob.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

struct Row {
  const char* glob;
  const char* text;
  std::size_t distance;
  const char* reason;
};

TEST(Glob, CountsTheBytesThatStandBetweenThemAndAMatch) {
  constexpr Row kRows[] = {
      {"framing/*", "framing/bare-cr", 0, "star"},
      {"*", "a/b", 0, "star takes a slash"},
      {"*cr", "framing/bare-cr", 0, "star in front"},
      {"f*/*cr", "framing/bare-cr", 0, "two stars"},
      {"**", "", 0, "stars take nothing too"},
      {"a/?", "a/b", 0, "any one"},
      {"a?b", "a/b", 0, "any one takes a slash"},
      {"a/?", "a/", 1, "any one is one"},
      {"a/b", "a/b", 0, "equal"},
      {"a/b", "A/b", 1, "case matters"},
      {"a/b", "a/bc", 1, "the whole text"},
      {"", "", 0, "nothing matches nothing"},
      {"", "ab", 2, "and only that"},
      {"a*b", "ac", 1, "star does not take what follows it"},
      {"[a]*", "a", 2, "no brackets"},
      {"framng/*", "framing/bare-cr", 1, "a byte left out"},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(glob_distance(row.glob, row.text), row.distance) << row.reason;
    EXPECT_EQ(glob_matches(row.glob, row.text), row.distance == 0) << row.reason;
  }
}

TEST(Glob, SuggestsTheNearestAndNothingFar) {
  EXPECT_EQ(nearest("framng/x", {"limits/x", "framing/x", "framing/y"}), "framing/x");
  EXPECT_EQ(nearest("zzzzzz", {"limits/x", "framing/x"}), std::nullopt);
  EXPECT_EQ(nearest("x", {}), std::nullopt);
}

}  // namespace
}  // namespace conform
