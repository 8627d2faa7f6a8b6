// A program at the other end of a pipe may do what it likes: it is told, and it is gone.
#include "fuzz/differential/pipe_adapter.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <fstream>
#include <optional>
#include <string>

#include "fuzz/differential/adapters.h"
#include "fuzz/differential/difference_oracle.h"
#include "tests/support/files.h"
#include "tests/support/process.h"

namespace fuzz {
namespace {

using conform::testing::eventually;
using conform::testing::process_state;
using std::chrono::milliseconds;

const std::string kExample = "python3 " SOURCE_DIR "/fuzz/adapters/example.py";
const std::string kUnruly =
    "python3 " SOURCE_DIR "/tests/fuzz/unruly.py " SOURCE_DIR "/fuzz/adapters";

// What a program that is asked "?" is found out of.
std::string fault_of(PipeProgram& program) {
  try {
    program.ask("?");
  } catch (const AdapterFault& fault) {
    EXPECT_EQ(program.pid(), -1);
    return std::string(fault.oracle.id) + " " + fault.what();
  }
  return "";
}

std::string fault_of(const std::string& script, milliseconds deadline = kPipeDeadline) {
  PipeProgram program("sh -c '" + script + "'", deadline);
  return fault_of(program);
}

std::string refusal_of(const std::string& command) {
  try {
    const PipeAdapter adapter(command);
  } catch (const NoAdapter& error) {
    return error.what();
  }
  return "";
}

FramerInput stream_of(std::string_view stream) {
  return {.limits = {}, .cuts = {3}, .stream = stream};
}

TEST(PipeProgram, GivesTheAnswer) {
  PipeProgram program("sh -c 'head -c 5 >/dev/null; printf \"\\0\\0\\0\\2OK\"; cat >/dev/null'",
                      kPipeDeadline);
  EXPECT_EQ(program.ask("?"), "OK");
}

TEST(PipeProgram, TellsHowAProgramFailsToAnswer) {
  EXPECT_EQ(fault_of("exit 3"), "DI-DEAD exited with 3");
  EXPECT_EQ(fault_of("kill -SEGV $$"), "DI-DEAD was killed by signal 11");
  EXPECT_EQ(fault_of("exec sleep 1000 >/dev/null", milliseconds(20)), "DI-DEAD closed its output");
  EXPECT_EQ(fault_of("exec >/dev/null; cat >/dev/null; exit 4"), "DI-DEAD exited with 4");
  EXPECT_EQ(fault_of("printf \"\\0\\0\\0\\2O\""), "DI-DEAD exited with 0 within an answer");
  EXPECT_EQ(fault_of("printf HTTP/1.1; cat >/dev/null"), "DI-ANSWER an answer of 1213486160 bytes");
  EXPECT_EQ(fault_of("printf \"\\0\\0\\0\\0junk\"; cat >/dev/null"),
            "DI-ANSWER bytes behind the end of an answer");
  EXPECT_EQ(fault_of("cat >/dev/null", milliseconds(20)), "DI-HANG no answer in 20 ms");
  EXPECT_EQ(fault_of("exec nosuchprogram 2>/dev/null"), "DI-DEAD exited with 127");
}

// Says more than it was asked once its answer has been read, which it is told by a FIFO, and tells
// by another that it has.
constexpr std::string_view kTalkative = R"(
printf '\000\000\000\000'
read -r word <"$1/go"
printf junk
echo done >"$1/done"
cat >/dev/null
)";

TEST(PipeProgram, FindsBytesThatNobodyAskedFor) {
  const conform::testing::TemporaryFolder folder;
  const std::string script = folder.file("talkative.sh", kTalkative);
  for (const char* name : {"go", "done"}) {
    ASSERT_EQ(::mkfifo(folder.path(name).c_str(), 0600), 0);
  }
  PipeProgram program("sh " + script + " " + folder.path(""), kPipeDeadline);
  EXPECT_EQ(program.ask("?"), "");
  std::ofstream(folder.path("go")) << "on\n";
  EXPECT_EQ(conform::testing::read_file(folder.path("done")), "done\n");
  EXPECT_EQ(fault_of(program), "DI-ANSWER bytes that nobody asked for, before this request");
}

TEST(PipeProgram, TakesARequestThatIsNotReadAsAHang) {
  PipeProgram program("sleep 1000", milliseconds(20));
  const std::string longer_than_a_pipe(std::size_t{1} << 20U, 'x');
  EXPECT_THROW(program.ask(longer_than_a_pipe), AdapterFault);
}

// Answers with the number of a process that it has started.
constexpr std::string_view kParent = R"(
sleep 1000 &
number=$(printf %08d $!)
printf '\000\000\000\010%s' "$number"
cat >/dev/null
)";

TEST(PipeProgram, LeavesNothingRunning) {
  const conform::testing::TemporaryFolder folder;
  const std::string script = folder.file("parent.sh", kParent);
  std::optional<PipeProgram> program;
  program.emplace("sh " + script, kPipeDeadline);
  const pid_t child = std::stoi(program->ask("?"));
  const pid_t parent = program->pid();
  EXPECT_NE(process_state(child), 0);
  program.reset();
  EXPECT_EQ(process_state(parent), 0);
  // Whoever takes in orphans may not have waited for it yet.
  EXPECT_TRUE(eventually([child] {
    const char state = process_state(child);
    return state == 0 || state == 'Z';
  }));
}

TEST(PipeAdapter, IsWhatItSaysOfItself) {
  const PipeAdapter adapter(kExample);
  EXPECT_EQ(adapter.facts().name, "example.py");
  EXPECT_TRUE(adapter.facts().frames);
  EXPECT_TRUE(adapter.facts().parses);
  EXPECT_TRUE(adapter.facts().readings.has(Reading::bare_cr_is_data));
  EXPECT_EQ(adapter.facts().limits.body_bytes_max, std::size_t(-1));
}

TEST(PipeAdapter, IsJudgedAsALinkedOneIs) {
  PipeAdapter adapter(kExample);
  DifferenceOracle oracle(adapter);
  EXPECT_FALSE(oracle.judge(stream_of("PING a\rb\n\n:s 001 b :x y\r\n@t P1\r\n")));
  EXPECT_NE(oracle.report().find("framing/bare-cr-is-data: 1"), std::string::npos);
}

TEST(PipeAdapter, TellsWhichLineEndedItAndGoesOn) {
  PipeAdapter adapter(kUnruly);
  DifferenceOracle oracle(adapter);
  EXPECT_FALSE(oracle.judge(stream_of("PING\r\n")));
  const Verdict verdict = oracle.judge(stream_of("PING\r\nDIE\r\n"));
  ASSERT_TRUE(verdict);
  EXPECT_EQ(text_of(*verdict),
            "DI-DEAD: no input ends an adapter\n"
            "  clause:   fuzz/README.md, Over a pipe\n"
            "  with:     adapter 'unruly', line \"DIE\"\n"
            "  expected: a message or none\n"
            "  actual:   exited with 3\n");
  EXPECT_EQ(oracle.judge(stream_of("CRASH\r\n"))->actual, "was killed by signal 11");
  EXPECT_FALSE(oracle.judge(stream_of("PING\r\n")));
}

TEST(PipeAdapter, RefusesAProgramThatDoesNotSayWhoItIs) {
  EXPECT_EQ(refusal_of("true"), "the program 'true' does not say who it is: exited with 0");
  EXPECT_EQ(refusal_of("sh -c 'printf \"\\0\\0\\0\\5X\\0\\0\\0\\0\"; cat >/dev/null'"),
            "the program 'sh -c 'printf \"\\0\\0\\0\\5X\\0\\0\\0\\0\"; cat >/dev/null'' does not "
            "say who it "
            "is: an item 'X', and only these are known here: NRBTFP");
}

TEST(Adapters, HaveAFramerOrAParser) {
  const std::string silent = "sh -c 'printf \"\\0\\0\\0\\0\"; cat >/dev/null'";
  try {
    adapters_of(silent);
    FAIL() << "it is none";
  } catch (const NoAdapter& error) {
    EXPECT_EQ(error.what(), "adapter '" + silent + "' has neither a framer nor a parser");
  }
  EXPECT_EQ(adapters_of(kExample).size(), 2U);  // Ours is always there.
}

TEST(PipeAdapter, FindsItemsThatAreNone) {
  const auto refuses = [](const std::string& items, const std::string& why) {
    const std::string says = "printf \"\\0\\0\\0\\" + items + "\"; cat >/dev/null";
    const std::string refusal = refusal_of("sh -c '" + says + "'");
    EXPECT_NE(refusal.find(why), std::string::npos) << refusal;
  };
  refuses("3N\\0\\0", ": an item of less than five bytes");
  refuses("5N\\0\\0\\0\\7", ": an item 'N' of 7 bytes, where 0 are left");
  refuses("6B\\0\\0\\0\\1x", ": 'x' for a limit, which is a number or the word unlimited");
  refuses("6R\\0\\0\\0\\1x", "declares the reading 'x', and there is none of that name");
}

}  // namespace
}  // namespace fuzz
