// irc-conform as its users run it: exit statuses, reports, interruption, and what is left behind.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "server/net/posix_net.h"
#include "tests/e2e/conform_program.h"

namespace conform::testing {
namespace {

using nlohmann::json;

constexpr const char* kPing = "a > PING :{t1}\na < PONG ... {t1}\nsync b\n";
constexpr const char* kForEver = "within 100s a < PRIVMSG {b} never\n";
constexpr const char* kManyGlues =
    "repeat 3000\n"
    "  glue\n"
    "    a > \"PING :x\\r\\n\"\n"
    "    b > \"PING :x\\r\\n\"\n"
    "  end\n"
    "  sync a b\n"
    "end\n";

// A port that somebody has bound and nobody listens on.
class DeafPort {
 public:
  DeafPort() : address_(net_.local_address(net_.listen_on("127.0.0.1", 0, 1))) {}
  std::string target() const { return "127.0.0.1:" + std::to_string(address_.port); }

 private:
  irc::PosixNet net_;
  irc::Address address_;
};

TEST(EmbeddedRun, ConformsWithEveryBoundaryProved) {
  const TemporaryFolder folder;
  const std::string file = folder.path("report.json");
  const Ended ended = run_program({kConform, "--quick", "--json", file, "--seed", "1"});
  EXPECT_EQ(ended.status, 0) << ended.out << ended.err;
  const json report = json::parse(read_file(file));
  for (const json& item : report["cases"]) {
    if (item["grade"] == "skip") continue;
    EXPECT_TRUE(item["boundaries"] == "proved" || item["boundaries"] == "none") << item;
  }
  EXPECT_GT(report["summary"]["pass"], 0);
}

TEST(Run, SaysThatNobodyListens) {
  const Probes probes{{"ping", kPing}};
  const Outcome run = probes.run("--target " + DeafPort().target());
  EXPECT_EQ(run.ended.status, 3);
  EXPECT_NE(run.ended.out.find("target not reached: "), std::string::npos)
      << run.ended.out << run.ended.err;
}

TEST(Run, SaysThatNoCaseHasThatName) {
  const Ended ended = run_program({kConform, "--only", "framin/*"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_NE(ended.err.find("framin/*"), std::string::npos) << ended.err;
}

TEST(Run, TakesNoOptionThatItDoesNotKnow) {
  const Ended ended = run_program({kConform, "--tarjet", "localhost"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_NE(ended.err.find("--tarjet"), std::string::npos) << ended.err;
}

TEST(Run, TakesNoCaseWithAnError) {
  const Probes probes{{"ping", "a < nothing-is-sent {x\n"}};
  EXPECT_EQ(probes.run("").ended.status, 2);
}

TEST(Run, WritesItsReportWhenItIsInterrupted) {
  const Probes probes{{"ping", kPing}, {"for-ever", kForEver}};
  Process process(probes.command("-v", {"--spawn", mutant("none")}));
  process.wait_for_output("probe/ping");
  process.send(SIGINT);
  const Ended ended = process.wait();
  EXPECT_EQ(ended.status, 130) << ended.out << ended.err;
  EXPECT_EQ(probes.report()["summary"]["pass"], 1);
}

TEST(Run, WritesItsReportWhenItIsInterruptedBeforeTheServerListens) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    const Probes probes{{"ping", kPing}};
    Process process(probes.command("", {"--spawn", "sleep 100; : {port}"}));
    std::vector<pid_t> servers;
    ASSERT_TRUE(eventually([&] {
      servers = children_of(process.pid(), "sleep");
      return servers.size() == 1;
    }));
    process.send(signal);
    const Ended ended = process.wait();
    EXPECT_EQ(ended.status, 130) << signal << ended.out << ended.err;
    EXPECT_NE(ended.out.find("interrupted: the server was being started"), std::string::npos);
    EXPECT_EQ(probes.report()["end"], "interrupted") << signal;
    EXPECT_EQ(process_state(servers[0]), 0) << signal;
  }
}

TEST(Run, LeavesNoProcessBehindWhenItIsKilledWhileItGlues) {
  const Probes probes{{"glues", kManyGlues}};
  const Process process(probes.command("", {"--spawn", mutant("none")}));
  std::vector<pid_t> servers;
  ASSERT_TRUE(eventually([&] {
    servers = children_of(process.pid(), "mutant_server");
    return servers.size() == 1;
  }));
  ASSERT_TRUE(eventually([&] { return process_state(servers[0]) == 'T'; }));
  process.send(SIGKILL);
  EXPECT_TRUE(eventually([&] { return process_state(servers[0]) == 0; }));
}

TEST(Run, LeavesATargetOfOthersRunningWhenItIsKilledWhileItGlues) {
  const Probes probes{{"glues", kManyGlues}};
  Process server({BINARY_DIR "/irc-refd", "--no-throttle", "--listen", "127.0.0.1:0"});
  const std::string target = server.wait_for_output("listening on ");
  const Process process(
      probes.command("--target " + target + " --pid " + std::to_string(server.pid())));
  ASSERT_TRUE(eventually([&] { return process_state(server.pid()) == 'T'; }));
  process.send(SIGKILL);
  EXPECT_TRUE(eventually([&] { return process_state(server.pid()) == 'S'; }));
}

TEST(Run, StopsTheProcessThatPidNames) {
  const Probes probes{{"glue", "glue\n  a > PING :{t1}\n  b rst\nend\na < PONG ... {t1}\n"}};
  Process server({BINARY_DIR "/irc-refd", "--no-throttle", "--listen", "127.0.0.1:0"});
  const std::string target = server.wait_for_output("listening on ");
  const Outcome run = probes.run("--target " + target + " --pid " + std::to_string(server.pid()));
  EXPECT_EQ(run.ended.status, 0) << run.ended.out << run.ended.err;
  EXPECT_EQ(run.report["target"]["pid"], server.pid());
}

TEST(Replay, FailsInTheWayThatWasSaved) {
  const TemporaryFolder folder;
  const std::string only = "framing/complete-plus-partial";
  const std::string target = mutant("loses-partial-tail");
  const auto play = [&](Arguments arguments, const std::string& report) {
    arguments.insert(arguments.begin(), kConform);
    for (const std::string& word :
         {std::string("--spawn"), target, std::string("--json"), report}) {
      arguments.push_back(word);
    }
    EXPECT_EQ(run_program(arguments).status, 1);
    return json::parse(read_file(report))["cases"][0];
  };
  const json first = play({"--only", only, "--output", folder.path("out")}, folder.path("1.json"));
  const json again = play({"replay", folder.path("out/framing-complete-plus-partial.irct")},
                          folder.path("2.json"));
  EXPECT_EQ(first["grade"], "fail");
  EXPECT_EQ(again["grade"], "fail");
  EXPECT_EQ(again["step"], first["step"]);
  EXPECT_EQ(again["expected"], first["expected"]);
}

// The first line of the script is the command: same target, same cut, same seed.
TEST(Replay, IsWhatASavedScriptSaysOfItself) {
  namespace fs = std::filesystem;
  const TemporaryFolder folder;
  const auto result_in = [&](const char* name) {
    return json::parse(read_file(folder.path(name)))["cases"][0];
  };
  const Ended first = run_program({kConform, "--only", "liveness/ping-is-answered", "--segments",
                                   "each-cut", "--spawn", mutant("repeats-late-ping"), "--output",
                                   folder.path("out"), "--json", folder.path("1.json")});
  EXPECT_EQ(first.status, 1) << first.out << first.err;
  const std::string cut = result_in("1.json")["variant"];
  EXPECT_TRUE(cut.starts_with("cut(")) << cut;
  EXPECT_NE(first.out.find("--segments '" + cut + "'"), std::string::npos) << first.out;

  std::string saved;
  for (const auto& entry : fs::directory_iterator(folder.path("out"))) {
    if (entry.path().extension() == ".irct") saved = entry.path();
  }
  EXPECT_EQ(run_program({kConform, "lint", saved}).status, 0);
  const std::string script = read_file(saved);
  const std::string command = script.substr(0, script.find('\n'));
  const std::string mark = "# replay: ";
  ASSERT_TRUE(command.starts_with(mark + kConform)) << command;
  const Ended again = run_program(
      {"/bin/sh", "-c", command.substr(mark.size()) + " --json " + folder.path("2.json")});
  EXPECT_EQ(again.status, 1) << again.out << again.err;
  EXPECT_EQ(result_in("2.json")["variant"], cut);
  EXPECT_EQ(result_in("2.json")["actual"], result_in("1.json")["actual"]);
}

// What the line audit finds in another case's play is found again by the two together.
TEST(Replay, PlaysTheCaseThatShowsABreachOfTheLineAudit) {
  const TemporaryFolder folder;
  const std::string owner = "framing/server-terminates-with-crlf";
  const std::string header =
      "\nlevel: must\ntitle: t\ncite: none \"a test's own\"\nclients: a\n---\n";
  std::filesystem::create_directory(folder.path("cases"));
  folder.file("cases/framing.irct", "case " + owner + header +
                                        "a > PING :x\na < PONG ... x\n\ncase framing/names" +
                                        header + "a > JOIN {chan}\na < 366 ...\nsync a\n");
  const Ended first = run_program({kConform, "--no-builtin-cases", "--cases", folder.path("cases"),
                                   "--spawn", mutant("empty-line-behind-names"), "--output",
                                   folder.path("out"), "--seed", "1"});
  EXPECT_EQ(first.status, 1) << first.out << first.err;
  EXPECT_NE(first.out.find("in framing/names a received"), std::string::npos) << first.out;

  const std::string saved = folder.path("out/framing-server-terminates-with-crlf");
  EXPECT_NE(read_file(saved + ".transcript").find("JOIN"), std::string::npos);
  const Ended again =
      run_program({kConform, "replay", saved + ".irct", "--spawn",
                   mutant("empty-line-behind-names"), "--json", folder.path("report.json")});
  EXPECT_EQ(again.status, 1) << again.out << again.err;
  const json result = json::parse(read_file(folder.path("report.json")))["cases"][0];
  EXPECT_EQ(result["id"], owner);
  EXPECT_EQ(result["root_cause"], "audit: " + owner);
}

}  // namespace
}  // namespace conform::testing
