#include "server/wire/casemap.h"

#include <gtest/gtest.h>

#include <vector>

namespace irc {
namespace {

struct Row {
  const char* a;
  const char* b;
  bool ascii, rfc1459, rfc1459_strict;
  const char* reason;
};

const std::vector<Row> kRows = {
    // clang-format off
    {"Alice",    "aLICE",    true,  true,  true,  "letters have no case"},
    {"A[]\\Z",   "a{}|z",    false, true,  true,  "brackets are upper case braces"},
    {"^",        "~",        false, true,  false, "the pair that the two mappings differ in"},
    {"`",        "@",        false, false, false, "just below the letters: no pair"},
    {"_",        "\x7F",     false, false, false, "just above the pairs: none either"},
    {"a",        "ab",       false, false, false, "a prefix is not the whole"},
    {"",         "",         true,  true,  true,  "empty names are equal"},
    {"\xC4",     "\xE4",     false, false, false, "bytes beyond ASCII are themselves"},
    // clang-format on
};

TEST(Casemapping, MakesNamesEqualAsTheTableSays) {
  for (const Row& row : kRows) {
    EXPECT_EQ(equal(Casemapping::ascii, row.a, row.b), row.ascii) << row.reason;
    EXPECT_EQ(equal(Casemapping::rfc1459, row.a, row.b), row.rfc1459) << row.reason;
    EXPECT_EQ(equal(Casemapping::rfc1459_strict, row.a, row.b), row.rfc1459_strict) << row.reason;
  }
}

TEST(Casemapping, IsFoundByTheNameThatIsAnnounced) {
  for (const auto mapping :
       {Casemapping::ascii, Casemapping::rfc1459, Casemapping::rfc1459_strict}) {
    EXPECT_EQ(casemapping_of(isupport_value(mapping)), mapping);
  }
}

TEST(Casemapping, FoldsNamesAlikeExactlyWhenTheyAreEqual) {
  for (const auto mapping :
       {Casemapping::ascii, Casemapping::rfc1459, Casemapping::rfc1459_strict}) {
    for (const Row& row : kRows) {
      EXPECT_EQ(fold(mapping, row.a) == fold(mapping, row.b), equal(mapping, row.a, row.b))
          << row.reason;
    }
  }
}

TEST(Casemapping, ChangesAsManyBytesAsItHasUpperCaseLetters) {
  const auto changed = [](Casemapping mapping) {
    int count = 0;
    for (int value = 0; value < 256; ++value) {
      const char byte = static_cast<char>(value);
      count += fold(mapping, byte) != byte ? 1 : 0;
      EXPECT_EQ(fold(mapping, fold(mapping, byte)), fold(mapping, byte)) << value;
    }
    return count;
  };
  EXPECT_EQ(changed(Casemapping::ascii), 26);
  EXPECT_EQ(changed(Casemapping::rfc1459), 30);
  EXPECT_EQ(changed(Casemapping::rfc1459_strict), 29);
}

TEST(Casemapping, IsKnownByItsIsupportNames) {
  EXPECT_EQ(casemapping_of("ascii"), Casemapping::ascii);
  EXPECT_EQ(casemapping_of("rfc1459"), Casemapping::rfc1459);
  EXPECT_EQ(casemapping_of("rfc1459-strict"), Casemapping::rfc1459_strict);
  EXPECT_EQ(casemapping_of("strict-rfc1459"), Casemapping::rfc1459_strict);
}

TEST(Casemapping, IsNothingForANameThatIsNotKnown) {
  for (const char* name : {"", "rfc7613", "ASCII", "rfc1459 "}) {
    EXPECT_EQ(casemapping_of(name), std::nullopt) << name;
  }
}

}  // namespace
}  // namespace irc
