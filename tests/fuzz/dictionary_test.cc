// The dictionaries of the fuzz targets are made from what the code knows, so that a command that is
// new is known to the fuzzers too. UPDATE_GOLDEN=1 writes them.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "fuzz/finding.h"
#include "harness/script/words.h"
#include "server/core/capabilities.h"
#include "server/wire/message.h"
#include "tests/core/scene.h"
#include "tests/support/files.h"

namespace {

using Words = std::set<std::string, std::less<>>;

// In the form of libFuzzer and AFL++: one quoted word in a line.
std::string section(const std::string& title, const Words& words) {
  std::string text = "# " + title + "\n";
  for (const std::string& word : words) {
    text += '"';
    for (const char byte : word) {
      const std::string_view one(&byte, 1);
      text += byte == '\r'   ? "\\x0d"
              : byte == '\n' ? "\\x0a"
              : byte == '"'  ? "\\\""
                             : fuzz::escaped(one);
    }
    text += "\"\n";
  }
  return text;
}

// What HELP lists.
Words commands() {
  Words words;
  irc::Scene scene;
  for (const std::string& line : scene.user("a").asks("HELP")) {
    const irc::ParseResult parsed = irc::parse_message(line);
    std::string_view text = parsed.message.param(2);
    while (!text.empty()) {
      const std::string_view word = text.substr(0, text.find(' '));
      text.remove_prefix(std::min(word.size() + 1, text.size()));
      const bool capitals = word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == word.npos;
      if (capitals && word.size() > 2 && parsed.message.param(1) == "*") words.emplace(word);
    }
  }
  words.erase("HELP");
  words.insert({"001", "HELP", "BATCH", "CAP END", "CAP LS 302", "CAP REQ :"});
  return words;
}

Words capabilities() {
  Words words;
  for (const irc::Capability& each : irc::kCapabilities) words.emplace(each.name);
  return words;
}

const Words kSeparators = {"\r\n",   "\n",    "\r",    " :",         " ",    "@",  ":",     ",",
                           "!",      ";",     "=",     "\\:",        "\\s",  "#x", "#x,#y", "@#x",
                           "a,b,c",  "n!u@h", "*!*@*", "+o",         "-o+v", "+b", "+k",    "+l 2",
                           "+imnst", "+e",    "+I",    ":!dice 3d6", "0"};

template <class... Tables>
Words words_of(const Tables&... tables) {
  Words words;
  const auto add = [&words](const auto& table) {
    for (const auto& word : table) words.emplace(word.text);
  };
  (add(tables), ...);
  return words;
}

// No client says a numeric, but for one, so that parsers see some.
TEST(Dictionary, OfIrcHoldsEveryCommandAndCapability) {
  EXPECT_TRUE(commands().contains("PRIVMSG"));
  conform::testing::expect_golden(
      SOURCE_DIR "/fuzz/irc.dict",
      section("Commands.", commands()) + section("Capabilities.", capabilities()) +
          section("What separates, and short parameters.", kSeparators));
}

TEST(Dictionary, OfScriptsHoldsEveryWordOfTheNotation) {
  using namespace conform::script;
  conform::testing::expect_golden(SOURCE_DIR "/fuzz/irct.dict",
                                  section("Headers.", words_of(kHeaders, kLevels, kClientOptions,
                                                               kRequirements, kSegmentations)) +
                                      section("Steps.", words_of(kStatements, kVerbs, kWays, kModes,
                                                                 kEvents, kGrades, kFacts)) +
                                      section("Other parts.", {"case ",      "---\n",
                                                               "\n",         "  ",
                                                               " > ",        " | ",
                                                               "\"",         "{",
                                                               "}",          "{chan}",
                                                               "{x=*}",      "*",
                                                               "...",        "/x/",
                                                               ":",          "|",
                                                               "as i",       " in ",
                                                               "raw ",       "\"x\"*3",
                                                               "hex\"00\"",  "fill(9, \"x\")",
                                                               "within 5s ", "#",
                                                               "(raw)",      "*3",
                                                               "until ",     "from 1 to 9"}));
}

}  // namespace
