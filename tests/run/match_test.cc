#include "harness/run/match.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "tests/run/script_parts.h"

namespace conform::testing {
namespace {

Bindings known() {
  Bindings bindings;
  bindings.bind("a", "Alice[1]", Bindings::Kind::name);
  bindings.bind("b", "Bob", Bindings::Kind::name);
  bindings.bind("chan", "#Room", Bindings::Kind::name);
  bindings.bind("t1", "Token");
  return bindings;
}

// What is expected, and who matches it.
class Expectation {
 public:
  explicit Expectation(std::string_view expect) : pattern_(pattern_of(expect)) {
    matcher_.casemapping(irc::Casemapping::rfc1459);
  }

  // Matches an exact-size copy, so that reading past its end is noticed.
  bool meets(std::string_view raw, Captures& captures) {
    const std::vector<char> copy(raw.begin(), raw.end());
    const std::string_view line(copy.data(), copy.size());
    if (const auto* bytes = std::get_if<script::RawPattern>(&pattern_)) {
      return matcher_.matches(*bytes, line, bindings_);
    }
    return matcher_.matches(std::get<script::MessagePattern>(pattern_), line, bindings_, captures);
  }

 private:
  script::Pattern pattern_;
  Bindings bindings_ = known();
  Matcher matcher_;
};

bool meets(std::string_view expect, std::string_view raw) {
  Captures ignored;
  return Expectation(expect).meets(raw, ignored);
}

struct Row {
  const char* expect;
  std::string line;
  bool matches;
  const char* reason;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(meets(row.expect, row.line), row.matches)
        << row.reason << ": " << row.expect << " on " << row.line;
  }
}

TEST(Matcher, ComparesParametersNotSpellings) {
  check({
      // clang-format off
      {"PRIVMSG x one",       "PRIVMSG x one\r\n",        true,  "as written"},
      {"PRIVMSG x one",       "PRIVMSG x :one\r\n",       true,  "a colon before the last"},
      {"PRIVMSG x :one",      "PRIVMSG x one\r\n",        true,  "nor one in the pattern"},
      {"PRIVMSG x :one two",  "PRIVMSG x :one two\r\n",   true,  "a last parameter with a blank"},
      {"PRIVMSG x one two",   "PRIVMSG x :one two\r\n",   false, "two parameters are not one"},
      {"PRIVMSG x :one two",  "PRIVMSG x one two\r\n",    false, "nor one two"},
      {"PRIVMSG x one",       "PRIVMSG  x   one\r\n",     true,  "blanks between are one"},
      {"PRIVMSG x one",       "PRIVMSG x one",            true,  "the terminator is no part of it"},
      {"PRIVMSG x one",       "PRIVMSG x one\n",          true,  "LF alone"},
      {"PRIVMSG x one",       "PRIVMSG x One\r\n",        false, "text has case"},
      {"PRIVMSG x",           "PRIVMSG x one\r\n",        false, "one parameter too many"},
      {"PRIVMSG x one",       "PRIVMSG x\r\n",            false, "one too few"},
      {"PRIVMSG x \"*\"",     "PRIVMSG x *\r\n",          true,  "a quoted star is a star"},
      {"PRIVMSG x \"*\"",     "PRIVMSG x y\r\n",          false, "and nothing else"},
      {"PRIVMSG x \"a|b\"",   "PRIVMSG x a|b\r\n",        true,  "a quoted bar likewise"},
      {"PRIVMSG x \"\"",      "PRIVMSG x :\r\n",          true,  "an empty parameter is one"},
      {"PRIVMSG x \"\"",      "PRIVMSG x\r\n",            false, "none is none"},
      // clang-format on
  });
}

TEST(Matcher, ComparesCommandsWithoutRegardToCase) {
  check({
      // clang-format off
      {"PRIVMSG x y",         "privmsg x y\r\n",   true,  "lower case"},
      {"privmsg x y",         "PrivMsg x y\r\n",   true,  "any case"},
      {"PRIVMSG|NOTICE x y",  "notice x y\r\n",    true,  "either of them, too"},
      {"privmsg|notice x y",  "NOTICE x y\r\n",    true,  "and the other way round"},
      {"/PRIV.*/ x y",        "privmsg x y\r\n",   true,  "a regular expression, too"},
      {"/priv.*/ x y",        "PRIVMSG x y\r\n",   true,  "and the other way round"},
      {"/PRIV/ x y",          "PRIVMSG x y\r\n",   false, "it is anchored all the same"},
      {"/4../ ...",           "421 x y\r\n",       true,  "a class of numerics"},
      {"/4../ ...",           "521 x y\r\n",       false, "another class"},
      {"PRIVMSG|NOTICE x y",  "TAGMSG x y\r\n",    false, "neither of them"},
      // clang-format on
  });
}

TEST(Matcher, TakesWildcardsInEveryPlace) {
  check({
      // clang-format off
      {"X * b",        "X a b\r\n",      true,  "any one"},
      {"X * b",        "X b\r\n",        false, "but one"},
      {"X *",          "X :\r\n",        true,  "an empty one is one"},
      {"X ...",        "X\r\n",          true,  "any number is none, too"},
      {"X ...",        "X a b c\r\n",    true,  "or three"},
      {"X ... c",      "X a b c\r\n",    true,  "in front"},
      {"X ... c",      "X c\r\n",        true,  "none in front"},
      {"X ... c",      "X a b\r\n",      false, "the last is another"},
      {"X a ... c",    "X a b b c\r\n",  true,  "in the middle"},
      {"X a ... c",    "X a c\r\n",      true,  "none in the middle"},
      {"X a ... c",    "X a\r\n",        false, "the last is not there"},
      {"X a ...",      "X a b c\r\n",    true,  "at the end"},
      {"X a ...",      "X b\r\n",        false, "the first is another"},
      {"X ... * c",    "X c\r\n",        false, "one has to be there"},
      {"X ... * c",    "X b c\r\n",      true,  "and is"},
      {"X a|b",        "X b\r\n",        true,  "either"},
      {"X a|b",        "X c\r\n",        false, "neither"},
      {"X /a+/",       "X aaa\r\n",      true,  "a regular expression"},
      {"X /a+/",       "X aab\r\n",      false, "anchored at the end"},
      {"X /a+/",       "X baa\r\n",      false, "and at the begin"},
      {"X /a|b/",      "X ab\r\n",       false, "with a bar in it, too"},
      {"X /\\xff+/",   "X \xff\xff\r\n", true,  "on bytes, not on characters"},
      {"X /./",        "X \xc3\xa9\r\n", false, "two bytes are two"},
      // clang-format on
  });
}

TEST(Matcher, ComparesNamesByTheCasemappingAndNothingElse) {
  check({
      // clang-format off
      {"X {a}",    "X aLICE{1}\r\n",  true,  "a nick"},
      {"X {chan}", "X #ROOM\r\n",     true,  "a channel"},
      {"X {t1}",   "X TOKEN\r\n",     false, "a token is text"},
      {"X {b}x",   "X BOBx\r\n",      false, "a name within a text is text"},
      {"X {b}|{a}", "X BOB\r\n",      true,  "either of two names"},
      {"X Bob",    "X BOB\r\n",       false, "what is written is text"},
      {"X {isupport.NICKLEN}", "X 30\r\n", false, "what stands for nothing matches nothing"},
      {"X {isupport.NICKLEN}", "X :\r\n",  false, "not even that"},
      // clang-format on
  });
}

TEST(Matcher, TakesSourcesByMask) {
  check({
      // clang-format off
      {":{b}!* QUIT ...",  ":Bob!u@h QUIT :x\r\n",   true,  "a mask"},
      {":{b}!* QUIT ...",  ":BOB!u@h QUIT :x\r\n",   true,  "names in it have no case"},
      {":{b}!* QUIT ...",  ":Bobby!u@h QUIT :x\r\n", false, "another nick"},
      {":{b}!* QUIT ...",  ":Bob QUIT :x\r\n",       false, "no user, no host"},
      {":{b}!* QUIT ...",  "QUIT :x\r\n",            false, "a source is wanted"},
      {":{b} QUIT ...",    ":Bob!u@h QUIT :x\r\n",   true,  "a name, user and host left open"},
      {":{b} QUIT ...",    ":Bob QUIT :x\r\n",       true,  "a name alone"},
      {":{b} QUIT ...",    ":Bobby!u@h QUIT :x\r\n", false, "another name"},
      {"QUIT ...",         ":Bob!u@h QUIT :x\r\n",   true,  "none is wanted"},
      {":* 001 ...",       "001 x\r\n",              true,  "numerics may leave it out"},
      {":srv 001 ...",     ":other 001 x\r\n",       false, "but not lie"},
      {":/B.b!.*/ QUIT ...", ":Bob!u@h QUIT\r\n",    true,  "a regular expression"},
      // clang-format on
  });
}

TEST(Matcher, LooksAtTagsOnlyWhereTheyAreWritten) {
  check({
      // clang-format off
      {"X y",            "@a=1;b :s X y\r\n",      true,  "ignored"},
      {"@a=1 X y",       "@b;a=1 :s X y\r\n",      true,  "among them"},
      {"@a=1 X y",       "@a=2 :s X y\r\n",        false, "another value"},
      {"@a X y",         "@a=2 :s X y\r\n",        true,  "any value"},
      {"@a X y",         ":s X y\r\n",             false, "none"},
      {"@+x=1 X y",      "@+x=1 X y\r\n",          true,  "a client's own"},
      {"@+x=1;b X y",    "@+x=1 X y\r\n",          false, "both have to be there"},
      // clang-format on
  });
}

TEST(Matcher, TakesRawLinesByTheByte) {
  check({
      // clang-format off
      {R"(raw "a b\r\n")",     "a b\r\n",    true,  "with the terminator"},
      {R"(raw "a b\r\n")",     "a b\n",      false, "another terminator"},
      {R"(raw "a b\r\n")",     "A b\r\n",    false, "bytes have case"},
      {R"(raw "{t1}\r\n")",    "Token\r\n",  true,  "names stand for something"},
      {R"(raw /.*\r[^\n].*/)", "a\rb\r\n",   true,  "a CR within"},
      {R"(raw /.*\r[^\n].*/)", "ab\r\n",     false, "none within"},
      {R"(raw /.*\x00.*/)",    std::string("a\0b\r\n", 5), true,  "a NUL"},
      {R"(raw /.*\x00.*/)",    "ab\r\n",     false, "no NUL"},
      {R"(raw /a/)",           "a\r\n",      false, "anchored: the terminator counts"},
      {R"(raw "{isupport.X}")", "",          false, "what stands for nothing matches nothing"},
      // clang-format on
  });
}

TEST(Matcher, MatchesNoMessageInWhatIsNone) {
  for (const std::string& line :
       {std::string(), std::string("\r\n"), std::string(":s\r\n"), std::string("@t\r\n"),
        std::string("X\0Y z\r\n", 7), std::string("4x1 z\r\n")}) {
    EXPECT_FALSE(meets("/.*/ ...", line)) << line;
  }
}

TEST(Matcher, CapturesWhatAParameterAndASourceAre) {
  Captures captures;
  EXPECT_TRUE(
      Expectation(":{who=*} 353 ... {names=*}").meets(":srv 353 a = #c :x y\r\n", captures));
  EXPECT_EQ(captures, (Captures{{"who", "srv"}, {"names", "x y"}}));
}

TEST(Matcher, CapturesTheLastPossibilityThatHolds) {
  Captures captures;
  EXPECT_TRUE(Expectation("X ... {x=*} c").meets("X a b c\r\n", captures));
  EXPECT_EQ(captures["x"], "b");
}

TEST(Matcher, CapturesNothingWhereNothingMatches) {
  Captures captures;
  EXPECT_FALSE(Expectation("X {x=*} c").meets("X a b\r\n", captures));
  EXPECT_TRUE(captures.empty());
}

TEST(Glob, MatchesAsTheTableSays) {
  struct {
    const char* mask;
    const char* text;
    bool matches;
  } const rows[] = {{"", "", true},         {"", "a", false},      {"*", "", true},
                    {"a*c", "abc", true},   {"a*c", "ac", true},   {"a*c", "abd", false},
                    {"*a", "aba", true},    {"a*", "ba", false},   {"*b*", "abc", true},
                    {"**", "x", true},      {"a?c", "abc", false}, {"*ab*ab", "abab", true},
                    {"*ab*ab", "ab", false}};
  for (const auto& row : rows) {
    EXPECT_EQ(mask_matches(row.mask, row.text), row.matches) << row.mask << " " << row.text;
  }
}

// A time-out of the whole program stands behind this one: what is not linear does not end.
TEST(Matcher, IsThroughWithAMebibyteInGoodTime) {
  const std::string flood(std::size_t{1} << 20, 'a');
  EXPECT_FALSE(meets("X /(a|a)*b/", "X " + flood + "\r\n"));
  EXPECT_FALSE(meets("raw /(a*)*b/", flood + "\r\n"));
  EXPECT_FALSE(meets(":*a*a*a*b X ...", ":" + flood + " X y\r\n"));
  EXPECT_FALSE(meets("X ... x", "X " + flood));
  EXPECT_TRUE(meets("X ... a", "X" + std::string(std::size_t{1} << 19, ' ') + "a\r\n"));
  EXPECT_FALSE(meets("/(P*)*X/ ...", std::string(std::size_t{1} << 20, 'P') + "\r\n"));
}

TEST(Matcher, TakesAnyBytes) {
  std::mt19937 random(1);
  Expectation with_cr("raw /.*\\r.*/");
  std::array others = {Expectation(":*!*@* PRIVMSG|NOTICE {a} ... {x=*}"),
                       Expectation("@a=1 /[0-9]+/ ... *"), Expectation("PING {b} /a*/ ...")};
  Captures captures;
  for (int i = 0; i < 2000; ++i) {
    std::string line(random() % 40, ' ');
    for (char& byte : line) {
      byte = random() % 3 != 0 ? static_cast<char>(random()) : " :@;=!\r\n"[random() % 8];
    }
    EXPECT_EQ(with_cr.meets(line, captures), line.find('\r') != line.npos);
    for (Expectation& other : others) other.meets(line, captures);
  }
}

}  // namespace
}  // namespace conform::testing
