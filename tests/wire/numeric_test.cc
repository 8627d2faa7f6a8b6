#include "server/wire/numeric.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace irc {
namespace {

TEST(Numeric, IsThreeDigitsOnTheWire) {
  EXPECT_EQ(code(Numeric::rpl_welcome), "001");
  EXPECT_EQ(code(Numeric::err_invalidmodeparam), "696");
}

TEST(Numeric, HasTheProseOfTheSpecificationsFromTheFirstRowToTheLast) {
  EXPECT_EQ(text(Numeric::rpl_isupport), "are supported by this server");
  EXPECT_EQ(text(Numeric::err_nosuchnick), "No such nick/channel");
  EXPECT_EQ(text(Numeric::err_invalidmodeparam), "Invalid mode parameter");
}

TEST(Numeric, HasNoProseWhereTheLastParameterIsData) {
  EXPECT_EQ(text(Numeric::rpl_welcome), "");
  EXPECT_EQ(text(Numeric::rpl_topic), "");
  EXPECT_EQ(text(Numeric::rpl_whoreply), "");
}

TEST(Numeric, HasNoProseForANumberWithoutName) {
  EXPECT_EQ(text(Numeric{0}), "");
  EXPECT_EQ(text(Numeric{999}), "");
}

TEST(Numeric, HasProseThatCanBeAParameterForEveryNumber) {
  for (std::uint16_t number = 0; number < 1000; ++number) {
    EXPECT_EQ(text(Numeric{number}).find_first_of("\r\n"), std::string_view::npos) << number;
    EXPECT_LT(text(Numeric{number}).size(), 64u) << number;
  }
}

}  // namespace
}  // namespace irc
