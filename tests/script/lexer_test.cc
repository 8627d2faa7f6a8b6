#include "harness/script/lexer.h"

#include <gtest/gtest.h>

#include "harness/script/text.h"
#include "harness/script/values.h"

namespace conform::script {
namespace {

using Lines = std::vector<std::string_view>;

TEST(SplitLines, TakesLfAndCrLfAndNeedsNeitherAtTheEnd) {
  EXPECT_EQ(split_lines("a\nb\r\n\nc"), (Lines{"a", "b", "", "c"}));
  EXPECT_EQ(split_lines("a\n"), Lines{"a"});
  EXPECT_EQ(split_lines("a\rb\r\r\n"), Lines{"a\rb\r"});
  EXPECT_TRUE(split_lines("").empty());
}

// Reads `text` with `read` as the only line of a file.
template <class Read>
auto read_line(std::string_view text, Read read) {
  ProblemList problems;
  Line line(text, 1, problems);
  return read(line);
}

TEST(Line, TakesAKeywordOnlyAsAWholeWord) {
  const auto takes_sync = [](Line& line) { return line.take_keyword("sync"); };
  EXPECT_TRUE(read_line("sync a", takes_sync));
  EXPECT_TRUE(read_line("sync\ta", takes_sync));
  EXPECT_TRUE(read_line("sync", takes_sync));
  EXPECT_FALSE(read_line("synced", takes_sync));
  EXPECT_FALSE(read_line("syn", takes_sync));
}

TEST(Line, CountsColumnsInBytesFromOne) {
  ProblemList problems;
  Line line("\t\xc3\xa9 x", 7, problems);
  line.skip_blanks();
  const std::size_t begin = line.position();
  line.take_word();
  const Span span = line.span_from(begin);
  EXPECT_EQ(span.line, 7U);
  EXPECT_EQ(span.column, 2U);
  EXPECT_EQ(span.length, 2U);
}

// The bytes of quoted parts, or "error".
std::string parts_of(std::string_view text) {
  const auto parts = read_line(text, [](Line& line) { return read_parts(line, Gap::blanks); });
  if (!parts) return "error";
  if (parts->empty()) return "";
  const auto* literal = std::get_if<std::string>(&parts->front());
  return parts->size() == 1 && literal != nullptr ? *literal : "several";
}

TEST(QuotedPart, KnowsEveryEscape) {
  EXPECT_EQ(parts_of(R"("\r\n\t\0\\\"\{\}")"), std::string("\r\n\t\0\\\"{}", 8));
  EXPECT_EQ(parts_of(R"("\x00\xfF\x7e")"), std::string("\0\xff~", 3));
}

struct BytesRow {
  const char* text;
  const char* bytes;
  const char* why;
};

TEST(QuotedPart, GivesBytes) {
  constexpr auto kRows = std::to_array<BytesRow>({
      {R"("a b")", "a b", "blanks are data"},
      {R"("a#b|c")", "a#b|c", "so are marks of the notation"},
      {R"("")", "", "nothing is text too"},
      {R"("a" "b""c")", "abc", "neighbours are one text"},
      {R"("a"*1)", "a", "once is as if it were not repeated"},
      {R"(hex"41 4243")", "ABC", "blanks between digits count for nothing"},
      {R"("\q")", "error", "an escape that is none"},
      {R"("\x4")", "error", "half a byte"},
      {R"("a)", "error", "no closing quote"},
      {R"("a\)", "error", "a backslash at the very end"},
      {R"("{")", "error", "a brace that is no name"},
      {R"("}")", "error", "a brace alone"},
      {R"(hex"4")", "error", "half a byte"},
      {R"("a"*0)", "error", "no times"},
      {R"("a"*99999999999999999999999)", "error", "a number beyond every type"},
  });
  for (const BytesRow& row : kRows) EXPECT_EQ(parts_of(row.text), row.bytes) << row.why;
}

TEST(NewName, IsNoWordOfTheNotation) {
  const auto is_name = [](std::string_view text) {
    return read_line(text, [](Line& line) { return read_new_name(line, "a name"); }).has_value();
  };
  for (const char* name : {"a", "alice", "t", "chan0", "x_1"}) EXPECT_TRUE(is_name(name)) << name;
  for (const char* word : {"sync", "fin", "ok", "closed", "case", "raw", "chan", "chan2", "t1",
                           "server", "1a", "_a", ""}) {
    EXPECT_FALSE(is_name(word)) << word;
  }
}

TEST(Duration, IsReadAndPrintedInItsLargestUnit) {
  const auto again = [](std::string_view text) {
    const auto duration = read_line(text, read_duration);
    return duration ? print_duration(*duration) : "error";
  };
  EXPECT_EQ(again("1ms"), "1ms");
  EXPECT_EQ(again("1500ms"), "1500ms");
  EXPECT_EQ(again("2000ms"), "2s");
  EXPECT_EQ(again("60s"), "1min");
  EXPECT_EQ(again("60min"), "60min");
  for (const char* text : {"0s", "61min", "5", "s", "5h", "-1s", "99999999999999999999min"}) {
    EXPECT_EQ(again(text), "error") << text;
  }
}

TEST(Size, IsReadAndPrintedInItsLargestUnit) {
  const auto again = [](std::string_view text) {
    const auto size = read_line(text, [](Line& line) { return read_size(line, kQueueBytesMax); });
    return size ? print_size(*size) : "error";
  };
  EXPECT_EQ(again("1B"), "1B");
  EXPECT_EQ(again("1024B"), "1KiB");
  EXPECT_EQ(again("12MiB"), "12MiB");
  EXPECT_EQ(again("1GiB"), "1GiB");
  for (const char* text : {"0B", "2GiB", "5", "5KB", "99999999999999999999GiB"}) {
    EXPECT_EQ(again(text), "error") << text;
  }
}

}  // namespace
}  // namespace conform::script
