#include "harness/report/transcript_block.h"

#include <gtest/gtest.h>

#include <string>

namespace conform {
namespace {

std::string sends(const std::string& client, const std::string& bytes) {
  std::string lines;
  for (const char byte : bytes) lines += client + " > \"" + byte + "\"\n";
  return lines;
}

TEST(TranscriptBlock, IsNothingWhereNothingWasSent) {
  EXPECT_EQ(transcript_block(""), "");
}

TEST(TranscriptBlock, LeavesOutAllButAFewOfAClientsSingleBytes) {
  const std::string escaped = "a > \"\\r\"\na > \"\\x00\"\na > \"\\\"\"\n";
  EXPECT_EQ(transcript_block("a > \"NICK\"\n" + sends("a", "PING x") + escaped + "a < PONG x\n"),
            "  transcript:\n"
            "    a > \"NICK\"\n"
            "    a > \"P\"\n"
            "    a > \"I\"\n"
            "    a > \"N\"\n"
            "    # ... 6 more single bytes ...\n"
            "    a < PONG x\n");
}

TEST(TranscriptBlock, ShowsAFewSingleBytesAndThoseOfTwoClientsApart) {
  EXPECT_EQ(transcript_block(sends("a", "PING") + sends("b", "P")),
            "  transcript:\n"
            "    a > \"P\"\n"
            "    a > \"I\"\n"
            "    a > \"N\"\n"
            "    a > \"G\"\n"
            "    b > \"P\"\n");
}

TEST(TranscriptBlock, ShowsTheBeginningAndTheEndOfALongOne) {
  std::string transcript;
  for (int i = 0; i < 100; ++i) transcript += "a < line " + std::to_string(i) + "\n";
  const std::string block = transcript_block(transcript);
  EXPECT_NE(block.find("    a < line 11\n"
                       "    # ... 64 lines left out; --output keeps them ...\n"
                       "    a < line 76\n"),
            std::string::npos)
      << block;
  EXPECT_TRUE(block.ends_with("    a < line 99\n")) << block;
}

}  // namespace
}  // namespace conform
