#include "harness/run/inbox.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace conform::testing {
namespace {

using Texts = std::vector<std::string>;

Texts texts(const Inbox& inbox) {
  Texts all;
  for (std::size_t i = 0; i < inbox.line_count(); ++i) all.emplace_back(inbox.text(i));
  return all;
}

Inbox inbox_of(const std::vector<std::string>& pieces) {
  Inbox inbox;
  for (const std::string& piece : pieces) inbox.append(piece);
  return inbox;
}

struct Row {
  std::string bytes;
  Texts lines;
  std::string unfinished;
  const char* reason;
};

const std::vector<Row> kStreams = {
    // clang-format off
    {"",                 {},             "",   "nothing came"},
    {"one\r\ntwo\r\n",   {"one", "two"}, "",   "as it should be"},
    {"one\ntwo\n",       {"one", "two"}, "",   "some servers send LF alone"},
    {"one\r\r\n",        {"one"},        "",   "CRs before the LF are no text"},
    {"o\rne\r\n",        {"o\rne"},      "",   "a lone CR is a byte like others here"},
    {"\r\n\n",           {"", ""},       "",   "empty lines are lines"},
    {"one\r\ntw",        {"one"},        "tw", "the last has no LF"},
    {"one\r",            {},             "one\r", "a CR ends nothing"},
    {std::string("a\0b\r\n", 5), {std::string("a\0b", 3)}, "", "NUL is a byte like others"},
    // clang-format on
};

TEST(Inbox, CutsLinesAsTheTableSays) {
  for (const Row& row : kStreams) {
    const Inbox inbox = inbox_of({row.bytes});
    EXPECT_EQ(texts(inbox), row.lines) << row.reason;
    EXPECT_EQ(inbox.unfinished(), row.unfinished) << row.reason;
  }
}

TEST(Inbox, CutsTheSameLinesHoweverTheStreamIsCut) {
  for (const Row& row : kStreams) {
    for (std::size_t i = 0; i <= row.bytes.size(); ++i) {
      for (std::size_t j = i; j <= row.bytes.size(); ++j) {
        const Inbox inbox =
            inbox_of({row.bytes.substr(0, i), row.bytes.substr(i, j - i), row.bytes.substr(j)});
        EXPECT_EQ(texts(inbox), row.lines) << row.reason;
        EXPECT_EQ(inbox.unfinished(), row.unfinished) << row.reason;
      }
    }
  }
}

TEST(Inbox, KeepsEveryByteAndGivesLinesWithTheirTerminators) {
  const Inbox inbox = inbox_of({"one\r\ntwo\nth", "ree\r"});
  EXPECT_EQ(inbox.bytes(), "one\r\ntwo\nthree\r");
  EXPECT_EQ(inbox.raw(0), "one\r\n");
  EXPECT_EQ(inbox.raw(1), "two\n");
}

TEST(Inbox, IsOpenUntilItsEnd) {
  Inbox inbox;
  EXPECT_FALSE(inbox.closed());
  inbox.end(StreamEnd::reset);
  EXPECT_TRUE(inbox.closed());
  EXPECT_EQ(inbox.end(), StreamEnd::reset);
}

TEST(Inbox, MarksOfALineSurviveWhatComesLater) {
  Inbox inbox = inbox_of({"one\r\n"});
  inbox.line(0).matched = true;
  inbox.append("two\r\n");
  EXPECT_TRUE(inbox.line(0).matched);
  EXPECT_FALSE(inbox.line(1).matched);
}

}  // namespace
}  // namespace conform::testing
