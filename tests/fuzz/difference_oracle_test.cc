// Whoever reads otherwise than he declares is found, and what he declares hides nothing else.
#include "fuzz/differential/difference_oracle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fuzz/differential/adapters.h"
#include "fuzz/differential/linked_adapter.h"
#include "harness/script/parse.h"

namespace fuzz {
namespace {

// The naive framer and parser with these readings, and a fault.
class Faulty : public Adapter {
 public:
  explicit Faulty(Readings has = {}, Readings declared = {}) : has_(has) {
    facts_.name = "faulty";
    facts_.readings = declared;
    facts_.frames = true;
    facts_.parses = true;
  }

  const AdapterFacts& facts() const override { return facts_; }
  FramesSeen frames(const FramerInput& input) override {
    FramesSeen seen{.frames = expected_frames(input, has_), .differs = {}};
    if (frames_fault) frames_fault(seen, input);
    return seen;
  }
  MessageSeen message(std::string_view line) override {
    MessageSeen seen = expected_message(line, has_);
    if (message_fault) message_fault(seen);
    return seen;
  }

  std::function<void(FramesSeen&, const FramerInput&)> frames_fault;
  std::function<void(MessageSeen&)> message_fault;

 private:
  Readings has_;
  AdapterFacts facts_;
};

Readings set_of(const std::vector<Reading>& list) {
  Readings readings;
  for (const Reading reading : list) readings.add(reading);
  return readings;
}

FramerInput whole(std::string_view stream) {
  return {.limits = {}, .cuts = {4}, .stream = stream};
}

std::string found(Adapter& adapter, std::string_view stream) {
  const Verdict verdict = DifferenceOracle(adapter).judge(whole(stream));
  return verdict ? std::string(verdict->oracle.id) : "";
}

// The case that a finding ends with, if it is one without any problem.
std::string case_of(const std::string& text) {
  const std::size_t begin = text.find("case ");
  if (begin == std::string::npos) return "";
  std::string item = text.substr(begin);
  const auto parsed = conform::script::parse("differs.irct", item, true);
  for (const auto& problem : parsed.problems) ADD_FAILURE() << problem.message << "\n" << item;
  return item;
}

constexpr std::string_view kStream = ":s PRIVMSG b :x\r\nPRIVMSG b y\nPING a\rPING b\r\n";

TEST(DifferenceOracle, HasNothingToSayOfOurs) {
  LinkedAdapter ours(our_adapter());
  EXPECT_EQ(found(ours, kStream), "");
  EXPECT_EQ(found(ours, "@a=1;a=\\s;=;b :s PING\r\n@ PING\r\nA 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6\n"),
            "");
}

TEST(DifferenceOracle, FindsALineLostWhereAReadEnds) {
  Faulty faulty;
  faulty.frames_fault = [](FramesSeen& seen, const FramerInput& input) {
    if (input.cuts.front() == 4) seen.frames.pop_back();
  };
  EXPECT_EQ(found(faulty, kStream), "DI-FRAME");
}

TEST(DifferenceOracle, FindsAParameterThatIsLost) {
  Faulty faulty;
  faulty.message_fault = [](MessageSeen& seen) {
    if (!seen.params.empty()) seen.params.pop_back();
  };
  EXPECT_EQ(found(faulty, kStream), "DI-PARSE");
}

TEST(DifferenceOracle, HasNothingToSayOfWhatIsDeclared) {
  for (const ReadingRow& row : kReadings) {
    Faulty faulty(set_of({row.reading}), set_of({row.reading}));
    EXPECT_EQ(found(faulty, kStream), "") << row.id;
  }
}

TEST(DifferenceOracle, FindsWhatIsNotDeclaredBesideWhatIs) {
  Faulty faulty(set_of({Reading::bare_cr_is_data, Reading::bare_lf_is_data}),
                set_of({Reading::bare_cr_is_data}));
  EXPECT_EQ(found(faulty, "PING a\rPING b\r\n"), "");
  EXPECT_EQ(found(faulty, "PING a\rPING b\nPING c\r\n"), "DI-FRAME");
}

TEST(DifferenceOracle, FindsWhatIsDeclaredAndNotSo) {
  Faulty faulty({}, set_of({Reading::any_command}));
  const Verdict verdict = DifferenceOracle(faulty).judge(whole("P1\r\n"));
  ASSERT_TRUE(verdict);
  EXPECT_EQ(verdict->more,
            "If it is meant:\n"
            "  do not declare parsing/any-command: a command may be any word (RFC 2812 2.3.1: "
            "command = 1*letter / 3digit)\n");
}

TEST(DifferenceOracle, DoesNotJudgeWhereAnAdapterSaysThatItDiffers) {
  Faulty faulty(set_of({Reading::any_command}));
  faulty.frames_fault = [](FramesSeen& seen, const FramerInput&) { seen.differs = "as it likes"; };
  faulty.message_fault = [](MessageSeen& seen) { seen.differs = "because"; };
  DifferenceOracle oracle(faulty);
  EXPECT_FALSE(oracle.judge(whole("P1\r\nP2\r\n")));
  EXPECT_EQ(oracle.report(),
            "adapter 'faulty': 1 streams, 2 lines\n"
            "  as it likes: 1, as in \"P1\\r\\nP2\\r\\n\"\n"
            "  because: 2, as in \"P1\"\n");
}

TEST(DifferenceOracle, CountsTheReadingsThatShow) {
  const Readings readings = set_of({Reading::any_command, Reading::no_tags});
  Faulty faulty(readings, readings);
  DifferenceOracle oracle(faulty);
  EXPECT_FALSE(oracle.judge(whole("P1\r\nPING\r\nP2\r\n")));
  EXPECT_EQ(oracle.report(),
            "adapter 'faulty': 1 streams, 3 lines\n"
            "  parsing/any-command: 2, as in \"P1\"\n"
            "  parsing/no-tags: 0\n");
}

TEST(DifferenceOracle, SaysBothSidesTheReadingAndACaseForAServer) {
  Faulty faulty(set_of({Reading::bare_cr_is_data}));
  const Verdict verdict = DifferenceOracle(faulty).judge(whole("x\ry\r\n"));
  ASSERT_TRUE(verdict);
  EXPECT_EQ(text_of(*verdict),
            "DI-FRAME: a framer gives the lines that its readings say\n"
            "  clause:   RFC 2812 2.3.1; RFC 1459 2.3, 8; IRCv3 message-tags\n"
            "  with:     adapter 'faulty', body 510, tags 4096, reads of 5, stream "
            "\"x\\ry\\r\\n\"\n"
            "  expected: 2: \"x\" \"y\"\n"
            "  actual:   1: \"x\\ry\"\n"
            "If it is meant:\n"
            "  declare framing/bare-cr-is-data: a CR without LF does not end a line; before a LF "
            "it belongs to the terminator (RFC 1459 2.3.1, 8; Modern IRC, Compatibility: CR MAY be "
            "accepted)\n" +
                case_of(text_of(*verdict)));
  EXPECT_EQ(case_of(text_of(*verdict)),
            "case framing/differs-b896df88\n"
            "title: What one client says is heard by the other as irc-conform reads it\n"
            "level: may\n"
            "cite: modern#compatibility-with-incorrect-software\n"
            "clients: a b\n"
            "segments: also bytes\n"
            "---\n"
            "a > PRIVMSG {b} :control\n"
            "b < PRIVMSG {b} control\n"
            "a > \"PRIVMSG {b} :x\\rPRIVMSG {b} :y\\r\\n\"\n"
            "b < PRIVMSG {b} x\n"
            "b < PRIVMSG {b} y\n"
            "b <! PRIVMSG ...\n"
            "sync a b\n");
}

TEST(DifferenceOracle, AsksAServerForTheParameterThatDiffers) {
  Faulty faulty(set_of({Reading::final_spaces_dropped}));
  const Verdict verdict = DifferenceOracle(faulty).judge(whole("TOPIC c :x y \r\n"));
  ASSERT_TRUE(verdict);
  const std::string item = case_of(verdict->more);
  EXPECT_NE(item.find("a > \"PRIVMSG {b} :x y \\r\\n\"\nb < PRIVMSG {b} \"x y \"\n"),
            std::string::npos)
      << item;
}

TEST(DifferenceOracle, AsksAServerToLiveWhereNoRelayShowsTheDifference) {
  Faulty faulty(set_of({Reading::any_command}));
  const Verdict verdict = DifferenceOracle(faulty).judge(whole("P1 {\\\r\n"));
  ASSERT_TRUE(verdict);
  const std::string item = case_of(verdict->more);
  EXPECT_NE(item.find("a > \"P1 \\{\\\\\\r\\n\"\nsync b\nserver alive\n"), std::string::npos)
      << item;
}

TEST(DifferenceOracle, MakesACaseWithoutProblemsOfEveryReading) {
  constexpr std::string_view kStreams[] = {
      kStream,
      "A\rB\r\n\r\n@a=\\s;a=2 :s A  b\tc :d \r\n A 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6\n: A\nP1 {x}\n",
      std::string_view("A\0B\r\nPRIVMSG b :x\0y\n", 20)};
  for (const ReadingRow& row : kReadings) {
    for (const std::string_view stream : kStreams) {
      Faulty faulty(set_of({row.reading}));
      const Verdict verdict = DifferenceOracle(faulty).judge(whole(stream));
      EXPECT_TRUE(!verdict || !case_of(verdict->more).empty()) << row.id;
    }
  }
}

TEST(Differential, LearnsWhatReadingsExplainAndFindsTheRest) {
  const auto judged = [](std::function<void(MessageSeen&)> fault) {
    auto faulty = std::make_unique<Faulty>(set_of({Reading::any_command, Reading::no_tags}));
    faulty->message_fault = std::move(fault);
    std::vector<std::unique_ptr<Adapter>> adapters;
    adapters.push_back(std::move(faulty));
    Differential differential(std::move(adapters), true);
    const Verdict verdict = differential.judge(std::string("\0\0\0", 3) + "P1\r\n@a P2\r\n");
    return (verdict ? text_of(*verdict) : "") + differential.report();
  };
  EXPECT_EQ(judged({}),
            "adapter 'faulty': 1 streams, 2 lines\n"
            "  parsing/any-command: 2, as in \"P1\"\n"
            "  parsing/no-tags: 1, as in \"@a P2\"\n")
      << "nothing twice, though it is judged three times";
  const auto loses = [](MessageSeen& seen) { seen.params.clear(); };
  EXPECT_NE(judged(loses).find("DI-PARSE"), std::string::npos);
}

}  // namespace
}  // namespace fuzz
