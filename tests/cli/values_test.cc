#include "harness/cli/values.h"

#include <gtest/gtest.h>

#include <csignal>
#include <string>

namespace conform {
namespace {

struct AddressRow {
  const char* text;
  const char* host;
  int port;
  const char* reason;
};

TEST(Values, TakesTargetsOfEveryForm) {
  constexpr AddressRow kRows[] = {
      {"127.0.0.1:6697", "127.0.0.1", 6697, "IPv4"},
      {"irc.example", "irc.example", 6667, "a name; the usual port"},
      {"[::1]:7000", "::1", 7000, "IPv6"},
      {"[::1]", "::1", 6667, "IPv6; the usual port"},
      {"h:65535", "h", 65535, "the last port"},
  };
  for (const AddressRow& row : kRows) {
    const Value<HostPort> parsed = parse_host_port(row.text);
    ASSERT_TRUE(parsed.value) << row.reason << ": " << parsed.problem;
    EXPECT_EQ(parsed.value->host, row.host) << row.reason;
    EXPECT_EQ(parsed.value->port, row.port) << row.reason;
  }
}

struct ProblemRow {
  const char* text;
  const char* problem;
};

template <class T>
std::string problem_of(Value<T> (*parse)(std::string_view), const char* text) {
  const Value<T> parsed = parse(text);
  return parsed.value ? "no problem" : parsed.problem;
}

TEST(Values, SaysWhatIsWrongWithATarget) {
  constexpr ProblemRow kRows[] = {
      {"", "must be HOST:PORT; the host is missing"},
      {":6667", "must be HOST:PORT; the host is missing"},
      {"[]:6667", "must be HOST:PORT; the host is missing"},
      {"h:", "the port must be a number from 1 to 65535, not ''"},
      {"h:0", "the port must be a number from 1 to 65535, not '0'"},
      {"h:65536", "the port must be a number from 1 to 65535, not '65536'"},
      {"h:-1", "the port must be a number from 1 to 65535, not '-1'"},
      {"h:66x", "the port must be a number from 1 to 65535, not '66x'"},
      {"irc://h", "the port must be a number from 1 to 65535, not '//h'"},
      {"::1", "must be HOST:PORT; the host is missing"},
      {"fe80::1", "an IPv6 address needs brackets: [fe80::1]"},
      {"[::1", "']' is missing"},
      {"[::1]6667", "'6667' behind ']'"},
  };
  for (const ProblemRow& row : kRows) {
    EXPECT_EQ(problem_of(parse_host_port, row.text), row.problem) << row.text;
  }
}

TEST(Values, TakesBracesOfACommandThatAreItsOwn) {
  for (const char* command :
       {"ircd {port}", "sh -c 'x() { ircd -p {port}; }; x'", "sh -c 'a=${HOME}/{port}; ircd $a'",
        R"(ircd '{"listen": {port}}')", "awk '{print}' | ircd {port} {password} {dir}",
        "ircd {} {a,b} {port}"}) {
    EXPECT_EQ(parse_spawn(command).value, command) << parse_spawn(command).problem;
  }
}

TEST(Values, RefusesACommandThatIsToldNoPortAndSlipsOfItsPlaceholders) {
  constexpr ProblemRow kRows[] = {
      {"", "'{port}' does not stand in the command: a server has to listen where it is told to"},
      {"ircd 6667",
       "'{port}' does not stand in the command: a server has to listen where it is told to"},
      {"ircd {prot}", "'{prot}' is not filled in; did you mean '{port}'?"},
      {"ircd {PORT}", "'{PORT}' is not filled in; did you mean '{port}'?"},
      {"ircd {port} {pasword}", "'{pasword}' is not filled in; did you mean '{password}'?"},
  };
  for (const ProblemRow& row : kRows) {
    EXPECT_EQ(problem_of(parse_spawn, row.text), row.problem) << row.text;
  }
}

TEST(Values, SplitsAnOperatorAtTheFirstColon) {
  EXPECT_EQ(parse_credentials("root:a:b").value->name, "root");
  EXPECT_EQ(parse_credentials("root:a:b").value->password, "a:b");
  EXPECT_EQ(parse_credentials("root:").value->password, "");
  EXPECT_EQ(problem_of(parse_credentials, "root"), "must be NAME:PASSWORD");
  EXPECT_EQ(problem_of(parse_credentials, ":x"), "must be NAME:PASSWORD");
}

TEST(Values, TakesSignalsByNameAndNumber) {
  EXPECT_EQ(parse_signal("SIGINT").value, SIGINT);
  EXPECT_EQ(parse_signal("KILL").value, SIGKILL);
  EXPECT_EQ(parse_signal("15").value, SIGTERM);
  for (const char* text : {"0", "65", "SIG", "", "SIGFOO", "15x"}) {
    EXPECT_FALSE(parse_signal(text).value) << text;
  }
}

TEST(Values, TakesOnlyShardsThatExist) {
  EXPECT_EQ(parse_shard("2/3").value->index, 2u);
  EXPECT_EQ(parse_shard("2/3").value->count, 3u);
  for (const char* text : {"0/3", "4/3", "1", "1/", "/3", "1/0", "1/3/5", "a/b", "-1/3", ""}) {
    EXPECT_FALSE(parse_shard(text).value) << text;
  }
}

TEST(Values, ReadsTheGrammarOfCuts) {
  const Cuts many = *parse_cuts("as-written,each-cut,random(12)").value;
  EXPECT_EQ(many, (Cuts{.cuts = {Cut{}}, .each_cut = true, .drawn = 12}));
  const Cuts single = *parse_cuts("cut(17),drawn(2),glued").value;
  EXPECT_EQ(single, (Cuts{.cuts = {{.kind = Cut::Kind::at, .number = 17},
                                   {.kind = Cut::Kind::drawn, .number = 2},
                                   {.kind = Cut::Kind::glued}}}));
}

TEST(Values, TakesAllForEveryCut) {
  const Cuts all = *parse_cuts("all").value;
  EXPECT_EQ(all.cuts.size(), 5u);
  EXPECT_TRUE(all.each_cut);
  EXPECT_EQ(all.drawn, 3u);
}

TEST(Values, RefusesCutsThatAreNone) {
  for (const char* text :
       {"", "bytes,", ",bytes", "random", "random()", "random(0)", "random(-1)", "random(10001)",
        "random(3", "random(3)x", "cut", "cut(0)", "cut(17", "drawn()", "Bytes", "bytes lines"}) {
    EXPECT_FALSE(parse_cuts(text).value) << text;
  }
}

TEST(Values, NamesTheWordsThatItKnows) {
  EXPECT_EQ(problem_of(parse_level, "Must"),
            "must be one of must, should, may, robust, not 'Must'");
  EXPECT_EQ(problem_of(parse_color, ""), "must be one of auto, always, never, not ''");
  EXPECT_EQ(problem_of(parse_list_format, "xml"), "must be one of text, json, not 'xml'");
}

TEST(Values, KeepsNumbersInTheirRange) {
  EXPECT_EQ(parse_count("1").value, 1u);
  EXPECT_EQ(parse_seed("18446744073709551615").value, 18446744073709551615u);
  EXPECT_EQ(parse_scale("0.5").value, 0.5);
  for (const char* text : {"0", "-1", "1000001", "1.5", " 1", "1 ", "", "x"}) {
    EXPECT_FALSE(parse_count(text).value) << text;
  }
  for (const char* text : {"-1", "18446744073709551616", "0x1", ""}) {
    EXPECT_FALSE(parse_seed(text).value) << text;
  }
  for (const char* text : {"0", "-1", "nan", "inf", "1e999", "", "2x"}) {
    EXPECT_FALSE(parse_scale(text).value) << text;
  }
  for (const char* text : {"0", "-5", "2147483648"}) EXPECT_FALSE(parse_pid(text).value) << text;
}

}  // namespace
}  // namespace conform
