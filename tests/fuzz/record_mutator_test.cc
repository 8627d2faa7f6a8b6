// Each change does what it says, whatever the seed; what comes out is records, and fits.
#include "fuzz/record_mutator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "fuzz/record_oracle.h"
#include "harness/script/records.h"

namespace fuzz {
namespace {

using Records = std::vector<std::string>;

constexpr std::uint64_t kSeeds = 200;

const MutateBytes kReverse = [](std::string bytes, std::size_t) {
  std::ranges::reverse(bytes);
  return bytes;
};

// What the change makes of records with each of the seeds.
std::set<Records> outcomes(Change change, const Records& records) {
  std::set<Records> all;
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    RecordInput input("01", 2);
    input.records = records;
    Dice dice(seed);
    make(change, input, dice, kReverse);
    all.insert(input.records);
  }
  return all;
}

using Outcomes = std::set<Records>;

TEST(RecordInput, IsWhatATargetReads) {
  const RecordInput input("01\n\n0JOIN #x\n@\n0half", 2);
  EXPECT_EQ(input.setup, "01");
  EXPECT_EQ(input.records, (Records{"0JOIN #x", "@", "0half"}));
  EXPECT_EQ(input.bytes(100), "010JOIN #x\n@\n0half\n");
  EXPECT_EQ(input.bytes(13), "010JOIN #x\n@\n") << "the last does not fit";
  EXPECT_EQ(RecordInput("", 2).bytes(100), std::string(2, '\0'));
}

TEST(Change, OfOrderKeepsTheRecords) {
  const Records three{"0A", "1B", "@"};
  for (const Change change : {Change::move, Change::swap}) {
    for (Records records : outcomes(change, three)) {
      std::ranges::sort(records);
      EXPECT_EQ(records, three);
    }
  }
  EXPECT_EQ(outcomes(Change::swap, {"0A", "1B"}), (Outcomes{{"0A", "1B"}, {"1B", "0A"}}));
  EXPECT_EQ(outcomes(Change::move, three).size(), 5U);
}

TEST(Change, OfNumberInsertsRemovesAndDuplicates) {
  EXPECT_EQ(outcomes(Change::remove, {"0A", "1B"}), (Outcomes{{}, {"0A"}, {"1B"}}));
  EXPECT_EQ(outcomes(Change::duplicate, {"0A"}), (Outcomes{{"0A", "0A"}}));
  for (const Records& records : outcomes(Change::insert, {"0A"})) {
    EXPECT_GT(records.size(), 1U);
    EXPECT_NE(std::ranges::find(records, "0A"), records.end());
  }
  EXPECT_EQ(outcomes(Change::at_once, {"0A", "1B"}),
            (Outcomes{{"0A", "x", "1B"}, {"0A", "1B", "x"}}));
}

TEST(Change, ToAnotherClientKeepsWhatIsDone) {
  Outcomes expected;
  for (char client = '0'; client < '8'; ++client) expected.insert({client + std::string("NICK a")});
  EXPECT_EQ(outcomes(Change::give, {"0NICK a"}), expected);
}

TEST(Change, OfSegmentsKeepsTheBytes) {
  for (const Records& records : outcomes(Change::split, {"1AB"})) {
    std::string said;
    for (const std::string& record : records) {
      std::string_view rest = record;
      said += conform::script::said(*conform::script::take_record(rest));
    }
    EXPECT_EQ(said, "AB\r\n");
    EXPECT_EQ(records.size(), 2U);
  }
  EXPECT_EQ(outcomes(Change::split, {"1AB"}).size(), 4U) << "one for each place";
  EXPECT_EQ(outcomes(Change::join, {"8PI", "1X", "0NG"}),
            (Outcomes{{"0PING", "1X"}, {"8PI", "1X", "0NG"}}));
  EXPECT_EQ(outcomes(Change::join, {"0A", "@"}), (Outcomes{{"0A", "@"}})) << "it says no more";
}

TEST(Change, PadsALineOrAWordToALimitAndBeyond) {
  std::set<std::size_t> lines, words;
  for (const Records& records : outcomes(Change::pad, {"0NICK a"})) {
    const std::string& record = records.at(0);
    EXPECT_TRUE(record.starts_with("0N")) << record;
    lines.insert(record.size() - 1);
    if (record.starts_with("0NICK ")) words.insert(record.size() - std::string("0NICK ").size());
  }
  for (const std::size_t length : {508U, 509U, 510U, 511U, 512U}) {
    EXPECT_TRUE(lines.contains(length)) << length;
  }
  for (const std::size_t length : {28U, 29U, 30U, 31U, 32U}) {
    EXPECT_TRUE(words.contains(length)) << length;
  }
}

TEST(Change, OfAPayloadIsTheEngines) {
  EXPECT_EQ(outcomes(Change::payload, {"8abc"}), (Outcomes{{"8cba"}}));
  EXPECT_EQ(outcomes(Change::payload, {"0a"}), (Outcomes{{"8\\n\\ra"}}));
}

TEST(Change, InsertsWhereThereIsNothingToBeChanged) {
  for (std::size_t i = 0; i < kChanges; ++i) {
    const auto change = static_cast<Change>(i);
    if (change == Change::setup) continue;
    for (const Records& records : outcomes(change, {})) EXPECT_FALSE(records.empty()) << i;
  }
}

TEST(Mutated, FitsAndDecodesAndIsTheSameForTheSameSeed) {
  std::string bytes = "01";
  for (std::uint64_t seed = 0; seed < 3'000; ++seed) {
    const MutatorOptions options{.bytes_max = 1 + seed % 600, .seed = seed};
    const std::string made = mutated(bytes, options, kReverse);
    ASSERT_EQ(made, mutated(bytes, options, kReverse));
    ASSERT_LE(made.size(), options.bytes_max);
    ASSERT_FALSE(made.empty());
    if (seed % 30 == 0) {
      ASSERT_FALSE(judge_records(made));
    }
    bytes = made;
  }
}

TEST(Mutated, GrowsFromNothing) {
  std::string bytes;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const std::string made = mutated(bytes, {.bytes_max = 2048, .seed = seed}, kReverse);
    if (made.size() > bytes.size()) bytes = made;
  }
  EXPECT_GT(bytes.size(), 1024U);
}

TEST(Crossed, HasTheOthersRecordsInARow) {
  bool has_kept_all = false;
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const std::string made = crossed("010A\n0B\n", "991C\n1D\n", {.bytes_max = 100, .seed = seed});
    EXPECT_TRUE(made.starts_with("01")) << made;
    EXPECT_TRUE(made.find("1C\n") != made.npos || made.find("1D\n") != made.npos) << made;
    has_kept_all |= made == "010A\n1C\n1D\n0B\n";
  }
  EXPECT_TRUE(has_kept_all);
  EXPECT_LE(crossed("010A\n0B\n", "991C\n1D\n", {.bytes_max = 7, .seed = 1}).size(), 7U);
  EXPECT_EQ(crossed("010A\n", "", {.bytes_max = 100, .seed = 1}), "010A\n");
}

}  // namespace
}  // namespace fuzz
