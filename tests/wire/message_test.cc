#include "server/wire/message.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace irc {
namespace {

using namespace std::string_view_literals;

// A copy of exactly the line's size, so that a sanitizer sees any look beyond it.
class ExactCopy {
 public:
  explicit ExactCopy(std::string_view text) : bytes_(new char[text.size()]), size_(text.size()) {
    std::ranges::copy(text, bytes_.get());
  }
  std::string_view view() const { return {bytes_.get(), size_}; }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_;
};

std::string name_of(ParseError error) {
  switch (error) {
    case ParseError::none:
      return "none";
    case ParseError::empty:
      return "empty";
    case ParseError::no_command:
      return "no_command";
    case ParseError::bad_command:
      return "bad_command";
    case ParseError::forbidden_byte:
      return "forbidden_byte";
  }
  return "?";
}

// "<tags><source>COMMAND[first][second]", tags and source only where there are any; or the error.
std::string parsed(std::string_view line) {
  const ExactCopy copy(line);
  const ParseResult result = parse_message(copy.view());
  if (!result) return name_of(result.error);
  std::string parts;
  for (const std::string_view part : {result.message.tags, result.message.source}) {
    if (!part.empty()) parts.append("<").append(part).append(">");
  }
  parts += result.message.command;
  for (const std::string_view param : result.message.params()) {
    parts.append("[").append(param).append("]");
  }
  return parts;
}

struct Row {
  std::string_view line;
  std::string_view expected;
  const char* reason;
};

void expect_parsed(const std::vector<Row>& rows) {
  for (const Row& row : rows) EXPECT_EQ(parsed(row.line), row.expected) << row.reason;
}

TEST(ParseMessage, FindsThePartsThatTheTableSays) {
  expect_parsed({
      // clang-format off
      {"PING",                   "PING",                    "a command may stand alone"},
      {"ping x",                 "ping[x]",                 "the command is kept as received"},
      {"001 alice :Hi",          "001[alice][Hi]",          "three digits are a command"},
      {"TOPIC #c :",             "TOPIC[#c][]",             "a trailing parameter may be empty"},
      {"TOPIC #c ::)",           "TOPIC[#c][:)]",           "only the first colon is taken"},
      {"MODE #c a:b c",          "MODE[#c][a:b][c]",        "a colon inside a word is data"},
      {"PRIVMSG bob :a  b ",     "PRIVMSG[bob][a  b ]",     "spaces inside trailing are data"},
      {":srv PING x",            "<srv>PING[x]",            "a source"},
      {"@a=b;c :srv PING",       "<a=b;c><srv>PING",        "tags and a source"},
      {"@a PING",                "<a>PING",                 "tags without source"},
      {"@ PING",                 "PING",                    "tags may be empty"},
      {": PING",                 "PING",                    "so may a source"},
      {"  PING x",               "PING[x]",                 "spaces before the first part"},
      {"@a   :s   PING   x   y", "<a><s>PING[x][y]",        "several spaces between parts"},
      {"PING x  ",               "PING[x]",                 "spaces after the last parameter"},
      {"PING\tx",                "bad_command",             "TAB does not separate"},
      {"PING a\tb",              "PING[a\tb]",              "TAB is data"},
      {"PRIVMSG #\xFF\x80 :\xC3","PRIVMSG[#\xFF\x80][\xC3]","bytes need not be UTF-8"},
      // clang-format on
  });
}

TEST(ParseMessage, SaysWhatIsWrongAsTheTableSays) {
  expect_parsed({
      // clang-format off
      {"",              "empty",          "nothing"},
      {"   ",           "empty",          "nothing but spaces"},
      {":",             "no_command",     "a colon alone"},
      {"@",             "no_command",     "an at sign alone"},
      {"@a",            "no_command",     "tags without space"},
      {"@a ",           "no_command",     "tags and a space"},
      {"@a :src ",      "no_command",     "tags and a source"},
      {":src",          "no_command",     "a source alone"},
      {"12 x",          "bad_command",    "two digits"},
      {"0001 x",        "bad_command",    "four digits"},
      {"P1NG",          "bad_command",    "letters and digits"},
      {"12a",           "bad_command",    "digits and a letter"},
      {"@a @b PING",    "bad_command",    "tags stand once"},
      {":a :b PING",    "bad_command",    "so does a source"},
      {":a @b PING",    "bad_command",    "tags come before the source"},
      {"P\xC4NG",       "bad_command",    "letters are ASCII"},
      {"\0PING"sv,      "forbidden_byte", "NUL at the start"},
      {"PING \0 x"sv,   "forbidden_byte", "NUL in the middle"},
      {"PING :x\0"sv,   "forbidden_byte", "NUL at the end"},
      {"PING x\r",      "forbidden_byte", "CR"},
      {"PING\nx",       "forbidden_byte", "LF"},
      // clang-format on
  });
}

TEST(ParseMessage, GivesTheFifteenthParameterTheRestOfTheLine) {
  expect_parsed({
      // clang-format off
      {"C 1 2 3 4 5 6 7 8 9 a b c d e",
       "C[1][2][3][4][5][6][7][8][9][a][b][c][d][e]",        "fourteen"},
      {"C 1 2 3 4 5 6 7 8 9 a b c d e  ",
       "C[1][2][3][4][5][6][7][8][9][a][b][c][d][e]",        "spaces are no fifteenth"},
      {"C 1 2 3 4 5 6 7 8 9 a b c d e f",
       "C[1][2][3][4][5][6][7][8][9][a][b][c][d][e][f]",     "fifteen"},
      {"C 1 2 3 4 5 6 7 8 9 a b c d e :f g",
       "C[1][2][3][4][5][6][7][8][9][a][b][c][d][e][f g]",   "fifteen with colon"},
      {"C 1 2 3 4 5 6 7 8 9 a b c d e f :g ",
       "C[1][2][3][4][5][6][7][8][9][a][b][c][d][e][f :g ]", "sixteen"},
      // clang-format on
  });
}

TEST(ParseMessage, GivesACommandOrAnErrorForEveryPairOfBytes) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string line = {static_cast<char>(first), static_cast<char>(second)};
      const ExactCopy copy(line);
      const ParseResult result = parse_message(copy.view());
      EXPECT_EQ(result.error == ParseError::none, !result.message.command.empty()) << line;
    }
  }
}

TEST(Message, GivesAnEmptyParameterBeyondTheLast) {
  const Message message = parse_message("PING x").message;
  EXPECT_EQ(message.param(0), "x");
  EXPECT_EQ(message.param(1), "");
  EXPECT_EQ(message.param(kParamsMax), "");
}

TEST(ParseSource, TakesTheSourceApartAsTheTableSays) {
  struct SourceRow {
    std::string_view source, name, user, host;
  };
  const std::vector<SourceRow> rows = {
      // clang-format off
      {"alice!al@host.example", "alice",       "al",  "host.example"},
      {"alice@host",            "alice",       "",    "host"},
      {"alice!al",              "alice",       "al",  ""},
      {"irc.example",           "irc.example", "",    ""},
      {"a!b!c@d",               "a",           "b!c", "d"},
      {"a@b!c@d",               "a",           "",    "b!c@d"},
      {"!@",                    "",            "",    ""},
      {"",                      "",            "",    ""},
      // clang-format on
  };
  for (const SourceRow& row : rows) {
    const Source parts = parse_source(row.source);
    EXPECT_EQ(parts.name, row.name) << row.source;
    EXPECT_EQ(parts.user, row.user) << row.source;
    EXPECT_EQ(parts.host, row.host) << row.source;
  }
}

// The value of the tag "k", or "none".
std::string value_of_k(std::string_view tags) {
  const ExactCopy copy(tags);
  std::string value = "left over";
  return tag_value(copy.view(), "k", value) ? value : "none";
}

TEST(TagValue, IsWhatTheTableSays) {
  struct TagRow {
    std::string_view tags, expected;
    const char* reason;
  };
  const std::vector<TagRow> rows = {
      // clang-format off
      {"k=v",              "v",            "a key and its value"},
      {"a=1;k=v;z",        "v",            "among others"},
      {"",                 "none",         "no tags"},
      {"K=v;+k=v;kk=v",    "none",         "other keys; case counts"},
      {"k",                "",             "a key without value"},
      {"k=",               "",             "a key with an empty one"},
      {"k=a=b",            "a=b",          "only the first = separates"},
      {"k=1;k=2",          "2",            "the last one holds"},
      {"k=1;k",            "",             "even if it has no value"},
      {";;k=v;;",          "v",            "empty tags are nothing"},
      {R"(k=\:\s\\\r\n)",  "; \\\r\n",     "the five escapes"},
      {R"(k=\b\k)",        "bk",           "a needless backslash is dropped"},
      {R"(k=a\)",          "a",            "so is a lone one at the end"},
      {R"(k=\\s)",         R"(\s)",        "an escaped backslash escapes nothing"},
      // clang-format on
  };
  for (const TagRow& row : rows) EXPECT_EQ(value_of_k(row.tags), row.expected) << row.reason;
}

TEST(Serialize, PutsAColonOnlyWhereTheLastParameterNeedsOne) {
  using Params = std::vector<std::string_view>;
  EXPECT_EQ(serialize("", "PING", Params{}), "PING");
  EXPECT_EQ(serialize("srv", "PONG", Params{"srv", "x"}), ":srv PONG srv x");
  EXPECT_EQ(serialize("a!b@c", "PRIVMSG", Params{"#c", "two words"}),
            ":a!b@c PRIVMSG #c :two words");
  EXPECT_EQ(serialize("", "TOPIC", Params{"#c", ""}), "TOPIC #c :");
  EXPECT_EQ(serialize("", "TOPIC", Params{"#c", ":)"}), "TOPIC #c ::)");
  EXPECT_EQ(serialize("", "TOPIC", Params{"#c", "a:b"}), "TOPIC #c a:b");
}

// Nothing, or bytes that a last parameter may hold; any but the last may not need a colon.
std::string random_param(std::mt19937_64& random, bool last) {
  std::string param(random() % 5, 'x');
  for (char& byte : param) byte = ": \t\xFF,ab"[random() % 7];
  if (last) return param;
  std::erase(param, ' ');
  return "x" + param;
}

TEST(Serialize, IsUndoneByParseMessage) {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    std::mt19937_64 random(seed);
    const std::size_t count = random() % (kParamsMax + 1);
    std::vector<std::string> params;
    while (params.size() < count) {
      params.push_back(random_param(random, params.size() + 1 == count));
    }
    const std::vector<std::string_view> views(params.begin(), params.end());
    const std::string line = serialize("src", "CMD", views);
    const ParseResult result = parse_message(line);
    ASSERT_TRUE(result) << line;
    EXPECT_EQ(result.message.source, "src");
    EXPECT_TRUE(std::ranges::equal(result.message.params(), views)) << line;
  }
}

TEST(SerializeDeathTest, AbortsWhereNoLineCouldSayIt) {
  using Params = std::vector<std::string_view>;
  EXPECT_DEATH(serialize("", "PING", Params{"a\n"}), "CHECK failed");
  EXPECT_DEATH(serialize("", "PING", Params{"a\0"sv}), "CHECK failed");
  EXPECT_DEATH(serialize("", "PING", Params{"", "b"}), "CHECK failed");
  EXPECT_DEATH(serialize("", "PING", Params{":a", "b"}), "CHECK failed");
  EXPECT_DEATH(serialize("", "PING", Params{"a b", "c"}), "CHECK failed");
  EXPECT_DEATH(serialize("a b", "PING", Params{}), "CHECK failed");
  EXPECT_DEATH(serialize("", "", Params{}), "CHECK failed");
  EXPECT_DEATH(serialize("", "PING", Params(kParamsMax + 1, "a")), "CHECK failed");
}

}  // namespace
}  // namespace irc
