// Properties of parse() on any bytes: it ends, every problem has a place in the text, and nothing
// is lost. A text without problems prints and reads back the same.

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "fuzz/script_oracle.h"
#include "harness/script/print.h"
#include "tests/script/case_text.h"
#include "tests/support/files.h"

namespace conform::script {
namespace {

constexpr int kRounds = 50'000;

// What is wrong with how `text` was read; empty if nothing.
std::string broken_property(const std::string& text) {
  const fuzz::Verdict verdict = fuzz::judge_script(text);
  return verdict ? fuzz::text_of(*verdict) : "";
}

class Texts {
 public:
  explicit Texts(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }
  std::string bytes() {
    std::string text(below(80), '\0');
    for (char& c : text) c = static_cast<char>(below(256));
    return text;
  }
  // Something that means something in the notation.
  std::string word() {
    constexpr auto kWords = std::to_array<const char*>({"a",
                                                        "b",
                                                        "sync",
                                                        "\n",
                                                        "\n",
                                                        " ",
                                                        " > ",
                                                        " < ",
                                                        " <! ",
                                                        " <= ",
                                                        "\"",
                                                        "{",
                                                        "}",
                                                        "{chan}",
                                                        "\\",
                                                        "|",
                                                        "*",
                                                        "...",
                                                        "/x/",
                                                        "/",
                                                        ":",
                                                        "glue\n",
                                                        "end\n",
                                                        "one-of\n",
                                                        "ok\n",
                                                        "if ",
                                                        "local",
                                                        "else\n",
                                                        "repeat 2",
                                                        "\nfor x in ",
                                                        "as i",
                                                        "within 5s ",
                                                        "raw ",
                                                        "closed",
                                                        "PING",
                                                        "\"x\"*3",
                                                        "hex\"00\"",
                                                        "fill(9, \"x\")",
                                                        "{x=*}",
                                                        "case area/x\n",
                                                        "---\n",
                                                        "level: must\n",
                                                        "clients: a\n",
                                                        "wait 1s",
                                                        "server alive",
                                                        "let x = y",
                                                        "\t",
                                                        "#"});
    return kWords[below(kWords.size())];
  }
  // `text` after one small edit.
  std::string edited(std::string text) {
    const std::size_t at = below(text.size() + 1);
    const std::size_t length = std::min(below(12), text.size() - at);
    switch (below(5)) {
      case 0:
        return text.erase(at, length);
      case 1:
        return text.insert(at, word());
      case 2:
        return text.replace(at, length, word());
      case 3:
        return text.insert(at, text.substr(below(text.size() + 1), length));
      default:
        return text.insert(at, 1, static_cast<char>(below(256)));
    }
  }

 private:
  std::mt19937 random_;
};

TEST(Robustness, HoldsForRandomBytes) {
  Texts texts(1);
  for (int i = 0; i < kRounds; ++i) {
    const std::string text = texts.bytes();
    ASSERT_EQ(broken_property(text), "") << quote(text);
  }
}

TEST(Robustness, HoldsForMutatedScripts) {
  const std::vector<std::string> originals{
      case_text(
          "a > \"PING :{b}\\r\" | \"\\n\"\nb < :{a}!* PRIVMSG {b} one|two\nb <! PRIVMSG {b} ..."),
      case_text(
          "glue\n  a > \"x\"*3 \"\\r\\n\"\n  b rst\nend\nwithin 1s a < 353 {x=*} :rest\nb connect"),
      case_text("one-of\n  ok \"p\"\n    a < raw /.*\\n/\n  info\n    a < closed\nend\na connect"),
      case_text(
          "if cap sasl\n  a close dirty\nelse\n  a fin\nend\nfor w in x \"y\"\n  b > {w+1}\nend",
          "a b(raw, cap=x)*3"),
      case_text("for h in rst fin\n  a leave {h}\n  a connect\nend\nsearch n from 1 to 9 by 2\n"
                "  b > \"x\"*{n}\nend"),
      case_text("repeat 2 as i\n  a > {i} {isupport.X-1}\nend\nunordered\n  a < @t=1;u PONG\nend"),
  };
  Texts texts(2);
  for (int i = 0; i < kRounds; ++i) {
    std::string text = originals[texts.below(originals.size())];
    for (std::size_t edits = texts.below(4) + 1; edits > 0; --edits) text = texts.edited(text);
    ASSERT_EQ(broken_property(text), "") << text;
  }
}

TEST(Robustness, HoldsForEveryPrefixOfTheExamples) {
  const std::string text = testing::read_file(SOURCE_DIR "/tests/script/examples.irct");
  for (std::size_t end = 0; end <= text.size(); ++end) {
    ASSERT_EQ(broken_property(text.substr(0, end)), "") << end;
  }
}

// A case whose last steps are `unit`, many times.
std::string full_of(std::string_view unit) {
  constexpr std::size_t kBytes = 64U << 10;
  std::string text = case_text("");
  while (text.size() < kBytes) text += unit;
  return text;
}

TEST(Robustness, EndsForLargeTexts) {
  for (const char* unit :
       {"glue\n", "end\n", "{", "a,", "\"", "a > x\n", "a < /x/\n", "x > {y}\n", "one-of\nok\n",
        "let x1 = y\n", "a <! PING\n", "if local\nelse\nend\n", "case area/x\n", "clients: a\n"}) {
    const Parsed parsed = parse_copy(full_of(unit));
    EXPECT_TRUE(!parsed.ok() || !parsed.script.cases.empty()) << unit;
  }
}

}  // namespace
}  // namespace conform::script
