#include "harness/cli/command_line.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <string>
#include <vector>

#include "tests/support/files.h"

namespace conform {
namespace {

using testing::TemporaryFolder;
using Words = std::vector<std::string>;

Words words_of(const std::string& line) {
  Words words;
  for (std::size_t begin = 0; begin < line.size();) {
    const std::size_t end = std::min(line.find(' ', begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

CommandLine parse(const std::string& line) {
  return parse_command_line(words_of(line));
}

// The options of a line that is right.
Options options_of(const std::string& line) {
  const CommandLine parsed = parse(line);
  EXPECT_FALSE(parsed.exit) << line << ": " << parsed.exit->text;
  return parsed.options;
}

// What wrong use prints, without the pointer to --help that ends it; else the status.
std::string problem_of(const CommandLine& parsed) {
  if (!parsed.exit) return "accepted";
  if (parsed.exit->status != ExitStatus::wrong_use) return "not wrong use";
  return parsed.exit->text.substr(0, parsed.exit->text.find(" (see irc-conform "));
}
std::string problem_of(const std::string& line) {
  return problem_of(parse(line));
}

// A variable of the environment for as long as this lives.
class Environment {
 public:
  Environment(const char* name, const std::string& value) : name_(name) {
    ::setenv(name, value.c_str(), 1);
  }
  ~Environment() { ::unsetenv(name_); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  const char* name_;
};

TEST(CommandLine, RunsWhereNoCommandIsNamed) {
  EXPECT_EQ(parse("").command, Command::run);
  EXPECT_EQ(parse("--target h:1").command, Command::run);
  EXPECT_EQ(parse("run --target h:1").command, Command::run);
  EXPECT_EQ(parse("--target h:1").options.target.address->host,
            parse("run --target h:1").options.target.address->host);
}

TEST(CommandLine, KnowsEveryCommand) {
  EXPECT_EQ(parse("list").command, Command::list);
  EXPECT_EQ(parse("explain a/b").command, Command::explain);
  EXPECT_EQ(parse("lint a.irct").command, Command::lint);
  EXPECT_EQ(parse("replay a.irct").command, Command::replay);
  EXPECT_EQ(parse("doctor").command, Command::doctor);
}

TEST(CommandLine, HasNoTargetUnlessOneIsGiven) {
  const Options options = options_of("");
  EXPECT_FALSE(options.target.address);
  EXPECT_EQ(options.target.spawn, "");
  EXPECT_EQ(options.target.stop_signal, SIGTERM);
  EXPECT_TRUE(options.selection.suite.builtin);
  EXPECT_FALSE(options.manner.cuts);
  EXPECT_FALSE(options.manner.seed);
}

TEST(CommandLine, FillsTheTarget) {
  const Options options =
      options_of("--spawn ircd:{port} --cwd /tmp --stop-signal INT --password pw --oper root:toor");
  EXPECT_EQ(options.target.spawn, "ircd:{port}");
  EXPECT_EQ(options.target.directory, "/tmp");
  EXPECT_EQ(options.target.stop_signal, SIGINT);
  EXPECT_EQ(options.target.password, "pw");
  EXPECT_EQ(options.target.oper->password, "toor");
  EXPECT_EQ(options_of("--target h --pid 7").target.pid, 7);
}

TEST(CommandLine, FillsTheSelection) {
  const SelectionOptions selection =
      options_of(
          "--level must,robust --tag slow --cite rfc1459#2 --cases mine --no-builtin-cases "
          "--exclude a/* --shard 2/3")
          .selection;
  EXPECT_EQ(selection.levels.size(), 2u);
  EXPECT_EQ(selection.tags, Words{"slow"});
  EXPECT_EQ(selection.cites, Words{"rfc1459#2"});
  EXPECT_EQ(selection.suite.folders, Words{"mine"});
  EXPECT_FALSE(selection.suite.builtin);
  EXPECT_EQ(selection.exclude, Words{"a/*"});
  EXPECT_EQ(selection.shard.index, 2u);
}

TEST(CommandLine, FillsMannerAndReports) {
  const Options options = options_of(
      "--segments bytes --segments random(3) --jobs 4 --seed 9 --repeat 2 --timeout-scale 2.5 "
      "--fail-fast --strict --quick -v --color never --json - --output out");
  EXPECT_EQ(options.manner.cuts->cuts.size(), 1u);
  EXPECT_EQ(options.manner.cuts->drawn, 3u);
  EXPECT_EQ(options.manner.jobs, 4u);
  EXPECT_EQ(options.manner.seed, 9u);
  EXPECT_EQ(options.manner.repeat, 2u);
  EXPECT_EQ(options.manner.timeout_scale, 2.5);
  EXPECT_TRUE(options.manner.fail_fast && options.manner.strict && options.manner.quick);
  EXPECT_TRUE(options.reports.verbose);
  EXPECT_EQ(options.reports.color, ColorMode::never);
  EXPECT_EQ(options.reports.json, "-");
  EXPECT_EQ(options.reports.output, "out");
}

TEST(CommandLine, TakesListsRepeatedOrWithCommas) {
  const Words both = {"a/*", "b/*"};
  EXPECT_EQ(options_of("--only a/* --only b/*").selection.only, both);
  EXPECT_EQ(options_of("--only a/*,b/*").selection.only, both);
}

TEST(CommandLine, NeverTakesAPositionalIntoAList) {
  EXPECT_EQ(options_of("explain --cases mine a/b").id, "a/b");
  EXPECT_EQ(options_of("replay --segments bytes x.irct").files, Words{"x.irct"});
  EXPECT_EQ(problem_of("list --only a/* b/*"), "irc-conform: unexpected argument 'b/*'");
}

struct Row {
  const char* line;
  const char* problem;
};

TEST(CommandLine, SaysWhatIsWrongInOneLine) {
  constexpr Row kRows[] = {
      {"--taget h", "unknown option '--taget'; did you mean '--target'?"},
      {"--xyzzy", "unknown option '--xyzzy'"},
      {"lst", "unknown command 'lst'; did you mean 'list'?"},
      {"frobnicate", "unknown command 'frobnicate'"},
      {"--seed 1 list", "the command 'list' must be the first argument"},
      {"doctor --only x", "unknown option '--only'"},
      {"--target h:x", "--target: the port must be a number from 1 to 65535, not 'x'"},
      {"--jobs 0", "--jobs: must be a number from 1 to 1000000, not '0'"},
      {"--level must,wont", "--level: must be one of must, should, may, robust, not 'wont'"},
      {"--shard 3/2", "--shard: must be I/N with 1 <= I <= N, not '3/2'"},
      {"--json no/such/x.json", "--json: there is no folder 'no/such'"},
      {"--spawn x:{port} --cwd no/such", "--cwd: there is no folder 'no/such'"},
      {"--tls", "--tls: targets are spoken to without TLS so far"},
      {"--target h --tls-ca x", "--tls-ca: targets are spoken to without TLS so far"},
      {"--pid 1", "--pid requires --target"},
      {"--password x", "--password requires --target or --spawn"},
      {"doctor --oper a:b", "--oper requires --target or --spawn"},
      {"replay x.irct --pid 1", "--pid requires --target"},
      {"--spawn ./ircd",
       "--spawn: '{port}' does not stand in the command: a server has to listen where it is told "
       "to"},
      {"--spawn x:{prot}", "--spawn: '{prot}' is not filled in; did you mean '{port}'?"},
      {"--cwd /", "--cwd requires --spawn"},
      {"--target h --pid 1 --spawn {port}", "--target excludes --spawn"},
      {"--target", "--target: 1 required HOST:PORT missing"},
      {"explain", "ID is required"},
      {"lint", "FILE is required"},
      {"explain a b", "unexpected argument 'b'"},
      {"replay a b", "unexpected argument 'b'"},
      {"--config /no/such", "/no/such was not readable (missing?)"},
  };
  for (const Row& row : kRows) {
    const std::string problem = problem_of(row.line);
    EXPECT_EQ(problem, std::string("irc-conform: ") + row.problem) << row.line;
    EXPECT_EQ(problem.find('\n'), std::string::npos) << row.line;
  }
}

TEST(CommandLine, PrintsHelpWithAnExampleForEachCommand) {
  for (const char* line : {"--help", "run --help", "list -h", "explain --help", "lint --help",
                           "replay --help", "doctor --help"}) {
    const CommandLine parsed = parse(line);
    ASSERT_TRUE(parsed.exit) << line;
    EXPECT_EQ(parsed.exit->status, ExitStatus::conforming) << line;
    EXPECT_NE(parsed.exit->text.find("Example:\n  irc-conform "), std::string::npos) << line;
  }
}

TEST(CommandLine, ListsTheOptionsOfARunWithAndWithoutItsName) {
  EXPECT_EQ(parse("--help").exit->text, parse("run --help").exit->text);
  testing::expect_golden(SOURCE_DIR "/tests/cli/golden/help.txt", parse("--help").exit->text);
  testing::expect_golden(SOURCE_DIR "/tests/cli/golden/help_replay.txt",
                         parse("replay --help").exit->text);
}

TEST(CommandLine, PrintsItsVersion) {
  EXPECT_TRUE(parse("--version").exit->text.starts_with("irc-conform "));
  EXPECT_EQ(parse("list --version").exit->status, ExitStatus::conforming);
}

TEST(CommandLine, TakesOptionsFromTheEnvironment) {
  const Environment seed("IRC_CONFORM_SEED", "7");
  const Environment scale("IRC_CONFORM_TIMEOUT_SCALE", "3");
  const Environment strict("IRC_CONFORM_STRICT", "1");
  const Environment only("IRC_CONFORM_ONLY", "a/*,b/*");
  const Environment builtin("IRC_CONFORM_NO_BUILTIN_CASES", "true");
  const Options options = options_of("");
  EXPECT_EQ(options.manner.seed, 7u);
  EXPECT_EQ(options.manner.timeout_scale, 3);
  EXPECT_TRUE(options.manner.strict);
  EXPECT_EQ(options.selection.only.size(), 2u);
  EXPECT_FALSE(options.selection.suite.builtin);
  EXPECT_EQ(options_of("--seed 8").manner.seed, 8u) << "the option wins";
}

TEST(CommandLine, RefusesAWrongValueInTheEnvironment) {
  const Environment jobs("IRC_CONFORM_JOBS", "many");
  EXPECT_EQ(problem_of("run"),
            "irc-conform: --jobs: must be a number from 1 to 1000000, not 'many'");
}

TEST(CommandLine, TakesOptionsFromAFile) {
  const TemporaryFolder folder;
  const std::string file = folder.file("config",
                                       "# for the nightly run\n"
                                       "seed = 5\n"
                                       "strict = true\n"
                                       "cite = rfc1459#2.3\n"
                                       "only = [\"a/*\", \"b/*\"]\n"
                                       "spawn = \"./ircd -p {port} # no comment\"\n");
  const Options options = options_of("--config " + file);
  EXPECT_EQ(options.manner.seed, 5u);
  EXPECT_TRUE(options.manner.strict);
  EXPECT_EQ(options.selection.cites, Words{"rfc1459#2.3"});
  EXPECT_EQ(options.selection.only, (Words{"a/*", "b/*"}));
  EXPECT_EQ(options.target.spawn, "./ircd -p {port} # no comment");
  EXPECT_EQ(options_of("--seed 6 --config " + file).manner.seed, 6u) << "the option wins";
}

TEST(CommandLine, TakesTheNameOfTheFileFromTheEnvironment) {
  const TemporaryFolder folder;
  const Environment config("IRC_CONFORM_CONFIG", folder.file("config", "seed = 5\n"));
  EXPECT_EQ(options_of("").manner.seed, 5u);
}

TEST(CommandLine, RefusesAnUnknownKeyInAFile) {
  const TemporaryFolder folder;
  for (const char* key : {"sede", "section.seed", "config", "help"}) {
    const std::string file = folder.file("config", std::string(key) + " = 1\n");
    EXPECT_EQ(parse("--config " + file).exit->status, ExitStatus::wrong_use) << key;
  }
  const std::string key = folder.file("key", "sede = 1\n");
  EXPECT_EQ(problem_of("--config " + key), "irc-conform: --config: unknown key 'sede'");
  const std::string section = folder.file("section", "[run]\nseed = 1\n");
  EXPECT_EQ(problem_of("--config " + section), "irc-conform: --config: there are no sections");
}

TEST(CommandLine, KeepsBlanksAndEqualSignsOfAValue) {
  EXPECT_EQ(parse_command_line({"--spawn", "ircd --port={port} -x"}).options.target.spawn,
            "ircd --port={port} -x");
  EXPECT_EQ(parse_command_line({"--password", "a=b c"}).options.target.password, "a=b c");
}

}  // namespace
}  // namespace conform
