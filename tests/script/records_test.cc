// Records: what each says, what a case becomes, and that any bytes are a case.
#include "harness/script/records.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <random>
#include <string>

#include "fuzz/record_oracle.h"
#include "harness/script/decode.h"
#include "harness/script/encode.h"
#include "harness/script/print.h"
#include "tests/script/case_text.h"
#include "tests/support/files.h"

namespace conform::script {
namespace {

std::string broken_property(std::string_view bytes) {
  const fuzz::Verdict verdict = fuzz::judge_records(bytes);
  return verdict ? fuzz::text_of(*verdict) : "";
}

std::string encoded(std::string_view steps, std::string_view clients = "a") {
  const std::string headers = std::string(kHeaderLines) + "clients: " + std::string(clients);
  const Parsed parsed = parse("area.irct", headers + "\n---\n" + std::string(steps) + "\n");
  EXPECT_EQ(problems_of(parsed), "") << steps;
  return encode(parsed.script.cases.front());
}

// The steps of the case, but for those that every case ends with.
std::string decoded(std::string_view records) {
  const std::string text = print(decode(records, "fuzz/x"));
  const std::size_t begin = text.find("---\n") + 4;
  return text.substr(begin, text.find("sync z\n") - begin);
}

const std::string kEntry = "a > JOIN {chan}\na < 366 ...\n";

TEST(Record, SaysWhatItsTextStandsFor) {
  EXPECT_EQ(said({.kind = '0', .text = "JOIN #x"}), "JOIN #x\r\n");
  EXPECT_EQ(said({.kind = '8', .text = "JOIN"}), "JOIN");
  EXPECT_EQ(said({.kind = '8', .text = R"(a\r\nb\\n\s\)"}), "a\r\nb\\n\\s\\");
  EXPECT_EQ(said({.kind = '(', .text = ""}), "\r\n") << "any other kind says a line";
}

TEST(Record, SaysAnyBytes) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  for (const std::string& bytes : {all, all + "\r\n", std::string("\\n"), std::string("\r\n")}) {
    const std::string text = record_saying(5, bytes);
    std::string_view rest = text;
    const std::optional<Record> record = take_record(rest);
    ASSERT_TRUE(record);
    EXPECT_EQ(record->client, 5U);
    EXPECT_EQ(said(*record), bytes);
    EXPECT_EQ(rest, "");
  }
}

TEST(Record, NamesTheLongestPauseThatIsNotLonger) {
  EXPECT_EQ(pause_text(std::chrono::milliseconds(1)), "0");
  EXPECT_EQ(pause_text(std::chrono::seconds(3)), "2");
  EXPECT_EQ(pause_text(std::chrono::hours(1)), "8");
  EXPECT_EQ(pause_of({.text = "4"}), std::chrono::seconds(19));
}

TEST(Encode, KeepsWhatClientsSayAndItsSegments) {
  EXPECT_EQ(encoded("a > PRIVMSG {b} :hello", "a b"), "0PRIVMSG b :hello\n");
  EXPECT_EQ(encoded(R"(a > "PRIVMSG {b} :on" | "e\r" | "\nPING x\r\n")", "a b"),
            "8PRIVMSG b :on\n8e\\r\n0\\nPING x\n");
  EXPECT_EQ(encoded("a,b > AWAY", "a b"), "0AWAY\n1AWAY\n");
  EXPECT_EQ(encoded(R"(a > "PING " "x"*3 hex"00 ff" "\r\n")"),
            std::string("0PING xxx\0\xff\n", 12));
  EXPECT_EQ(encoded(R"(a > "PING :" fill(20, "ab") "\r\n")"), "0PING :abababababab\n");
}

TEST(Encode, KeepsHowClientsComeAndGo) {
  EXPECT_EQ(encoded("a fin\nb rst\nb connect\nb close", "a b"), "@\nQ\n9\nI\n");
  EXPECT_EQ(encoded("a > PING x\nb close\nb connect\nb > NICK x", "a b"), "0PING x\nI\n1NICK x\n");
  EXPECT_EQ(encoded("a pause\na resume 1KiB/s\nb > PING x", "a b"), "X\nX\n1PING x\n");
  EXPECT_EQ(encoded("a leave rst\na connect\na register"), "P\n0NICK a\\r\\nUSER u 0 * :r\n");
  EXPECT_EQ(encoded("a leave quit\nb > PING x\nb leave quit", "a b"), "0QUIT\n1PING x\n");
  EXPECT_EQ(encoded("glue\n  a > \"x\"\n  a fin\n  b rst\nend", "a b"), "8x\nx\n@\nx\nQ\n");
  EXPECT_EQ(encoded("a > PING x\nwait 30s\nsync a"), "0PING x\n`6\n");
}

TEST(Encode, FindsAPlaceForEachClient) {
  EXPECT_EQ(encoded("bob > PRIVMSG {eve} :x", "bob eve"), "0PRIVMSG b :x\n");
  EXPECT_EQ(encoded("u > NICK {u}\na > PING x", "a u(raw)"), "3NICK d\n0PING x\n");
  EXPECT_EQ(encoded("u fin\na > PING x", "a u(raw)"), ";\nC\n0PING x\n") << "it connects first";
  EXPECT_EQ(encoded("a,b,c > AWAY\nd > PING x\nd > PING y", "a b c d"),
            "0AWAY\n1AWAY\n2AWAY\n3NICK d\\r\\nUSER u 0 * :r\n3PING x\n3PING y\n");
  EXPECT_EQ(encoded("a > WHOIS {d}\nb,c,d > PING x", "a b c d"),
            "3NICK d\\r\\nUSER u 0 * :r\n0WHOIS d\n1PING x\n2PING x\n3PING x\n");
  EXPECT_EQ(encoded("a > JOIN {chan}\na > JOIN {chan}\nb > JOIN {chan2}", "a b"),
            "0JOIN #x\n1JOIN #y\n")
      << "it is there already";
}

TEST(Encode, PlaysLoopsAndFillsInNames) {
  EXPECT_EQ(encoded("repeat 2 as i\n  a > PING {i}\nend"), "0PING 1\n0PING 2\n");
  EXPECT_EQ(encoded("for w in x y\n  a > PING {w}\nend"), "0PING x\n0PING y\n");
  EXPECT_EQ(encoded("let w = \"PING {t1}\"\na > {w}"), "0PING t1\n");
  EXPECT_EQ(encoded("search K from 64 to 600\n  a > PING {K}\nend"), "0PING 512\n");
  EXPECT_EQ(encoded("a < 001 * {m=*}\na > PING {m}"), "0PING x\n");
  EXPECT_EQ(encoded("a > \"NICK \" \"x\"*{isupport.NICKLEN+1} \"\\r\\n\""),
            "0NICK " + std::string(31, 'x') + "\n");
}

TEST(Decode, GivesStepsThatReadAsIfWrittenByHand) {
  EXPECT_EQ(decoded("0PRIVMSG #x :hello"), kEntry + "a > PRIVMSG {chan} :hello\na leave quit\n");
  EXPECT_EQ(decoded("8PRIVMSG #y :on\n0ly"),
            kEntry + "a > \"PRIVMSG {chan2} :on\" | \"ly\\r\\n\"\na leave quit\n");
  EXPECT_EQ(decoded("0" + std::string(30, 'x')),
            kEntry + "a > fill(32, \"x\") \"\\r\\n\"\na leave quit\n");
  EXPECT_EQ(decoded("@\nx\n0late"),
            kEntry + "glue\n  a fin\n  a connect\n  a > late\nend\na leave quit\n");
  EXPECT_EQ(decoded("3\nC\n"), "d connect\nd > \"\\r\\n\"\nd fin\nd rst\n");
  EXPECT_EQ(decoded("0+b a,b\n"),
            "a,b > JOIN {chan}\na,b < 366 ...\na > +b {a},{b}\n"
            "a leave quit\nb leave quit\n");
}

TEST(Decode, EndsLinesAndComesAgainBehindQuit) {
  EXPECT_EQ(decoded("8PI"), kEntry + "a > \"PI\" | \"\\r\\n\"\na leave quit\n");
  EXPECT_EQ(decoded("0quit :x\n0NICK a"),
            kEntry + "a > quit :x\na close\na connect\na > NICK {a}\na leave quit\n");
}

TEST(Decode, AsksForWhatItRestsOn) {
  EXPECT_TRUE(decode("", "fuzz/x").requirements.empty());
  EXPECT_EQ(decode("0A\n0A\n0A\n0A\n0A\n0A", "fuzz/x").requirements.size(), 1U) << "no throttle";
  EXPECT_EQ(decode("`4", "fuzz/x").tags, std::vector<std::string>{"slow"});
}

TEST(Records, HoldForRandomBytes) {
  std::mt19937 random(1);
  constexpr auto kWords = std::to_array<std::string_view>(
      {"\n",    "\n", "\n", "0",   "8",  "9",   "@",       "H",
       "P",     "X",  "`7", "h3",  "p",  "x\n", "3NICK d", "QUIT",
       "#x",    "a",  " ",  "\\n", "\r", "\"",  "{",       "xxxxxxxxxxxxxxxxxxxxxxxx",
       "fill(", ":",  "\\"});
  for (int i = 0; i < 1'000; ++i) {
    std::string bytes;
    for (std::size_t words = random() % 30; words > 0; --words) {
      if (random() % 4 == 0) {
        bytes += static_cast<char>(random() % 256);
      } else {
        bytes += kWords[random() % kWords.size()];
      }
    }
    ASSERT_EQ(broken_property(bytes), "");
  }
}

TEST(Records, HoldForEveryCaseOfTheSuite) {
  std::size_t cases = 0;
  for (const auto& file : std::filesystem::directory_iterator(SOURCE_DIR "/corpus/cases")) {
    const Parsed parsed = parse(file.path().string(), testing::read_file(file.path()));
    for (const Case& item : parsed.script.cases) {
      ASSERT_EQ(broken_property(encode(item)), "") << item.id;
      if (!encode(item).empty()) ++cases;  // Else its clients only wait.
    }
  }
  EXPECT_GT(cases, 100U);
}

TEST(Records, HoldForAsManyAsAreAllowed) {
  for (const std::string_view unit : {"0\nH\n", "8\xff"}) {
    std::string bytes;
    while (bytes.size() < 64U << 10) bytes += unit;
    EXPECT_EQ(broken_property(bytes), "") << unit;
  }
}

// A loop in a loop in a loop comes to an end, though nothing that is said ends it; nor does a text
// that holds another twice grow for ever.
TEST(Records, AreMadeOfLoopsWithoutEndToo) {
  std::string loops, ends;
  for (int depth = 0; depth < 12; ++depth) {
    loops += "repeat 20\n";
    ends += "end\n";
  }
  EXPECT_EQ(encoded(loops + "sync a\n" + ends + "a > AWAY"), "");
  std::string lets = "let v0 = x\n";
  for (int i = 0; i < 14; ++i) {
    const std::string held = "{v" + std::to_string(i) + "}";
    lets += "let v" + std::to_string(i + 1) + " = " + held + held + "\n";
  }
  EXPECT_EQ(encoded(lets + "a > {v14}"), "0" + std::string(4096, 'x') + "\n");
}

}  // namespace
}  // namespace conform::script
