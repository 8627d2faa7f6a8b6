// Each reading shows in what is expected of who has it, and in nothing that it is not about.
#include "fuzz/readings.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "fuzz/differential/difference_oracle.h"

namespace fuzz {
namespace {

using enum Reading;

struct Row {
  Reading reading;
  std::string_view input;  // A stream for framing, a line for parsing.
  std::string_view plain;  // What irc-conform makes of it.
  std::string_view read;   // What who has the reading does.
};

constexpr irc::LineLimits kLimits{.body_bytes_max = 4, .tags_bytes_max = 5};

std::string frames_of(std::string_view stream, const Readings& readings) {
  return text_of(expected_frames({.limits = kLimits, .cuts = {1}, .stream = stream}, readings));
}

std::string message_of(std::string_view line, const Readings& readings) {
  return text_of(expected_message(line, readings));
}

Readings only(Reading reading) {
  Readings readings;
  readings.add(reading);
  return readings;
}

constexpr auto kFraming = std::to_array<Row>({
    {bare_cr_is_data, "A\rB\r\n", R"(2: "A" "B")", R"(1: "A\rB")"},
    {bare_lf_is_data, "A\nB\r\n\n", R"(2: "A" "B")", R"(1: "A\nB")"},
    {cr_is_dropped, "A\rB\r\n", R"(2: "A" "B")", R"(1: "AB")"},
    {empty_lines_given, "A\r\n\r\n", R"(1: "A")", R"(2: "A" "")"},
    {nul_ends_frame, std::string_view("A\0B\r\nC\n", 7), R"(2: "A\x00B" "C")", R"(2: "A" "C")"},
    {one_limit, "@a BC\r\n", R"(1: "@a BC")", "1: [overlong]"},
    {overlong_at_terminator, "ABCDE", "1: [overlong]", "0:"},
    {overlong_is_cut, "ABCDE\nF\n", R"(2: [overlong] "F")", R"(2: "ABCD" "F")"},
    {overlong_goes_on, "ABCDEF\nG\n", R"(2: [overlong] "G")", R"(3: "ABCD" "EF" "G")"},
    {overlong_is_silent, "ABCDE\nF\n", R"(2: [overlong] "F")", R"(1: "F")"},
});

constexpr auto kParsing = std::to_array<Row>({
    {any_command, "P1 x", "refused", "command [P1] [x]"},
    {no_parameter_limit, "A 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6",
     "command [A] [1] [2] [3] [4] [5] [6] [7] [8] [9] [0] [1] [2] [3] [4] [5 6]",
     "command [A] [1] [2] [3] [4] [5] [6] [7] [8] [9] [0] [1] [2] [3] [4] [5] [6]"},
    {sixteenth_dropped, "A 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6",
     "command [A] [1] [2] [3] [4] [5] [6] [7] [8] [9] [0] [1] [2] [3] [4] [5 6]",
     "command [A] [1] [2] [3] [4] [5] [6] [7] [8] [9] [0] [1] [2] [3] [4] [5]"},
    {leading_spaces_refused, " A", "command [A]", "refused"},
    {one_space_separates, "A  b", "command [A] [b]", "command [A] [] [b]"},
    {tab_separates, "A b\tc", "command [A] [b\\x09c]", "command [A] [b] [c]"},
    {final_spaces_dropped, "A :b ", "command [A] [b ]", "command [A] [b]"},
    {empty_source_refused, ": A", "command [A]", "refused"},
    {no_source, ":a A", "source [a] command [A]", "refused"},
    {nul_is_data, std::string_view("A b\0c", 5), "refused", "command [A] [b\\x00c]"},
    {nul_ends_line, std::string_view("A b\0c", 5), "refused", "command [A] [b]"},
    {no_tags, "@a A", "tag [a]=[] command [A]", "refused"},
    {tags_ignored, "@a A", "tag [a]=[] command [A]", "command [A]"},
    {first_tag_wins, "@a=1;a=2 A", "tag [a]=[2] command [A]", "tag [a]=[1] command [A]"},
    {tags_not_unescaped, "@a=\\s A", "tag [a]=[ ] command [A]", "tag [a]=[\\\\s] command [A]"},
});

TEST(Readings, OfFramersSayWhatIsExpected) {
  for (const auto& [reading, stream, plain, read] : kFraming) {
    EXPECT_EQ(frames_of(stream, {}), plain) << escaped(stream);
    EXPECT_EQ(frames_of(stream, only(reading)), read) << escaped(stream);
  }
}

TEST(Readings, OfParsersSayWhatIsExpected) {
  for (const auto& [reading, line, plain, read] : kParsing) {
    EXPECT_EQ(message_of(line, {}), plain) << escaped(line);
    EXPECT_EQ(message_of(line, only(reading)), read) << escaped(line);
  }
}

TEST(Readings, AreEachTriedHere) {
  std::set<Reading> tried;
  for (const Row& row : kFraming) tried.insert(row.reading);
  for (const Row& row : kParsing) tried.insert(row.reading);
  EXPECT_EQ(tried.size(), kReadings.size());
}

TEST(Readings, StandInTheTableByTheirNumbers) {
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < kReadings.size(); ++i) {
    const ReadingRow& row = kReadings[i];
    EXPECT_EQ(static_cast<std::size_t>(row.reading), i) << row.id;
    EXPECT_TRUE(row.id.starts_with("framing/") || row.id.starts_with("parsing/")) << row.id;
    EXPECT_FALSE(row.what.empty() || row.clause.empty() || row.cite.empty()) << row.id;
    EXPECT_EQ(find_reading(row.id), &row);
    ids.insert(row.id);
  }
  EXPECT_EQ(ids.size(), kReadings.size());
  EXPECT_EQ(find_reading("framing/none"), nullptr);
}

}  // namespace
}  // namespace fuzz
