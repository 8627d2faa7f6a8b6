// Each seed is what its fuzz target reads: the targets' own readers take the case apart again.
#include "harness/cli/seeds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "fuzz/framer_oracle.h"
#include "fuzz/loop_script.h"
#include "harness/script/parse.h"
#include "harness/script/print.h"
#include "tests/cli/suite_of.h"
#include "tests/support/files.h"

namespace conform {
namespace {

using Files = std::map<std::string, std::string>;

script::Case case_of(const std::string& steps) {
  const script::Parsed parsed = script::parse(
      "own.irct",
      "case own/one\ntitle: A sentence\nlevel: must\ncite: modern#x\nclients: a b\n---\n" + steps);
  EXPECT_TRUE(parsed.ok()) << steps;
  return parsed.script.cases.at(0);
}

// Those of a target, by name.
Files seeds_for(std::string_view target, const std::string& steps) {
  Files files;
  for (const Seed& seed : seeds_of(case_of(steps))) {
    if (seed.target == target) files[seed.name] = seed.bytes;
  }
  return files;
}

TEST(Seeds, OfTheLoopAreTheRecordsAndTheirCuts) {
  const Files seeds = seeds_for("fuzz_loop", "a > \"PI\" | \"NG x\\r\\nAWAY\\r\\n\"\na,b fin\n");
  EXPECT_EQ(seeds.at("own-one"), "018PI\n0NG x\\r\\nAWAY\n@\nA\n");
  EXPECT_EQ(seeds.at("own-one-whole"), "010PING x\\r\\nAWAY\n@\nA\n");
  EXPECT_EQ(seeds.at("own-one-lines"), "010PING x\n0AWAY\n@\nA\n");
  EXPECT_TRUE(seeds.at("own-one-bytes").starts_with("018P\n8I\n8N\n8G\n8 \n8x\n8\\r\n8\\n\n"));
  EXPECT_EQ(seeds.at("own-one-glued"), "010PING x\\r\\nAWAY\nx\n@\nA\n");
}

// Longer ones libFuzzer would cut.
TEST(Seeds, AreAsLongAsTheFuzzersMayBe) {
  for (const char* target :
       {"fuzz_loop", "fuzz_core", "fuzz_framer", "fuzz_parser", "fuzz_script"}) {
    const std::string options =
        testing::read_file(SOURCE_DIR "/fuzz/" + std::string(target) + ".options");
    const std::string line = "max_len = " + std::to_string(seed_bytes_max(target)) + "\n";
    EXPECT_NE(options.find(line), std::string::npos) << target;
  }
  const std::string long_line = "a > \"PRIVMSG {b} :\" \"x\"*600 \"\\r\\n\"\n";
  EXPECT_EQ(seeds_for("fuzz_core", long_line).size(), 1U);
  EXPECT_EQ(seeds_for("fuzz_core", long_line + long_line).size(), 0U);
}

TEST(Seeds, AreEachAnother) {
  const Files seeds = seeds_for("fuzz_loop", "a > AWAY\nsync b\n");
  EXPECT_EQ(seeds.size(), 3U) << "whole, lines and glued are as it is written";
  EXPECT_TRUE(seeds.contains("own-one") && seeds.contains("own-one-bytes"));
}

TEST(Seeds, OfTheLoopAreTheScriptAgain) {
  const std::string seed = seeds_for("fuzz_loop", "a > PRIVMSG {b} :x\nb rst\n").at("own-one");
  EXPECT_NE(fuzz::script_of_loop(seed, "x").find("a > PRIVMSG {b} :x\nb rst\n"), std::string::npos);
}

TEST(Seeds, OfTheCoreAreLines) {
  const Files seeds = seeds_for(
      "fuzz_core",
      "a > \"PI\" | \"NG x\\r\\nAWAY\\r\\nhalf\"\nb rst\na close\nb connect\nwait 20s\nsync b\n");
  EXPECT_EQ(seeds.at("own-one"), "00PING x\n0AWAY\nI\nH\n`3\n");
}

TEST(Seeds, OfTheFramerAreStreamsInTheirSegments) {
  const Files seeds = seeds_for("fuzz_framer", "a > \"PI\" | \"NG\\r\\n\"\nb > AWAY\n");
  const fuzz::FramerInput input = fuzz::framer_input(seeds.at("own-one-1"));
  EXPECT_EQ(input.limits.body_bytes_max, 510U);
  EXPECT_EQ(input.cuts, (std::vector<std::size_t>{2, 4}));
  EXPECT_EQ(input.stream, "PING\r\n");
  EXPECT_EQ(fuzz::framer_input(seeds.at("own-one-2")).stream, "AWAY\r\n");
}

TEST(Seeds, OfTheParserAreLinesAndOfTheScriptTheText) {
  const Files lines = seeds_for("fuzz_parser", "a > \"PING x\\r\\nAWAY\\r\\n\"\nb > PING x\n");
  EXPECT_EQ(lines, (Files{{"own-one-1-1", "PING x"}, {"own-one-1-2", "AWAY"}}));
  const script::Case item = case_of("a > AWAY\nsync b\n");
  EXPECT_EQ(seeds_for("fuzz_script", "a > AWAY\nsync b\n").at("own-one"), script::print(item));
}

TEST(Seeds, AreNotLongerThanAFuzzerMakesThem) {
  const std::string steps = "a > \"x\"*5000 \"\\r\\n\"\nsync b\n";
  EXPECT_TRUE(seeds_for("fuzz_loop", steps).empty());
  EXPECT_FALSE(seeds_for("fuzz_script", steps).empty());
}

}  // namespace
}  // namespace conform
