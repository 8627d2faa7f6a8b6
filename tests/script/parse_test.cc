#include "harness/script/parse.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>

#include "harness/script/print.h"
#include "harness/script/values.h"
#include "tests/script/case_text.h"
#include "tests/support/files.h"

namespace conform::script {
namespace {

// The first step of a case with these steps; fails the test if there is a problem.
Step first_step(std::string_view steps) {
  Parsed parsed = parse_copy(case_text(steps));
  EXPECT_EQ(problems_of(parsed), "") << steps;
  if (parsed.script.cases.empty() || parsed.script.cases.front().steps.empty()) return {};
  return parsed.script.cases.front().steps.front();
}

template <class T>
T first_action(std::string_view steps) {
  Step step = first_step(steps);
  T* action = std::get_if<T>(&step.action);
  EXPECT_NE(action, nullptr) << steps;
  return action == nullptr ? T{} : std::move(*action);
}

TEST(Parse, ReadsTheExamplesOfTheNotation) {
  const auto text = testing::read_file(SOURCE_DIR "/tests/script/examples.irct");
  const Parsed parsed = parse("examples.irct", text, true);
  EXPECT_EQ(problems_of(parsed), "");
  ASSERT_EQ(parsed.script.cases.size(), 4U);
  const Case& first = parsed.script.cases.front();
  EXPECT_EQ(first.id, "framing/split-inside-crlf");
  EXPECT_EQ(first.citations.size(), 2U);
  EXPECT_EQ(first.segments.also.size(), 2U);
  EXPECT_EQ(first.steps.size(), 5U);
  EXPECT_EQ(parsed.script.cases.back().clients.size(), 4U);
}

TEST(Parse, ReadsEveryHeader) {
  const Parsed parsed = parse_copy(
      "case area/slug\ntitle:  A sentence  \nlevel: should\ncite: none \"why\"\n"
      "cite: ircv3/message-tags#size-limit \"A quotation.\"\n"
      "clients: a b(rcvbuf=4096) c(raw, tls)*3 d(absent,cap=x,cap=draft/y) o(oper)\n"
      "requires: fresh(nofile=64), isupport NICKLEN=9\nrequires: !isupport X cap sasl\n"
      "segments: only as-written\ntags: slow, big\ntimeout: 2min\ninfo: remark\n---\n"
      "a > {b} {c} {d} {o}\n");
  ASSERT_EQ(problems_of(parsed), "");
  const Case& item = parsed.script.cases.front();
  EXPECT_EQ(item.title, "A sentence");
  EXPECT_EQ(item.level, Level::should);
  EXPECT_EQ(item.citations[1].quotation, "A quotation.");
  EXPECT_EQ(item.clients[1].rcvbuf, 4096U);
  EXPECT_EQ(item.clients[2].crowd, 3U);
  EXPECT_TRUE(item.clients[2].tls);
  EXPECT_EQ(item.clients[3].start, ClientDecl::Start::absent);
  EXPECT_EQ(item.clients[3].caps, (std::vector<std::string>{"x", "draft/y"}));
  ASSERT_EQ(item.requirements.size(), 4U);
  EXPECT_EQ(item.requirements[0].nofile, 64U);
  EXPECT_EQ(item.requirements[1].value, "9");
  EXPECT_EQ(item.requirements[2].kind, Requirement::Kind::not_isupport);
  EXPECT_TRUE(item.segments.only_as_written);
  EXPECT_EQ(item.tags, (std::vector<std::string>{"slow", "big"}));
  EXPECT_EQ(item.timeout, Millis(120'000));
}

TEST(Parse, CutsWhatIsSentAtItsBars) {
  const auto send = first_action<Send>(R"(a > "one\r" | "\ntwo" " three" | "x"*3 "\r\n")");
  ASSERT_EQ(send.segments.size(), 3U);
  EXPECT_FALSE(send.bare);
  EXPECT_EQ(std::get<std::string>(send.segments[1].front()), "\ntwo three");
  EXPECT_EQ(std::get<Repeated>(send.segments[2].front()).count, 3U);
}

TEST(Parse, TakesBareTextAsItStands) {
  const auto send = first_action<Send>("a >   PRIVMSG #x :a | \"b\" # c {b}");
  EXPECT_TRUE(send.bare);
  ASSERT_EQ(send.segments.size(), 1U);
  EXPECT_EQ(std::get<std::string>(send.segments[0][0]), "PRIVMSG #x :a | \"b\" # c ");
  EXPECT_EQ(std::get<NameRef>(send.segments[0][1]).name, "b");
}

TEST(Parse, TellsTheKindsOfParameters) {
  const auto expect =
      first_action<Expect>(R"(a < :{b}!* privmsg {x=*} * "*" a|"b c" /r\/e/ ... :rest | {b})");
  const auto& message = std::get<MessagePattern>(expect.pattern);
  EXPECT_TRUE(std::holds_alternative<Glob>(message.source.value()));
  EXPECT_EQ(print(expect.pattern), R"(:{b}!* PRIVMSG {x=*} * "*" a|"b c" /r\/e/ ... "rest | {b}")");
  constexpr auto kKinds = std::to_array<std::size_t>({3, 0, 2, 5, 4, 1, 2});
  ASSERT_EQ(message.params.size(), kKinds.size());
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    EXPECT_EQ(message.params[i].index(), kKinds[i]) << "parameter " << i;
  }
}

TEST(Parse, GivesStepsToTheListsOfTheirBlocks) {
  const auto choice = first_action<OneOf>(
      "one-of\nok \"x\"\na < PING\nrepeat 2\nb < PING\nend\nfail\na < closed\nend");
  ASSERT_EQ(choice.alternatives.size(), 2U);
  EXPECT_EQ(choice.alternatives[0].policy, "x");
  EXPECT_EQ(choice.alternatives[0].steps.size(), 2U);
  EXPECT_EQ(choice.alternatives[1].grade, AlternativeGrade::fail);
  const auto fork = first_action<If>("if cap sasl\na > x\nelse\na > y\na > z\nend");
  EXPECT_EQ(fork.then_steps.size(), 1U);
  EXPECT_EQ(fork.else_steps.size(), 2U);
}

TEST(Parse, SpansAStepFromItsFirstByteToItsLast) {
  const Step step = first_step("\t  a,b > PING :x");
  EXPECT_EQ(step.span.line, 7U);
  EXPECT_EQ(step.span.column, 4U);
  EXPECT_EQ(step.span.length, 13U);
  EXPECT_EQ(step.who, (std::vector<ClientIndex>{0, 1}));
}

struct FormRow {
  const char* step;
  const char* normal;
};

// A step and its normal form; nothing if it is that already.
TEST(Parse, UnderstandsEveryForm) {
  constexpr auto kRows = std::to_array<FormRow>({
      {"within 60s a <= PING", "within 1min a <= PING"},
      {"a,b   <   ping", "a,b < PING"},
      {"a < @+x=1;id;y=\"a b\" PING", nullptr},
      {"a < @+x={b} :/x.*/ 001|{b}", nullptr},
      {"a < {b} x", nullptr},
      {"a < /[A-Z]+/ x:y", nullptr},
      {"a < 353 * :", "a < 353 * \"\""},
      {"a < PING \":x\"", nullptr},
      {"a < PING \"x\"*400", nullptr},
      {"a < PING \"a\"\"x\"*3\"b\"", nullptr},
      {"a < PING hex\"00ff\"", "a < PING \"\\0\\xff\""},
      {"a < raw \"x\\r\\n\"", nullptr},
      {"a < raw \"x\"   \"\\r\\n\"", "a < raw \"x\\r\\n\""},
      {"a < raw /x/", nullptr},
      {"a < registered", nullptr},
      {"a < silence", nullptr},
      {"a <eof", "a < eof"},
      {"a < EOF", nullptr},
      {"a connect as {b} tls\nb rst", "a connect as {b} tls"},
      {"a close dirty", nullptr},
      {"a resume 1024B/s", "a resume 1KiB/s"},
      {"a urgent \"x\" \"\\n\"", "a urgent \"x\\n\""},
      {"server fds==base", "server fds == base"},
      {"server cpu < 20 %", "server cpu < 20%"},
      {"server rss < base + 8192KiB", "server rss < base + 8MiB"},
      {"server sockets closed", nullptr},
      {"server threads==base", "server threads == base"},
      {"server accepts", nullptr},
      {"server base", nullptr},
      {"let x = two words", "let x = \"two words\""},
      {"let x = \"a\" \"b\"*3", nullptr},
      {"wait 1000ms", "wait 1s"},
  });
  for (const FormRow& row : kRows) {
    const std::string_view clients =
        std::string_view(row.step).find("connect") == std::string::npos ? "a b" : "a(absent) b";
    const Parsed parsed = parse_copy(case_text(row.step, clients));
    if (parsed.script.cases.empty()) {
      EXPECT_EQ(problems_of(parsed), "") << row.step;
      continue;
    }
    const Case& item = parsed.script.cases.front();
    EXPECT_EQ(print(item, item.steps.front()), row.normal == nullptr ? row.step : row.normal);
  }
}

TEST(Parse, HoldsTheAreaAgainstTheNameOfTheFile) {
  const std::string text = case_text("a > x");
  EXPECT_TRUE(parse("cases/area.irct", text).ok());
  EXPECT_EQ(problems_of(parse("cases/other.irct", text)),
            "1:6 area 'area' is not the file's name 'other'\n");
  EXPECT_TRUE(parse("cases/other.irct", text, true).ok());
}

TEST(Parse, GoesOnAfterABrokenCase) {
  const Parsed parsed =
      parse_copy(case_text("a snd x") + "case area/two\n" +
                 case_text("a > x").substr(sizeof("case area/slug")) + "case area/three\n");
  EXPECT_EQ(parsed.script.cases.size(), 1U);
  EXPECT_EQ(parsed.problems.front().span.line, 7U);
  EXPECT_EQ(parsed.problems.back().span.line, 17U);
}

TEST(Parse, RefusesAFileBeyondTheLimit) {
  const Parsed parsed = parse_copy(std::string(kScriptBytesMax + 1, '\n'));
  EXPECT_EQ(problems_of(parsed), "1:1 script is larger than 4 MiB\n");
}

TEST(Parse, StopsAfterAThousandProblems) {
  std::string steps;
  for (int i = 0; i < 5000; ++i) steps += "a snd\n";
  const Parsed parsed = parse_copy(case_text(steps));
  EXPECT_EQ(parsed.problems.size(), ProblemList::kProblemsMax + 1);
  EXPECT_EQ(parsed.problems.back().message, "more than 1000 problems; the rest is not shown");
}

TEST(SourceText, GivesEveryLineWithoutItsTerminator) {
  const SourceText source{"x", "one\r\n\nthree"};
  EXPECT_EQ(source.line(0), "");
  EXPECT_EQ(source.line(1), "one");
  EXPECT_EQ(source.line(2), "");
  EXPECT_EQ(source.line(3), "three");
  EXPECT_EQ(source.line(4), "");
}

TEST(Format, PutsTheCaretUnderItsColumn) {
  const auto shown = [](std::string text, std::uint32_t column) {
    return format({"x.irct", std::move(text)}, {{1, column, 1}, "wrong"});
  };
  EXPECT_EQ(shown("abc", 2), "x.irct:1:2: error: wrong\n    1 | abc\n      |  ^\n");
  EXPECT_EQ(shown("\tb", 2), "x.irct:1:2: error: wrong\n    1 |  b\n      |  ^\n") << "a tab";
  EXPECT_EQ(shown("\xc3\xa9z", 3), "x.irct:1:3: error: wrong\n    1 | \xc3\xa9z\n      |  ^\n");
  EXPECT_EQ(shown("\xffz", 2), "x.irct:1:2: error: wrong\n    1 | \\xffz\n      |     ^\n");
  EXPECT_EQ(shown("", 1), "x.irct:1:1: error: wrong\n    1 | \n      | ^\n");
  EXPECT_EQ(shown("ab", 99), "x.irct:1:99: error: wrong\n    1 | ab\n      |   ^\n")
      << "past the end";
}

}  // namespace
}  // namespace conform::script
