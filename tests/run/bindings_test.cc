#include "harness/run/bindings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <vector>

#include "tests/run/script_parts.h"

namespace conform::testing {
namespace {

bool is_lower(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

Bindings known() {
  Bindings bindings;
  bindings.bind("b", "Bob", Bindings::Kind::name);
  bindings.bind("chan", "#c", Bindings::Kind::name);
  bindings.bind("t1", "token");
  bindings.bind("isupport.NICKLEN", "30");
  bindings.bind("isupport.EXCEPTS", "");
  bindings.bind("isupport.MODES", "4x");
  bindings.bind("isupport.TOPICLEN", "9223372036854775807");
  return bindings;
}

TEST(FreshNames, AreNeverTheSameTwice) {
  FreshNames names(1);
  std::set<std::string> seen;
  constexpr int kNames = 3000;
  for (int i = 0; i < kNames; ++i) {
    seen.insert(names.nick());
    seen.insert(names.token());
    seen.insert(names.channel());
  }
  EXPECT_EQ(seen.size(), 3U * kNames);
}

TEST(FreshNames, AreNineLettersAtMostForEverySeed) {
  for (const std::uint64_t seed :
       {std::uint64_t{0}, std::uint64_t{25}, std::uint64_t{26}, ~std::uint64_t{0}}) {
    FreshNames names(seed);
    for (const std::string& name : {names.nick(), names.token(), names.channel().substr(1)}) {
      EXPECT_LE(name.size(), 9U);
      EXPECT_TRUE(is_lower(name)) << name;
    }
  }
}

TEST(FreshNames, OfAnotherSeedAreOthers) {
  EXPECT_NE(FreshNames(1).nick(), FreshNames(2).nick());
  EXPECT_EQ(FreshNames(1).nick(), FreshNames(1).nick());
}

TEST(FreshNames, ChannelsBeginAsTheTargetWantsThem) {
  EXPECT_EQ(FreshNames(1).channel('&').front(), '&');
  EXPECT_EQ(FreshNames(1).channel().front(), '#');
}

TEST(FreshNames, AreRecognised) {
  FreshNames names(7);
  EXPECT_TRUE(FreshNames::is_fresh(names.nick()));
  EXPECT_TRUE(FreshNames::is_fresh(names.token()));
  EXPECT_TRUE(FreshNames::is_fresh(names.channel('+')));
  for (const char* other : {"", "a", "Nabcaaaab", "nabcaaaa", "#nabcaaa", "##nabcaaaab"}) {
    EXPECT_FALSE(FreshNames::is_fresh(other)) << other;
  }
}

struct Row {
  const char* data;
  std::string bytes;
  const char* reason;
};

const std::vector<Row> kTexts = {
    // clang-format off
    {"PING x",                        "PING x",          "bare text is itself"},
    {"PRIVMSG {b} :{t1}",             "PRIVMSG Bob :token", "names are looked up"},
    {R"("a{b}c")",                    "aBobc",           "in quotes, too, and glued to others"},
    {R"("x"*3)",                      "xxx",             "so often"},
    {R"("xy"*2 "z")",                 "xyxyz",           "the whole unit is repeated"},
    {R"("{isupport.NICKLEN+1}")",     "31",              "one more"},
    {R"("{isupport.NICKLEN-1}")",     "29",              "one less"},
    {R"("PING " fill(10, "x"))",      "PING xxx",        "with the CR LF that follows, ten bytes"},
    {R"("PING " fill(12, "ab"))",     "PING ababa",      "a unit may be cut"},
    {R"("PING x" fill(8, "x"))",      "PING x",          "nothing is missing"},
    {R"("PING long" fill(8, "x"))",   "PING long",       "already longer"},
    {R"("one\r\n" fill(4, "x"))",     "one\r\nxx",       "only the line so far counts"},
    // clang-format on
};

TEST(Evaluate, GivesTheBytesThatTheTableSays) {
  const Bindings bindings = known();
  for (const Row& row : kTexts) {
    const Evaluated result = evaluate(send_of(row.data).segments.at(0), bindings);
    EXPECT_TRUE(result.ok()) << row.reason;
    EXPECT_EQ(result.bytes, row.bytes) << row.reason;
  }
}

TEST(Evaluate, CountsWhatPrecedesTheTextInItsLine) {
  const script::Send send = send_of(R"("PING " | fill(10, "x"))");
  EXPECT_EQ(evaluate(send.segments.at(1), known(), "PING ").bytes, "xxx");
  EXPECT_EQ(evaluate(send.segments.at(1), known(), "PING a\r\nPING ").bytes, "xxx");
}

TEST(Evaluate, NamesTheFirstThatStandsForNothing) {
  for (const char* data : {"PING {isupport.AWAYLEN} {isupport.KICKLEN}",
                           R"("{b}{isupport.AWAYLEN}")", "{isupport.AWAYLEN+1}"}) {
    const Evaluated result = evaluate(send_of(data).segments.at(0), known());
    EXPECT_EQ(result.missing, "isupport.AWAYLEN") << data;
  }
}

// What a server says of itself is as hostile as anything else that it says.
TEST(Evaluate, AdjustsNoValueThatIsNoNumber) {
  for (const char* data : {"{isupport.EXCEPTS+1}", "{isupport.MODES+1}", "{isupport.TOPICLEN+1}"}) {
    EXPECT_FALSE(evaluate(send_of(data).segments.at(0), known()).ok()) << data;
  }
}

TEST(Bindings, KnowWhichOfThemAreNames) {
  const Bindings bindings = known();
  EXPECT_TRUE(bindings.is_name("b"));
  EXPECT_FALSE(bindings.is_name("t1"));
  EXPECT_FALSE(bindings.is_name("nobody"));
}

TEST(Bindings, TakeTheLastValue) {
  Bindings bindings;
  bindings.bind("x", "one");
  bindings.bind("x", "two");
  EXPECT_EQ(*bindings.find("x"), "two");
  EXPECT_EQ(bindings.find("y"), nullptr);
}

TEST(Bindings, PutFreshNamesBackIntoBracesAndNoOthers) {
  FreshNames names(3);
  const std::string nick = names.nick(), channel = names.channel();
  Bindings bindings;
  bindings.bind("a", nick);
  bindings.bind("chan", channel);
  bindings.bind("b", "Bob");
  EXPECT_EQ(bindings.unbound(":" + nick + "!u@h JOIN " + channel + " " + nick + " Bob"),
            ":{a}!u@h JOIN {chan} {a} Bob");
}

// A server that still knows somebody refuses his nickname to his next connection, which takes
// another: what was said of him before is still about him.
TEST(Bindings, PutFormerNamesBackToo) {
  FreshNames names(3);
  const std::string before = names.nick(), now = names.nick(), of_b = names.nick();
  Bindings bindings;
  bindings.bind("a", before);
  bindings.bind("b", of_b);
  bindings.bind("a", now);
  EXPECT_EQ(bindings.unbound(before + " " + now + " " + of_b), "{a} {a} {b}");
  bindings.bind("b", before);  // Who has a name now comes before who had it.
  EXPECT_EQ(bindings.unbound(before + " " + of_b), "{b} {b}");
}

}  // namespace
}  // namespace conform::testing
