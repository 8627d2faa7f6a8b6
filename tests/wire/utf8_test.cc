#include "server/wire/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace irc {
namespace {

TEST(Utf8, IsToldFromWhatOnlyLooksLikeIt) {
  EXPECT_EQ(utf8_length("\xc3\xa9", 0), 2U);
  EXPECT_EQ(utf8_length("\xe2\x82\xac", 0), 3U);
  EXPECT_EQ(utf8_length("\xf0\x9f\x98\x80", 0), 4U);
  EXPECT_EQ(utf8_length("\xc3", 0), 0U) << "cut short";
  EXPECT_EQ(utf8_length("\xc0\x80", 0), 0U) << "overlong";
  EXPECT_EQ(utf8_length("\xe0\x80\x80", 0), 0U) << "overlong";
  EXPECT_EQ(utf8_length("\xed\xa0\x80", 0), 0U) << "a surrogate";
  EXPECT_EQ(utf8_length("\xf4\x90\x80\x80", 0), 0U) << "beyond the last";
  EXPECT_EQ(utf8_length("\x80", 0), 0U) << "a continuation alone";
}

TEST(Utf8, BeginsATextWithAWholeCharacterOrAByte) {
  EXPECT_EQ(first_character("\xe2\x82\xac!"), "\xe2\x82\xac");
  EXPECT_EQ(first_character("a\xc3\xa9"), "a");
  EXPECT_EQ(first_character("\xe2\x82"), "\xe2") << "cut short";
  EXPECT_EQ(first_character(""), "");
}

TEST(Utf8, IsAllOfATextOrNot) {
  const std::string text = "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80";
  EXPECT_TRUE(is_utf8(text));
  EXPECT_TRUE(is_utf8(""));
  EXPECT_FALSE(is_utf8("caf\xe9"));
  EXPECT_FALSE(is_utf8(text.substr(0, text.size() - 1)));
}

}  // namespace
}  // namespace irc
