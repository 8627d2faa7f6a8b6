#include "harness/script/print.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "harness/script/parse.h"
#include "tests/script/case_text.h"
#include "tests/support/files.h"

namespace conform::script {
namespace {

namespace fs = std::filesystem;

// Prints each case, reads it back and holds it against what was printed.
void expect_round_trip(const Script& script) {
  for (const Case& item : script.cases) {
    const std::string text = print(item);
    const Parsed again = parse_copy(text);
    ASSERT_EQ(problems_of(again), "") << text;
    ASSERT_EQ(again.script.cases.size(), 1U) << text;
    EXPECT_TRUE(again.script.cases.front() == item) << text;
    EXPECT_EQ(print(again.script.cases.front()), text);
  }
}

TEST(Print, ReadsBackTheExamplesAndTheSuite) {
  std::vector<fs::path> paths{SOURCE_DIR "/tests/script/examples.irct"};
  for (const auto& entry : fs::directory_iterator(SOURCE_DIR "/corpus/cases")) {
    if (entry.path().extension() == ".irct") paths.push_back(entry.path());
  }
  for (const fs::path& path : paths) {
    SCOPED_TRACE(path);
    const Parsed parsed = parse(path, testing::read_file(path), true);
    EXPECT_FALSE(parsed.script.cases.empty());
    expect_round_trip(parsed.script);
  }
}

constexpr std::string_view kNormalForm = R"(case area/slug
title: A sentence
level: robust
cite: modern#x "A quotation with \"quotes\" and \{braces\}."
cite: none "why"
clients: a b(absent, tls, oper, rcvbuf=4096, cap=x, cap=draft/y) w(raw)*100
requires: local, fresh(nofile=64), isupport CHANMODES="b,k,l", !isupport X, command WHOIS
segments: also whole, each-cut, random(5)
tags: slow, big
timeout: 90s
info: remark
---
let word = "a{b}" "x"*3
w > {word}
a > "{isupport.NICKLEN+1}{t1}" fill(512, "é") | "\xff\0" | "\r\n"
unordered
  a < PONG *
  within 2s a,b < @+x=";" :{who=*} PRIVMSG|NOTICE {b} ... /a b/ "c d"|e
end
one-of
  ok "first"
    a < raw /x\/y/
    repeat 3 as i
      a > {i}
    end
    repeat {isupport.CHANLIMIT.#-1} as i until b closed
      a mute
    end
    repeat 5 until b closed
      a > x
    end
  fail
    if isupport NICKLEN=9
      a <= eof
    else
      server rss < base + 8MiB
    end
end
for x in a "b c" {word} "*"
  a > {x}
end
repeat until 2MiB as rounds
  a > PING {rounds}
end
repeat {rounds-1} as n
  a < PONG * {n}
end
glue
  a,w fin
  b connect as {a} tls
end
)";

TEST(Print, ChangesNothingInANormalForm) {
  // `who` is captured by two clients there, so that lint speaks: it is the form that counts here.
  std::string text(kNormalForm);
  text.replace(text.find("a,b < @"), 3, "a");
  const Parsed parsed = parse_copy(text);
  ASSERT_EQ(problems_of(parsed), "");
  EXPECT_EQ(print(parsed.script.cases.front()), text);
}

TEST(Print, GivesAStepWithoutItsLastNewline) {
  const Parsed parsed = parse_copy(case_text("repeat 2\n a > x\nend"));
  const Case& item = parsed.script.cases.front();
  EXPECT_EQ(print(item, item.steps[0]), "repeat 2\n  a > x\nend");
  EXPECT_EQ(print(item, item.steps[1]), "sync a b");
}

struct WordRow {
  const char* bytes;
  const char* printed;
  const char* why;
};

TEST(Print, QuotesAParameterThatWouldMeanSomethingElse) {
  constexpr auto kRows = std::to_array<WordRow>({
      {"word", "word", "plain"},
      {"#chan", "#chan", "no comment in the middle of a line"},
      {"a:b", "a:b", "a colon within"},
      {"**", "**", "no wildcard"},
      {"", "\"\"", "empty"},
      {"*", "\"*\"", "any one"},
      {"...", "\"...\"", "any number"},
      {":x", "\":x\"", "the rest of the line"},
      {"/x", "\"/x\"", "a regular expression"},
      {"a|b", "\"a|b\"", "either"},
      {"a b", "\"a b\"", "two parameters"},
      {"{a}", "\"\\{a\\}\"", "a name"},
      {"a\\b", "\"a\\\\b\"", "a backslash"},
      {"a\"b", "\"a\\\"b\"", "a quote"},
      {"fill(1", "\"fill(1\"", "a part"},
      {"\xc3\xa9", "\xc3\xa9", "UTF-8"},
      {"\xe9", "\"\\xe9\"", "no UTF-8"},
      {"\x01"
       "0",
       "\"\\x010\"", "a control byte before a digit"},
  });
  for (const WordRow& row : kRows) {
    const MessagePattern pattern{{}, {}, Exactly{{"PING"}}, {Exactly{{std::string(row.bytes)}}}};
    EXPECT_EQ(print(Pattern(pattern)), std::string("PING ") + row.printed) << row.why;
  }
}

TEST(Print, QuotesWhatCannotBeBare) {
  Case item;
  item.clients.emplace_back().name = "a";
  const auto sent = [&item](std::string text) {
    return print(item, Step{Send{{{std::move(text)}}, true}, {0}, {}});
  };
  EXPECT_EQ(sent("PING :x"), "a > PING :x");
  EXPECT_EQ(sent("PING "), "a > \"PING \\r\\n\"");
  EXPECT_EQ(sent(" PING"), "a > \" PING\\r\\n\"");
  EXPECT_EQ(sent("\"PING\""), "a > \"\\\"PING\\\"\\r\\n\"");
  EXPECT_EQ(sent("a\\b"), "a > \"a\\\\b\\r\\n\"");
}

TEST(Equality, TakesNoAccountOfPlaces) {
  const Parsed one = parse_copy(case_text("a > {b}\nif local\n a < PING {x=*}\nend"));
  const Parsed two =
      parse_copy("# moved\n\n" + case_text("a   > {b}\n if local\na < PING {x=*}\nend"));
  EXPECT_TRUE(one.script.cases.front() == two.script.cases.front());
}

TEST(Equality, SeesEveryDifference) {
  const auto same = [](std::string_view a, std::string_view b) {
    return parse_copy(case_text(a)).script.cases.at(0) ==
           parse_copy(case_text(b)).script.cases.at(0);
  };
  EXPECT_FALSE(same("a > x", "a > y"));
  EXPECT_FALSE(same("a > x", "b > x"));
  EXPECT_FALSE(same("a > x", "a > \"x\\r\\n\"")) << "bare or not";
  EXPECT_FALSE(same("a > \"x\\n\"", "a > \"x\" | \"\\n\""));
  EXPECT_FALSE(same("a < PING", "a <= PING"));
  EXPECT_FALSE(same("a < PING *", "a < PING \"*\""));
  EXPECT_FALSE(same("if local\na > x\nend", "if tls\na > x\nend"));
  EXPECT_FALSE(same("repeat 2\na > x\nend", "repeat 2\na > x\na > x\nend"));
}

}  // namespace
}  // namespace conform::script
