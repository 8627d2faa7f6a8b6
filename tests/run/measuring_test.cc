// What `server ...` counts, and what it compares with.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/run/playing.h"

namespace conform::testing {
namespace {

// Never reads again from whoever says KEEP: their descriptors stay.
void keeping(TinyServer& server, std::size_t who, std::string_view line) {
  if (line != "KEEP") return ordinary(server, who, line);
  server.say(who, "KEPT\r\n");
  server.ignore(who);
}

const std::string kLeaves = "a > KEEP\na < KEPT\na rst\n";

TEST(Descriptors, ThatAreKeptAreCounted) {
  const CaseResult result = play(kLeaves + "server fds == base\nsync b\n", {.server = keeping});
  EXPECT_EQ(result.grade, Grade::fail);
  EXPECT_EQ(result.expected, "server fds == base");
  EXPECT_NE(result.actual.find(" descriptors, "), std::string::npos)
      << result.actual << result.transcript;
}

TEST(Descriptors, OfOpenConnectionsAreAccountedFor) {
  EXPECT_TRUE(passes("server fds == base\nsync a b\n"));
  EXPECT_TRUE(passes("c connect\nc register\nserver fds == base\nsync a b c\n",
                     {.clients = "a b c(absent)"}));
}

TEST(Base, IsNowWhereAStepSaysSo) {
  EXPECT_TRUE(passes(kLeaves + "server base\nserver fds == base\nsync b\n", {.server = keeping}));
  EXPECT_FALSE(
      passes("server base\n" + kLeaves + "server fds == base\nsync b\n", {.server = keeping}));
}

TEST(Accepting, IsLookedAt) {
  EXPECT_TRUE(passes("glue\n  c connect\nend\nserver accepts\nc register\nsync a b c\n",
                     {.clients = "a b c(absent)*4"}));
}

}  // namespace
}  // namespace conform::testing
