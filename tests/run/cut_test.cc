#include "harness/run/cut.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace conform {
namespace {

using Kind = Cut::Kind;
using Offsets = std::vector<std::size_t>;
using Segments = std::vector<std::string>;

TEST(Cut, IsNamedAsTheCommandLineTakesIt) {
  EXPECT_EQ(name_of({}), "as-written");
  EXPECT_EQ(name_of({.kind = Kind::at, .number = 17}), "cut(17)");
  EXPECT_EQ(name_of({.kind = Kind::drawn, .number = 2}), "drawn(2)");
  EXPECT_EQ(segmentation_of({.kind = Kind::at, .number = 17}), "each-cut");
  EXPECT_EQ(segmentation_of({.kind = Kind::drawn, .number = 2}), "random");
  EXPECT_EQ(segmentation_of({.kind = Kind::glued}), "glued");
}

TEST(Cut, CutsWhereItsKindSays) {
  const std::string bytes = "a\r\nb\r\nc";
  EXPECT_EQ(offsets({.kind = Kind::whole}, bytes, 1), Offsets{});
  EXPECT_EQ(offsets({.kind = Kind::glued}, bytes, 1), Offsets{});
  EXPECT_EQ(offsets({.kind = Kind::lines}, bytes, 1), (Offsets{3, 6}));
  EXPECT_EQ(offsets({.kind = Kind::lines}, "a\r\nb\r\n", 1), Offsets{3}) << "not at the end";
  EXPECT_EQ(offsets({.kind = Kind::bytes}, "abc", 1), (Offsets{1, 2}));
  EXPECT_EQ(offsets({.kind = Kind::at, .number = 2}, "abc", 1), Offsets{2});
  EXPECT_EQ(offsets({.kind = Kind::at, .number = 3}, "abc", 1), Offsets{}) << "no longer than 3";
}

TEST(Cut, CutsNothingThatIsTooShort) {
  for (const Kind kind : {Kind::whole, Kind::lines, Kind::bytes, Kind::at, Kind::drawn}) {
    for (const char* bytes : {"", "x"}) EXPECT_EQ(offsets({kind, 1, 1}, bytes, 1), Offsets{});
  }
}

// Boundaries cost a look at the kernel each.
TEST(Cut, TriesOfALongSendOnlyWhereItMatters) {
  std::string line(65'534, 'x');
  line += "\r\n";
  const Offsets points = cut_points(line);
  EXPECT_LT(points.size(), 100u);
  for (const std::size_t wanted : {509u, 512u, 515u, 1024u, 32'768u, 65'534u, 65'535u}) {
    EXPECT_TRUE(std::ranges::binary_search(points, wanted)) << wanted;
  }
  EXPECT_FALSE(std::ranges::binary_search(points, 700u));
  EXPECT_LT(points.back(), line.size());
}

TEST(Cut, TriesEveryOffsetOfAShortSend) {
  EXPECT_EQ(cut_points(std::string(1024, 'x')).size(), 1023u);
}

TEST(Cut, TriesNeverMoreThanAThousandOffsets) {
  std::string lines;
  for (int i = 0; i < 5000; ++i) lines += "PING :x\r\n";
  const Offsets points = cut_points(lines);
  EXPECT_LE(points.size(), 1024u);
  EXPECT_TRUE(std::ranges::is_sorted(points));
  EXPECT_GT(points.back(), lines.size() / 2) << "thinned, not cut off";
}

TEST(Cut, DrawsTheSameForOneSeedAndOthersForAnother) {
  const std::string bytes(300, 'x');
  const auto draw = [&](std::uint64_t seed, std::uint64_t nth) {
    return offsets({.kind = Kind::drawn, .number = 1, .seed = seed}, bytes, nth);
  };
  EXPECT_EQ(draw(5, 1), draw(5, 1));
  EXPECT_NE(draw(5, 1), draw(6, 1));
  EXPECT_NE(draw(5, 1), draw(5, 2)) << "nor are two sends cut alike";
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Offsets drawn = draw(seed, 1);
    EXPECT_TRUE(std::ranges::is_sorted(drawn));
    EXPECT_TRUE(drawn.front() > 0 && drawn.back() < bytes.size());
  }
}

TEST(Cut, SeedsDrawingsByRunCaseAndNumber) {
  EXPECT_EQ(drawing_seed(1, "a/b", 1), drawing_seed(1, "a/b", 1));
  EXPECT_NE(drawing_seed(1, "a/b", 1), drawing_seed(2, "a/b", 1));
  EXPECT_NE(drawing_seed(1, "a/b", 1), drawing_seed(1, "a/c", 1));
  EXPECT_NE(drawing_seed(1, "a/b", 1), drawing_seed(1, "a/b", 2));
}

TEST(Cut, DropsTheBoundariesThatAreWritten) {
  const Segments written = {"PING :x\r", "\nPING :y", "\r\n"};
  EXPECT_EQ(recut(written, {}, 1), written);
  EXPECT_EQ(recut(written, {.kind = Kind::whole}, 1), Segments{"PING :x\r\nPING :y\r\n"});
  EXPECT_EQ(recut(written, {.kind = Kind::lines}, 1), (Segments{"PING :x\r\n", "PING :y\r\n"}));
  EXPECT_EQ(recut(written, {.kind = Kind::at, .number = 4}, 1),
            (Segments{"PING", " :x\r\nPING :y\r\n"}));
}

}  // namespace
}  // namespace conform
