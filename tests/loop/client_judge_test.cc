// That the judge of what a client hears can fail.
#include "fuzz/client_judge.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace fuzz {
namespace {

constexpr std::string_view kWelcome = ":s 001 a :Welcome\r\n";
constexpr std::string_view kOnChannel =
    ":s 001 a :Welcome\r\n:a!u@h JOIN #c\r\n:s 353 a = #c :@a b\r\n:s 366 a #c :End\r\n";

std::string wrong(std::string_view before, std::string_view lines) {
  ClientJudge judge;
  judge.hear(before);
  EXPECT_EQ(judge.wrong(), "");
  for (const char byte : lines) judge.hear(std::string_view(&byte, 1));
  const std::string what = judge.wrong();
  return what.substr(0, what.find(": :"));
}

TEST(ClientJudge, LetsPassWhatIsRight) {
  EXPECT_EQ(wrong(kOnChannel,
                  ":c!u@h JOIN #c\r\n:c!u@h PRIVMSG #c :x\r\n:c!u@h NICK d\r\n:a!u@h NICK z\r\n"
                  ":s 353 z = #c :@z b d\r\n:s 366 z #c :End\r\n:b!u@h QUIT :x\r\n"
                  ":d!u@h KICK #c d :x\r\n:s 353 z = #c :@z\r\n:s 366 z #c :End\r\n"
                  ":s PONG s :1.\r\n:s PONG s :2.\r\n:z!u@h PART #c\r\nERROR :x\r\n"),
            "");
}

TEST(ClientJudge, FindsWhatIsWrong) {
  struct Case {
    std::string_view before, lines, wrong;
  };
  const std::string too_long = ":s NOTICE a :" + std::string(500, 'x') + "\r\n";
  const Case cases[] = {
      {"", ":s PONG s :x\n", "*: a line without CR LF"},
      {"", ":s PONG\rs :x\r\n", "*: no message"},
      {"", too_long, "*: too long"},
      {"", "ERROR :x\r\n:s PONG s :x\r\n", "*: heard behind ERROR"},
      {kWelcome, ":s 001 a :Welcome\r\n", "a: welcomed twice"},
      {kWelcome, ":s 401 b c :No such nick\r\n", "a: another's numeric"},
      {kWelcome, ":s PONG s :2.\r\n:s PONG s :1.\r\n", "a: answered out of order"},
      {kWelcome, ":s PONG s :2.\r\n:s PONG s :2.\r\n", "a: answered out of order"},
      {kWelcome, ":b!u@h PRIVMSG #c :x\r\n", "a: of a channel that it is not on"},
      {kWelcome, ":b!u@h JOIN #c\r\n", "a: of a channel that it is not on"},
      {kWelcome, ":b!u@h QUIT :x\r\n", "a: a QUIT of a stranger"},
      {kWelcome, ":b!u@h NICK c\r\n", "a: a NICK of a stranger"},
      {kOnChannel, ":b!u@h JOIN #c\r\n", "a: another joined twice"},
      {kOnChannel, ":a!u@h JOIN #c\r\n", "a: joined twice"},
      {kOnChannel, ":c!u@h PART #c\r\n", "a: one left who was not there"},
      {kOnChannel, ":b!u@h QUIT :x\r\n:b!u@h QUIT :x\r\n", "a: a QUIT of a stranger"},
      {kOnChannel, ":b!u@h NICK a\r\n", "a: a nickname that another has"},
      {kOnChannel, ":s 353 a = #c :@a\r\n:s 366 a #c :End\r\n",
       "a: NAMES differs from who came and went"},
      {kOnChannel, ":s 353 a = #c :@a b b\r\n", "a: listed twice"},
  };
  for (const Case& each : cases) EXPECT_EQ(wrong(each.before, each.lines), each.wrong);
}

}  // namespace
}  // namespace fuzz
