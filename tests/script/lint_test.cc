// Holds every broken script golden/NAME.irct against golden/NAME.expected, which is all that is
// said of it. UPDATE_GOLDEN=1 in the environment rewrites the latter.

#include "harness/script/lint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include <re2/re2.h>

#include "harness/script/faults.h"
#include "harness/script/parse.h"
#include "tests/script/case_text.h"
#include "tests/support/files.h"

namespace conform::script {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> golden_scripts() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(SOURCE_DIR "/tests/script/golden")) {
    if (entry.path().extension() == ".irct") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  return paths;
}

Parsed parse_file(const fs::path& path) {
  return parse(path.filename(), testing::read_file(path));
}

class Golden : public ::testing::TestWithParam<fs::path> {};

TEST_P(Golden, SaysAllThatIsWrong) {
  const Parsed parsed = parse_file(GetParam());
  std::string report;
  for (const Problem& problem : parsed.problems) {
    report += format(*parsed.script.source, problem);
  }
  testing::expect_golden(fs::path(GetParam()).replace_extension(".expected"), report);
}

std::string name_of(const ::testing::TestParamInfo<fs::path>& info) {
  std::string name = info.param.stem();
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Scripts, Golden, ::testing::ValuesIn(golden_scripts()), name_of);

// `pattern` with anything for each {}.
std::string as_regex(std::string_view pattern) {
  std::string regex = RE2::QuoteMeta(std::string(pattern));
  RE2::GlobalReplace(&regex, R"(\\\{\\\{)", "\\\\{");
  RE2::GlobalReplace(&regex, R"(\\\}\\\})", "\\\\}");
  RE2::GlobalReplace(&regex, R"(\\\{\\\})", ".*");
  return regex;
}

TEST(Golden, CoversEveryMessage) {
  std::set<std::string> messages;
  for (const fs::path& path : golden_scripts()) {
    for (const Problem& problem : parse_file(path).problems) messages.insert(problem.message);
  }
  // These two need megabytes, or a thousand lines; parse_test has them.
  const std::set elsewhere{Fault::file_too_large, Fault::too_many_problems};
  for (std::size_t i = 0; i < kFaultCount; ++i) {
    const auto fault = static_cast<Fault>(i);
    const RE2 regex(as_regex(pattern_of(fault)));
    const auto fits = [&regex](const std::string& m) { return RE2::FullMatch(m, regex); };
    EXPECT_TRUE(elsewhere.contains(fault) || std::ranges::any_of(messages, fits))
        << "no golden script for: " << pattern_of(fault);
  }
}

// What keeps a rule silent, where the goldens show what makes it speak.
struct QuietRow {
  const char* steps;
  const char* why;
};

TEST(Lint, SaysNothingOfWhatIsRight) {
  constexpr auto kRows = std::to_array<QuietRow>({
      {"b < PRIVMSG x\nb <! PRIVMSG y", "a control of the same command and a sync"},
      {"b < PRIVMSG x\nb <! PRIVMSG|NOTICE y", "a control of one of the commands"},
      {"b < /PRIV.*/ x\nb <! PRIVMSG y", "a control that is a regular expression"},
      {"b < 001 ...\nb <! 433 ...", "any control for a numeric"},
      {"sync b\nb <! ERROR ...", "a sync is one for what the server says"},
      {"sync b\nb <! raw /x/\nsync b\nb <! closed\nsync b\nb < silence", "and for raw and events"},
      {"b < PART x\nb <! PART y\nb < closed\nb connect\nb register", "the end is a barrier"},
      {"one-of\nok\nb < PING\ninfo\na < PING\nend\nb <! PING x", "a control in an alternative"},
      {"if local\nb < PING\nend\nb <! raw /x/", "a control in a branch"},
      {"b < PING\nb <! PONG\nif local\nsync b\nelse\nb < eof\nb connect\nend", "barriers in both"},
      {"a > \"PING\"\na > \" :x\\r\" | \"\\n\"\nsync a", "a line that is terminated in the end"},
      {"a fin\na connect\na register", "a new connection after a fin"},
      {"a rst\na connect\nsync a", "and after a reset"},
      {"a pause\na resume\nsync a", "a pause that is over"},
      {"one-of\nok\na < closed\nlenient\na < PING\nend\na > x", "an end that may not have come"},
      {"a leave fin\na connect\na register", "and after any way to leave"},
      {"for how in rst quit\nb leave {how}\nb connect\nend", "ways among the words of a loop"},
      {"search n from 1 to 9\nb < PING\nb <! PONG\nend", "a play of a search ends with a barrier"},
      {"b < PING\nb <! PONG\nsearch n from 1 to 9\nb > {n+1}\nend", "and so does the first"},
      {"wait 1s", "a sync somewhere after a wait"},
      {"one-of\nok\na < NICK {x=*}\ninfo\na < NICK {x=*}\nend", "one name in two alternatives"},
      {"repeat 3 as i\na > {i+1}\nend\nrepeat 3 as i\na > {i}\nend", "one name in two loops"},
      {"for w in x {b}\na > {w-1}\nend", "names among the words of a loop"},
      {"repeat until 1MiB as n\na > {n}\nend\nrepeat {n+1} as k\na > {k}\nend", "a flood's rounds"},
      {"a < NICK {x=*}\nlet y = {x}!\na > {y}", "a capture in a let"},
      {"repeat {isupport.MAXLIST.b} as i until b closed\na > {i}\nend", "a number of the target's"},
      {"a > {chan} {chan2} {t1} {t99} {server} {password} {isupport.NICKLEN-1}", "built-in names"},
  });
  for (const QuietRow& row : kRows) {
    EXPECT_EQ(problems_of(parse_copy(case_text(row.steps))), "") << row.why;
  }
}

TEST(Lint, DoesNotTellTwiceWhatFollowsFromABrokenLine) {
  constexpr auto kRows = std::to_array<QuietRow>({
      {"b < PRIVMSG x||y\nb <! PRIVMSG z", "the control stands in it"},
      {"let x = \"\\q\"\na > {x}", "the name is made in it"},
      {"b < NICK {x=*} {\na > {x}", "the capture is made in it"},
      {"for w in \"\na > {w}\nend", "the loop is"},
      {"repeat x as i\na > {i}\nend", "and so is this one"},
      {"glue now\na fin\nend\na connect", "the block begins with it"},
      {"unordred\na < PING\nend", "and with a misspelt word"},
      {"a rst\na conect\nsync a", "the connection is made in it"},
  });
  for (const QuietRow& row : kRows) {
    EXPECT_EQ(parse_copy(case_text(row.steps)).problems.size(), 1U) << row.why;
  }
}

}  // namespace
}  // namespace conform::script
