// Mutants over loopback: faults that lie in what the kernel sees of a server.
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>

#include "tests/e2e/conform_program.h"
#include "tests/mutants/over_loopback.h"

namespace conform::testing {

void PrintTo(const OverLoopback& row, std::ostream* out) {
  *out << row.mutant;
}

namespace {

using nlohmann::json;

constexpr const char* kPing = "a > PING :{t1}\na < PONG ... {t1}\nsync b\n";
constexpr const char* kSplit =
    "a > \"PRIVMSG {b} :first\\r\" | \"\\nPRIVMSG {b} :second\\r\" | \"\\n\"\n"
    "b < PRIVMSG {b} first\n"
    "b < PRIVMSG {b} second\n";

bool has_line(const std::string& text, const std::string& begin, const std::string& end) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(begin) && line.ends_with(end)) return true;
  }
  return false;
}

TEST(Sleeper, ReadsApartWhatIsReportedAsProved) {
  const Probes probes{{"split", kSplit}};
  const std::string record = probes.path("record");
  const Outcome run = probes.run("", {"--spawn", mutant("sleeper", record)});
  EXPECT_EQ(run.ended.status, 0) << run.ended.out << run.ended.err;
  EXPECT_EQ(run.result("probe/split")["boundaries"], "proved");
  const std::string reads = read_file(record);
  EXPECT_TRUE(has_line(reads, "PRIVMSG ", ":first\\r")) << reads;
  EXPECT_TRUE(has_line(reads, "\\nPRIVMSG ", ":second\\r")) << reads;
}

TEST(Closing, IsNeverTakenForAServerThatHasRead) {
  const Probes probes{{"split", kSplit}};
  const Outcome run = probes.run("", {"--spawn", mutant("closing")});
  EXPECT_EQ(run.ended.status, 3) << run.ended.out << run.ended.err;
  EXPECT_EQ(run.report["summary"]["pass"], 0);
}

TEST(Silent, IsSaidNotToWelcomeAnybody) {
  const Probes probes{{"ping", kPing}};
  const Outcome run = probes.run("", {"--spawn", mutant("silent")});
  EXPECT_EQ(run.ended.status, 3);
  EXPECT_NE(run.ended.out.find("did not welcome a client"), std::string::npos) << run.ended.out;
}

TEST(DiesOfOverlongLine, IsConvictedOfTheOneCaseAndPlaysTheOthers) {
  const Probes probes({{"before", kPing},
                       {"bait", "a > fill(600, \"x\") \"\\r\\n\"\nsync a b\n"},
                       {"after", kPing}});
  const Outcome run = probes.run("", {"--spawn", mutant("dies-of-overlong-line")});
  EXPECT_EQ(run.ended.status, 4) << run.ended.out << run.ended.err;
  EXPECT_EQ(run.result("probe/before")["grade"], "pass");
  EXPECT_EQ(run.result("probe/after")["grade"], "pass");
  EXPECT_EQ(run.result("probe/bait")["grade"], "fail");
  EXPECT_NE(run.result("probe/bait")["actual"].dump().find("SIGABRT"), std::string::npos);
}

// A row for each in tests/mutants/over_loopback.cc; that the reference passes the same cases is
// EmbeddedRun's.
class OverLoopbackFails : public ::testing::TestWithParam<OverLoopback> {};

TEST_P(OverLoopbackFails, ItsCases) {
  const TemporaryFolder folder;
  Arguments command = {
      kConform, "--spawn", mutant(GetParam().mutant), "--json", folder.path("report.json"),
      "--seed", "1"};
  for (const std::string_view id : GetParam().fails) {
    command.insert(command.end(), {"--only", std::string(id)});
  }
  const Ended ended = run_program(command);
  const json report = json::parse(read_file(folder.path("report.json")));
  EXPECT_EQ(report["cases"].size(), GetParam().fails.size());
  for (const json& item : report["cases"]) EXPECT_EQ(item["grade"], "fail") << ended.out;
}

INSTANTIATE_TEST_SUITE_P(All, OverLoopbackFails, ::testing::ValuesIn(mutants_over_loopback()),
                         [](const auto& row) {
                           std::string name(row.param.mutant);
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(UnboundedLine, IsSeenByItsMemory) {
  const Probes probes{{"endless",
                       "repeat until 12MiB\n  a > \"x\"*4096\nend\n"
                       "sync b\nserver rss < base + 4MiB\n"}};
  const Outcome run = probes.run("", {"--spawn", mutant("unbounded-line")});
  EXPECT_EQ(run.ended.status, 1) << run.ended.out << run.ended.err;
  EXPECT_NE(run.result("probe/endless")["actual"].dump().find("resident"), std::string::npos);
}

}  // namespace
}  // namespace conform::testing
