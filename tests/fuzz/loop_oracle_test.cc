// What fuzz_loop says of an input, and the script that it becomes.
#include "fuzz/loop_oracle.h"

#include <gtest/gtest.h>

#include <string>

#include "fuzz/finding.h"
#include "fuzz/loop_script.h"
#include "harness/script/parse.h"

namespace fuzz {
namespace {

TEST(LoopScript, HoldsWhatTheClientsDoAndNoSetup) {
  const std::string script = script_of_loop("010JOIN #y\nx\n@\n", "crash-1F0d");
  const auto parsed = conform::script::parse("found.irct", script, true);
  EXPECT_TRUE(parsed.ok()) << script;
  EXPECT_TRUE(script.starts_with("case fuzz/crash-1-0d\n")) << script;
  EXPECT_NE(script.find("glue\n  a > JOIN {chan2}\n  a fin\nend\n"), std::string::npos) << script;
  EXPECT_EQ(script.find("01"), std::string::npos) << script;
}

TEST(LoopScript, IsThereForAnInputWithoutRecordsToo) {
  for (const std::string_view bytes : {"", "0", "01", "01\n\n"}) {
    const std::string script = script_of_loop(bytes, "empty");
    EXPECT_TRUE(conform::script::parse("found.irct", script, true).ok()) << script;
  }
}

TEST(LoopOracle, ShowsWhereTwoPlaysDiffer) {
  struct {
    Transcripts expected, actual;
    const char *one, *other;
  } const rows[] = {
      {{"a\r\nbc\r\n"},
       {"a\r\nbd\r\n"},
       R"(connection 0, behind 3 bytes that are the same: bc\r\n)",
       R"(connection 0, behind 3 bytes that are the same: bd\r\n)"},
      {{"a\r\n", "b\r\n"},
       {"a\r\n", "b\r\nc\r\n"},
       "connection 1, behind 3 bytes that are the same: ",
       R"(connection 1, behind 3 bytes that are the same: c\r\n)"},
      {{"a\r\n", "b\r\n"},
       {"a\r\n"},
       R"(connection 1, behind 0 bytes that are the same: b\r\n)",
       "connection 1 never came"},
  };
  for (const auto& row : rows) {
    const auto [one, other] = first_difference(row.expected, row.actual);
    EXPECT_EQ(one, row.one);
    EXPECT_EQ(other, row.other);
  }
}

TEST(Finding, EndsWithWhatElseHelps) {
  Finding finding{
      .oracle = {"LO-X", "a property", "a clause"}, .setting = "", .expected = "", .actual = ""};
  EXPECT_TRUE(text_of(finding).ends_with("  actual:   \n"));
  finding.more = "  script:   it\n";
  EXPECT_TRUE(text_of(finding).ends_with("  actual:   \n  script:   it\n"));
}

}  // namespace
}  // namespace fuzz
