#include "harness/report/style.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

struct Row {
  ColorMode mode;
  bool is_terminal;
  const char* no_color;
  const char* term;
  bool colored;
  const char* reason;
};

TEST(Style, ColoursOnlyWhereItIsSeenAndWanted) {
  using enum ColorMode;
  constexpr Row kRows[] = {
      {automatic, true, nullptr, "xterm", true, "a terminal"},
      {automatic, false, nullptr, "xterm", false, "a file"},
      {automatic, true, "1", "xterm", false, "NO_COLOR"},
      {automatic, true, "", "xterm", true, "an empty NO_COLOR says nothing"},
      {automatic, true, nullptr, "dumb", false, "a dumb terminal"},
      {automatic, true, nullptr, nullptr, true, "TERM unset"},
      {always, false, "1", "dumb", true, "the option wins"},
      {never, true, nullptr, "xterm", false, "the option wins"},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(use_color(row.mode, row.is_terminal, row.no_color, row.term), row.colored)
        << row.reason;
  }
}

struct FoldRow {
  const char* line;
  const char* folded;
  const char* reason;
};

TEST(Style, FoldsAtBlanksToTheTerminal) {
  constexpr FoldRow kRows[] = {
      {"", "", "nothing"},
      {"one two", "one two", "it fits"},
      {"one two three", "one two\n  three", "at the blank"},
      {"  one  two  three", "  one  two\n  three", "blanks inside are kept, at the fold not"},
      {"one/two/three four", "one/two/three\n  four", "a word is never broken"},
      {"one two-three-four", "one\n  two-three-four", "nor one that is wider than the terminal"},
      {"a \xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4 b",
       "a \xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\n  b", "UTF-8"},
      {"\x1b[1;31mFAIL\x1b[0m abcd efgh", "\x1b[1;31mFAIL\x1b[0m abcd\n  efgh", "colour"},
  };
  for (const FoldRow& row : kRows) {
    EXPECT_EQ((Style{.columns = 10}.fold(row.line, 2)), row.folded) << row.reason;
  }
  EXPECT_EQ(Style{}.fold("one two three four", 2), "one two three four") << "no terminal";
}

TEST(Style, PaintsNothingWithoutColour) {
  EXPECT_EQ(Style{}.paint(Ink::red, "FAIL"), "FAIL");
  EXPECT_EQ(Style{.color = true}.paint(Ink::red, "FAIL"), "\x1b[1;31mFAIL\x1b[0m");
}

}  // namespace
}  // namespace conform
