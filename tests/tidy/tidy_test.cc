// Holds the tree against the rules, and each rule against a snippet that breaks it.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <string>
#include <vector>

#include "tests/tidy/rules/rules.h"
#include "tests/tidy/rules/text.h"

namespace tidy {

void PrintTo(const Rule& rule, std::ostream* out) {
  *out << rule.name;
}

namespace {

std::string report(const Rule& rule, const std::vector<SourceFile>& files) {
  std::string lines;
  for (const SourceFile& file : files) {
    for (const Finding& finding : rule.check(file)) {
      lines += file.path + ":" + std::to_string(finding.line) + ": " + finding.message + "\n";
    }
  }
  return lines;
}

class Tree : public testing::TestWithParam<Rule> {};

TEST_P(Tree, ObeysTheRule) {
  const std::string broken = report(GetParam(), read_tree(SOURCE_DIR));
  EXPECT_TRUE(broken.empty()) << broken;
}

INSTANTIATE_TEST_SUITE_P(All, Tree, testing::ValuesIn(all_rules().begin(), all_rules().end()),
                         [](const auto& rule) { return std::string(rule.param.name); });

TEST(ReadTree, StartsAtTheRoot) {
  const auto files = read_tree(SOURCE_DIR);
  EXPECT_TRUE(std::ranges::binary_search(files, "server/wire/framer.h", {}, &SourceFile::path));
  EXPECT_TRUE(std::ranges::binary_search(files, "CMakeLists.txt", {}, &SourceFile::path));
}

using Lines = std::vector<std::size_t>;

Lines found(Findings (*check)(const SourceFile&), std::string path, std::string text) {
  Lines lines;
  for (const Finding& finding : check({std::move(path), std::move(text)})) {
    lines.push_back(finding.line);
  }
  return lines;
}

struct IncludeRow {
  const char* path;
  const char* include;
  bool allowed;
  const char* why;
};

constexpr auto kIncludeRows = std::to_array<IncludeRow>({
    {"server/wire/a.h", "<string>", true, "wire has std"},
    {"server/wire/a.h", "\"server/wire/framer.h\"", true, "and itself"},
    {"server/wire/a.h", "\"server/net/clock.h\"", false, "nothing else of ours"},
    {"server/wire/a.h", "<sys/socket.h>", false, "wire has no sockets"},
    {"server/wire/a.h", "<chrono>", false, "wire has no clock"},
    {"server/net/a.cc", "<poll.h>", true, "net is where POSIX is"},
    {"server/net/a.cc", "\"server/core/server.h\"", false, "net does not know the protocol"},
    {"server/net/a.cc", "<fmt/core.h>", false, "net has no third party"},
    {"server/core/a.cc", "\"server/net/clock.h\"", true, "the types of time"},
    {"server/core/a.cc", "\"server/net/sim_net.h\"", false, "core has no network"},
    {"server/core/a.cc", "<poll.h>", false, "core has no poll"},
    {"server/poll_loop.h", "\"harness/run/world.h\"", false,
     "the server is tested, not the tester"},
    {"harness/run/a.cc", "\"server/core/server.h\"", false, "the tester is a stranger to it"},
    {"harness/run/a.cc", "\"server/poll_loop.h\"", false, "nor its loop"},
    {"harness/run/a.cc", "\"server/refd.h\"", false, "nor the whole of it"},
    {"harness/run/a.cc", "<sys/socket.h>", false, "the driver sees a World"},
    {"harness/run/kernel_world.cc", "<sys/socket.h>", true, "one World is the kernel's"},
    {"harness/cli/a.cc", "\"server/refd.h\"", true, "but for the hidden subcommand"},
    {"harness/script/a.cc", "\"harness/run/world.h\"", false, "a script knows no run"},
    {"fuzz/a.cc", "<gtest/gtest.h>", false, "a fuzz target is no test"},
    {"tests/wire/a_test.cc", "<gtest/gtest.h>", true, "a test is"},
    {"tests/wire/a_test.cc", "\"framer.h\"", false, "paths start at the root"},
    {"harness/run/a.cc", "<format>", false, "not in the libraries of the floor"},
});

TEST(Includes, FollowTheTable) {
  for (const auto& [path, include, allowed, why] : kIncludeRows) {
    const std::string text = "// Purpose.\n#include " + std::string(include) + "\n";
    EXPECT_EQ(found(check_includes, path, text), allowed ? Lines{} : Lines{2})
        << path << " includes " << include << ": " << why;
  }
}

TEST(Includes, InCommentsAndStringsDoNotCount) {
  const std::string text = "/*\n#include <poll.h>\n*/\nauto s = R\"(\n#include <poll.h>\n)\";\n";
  EXPECT_EQ(found(check_includes, "server/wire/a.h", text), Lines{});
}

struct CallRow {
  const char* path;
  const char* code;
  bool allowed;
  const char* why;
};

constexpr auto kCallRows = std::to_array<CallRow>({
    {"server/a.cc", "n = strlen(text);", false, "reads to a NUL"},
    {"server/a.cc", "n = std::strlen(text);", false, "by its full name too"},
    {"server/a.cc", "n = my_strlen(text);", true, "another function"},
    {"server/a.cc", "// n = strlen(text);", true, "a comment"},
    {"server/a.cc", "log(\"strlen(text)\");", true, "a string"},
    {"server/a.cc", "std::regex r;", false, "not linear"},
    {"tests/wire/a_test.cc", "std::this_thread::sleep_for(s);", false, "a test waits for events"},
    {"server/core/a.cc", "::recv(fd, b, n, 0);", false, "only where it is wrapped"},
    {"harness/run/a.cc", "n = sendmsg(fd, &m, 0);", false, "the global one even without ::"},
    {"server/net/posix_net.cc", "::recv(fd, b, n, 0);", true, "there"},
    {"server/net/sim_net.cc", "IoResult SimNet::recv(int s) {", true, "a member of that name"},
    {"harness/run/driver.cc", "std::chrono::steady_clock::now()", false, "time is passed down"},
    {"harness/run/kernel_world.cc", "std::chrono::steady_clock::now()", true,
     "where time comes from"},
});

TEST(BannedCalls, FollowTheTable) {
  for (const auto& [path, code, allowed, why] : kCallRows) {
    EXPECT_EQ(found(check_banned_calls, path, "\n\n" + std::string(code) + "\n"),
              allowed ? Lines{} : Lines{3})
        << path << ": " << code << ": " << why;
  }
}

TEST(HeaderOpening, WantsACommentFirst) {
  EXPECT_EQ(found(check_header_opening, "a.h", "#pragma once\n"), Lines{1});
  EXPECT_EQ(found(check_header_opening, "a.h", ""), Lines{1});
}

TEST(HeaderOpening, WantsPragmaOnceAfterTheComment) {
  EXPECT_EQ(found(check_header_opening, "a.h", "// A.\n// B.\n\n#pragma once\n"), Lines{3});
  EXPECT_EQ(found(check_header_opening, "a.h", "// A.\n// B.\n"), Lines{3});
  EXPECT_EQ(found(check_header_opening, "a.h", "// A.\n// B.\n#pragma once\n"), Lines{});
}

TEST(FileLength, AllowsFourHundredLinesAndNoMore) {
  const auto of_length = [](std::size_t count) { return std::string(count, '\n'); };
  EXPECT_EQ(found(check_file_length, "a.cc", of_length(400)), Lines{});
  EXPECT_EQ(found(check_file_length, "a.cc", of_length(401)), Lines{401});
  EXPECT_EQ(found(check_file_length, "a.irct", of_length(401)), Lines{});
}

TEST(Layout, CountsColumnsNotBytes) {
  const auto comment = [](std::size_t columns, const std::string& last) {
    return "//" + std::string(columns - 3, '-') + last + "\n";
  };
  EXPECT_EQ(found(check_layout, "a.cc", comment(100, "\xC3\xA9")), Lines{});
  EXPECT_EQ(found(check_layout, "a.cc", comment(101, "-")), Lines{1});
}

TEST(Layout, FindsTabsBlanksCarriageReturnsAndAMissingNewline) {
  EXPECT_EQ(found(check_layout, "a.cc", "a\n\tb\nc \nd\r\ne"), (Lines{2, 3, 4, 5}));
}

TEST(Todos, NeedAReason) {
  const std::string mark =
      "// TO"
      "DO";
  EXPECT_EQ(found(check_todos, "a.cc", "\n" + mark + ": later\n"), Lines{2});
  EXPECT_EQ(found(check_todos, "a.cc", "\n" + mark + "(): later\n"), Lines{2});
  EXPECT_EQ(found(check_todos, "a.cc", mark + "(needs CLI11 2.3): later\n"), Lines{});
}

TEST(Names, HaveNoWordThatNamesNothing) {
  EXPECT_EQ(found(check_names, "a.cc", "\nclass ClientManager;\nint x;\nint send_helper();\n"),
            (Lines{2, 4}));
  EXPECT_EQ(found(check_names, "server/string_utils.h", ""), Lines{1});
  EXPECT_EQ(found(check_names, "a.cc", "int simple = utility + implicit; // a helper\n"), Lines{});
}

TEST(CaseAreas, MatchTheFileOfTheSuite) {
  const std::string text = "case framing/one\n---\ncase parsing/two\n---\n";
  EXPECT_EQ(found(check_case_areas, "corpus/cases/framing.irct", text), Lines{3});
  EXPECT_EQ(found(check_case_areas, "tests/script/examples.irct", text), Lines{});
}

TEST(MachinePaths, AreFoundInAnyFile) {
  EXPECT_EQ(found(check_machine_paths, "README.md",
                  "\nsee /wo"
                  "rk/main\n"),
            Lines{2});
  EXPECT_EQ(found(check_machine_paths, "ci/a.sh",
                  "cat ../sha"
                  "red/x\n"),
            Lines{1});
  EXPECT_EQ(found(check_machine_paths, "ci/a.sh", ".github/workflows/ci.yml\n"), Lines{});
}

struct CodeRow {
  const char* text;
  const char* code;
};

constexpr auto kCodeRows = std::to_array<CodeRow>({
    {"a // b\nc", "a     \nc"},
    {"a /* b\n*/ c", "a     \n   c"},
    {R"(f("a\"b") c)", "f(      ) c"},
    {R"(f('"') c)", "f(   ) c"},
    {"1'000 + 'a'", "1'000 +    "},
    {"R\"x(a\")x\" b", "          b"},
    {"\"open\nb", "     \nb"},
    {"/* open", "       "},
    {"\"\\", "  "},
});

TEST(CodeOnly, BlanksCommentsAndLiteralsInPlace) {
  for (const auto& [text, code] : kCodeRows) EXPECT_EQ(code_only(text), code) << text;
}

}  // namespace
}  // namespace tidy
