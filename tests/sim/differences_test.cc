// The case that a difference between parsers becomes: the reference server passes it, and a server
// that reads like the other fails it.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "fuzz/differential/difference_case.h"
#include "harness/script/parse.h"
#include "tests/support/sim_suite.h"

namespace conform::testing {
namespace {

constexpr fuzz::Topic kTopic{.area = "parsing", .cite = "rfc2812#2.3.1", .open = false};

Grade grade_of(const std::string& text) {
  script::Parsed parsed = script::parse("parsing.irct", text);
  EXPECT_TRUE(parsed.ok()) << text;
  const std::vector<CaseResult> results = play_in_simulation({parsed.script}, make_reference, {});
  return results.at(0).grade;
}

fuzz::Question trailing_spaces() {
  return fuzz::relayed_lines("TOPIC x :y  ").at(1);
}

TEST(Differences, ArePassedByAServerThatReadsAsWeDo) {
  EXPECT_EQ(grade_of(fuzz::case_of_relay(kTopic, trailing_spaces(), {"y  "})), Grade::pass);
  EXPECT_EQ(grade_of(fuzz::case_of_bytes(kTopic, std::string_view("P1 \0{x}\r", 8))), Grade::pass);
}

TEST(Differences, AreFailedByAServerThatReadsOtherwise) {
  EXPECT_EQ(grade_of(fuzz::case_of_relay(kTopic, trailing_spaces(), {"y"})), Grade::fail);
}

}  // namespace
}  // namespace conform::testing
