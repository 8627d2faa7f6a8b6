// What a search comes to (corpus/README.md, "Blocks"), and which numbers it tries.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/run/sweep.h"
#include "tests/run/playing.h"

namespace conform::testing {
namespace {

using Numbers = std::vector<std::uint64_t>;

// The numbers that are tried where those for which `fails` holds fail.
Numbers tried(const script::Search& search, const std::function<bool(std::uint64_t)>& fails) {
  Numbers numbers;
  for (Sweep sweep(search); !sweep.over();) {
    numbers.push_back(sweep.at());
    if (fails(sweep.at())) {
      sweep.failed();
    } else {
      sweep.held();
    }
  }
  return numbers;
}

script::Search search_of(std::uint64_t from, std::uint64_t to,
                         std::optional<std::uint64_t> by = std::nullopt) {
  return {.name = "n", .from = from, .to = to, .by = by, .steps = {}};
}

TEST(Sweep, GoesUpToItsEnd) {
  const auto never = [](std::uint64_t) { return false; };
  EXPECT_EQ(tried(search_of(3, 20), never), (Numbers{3, 6, 12, 20}));
  EXPECT_EQ(tried(search_of(1, 10, 4), never), (Numbers{1, 5, 9, 10}));
}

TEST(Sweep, HalvesDownToTheSmallestThatFails) {
  const auto from_7 = [](std::uint64_t n) { return n >= 7; };
  EXPECT_EQ(tried(search_of(1, 100), from_7), (Numbers{1, 2, 4, 8, 6, 7}));
  EXPECT_EQ(tried(search_of(7, 100), from_7), (Numbers{7})) << "the first";
  EXPECT_EQ(tried(search_of(6, 100, 1), from_7), (Numbers{6, 7})) << "neighbours";
}

TEST(Sweep, FindsEveryNumber) {
  for (std::uint64_t wanted = 11; wanted <= 300; ++wanted) {
    Sweep sweep(search_of(10, 300, 37));
    while (!sweep.over()) {
      if (sweep.at() >= wanted) {
        sweep.failed();
      } else {
        sweep.held();
      }
    }
    EXPECT_EQ(sweep.fails(), wanted);
    EXPECT_EQ(sweep.holds(), wanted - 1);
  }
}

// A server that says 421 to whoever says X and a number of at least `least`, and that closes at
// `closes` and above.
TinyServer::OnLine odd_from(std::uint64_t least, std::uint64_t closes = 1'000'000) {
  return [least, closes](TinyServer& server, std::size_t who, std::string_view line) {
    if (!line.starts_with("X ")) return ordinary(server, who, line);
    const std::uint64_t number = std::stoull(std::string(line.substr(2)));
    if (number >= least) server.say(who, "421 a odd\r\n");
    if (number >= closes) server.close(who);
  };
}

constexpr std::string_view kSteps =
    "sync a\nsearch n from 1 to 1000\n  a > X {n}\n  a <! 421 ...\nend\nsync b\n";

TEST(Search, NamesTheSmallestThatFailsAndItsNeighbour) {
  const CaseResult result = play(kSteps, {.server = odd_from(321)});
  EXPECT_EQ(result.grade, Grade::fail);
  EXPECT_EQ(result.actual, "a received \"421 a odd\"; smallest n that fails: 321 (320 holds)");
  EXPECT_EQ(result.step, "a <! 421 ...");
}

TEST(Search, SaysSoWhereTheFirstFails) {
  EXPECT_EQ(play(kSteps, {.server = odd_from(0)}).actual,
            "a received \"421 a odd\"; smallest n that fails: 1 (the first)");
}

TEST(Search, PassesWhereAllHold) {
  const CaseResult result = play(kSteps, {.server = odd_from(1001)});
  EXPECT_EQ(result.grade, Grade::pass) << result.actual;
  EXPECT_EQ(result.policy, "");
}

TEST(Search, EndsWhereTheServerEndsTheConnection) {
  const CaseResult result = play(kSteps, {.server = odd_from(1001, 16)});
  EXPECT_EQ(result.grade, Grade::pass) << result.actual;
  EXPECT_EQ(result.policy, "the server ended the connection at n = 16");
}

TEST(Search, BeginsAnewAfterAFailureOnly) {
  const auto most = std::make_shared<std::size_t>(0);
  const auto counting = [most](const TinyServer::OnLine& inner) {
    return [most, inner](TinyServer& server, std::size_t who, std::string_view line) {
      *most = std::max(*most, server.client_count());
      inner(server, who, line);
    };
  };
  play(kSteps, {.server = counting(odd_from(1001))});
  const std::size_t held = *most;
  // What has failed at 512 is closed on: the rest is played all the same.
  EXPECT_EQ(play(kSteps, {.server = counting(odd_from(321, 321))}).actual,
            "a received \"421 a odd\"; smallest n that fails: 321 (320 holds)");
  EXPECT_GT(*most, held);
}

TEST(Search, BlamesTheStepOfThePlayThatFailed) {
  const CaseResult result = play(
      "search n from 1 to 100\n  for w in x y\n    a > PRIVMSG {b} :{w}{n}\n"
      "    b < PRIVMSG {b} x{n}|y{n}\n    within 1s b < PRIVMSG {b} x|y1|y2|x1|x2\n  end\nend\n",
      {.clients = "a b"});
  EXPECT_EQ(result.grade, Grade::fail);
  EXPECT_NE(result.actual.find("(w = x); smallest n that fails: 1 (the first)"), std::string::npos)
      << result.actual;
}

TEST(Loops, SayInWhichTurnTheyFailed) {
  const CaseResult result =
      play("for w in one two\n  a > PRIVMSG {b} :{w}\n  within 1s b < PRIVMSG {b} one\nend\n");
  EXPECT_TRUE(result.actual.ends_with(" (w = two)")) << result.actual;
  EXPECT_NE(result.transcript.find("# w = two\n"), std::string::npos) << result.transcript;
}

}  // namespace
}  // namespace conform::testing
