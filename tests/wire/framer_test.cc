#include "server/wire/framer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fuzz/reference_framer.h"

namespace irc {
namespace {

using namespace std::string_view_literals;
using Lines = std::vector<std::string>;
using Reads = std::vector<std::string_view>;

// One read of at most `bytes`: as many as there is room for are taken off its front.
std::span<char> read_some(Framer& framer, std::string_view& bytes) {
  const std::span<char> room = framer.writable();
  const std::size_t count = std::min(room.size(), bytes.size());
  std::ranges::copy(bytes.substr(0, count), room.begin());
  framer.commit(count);
  bytes.remove_prefix(count);
  return room.first(count);
}

Lines drain(Framer& framer) {
  Lines lines;
  while (const auto frame = framer.next()) {
    lines.push_back(frame->overlong ? kOverlong : std::string(frame->line));
  }
  return lines;
}

Lines feed(Framer& framer, std::string_view bytes) {
  Lines lines;
  while (!bytes.empty()) {
    read_some(framer, bytes);
    std::ranges::copy(drain(framer), std::back_inserter(lines));
  }
  return lines;
}

Lines frames_of(const Reads& reads, LineLimits limits = {}) {
  Framer framer(limits);
  Lines lines;
  for (const std::string_view read : reads) {
    std::ranges::copy(feed(framer, read), std::back_inserter(lines));
  }
  return lines;
}

std::string xs(std::size_t count) {
  return std::string(count, 'x');
}

// "@xxx " of that many bytes, '@' and space included.
std::string tags_of(std::size_t bytes) {
  return "@" + xs(bytes - 2) + " ";
}

TEST(Framer, CutsAStreamWhereTheTableSays) {
  struct Row {
    Reads reads;
    Lines expected;
    const char* reason;
  };
  const std::vector<Row> rows = {
      // clang-format off
      {{"PING\r\n"},               {"PING"},          "CR LF ends a line"},
      {{"PING\n"},                 {"PING"},          "a bare LF does"},
      {{"PING\r"},                 {"PING"},          "a bare CR does"},
      {{"PING\r", "\nPONG\n"},     {"PING", "PONG"},  "the LF of a split CR LF is an empty line"},
      {{"PING\n\rPONG\n"},         {"PING", "PONG"},  "LF CR too: an empty line between two"},
      {{"PI", "NG", "\r\n"},       {"PING"},          "a line may come in pieces"},
      {{"A\r\nB\nC\rD"},           {"A", "B", "C"},   "many lines in a read; the rest waits"},
      {{"\r\n\n\r\r\n"},           {},                "empty lines vanish"},
      {{"  PING \n"},              {"  PING "},       "spaces are part of the line"},
      {{" \n"},                    {" "},             "spaces alone are a line to the framer"},
      {{"PI\0NG\0\r\n"sv},         {std::string("PI\0NG\0"sv)}, "NUL is data"},
      {{"PING"},                   {},                "without terminator there is no line"},
      {{"@a=b :s PING\n"},         {"@a=b :s PING"},  "tags are part of the line"},
      {{"@a\n"},                   {"@a"},            "even where nothing follows them"},
      {{""},                       {},                "nothing gives nothing"},
      // clang-format on
  };
  for (const Row& row : rows) EXPECT_EQ(frames_of(row.reads), row.expected) << row.reason;
}

TEST(Framer, TakesAnyByteButCrAndLfAsData) {
  for (int value = 0; value < 256; ++value) {
    const char byte = static_cast<char>(value);
    const std::string line = std::string("a") + byte + "b";
    const bool ends = byte == '\r' || byte == '\n';
    EXPECT_EQ(frames_of({line, "\n"}), ends ? Lines({"a", "b"}) : Lines({line})) << value;
  }
}

TEST(Framer, TakesABodyOf510BytesAndNoMore) {
  for (const std::string_view terminator : {"\r\n", "\n", "\r"}) {
    for (std::size_t bytes = 509; bytes <= 513; ++bytes) {
      const std::string line = xs(bytes);
      const Lines expected = {bytes <= 510 ? line : kOverlong, "NEXT"};
      EXPECT_EQ(frames_of({line, terminator, "NEXT\r\n"}), expected) << bytes;
      EXPECT_EQ(frames_of({line + std::string(terminator) + "NEXT\r\n"}), expected) << bytes;
    }
  }
}

TEST(Framer, TakesTagsOf4096BytesAndNoMoreWhateverTheBody) {
  for (const std::size_t tags_bytes : {4095u, 4096u, 4097u}) {
    for (const std::size_t body_bytes : {0u, 1u, 510u, 511u}) {
      const std::string line = tags_of(tags_bytes) + xs(body_bytes);
      const bool fits = tags_bytes <= 4096 && body_bytes <= 510;
      EXPECT_EQ(frames_of({line, "\r\nNEXT\n"}), Lines({fits ? line : kOverlong, "NEXT"}))
          << tags_bytes << " + " << body_bytes;
    }
  }
}

TEST(Framer, CountsALineOfTagsWithoutSpaceAsTags) {
  const std::string fits = "@" + xs(4095);
  EXPECT_EQ(frames_of({fits, "\n", fits, "x\n"}), Lines({fits, kOverlong}));
}

TEST(Framer, CountsEverySpaceButTheFirstBehindTagsAsBody) {
  EXPECT_EQ(frames_of({"@a  xxx\n", "@a   xxx\n"}, {.body_bytes_max = 4, .tags_bytes_max = 3}),
            Lines({"@a  xxx", kOverlong}));
}

TEST(Framer, TakesAnAtSignInsideALineAsBody) {
  EXPECT_EQ(frames_of({"x@xxx\n", " @xx\n"}, {.body_bytes_max = 4, .tags_bytes_max = 100}),
            Lines({kOverlong, " @xx"}));
}

TEST(Framer, ReportsAnOverlongLineOnceAndBeforeItEnds) {
  Framer framer;
  EXPECT_EQ(feed(framer, xs(510)), Lines());
  EXPECT_EQ(feed(framer, "x"), Lines({kOverlong}));
  EXPECT_EQ(feed(framer, xs(5000)), Lines());
  EXPECT_EQ(feed(framer, "QUIT\r\nPING\r\n"), Lines({"PING"}));
}

TEST(Framer, GivesTheSameFramesForEveryWayToCutAStreamInThree) {
  const LineLimits limits{.body_bytes_max = 4, .tags_bytes_max = 5};
  const std::string_view stream =
      "PING\r\n\r\nfive5\r\n@abc PING\n@abcd PING\r\n@a  five\rtenletters\n\0\r\n@ab\n\n@abcde"sv;
  const Lines expected = reference_frames(stream, limits);
  ASSERT_EQ(std::ranges::count(expected, kOverlong), 5);
  for (std::size_t i = 0; i <= stream.size(); ++i) {
    for (std::size_t j = i; j <= stream.size(); ++j) {
      const Reads reads = {stream.substr(0, i), stream.substr(i, j - i), stream.substr(j)};
      ASSERT_EQ(frames_of(reads, limits), expected) << i << ' ' << j;
    }
  }
}

TEST(Framer, AgreesWithTheReferenceOnRandomStreamsInRandomPieces) {
  const LineLimits limits{.body_bytes_max = 6, .tags_bytes_max = 7};
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    std::mt19937_64 random(seed);
    std::string stream(200, ' ');
    for (char& byte : stream) byte = "@ \r\n\0abc"[random() % 8];
    Reads reads;
    for (std::string_view rest = stream; !rest.empty();) {
      reads.push_back(rest.substr(0, 1 + random() % 20));
      rest.remove_prefix(reads.back().size());
    }
    ASSERT_EQ(frames_of(reads, limits), reference_frames(stream, limits)) << "seed " << seed;
  }
}

TEST(Framer, HandsOutViewsIntoTheMemoryThatWasReadInto) {
  Framer framer;
  std::string_view bytes = "A\nPING\n";
  const std::span<char> read = read_some(framer, bytes);
  EXPECT_EQ(framer.next()->line.data(), read.data());
  EXPECT_EQ(framer.next()->line.data(), read.data() + 2);
}

// Bytes that were searched are overwritten with terminators: a second look at them would cut there.
TEST(Framer, NeverLooksAtAByteTwice) {
  Framer framer;
  const std::string line = xs(510);
  for (const char& byte : line) {
    std::string_view one(&byte, 1);
    const std::span<char> searched = read_some(framer, one);
    ASSERT_EQ(drain(framer), Lines());
    searched.front() = '\n';
  }
  EXPECT_EQ(feed(framer, "\n"), Lines({std::string(510, '\n')}));
}

// A line at the limits in reads of one byte, after every length of a line before it.
TEST(Framer, AlwaysHasRoomForARead) {
  const LineLimits limits{.body_bytes_max = 3, .tags_bytes_max = 5};
  for (std::size_t before = 0; before < 1000; ++before) {
    Framer framer(limits);
    feed(framer, xs(before) + "\n@abc ");
    EXPECT_EQ(feed(framer, "xyz"), Lines());
    EXPECT_GE(framer.writable().size(), 512u);
    EXPECT_EQ(feed(framer, "\r"), Lines({"@abc xyz"}));
  }
}

TEST(Framer, OffersAllItsRoomWhenNothingIsHeld) {
  Framer framer;
  const std::size_t room = framer.writable().size();
  feed(framer, "PING\r\n");
  EXPECT_EQ(framer.writable().size(), room);
  feed(framer, "PI");
  EXPECT_EQ(framer.writable().size(), room - 2);
}

TEST(Framer, NeverGrowsWhateverThePeerSends) {
  Framer framer;
  const std::size_t room = framer.writable().size();
  for (const std::string& piece : {xs(100000), "\n@" + xs(100000), "\n@a " + xs(100000)}) {
    feed(framer, piece);
    EXPECT_LE(framer.writable().size(), room);
    EXPECT_EQ(framer.capacity(), room);
  }
  EXPECT_EQ(feed(framer, "\nPING\n"), Lines({"PING"}));
}

TEST(Framer, HoldsMemoryOnlyWhileItHoldsALine) {
  Framer framer;
  EXPECT_EQ(framer.capacity(), 0u);
  for (const auto& [bytes, held] :
       {std::pair("PING\r\n", false), {"PING\r\nPI", true}, {"NG\r", false}, {"\n", false}}) {
    feed(framer, bytes);
    EXPECT_EQ(framer.capacity() > 0, held) << bytes;
  }
  feed(framer, xs(100000));  // It is being dropped.
  EXPECT_EQ(framer.capacity(), 0u);
  EXPECT_EQ(feed(framer, "x\nPING\n"), Lines({"PING"}));
}

TEST(Framer, TakesRoomBackInWhichNothingWasRead) {
  Framer framer;
  framer.writable();
  framer.commit(0);
  EXPECT_EQ(framer.capacity(), 0u);
  feed(framer, "PI");
  framer.writable();
  framer.commit(0);
  EXPECT_EQ(feed(framer, "NG\n"), Lines({"PING"}));
}

TEST(Framer, IsMidLineExactlyWhenAnEndOfStreamWouldCutOneOff) {
  struct Row {
    std::string bytes;
    bool mid_line;
    const char* reason;
  };
  const std::vector<Row> rows = {
      // clang-format off
      {"",                   false, "nothing came"},
      {"PING",               true,  "no terminator yet"},
      {"PING\r",             false, "a CR is one"},
      {"PING\r\n",           false, "the LF behind it begins nothing"},
      {"PING\r\nP",          true,  "the next line has begun"},
      {xs(511),              true,  "a line is being dropped"},
      {xs(511) + "\n",       false, "it was dropped to its end"},
      // clang-format on
  };
  for (const Row& row : rows) {
    Framer framer;
    feed(framer, row.bytes);
    EXPECT_EQ(framer.mid_line(), row.mid_line) << row.reason;
  }
}

TEST(FramerDeathTest, AbortsWhenMoreIsCommittedThanThereWasRoom) {
  Framer framer;
  const std::size_t room = framer.writable().size();
  EXPECT_DEATH(framer.commit(room + 1), "CHECK failed");
}

TEST(FramerDeathTest, AbortsWhenFramesWouldBeOverwrittenUnread) {
  Framer framer;
  std::string_view bytes = "A\nB\n";
  read_some(framer, bytes);
  framer.next();
  EXPECT_DEATH(framer.writable(), "CHECK failed");
}

}  // namespace
}  // namespace irc
