// The suite in simulation: what the reference server passes over sockets it passes here too, in one
// process and on virtual time, and a seed decides everything.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/sim_suite.h"

namespace conform::testing {
namespace {

const std::vector<script::Script>& suite() {
  static const std::vector<script::Script> scripts = read_cases(SOURCE_DIR "/corpus/cases");
  return scripts;
}

std::string transcripts(std::uint64_t seed) {
  std::string text;
  const irc::SimFaults faults{.short_read = 0.3, .short_write = 0.3, .would_block = 0.2};
  for (const CaseResult& result :
       play_in_simulation(suite(), make_reference, {.seed = seed, .faults = faults})) {
    text += result.id + "\n" + result.transcript;
  }
  return text;
}

TEST(SimulatedSuite, ReferencePassesEveryCase) {
  std::size_t passed = 0;
  for (const CaseResult& result : play_in_simulation(suite(), make_reference, {})) {
    if (result.grade == Grade::skip) continue;
    EXPECT_EQ(result.grade, Grade::pass)
        << result.id << ": " << result.reason << result.actual << "\n"
        << result.transcript;
    passed += result.grade == Grade::pass;
  }
  EXPECT_GT(passed, 0U);
}

TEST(SimulatedSuite, ReferencePassesEveryCaseWithFaults) {
  const irc::SimFaults faults{.short_read = 0.3,
                              .short_write = 0.3,
                              .would_block = 0.2,
                              .spurious = 0.1,
                              .interrupted = 0.1};
  for (const CaseResult& result :
       play_in_simulation(suite(), make_reference, {.seed = 7, .faults = faults})) {
    if (result.grade == Grade::skip) continue;
    EXPECT_EQ(result.grade, Grade::pass)
        << result.id << ": " << result.reason << result.actual << "\n"
        << result.transcript;
  }
}

// The areas whose cases ask a server for what it announces about names and texts.
std::vector<script::Script> names_and_texts() {
  std::vector<script::Script> scripts = read_cases(SOURCE_DIR "/corpus/cases");
  std::erase_if(scripts, [](const script::Script& script) {
    const std::string& id = script.cases.front().id;
    return !id.starts_with("encoding/") && !id.starts_with("parsing/");
  });
  return scripts;
}

TEST(SimulatedSuite, ReferencePassesWhateverItAnnounces) {
  const std::vector<script::Script> scripts = names_and_texts();
  ASSERT_EQ(scripts.size(), 2U);
  std::vector<irc::ServerConfig> configs(3);
  configs[0].casemapping = irc::Casemapping::ascii;
  configs[1].casemapping = irc::Casemapping::rfc1459_strict;
  configs[2].utf8_only = true;
  for (const irc::ServerConfig& config : configs) {
    for (const CaseResult& result : play_in_simulation(scripts, reference_with(config), {})) {
      const bool needs_utf8only = result.id.starts_with("encoding/utf8only-");
      const bool skips =
          config.utf8_only ? result.id == "encoding/eight-bit-clean" : needs_utf8only;
      EXPECT_EQ(result.grade, skips ? Grade::skip : Grade::pass)
          << result.id << ": " << result.reason << result.actual << "\n"
          << result.transcript;
    }
  }
}

TEST(SimulatedSuite, OneSeedGivesOneTranscript) {
  EXPECT_EQ(transcripts(5), transcripts(5));
}

TEST(SimulatedSuite, AnotherSeedGivesOtherTranscripts) {
  EXPECT_NE(transcripts(5), transcripts(6));
}

}  // namespace
}  // namespace conform::testing
