// The suite in simulation: what the reference server passes over sockets it passes here too, in one
// process and on virtual time, and a seed decides everything.
#include <gtest/gtest.h>

#include <cstdint>
#include <set>
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

// What a case asks of a server that announces something else than the reference usually does.
TEST(SimulatedSuite, ReferencePassesWhateverItAnnounces) {
  std::vector<irc::ServerConfig> configs;
  for (const auto mapping : {irc::Casemapping::ascii, irc::Casemapping::rfc1459_strict}) {
    irc::ServerConfig config;
    config.casemapping = mapping;
    configs.push_back(config);
  }
  irc::ServerConfig utf8_only;
  utf8_only.utf8_only = true;
  configs.push_back(utf8_only);
  for (const irc::ServerConfig& config : configs) {
    std::set<std::string> skipped;
    for (const CaseResult& result : play_in_simulation(suite(), reference_with(config), {})) {
      if (result.grade == Grade::skip) {
        skipped.insert(result.id);
        continue;
      }
      EXPECT_EQ(result.grade, Grade::pass)
          << result.id << ": " << result.reason << result.actual << "\n"
          << result.transcript;
    }
    EXPECT_EQ(skipped.contains("encoding/utf8only-no-invalid-relay"), !config.utf8_only);
    EXPECT_EQ(skipped.contains("encoding/eight-bit-clean"), config.utf8_only);
    EXPECT_FALSE(skipped.contains("encoding/casemapping-nick-braces"));
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
