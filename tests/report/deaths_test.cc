#include "harness/report/deaths.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

struct Row {
  const char* tail;
  const char* words;
  const char* reason;
};

TEST(Deaths, KnowTheLastLineThatSaysSomething) {
  constexpr Row kRows[] = {
      {"", "", "nothing was written"},
      {"\n \n", "", "nothing but blanks"},
      {"Traceback:\n  x()\nIndexError: out of range\n\n", "IndexError: out of range", "the last"},
      {"  at x()\n", "at x()", "without its indentation"},
      {"no newline", "no newline", "a line that was cut off"},
      {"==7==ERROR: x\nSUMMARY: AddressSanitizer: y\n==7==ABORTING\n",
       "SUMMARY: AddressSanitizer: y", "a sanitizer sums up"},
  };
  for (const Row& row : kRows) EXPECT_EQ(last_words(row.tail), row.words) << row.reason;
}

TEST(Deaths, AreToldOnceWhereTheyLookTheSame) {
  const std::vector<Death> deaths = {
      {.case_id = "a/x", .how = "exited with 1", .stderr_tail = "at 0x1\nboom\n"},
      {.case_id = "", .how = "exited with 1", .stderr_tail = "at 0x2\nboom\n"},
      {.case_id = "a/y", .how = "exited with 1", .stderr_tail = "crash\n"},
      {.case_id = "a/x", .how = "exited with 1", .stderr_tail = "at 0x3\nboom\n"},
      {.case_id = "b/z", .how = "exited with 1", .stderr_tail = "at 0x4\nboom\n"},
      {.case_id = "", .how = "was killed by SIGKILL", .stderr_tail = ""},
      {.case_id = "", .how = "is gone", .stderr_tail = "", .suspects = {"a/x", "a/y"}},
  };
  EXPECT_EQ(deaths_text(deaths, {}),
            "DEATH target exited with 1 (4 times); shown by a/x, b/z\n"
            "  its last words:\n"
            "    at 0x4\n"
            "    boom\n"
            "\n"
            "DEATH target exited with 1; shown by a/y\n"
            "  its last words:\n"
            "    crash\n"
            "\n"
            "DEATH target was killed by SIGKILL; no case alone shows it\n"
            "\n"
            "DEATH target is gone; one of these did it: a/x, a/y\n"
            "\n");
}

}  // namespace
}  // namespace conform
