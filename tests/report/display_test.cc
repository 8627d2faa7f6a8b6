#include "harness/report/display.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

namespace conform {
namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;

struct Row {
  std::string_view bytes;
  std::string_view shown;
  std::string_view utf8;
  const char* reason;
};

constexpr Row kRows[] = {
    {"PING :x"sv, "PING :x"sv, "PING :x"sv, "text stays"},
    {"na\xc3\xafve \xf0\x9f\x90\xbb"sv, "na\xc3\xafve \xf0\x9f\x90\xbb"sv,
     "na\xc3\xafve \xf0\x9f\x90\xbb"sv, "so does UTF-8"},
    {"\r\n\t\0"sv, "\\r\\n\\t\\0"sv, "\r\n\t\0"sv, "control characters with a name"},
    {"\x1b[2J\x07\x7f"sv, "\\x1b[2J\\x07\\x7f"sv, "\x1b[2J\x07\x7f"sv, "what a terminal obeys"},
    {"\xc2\x9b"
     "2J"sv,
     "\\xc2\\x9b2J"sv,
     "\xc2\x9b"
     "2J"sv,
     "CSI as one C1 character"},
    {"a\xe2\x80\xae"
     "b"sv,
     "a\\xe2\\x80\\xaeb"sv,
     "a\xe2\x80\xae"
     "b"sv,
     "a right-to-left override"},
    {"\xff\xfe"sv, "\\xff\\xfe"sv, "\\xff\\xfe"sv, "bytes that UTF-8 never has"},
    {"\x80"sv, "\\x80"sv, "\\x80"sv, "a continuation without a lead"},
    {"\xe2\x82"sv, "\\xe2\\x82"sv, "\\xe2\\x82"sv, "a sequence cut short by the end"},
    {"\xe2\x82x"sv, "\\xe2\\x82x"sv, "\\xe2\\x82x"sv, "and by another byte"},
    {"\xc0\xaf"sv, "\\xc0\\xaf"sv, "\\xc0\\xaf"sv, "an overlong slash"},
    {"\xed\xa0\x80"sv, "\\xed\\xa0\\x80"sv, "\\xed\\xa0\\x80"sv, "a surrogate"},
    {"\xf4\x90\x80\x80"sv, "\\xf4\\x90\\x80\\x80"sv, "\\xf4\\x90\\x80\\x80"sv, "above U+10FFFF"},
};

TEST(Display, EscapesWhatATerminalMustNotSee) {
  for (const Row& row : kRows) {
    const auto exact = std::make_unique<char[]>(row.bytes.size());
    row.bytes.copy(exact.get(), row.bytes.size());
    EXPECT_EQ(displayed({exact.get(), row.bytes.size()}), row.shown) << row.reason;
    EXPECT_EQ(as_utf8({exact.get(), row.bytes.size()}), row.utf8) << row.reason;
  }
}

TEST(Display, LetsNoPairOfBytesReachATerminalRaw) {
  for (int n = 0; n < 0x10000; ++n) {
    const std::string pair = {static_cast<char>(n >> 8), static_cast<char>(n)};
    for (const char byte : displayed(pair)) {
      ASSERT_TRUE(static_cast<unsigned char>(byte) >= 0x20 && byte != 0x7f) << n;
    }
  }
}

TEST(Display, IndentsEachLineAndEndsTheLast) {
  EXPECT_EQ(displayed_lines("a\n\nb\x1b", "  "), "  a\n  \n  b\\x1b\n");
  EXPECT_EQ(displayed_lines("a\n", "  "), "  a\n");
  EXPECT_EQ(displayed_lines("", "  "), "");
}

TEST(Display, KeepsAColumnUnderItsByte) {
  EXPECT_EQ(displayed_line("\ta > x", 2).column, 2u) << "a tab is one blank";
  EXPECT_EQ(displayed_line("\xc3\xaf > x", 4).column, 3u) << "two bytes are one character";
  EXPECT_EQ(displayed_line("\xff > x", 3).column, 6u) << "one byte is shown as four";
  EXPECT_EQ(displayed_line("x", 9).column, 2u) << "past the end";
  EXPECT_EQ(displayed_line("x", 0).column, 1u) << "no column";
}

TEST(Display, GivesDurationsAUnitOfTheirSize) {
  EXPECT_EQ(displayed(irc::Duration(840ns)), "840 ns");
  EXPECT_EQ(displayed(irc::Duration(12500ns)), "12.5 us");
  EXPECT_EQ(displayed(irc::Duration(1200us)), "1.2 ms");
  EXPECT_EQ(displayed(irc::Duration(10s)), "10.0 s");
}

}  // namespace
}  // namespace conform
