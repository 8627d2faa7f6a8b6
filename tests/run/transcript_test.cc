#include "harness/run/transcript.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace conform::testing {
namespace {

struct Row {
  std::string line;
  const char* text;
  const char* reason;
};

const std::vector<Row> kReceived = {
    // clang-format off
    {":srv PONG x\r\n", "a < :srv PONG x\n",             "plain text as the wire has it"},
    {":srv PONG x\n",   "a < raw \":srv PONG x\\n\"\n",  "an odd terminator is shown"},
    {"x\r\r\n",         "a < raw \"x\\r\\r\\n\"\n",      "a CR is shown"},
    {"half",            "a < raw \"half\"\n",            "no terminator at all"},
    {"\r\n",            "a < raw \"\\r\\n\"\n",          "an empty line"},
    {"a\"b\r\n",        "a < raw \"a\\\"b\\r\\n\"\n",    "what has to be escaped"},
    {std::string("a\0b\r\n", 5), "a < raw \"a\\0b\\r\\n\"\n", "NUL"},
    {"\xff\r\n",        "a < raw \"\\xff\\r\\n\"\n",     "bytes that are no text"},
    // clang-format on
};

TEST(Transcript, ShowsReceivedLinesAsTheTableSays) {
  for (const Row& row : kReceived) {
    Transcript transcript;
    transcript.received("a", row.line);
    EXPECT_EQ(transcript.text(), row.text) << row.reason;
  }
}

TEST(Transcript, KeepsTheOrderOfWhatHappened) {
  Transcript transcript;
  transcript.sent("a", "PING x\r\n");
  transcript.received("b", "PONG x\r\n");
  transcript.event("a fin");
  transcript.note("why");
  EXPECT_EQ(transcript.text(), "a > \"PING x\\r\\n\"\nb < PONG x\na fin\n# why\n");
}

TEST(Transcript, ForgetsPreparations) {
  Transcript transcript;
  for (int i = 0; i < 1000; ++i) transcript.event("before");
  transcript.forget();
  EXPECT_EQ(transcript.text(), "");
  transcript.event("after");
  EXPECT_EQ(transcript.text(), "after\n");
}

std::string long_transcript(int events) {
  Transcript transcript;
  for (int i = 1; i <= events; ++i) transcript.event("event " + std::to_string(i));
  return transcript.text();
}

TEST(Transcript, LeavesOutTheMiddleOfManyLinesAndSaysHowMany) {
  const std::string text = long_transcript(1000);
  EXPECT_TRUE(text.starts_with("event 1\n"));
  EXPECT_TRUE(text.ends_with("event 999\nevent 1000\n"));
  const auto shown = static_cast<int>(std::ranges::count(text, '\n')) - 1;
  EXPECT_NE(text.find("# ... " + std::to_string(1000 - shown) + " lines left out ...\n"),
            text.npos);
}

TEST(Transcript, LeavesOutNothingOfFewLines) {
  const std::string text = long_transcript(300);
  EXPECT_EQ(std::ranges::count(text, '\n'), 300);
  EXPECT_EQ(text.find("left out"), text.npos);
  EXPECT_NE(long_transcript(301).find("# ... 1 lines left out"), text.npos);
}

TEST(Shown, ShortensManyBytesAndSaysHowMany) {
  EXPECT_EQ(shown("short"), "\"short\"");
  const std::string whole(600, 'x');
  EXPECT_EQ(shown(whole), "\"" + whole + "\"");
  const std::string text =
      shown(std::string(200, 'a') + std::string(700, 'b') + std::string(200, 'c'));
  EXPECT_EQ(text,
            "\"" + std::string(200, 'a') + "\" ...700 bytes... \"" + std::string(200, 'c') + "\"");
}

}  // namespace
}  // namespace conform::testing
