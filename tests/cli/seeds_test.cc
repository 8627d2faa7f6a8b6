// Each seed is what its fuzz target reads: the targets' own readers take the case apart again.
#include "harness/cli/seeds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "fuzz/framer_oracle.h"
#include "fuzz/loop_script.h"
#include "harness/script/parse.h"
#include "harness/script/print.h"
#include "tests/cli/suite_of.h"
#include "tests/support/files.h"

namespace conform {
namespace {

using Files = std::map<std::string, std::string>;

script::Case case_of(const std::string& steps, const std::string& id = "own/one") {
  const script::Parsed parsed = script::parse(
      "own.irct",
      "case " + id + "\ntitle: A sentence\nlevel: must\ncite: modern#x\nclients: a b\n---\n" +
          steps,
      true);
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
  EXPECT_EQ(seeds.at("own_one"), "018PI\n0NG x\\r\\nAWAY\n@\nA\n");
  EXPECT_EQ(seeds.at("own_one_whole"), "010PING x\\r\\nAWAY\n@\nA\n");
  EXPECT_EQ(seeds.at("own_one_lines"), "010PING x\n0AWAY\n@\nA\n");
  EXPECT_TRUE(seeds.at("own_one_bytes").starts_with("018P\n8I\n8N\n8G\n8 \n8x\n8\\r\n8\\n\n"));
  EXPECT_EQ(seeds.at("own_one_glued"), "010PING x\\r\\nAWAY\nx\n@\nA\n");
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
  const std::string long_line = "a > \"PRIVMSG {b} :\" \"x\"*5000 \"\\r\\n\"\n";
  EXPECT_FALSE(seeds_for("fuzz_core", long_line).empty());
  EXPECT_TRUE(seeds_for("fuzz_core", long_line + long_line).empty());
}

TEST(Seeds, HaveEachANameOfTheirOwn) {
  std::set<std::pair<std::string_view, std::string>> names;
  for (const char* id : {"a/b", "a/b-c", "a-b/c", "a/b-1", "a/b-bytes", "a-b/bytes"}) {
    for (const Seed& seed : seeds_of(case_of("a > PING x\nb > AWAY\n", id))) {
      EXPECT_TRUE(names.emplace(seed.target, seed.name).second) << seed.target << " " << seed.name;
    }
  }
  EXPECT_TRUE(names.contains({"fuzz_framer", "a_b-c_bytes_2"}));
}

TEST(Seeds, OfTheLoopAreTheScriptAgain) {
  const std::string seed = seeds_for("fuzz_loop", "a > PRIVMSG {b} :x\nb rst\n").at("own_one");
  EXPECT_NE(fuzz::script_of_loop(seed, "x").find("a > PRIVMSG {b} :x\nb rst\n"), std::string::npos);
}

TEST(Seeds, OfTheCoreAreLines) {
  const Files seeds = seeds_for(
      "fuzz_core",
      "a > \"PI\" | \"NG x\\r\\nAWAY\\r\\nhalf\"\nb rst\na close\nb connect\nwait 20s\nsync b\n");
  EXPECT_EQ(seeds.at("own_one"), "00PING x\n0AWAY\nI\nH\n`3\n");
}

TEST(Seeds, OfTheFramerAreStreamsInTheirSegments) {
  const Files seeds = seeds_for("fuzz_framer", "a > \"PI\" | \"NG\\r\\n\"\nb > AWAY\n");
  const fuzz::FramerInput input = fuzz::framer_input(seeds.at("own_one_1"));
  EXPECT_EQ(input.limits.body_bytes_max, 510U);
  EXPECT_EQ(input.cuts, (std::vector<std::size_t>{2, 4}));
  EXPECT_EQ(input.stream, "PING\r\n");
  EXPECT_EQ(fuzz::framer_input(seeds.at("own_one_2")).stream, "AWAY\r\n");
}

TEST(Seeds, OfTheParserAreLinesAndOfTheScriptTheText) {
  const Files lines = seeds_for("fuzz_parser", "a > \"PING x\\r\\nAWAY\\r\\n\"\nb > PING y\n");
  EXPECT_EQ(lines,
            (Files{{"own_one_1_1", "PING x"}, {"own_one_1_2", "AWAY"}, {"own_one_2_1", "PING y"}}));
  const script::Case item = case_of("a > AWAY\nsync b\n");
  EXPECT_EQ(seeds_for("fuzz_script", "a > AWAY\nsync b\n").at("own_one"), script::print(item));
}

TEST(Seeds, AreNotLongerThanAFuzzerMakesThem) {
  const std::string steps = "a > \"x\"*5000 \"\\r\\n\"\nsync b\n";
  EXPECT_TRUE(seeds_for("fuzz_loop", steps).empty());
  EXPECT_FALSE(seeds_for("fuzz_script", steps).empty());
}

}  // namespace
}  // namespace conform
