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

TEST(Style, PaintsNothingWithoutColour) {
  EXPECT_EQ(Style{}.paint(Ink::red, "FAIL"), "FAIL");
  EXPECT_EQ(Style{.color = true}.paint(Ink::red, "FAIL"), "\x1b[1;31mFAIL\x1b[0m");
}

}  // namespace
}  // namespace conform
