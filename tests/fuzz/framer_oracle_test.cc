// Each oracle of the framer fails on a framer that has its fault, and none on ours.
#include "fuzz/framer_oracle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fuzz {
namespace {

using irc::Frame;
using irc::Framer;

std::string oracle_of(const Verdict& verdict) {
  return verdict ? std::string(verdict->oracle.id) : "";
}

template <class FramerT>
std::string found(std::string_view stream, std::vector<std::size_t> cuts = {3},
                  irc::LineLimits limits = {.body_bytes_max = 4, .tags_bytes_max = 5}) {
  return oracle_of(
      judge_framer<FramerT>({.limits = limits, .cuts = std::move(cuts), .stream = stream}));
}

// Forgets what it holds of a line when a read is full.
class Forgetful : public Framer {
 public:
  explicit Forgetful(irc::LineLimits limits) : Framer(limits), limits_(limits) {}
  void commit(std::size_t bytes) {
    Framer::commit(bytes);
    full_ = bytes == 3;
  }
  std::optional<Frame> next() {
    std::optional<Frame> frame = Framer::next();
    if (!frame && full_) static_cast<Framer&>(*this) = Framer(limits_);
    return frame;
  }

 private:
  irc::LineLimits limits_;
  bool full_ = false;
};

// Takes one byte more than it may.
class Generous : public Framer {
 public:
  explicit Generous(irc::LineLimits limits)
      : Framer({.body_bytes_max = limits.body_bytes_max + 1,
                .tags_bytes_max = limits.tags_bytes_max}) {}
};

// Gives a line without its last byte.
class Cutting : public Framer {
 public:
  using Framer::Framer;
  std::optional<Frame> next() {
    std::optional<Frame> frame = Framer::next();
    if (frame && frame->line.size() > 1) frame->line.remove_suffix(1);
    return frame;
  }
};

// Gives what is empty instead of what is overlong.
class Emptying : public Framer {
 public:
  using Framer::Framer;
  std::optional<Frame> next() {
    std::optional<Frame> frame = Framer::next();
    if (frame) frame->overlong = false;
    return frame;
  }
};

// Says twice what is overlong.
class Repeating : public Framer {
 public:
  using Framer::Framer;
  std::optional<Frame> next() {
    if (again_) return std::exchange(again_, std::nullopt);
    const std::optional<Frame> frame = Framer::next();
    if (frame && frame->overlong) again_ = frame;
    return frame;
  }

 private:
  std::optional<Frame> again_;
};

// Takes a letter that came alone for another.
class Confused : public Framer {
 public:
  using Framer::Framer;
  void commit(std::size_t bytes) {
    Framer::commit(bytes);
    alone_ = bytes == 1;
  }
  std::optional<Frame> next() {
    std::optional<Frame> frame = Framer::next();
    if (frame && alone_) frame->line = std::string_view("?????").substr(0, frame->line.size());
    return frame;
  }

 private:
  bool alone_ = false;
};

// Gives a line when the next read has come.
class Late : public Framer {
 public:
  using Framer::Framer;
  void commit(std::size_t bytes) {
    Framer::commit(bytes);
    ready_ = held_;
    held_.reset();
  }
  std::optional<Frame> next() {
    if (ready_) {
      line_ = *std::exchange(ready_, std::nullopt);
      return Frame{.line = line_};
    }
    const std::optional<Frame> frame = Framer::next();
    if (!frame || held_) return frame;
    held_ = std::string(frame->line);
    return std::nullopt;
  }

 private:
  std::optional<std::string> held_, ready_;
  std::string line_;
};

// Does not like to begin with B.
class Picky : public Framer {
 public:
  using Framer::Framer;
  std::optional<Frame> next() {
    const std::optional<Frame> frame = Framer::next();
    if (!frame || !std::exchange(first_, false)) return frame;
    return frame->line == "B" ? Framer::next() : frame;
  }

 private:
  bool first_ = true;
};

// Never knows that it holds something.
class Unaware : public Framer {
 public:
  using Framer::Framer;
  bool mid_line() const { return false; }
};

// Keeps what it once had.
class Keeping : public Framer {
 public:
  using Framer::Framer;
  std::span<char> writable() {
    const std::span<char> room = Framer::writable();
    held_ = Framer::capacity();
    return room;
  }
  std::size_t capacity() const { return held_; }

 private:
  std::size_t held_ = 0;
};

// Offers room without end.
class Greedy : public Framer {
 public:
  using Framer::Framer;
  std::span<char> writable() {
    held_.resize(held_.size() + 10'000);
    return std::span(held_);
  }
  void commit(std::size_t bytes) {
    const std::span<char> room = Framer::writable();
    std::copy_n(held_.begin(), bytes, room.begin());
    Framer::commit(bytes);
  }

 private:
  std::vector<char> held_;
};

TEST(FramerOracle, HasNothingToSayOfOurs) {
  for (const std::string_view stream : {"", "\r\n", "AB\r\nCD\nE", "@abc D\r\nABCDE\r\nF\r"}) {
    for (std::size_t cut = 1; cut <= 4; ++cut) EXPECT_EQ(found<Framer>(stream, {cut}), "") << cut;
  }
}

TEST(FramerOracle, NamesWhatEachFaultBreaks) {
  EXPECT_EQ(found<Forgetful>("ABCD\n", {3}), "FR-CONS");
  EXPECT_EQ(found<Confused>("A\nB\n", {2}), "FR-SEG");
  EXPECT_EQ(found<Late>("A\nB", {2, 1}), "FR-PREFIX");
  EXPECT_EQ(found<Picky>("A\nB\n", {1}), "FR-CONCAT");
  EXPECT_EQ(found<Generous>("ABCDE\n"), "FR-REF");
  EXPECT_EQ(found<Cutting>("AB\n"), "FR-CONS");
  EXPECT_EQ(found<Emptying>("ABCDE\n"), "FR-FORM");
  EXPECT_EQ(found<Repeating>("ABCDEF\n"), "FR-CONS");
  EXPECT_EQ(found<Unaware>("A"), "FR-MID");
  EXPECT_EQ(found<Keeping>("A\n"), "FR-IDLE");
  EXPECT_EQ(found<Greedy>("A\nB\nC\n", {1}), "FR-BOUND");
}

TEST(FramerOracle, SaysBothSidesTheCutsAndTheClause) {
  const FramerInput input{.limits = {.body_bytes_max = 4, .tags_bytes_max = 5},
                          .cuts = {2, 1},
                          .stream = "ABCDE\r\nF\n"};
  const Verdict verdict = judge_framer<Generous>(input);
  ASSERT_TRUE(verdict);
  EXPECT_EQ(text_of(*verdict),
            "FR-REF: the frames are those of the naive framer\n"
            "  clause:   RFC 2812 2.3.1; RFC 1459 2.3, 8; IRCv3 message-tags\n"
            "  with:     body 4, tags 5, reads of 2 1, stream \"ABCDE\\r\\nF\\n\"\n"
            "  expected: 2: [overlong] \"F\"\n"
            "  actual:   2: \"ABCDE\" \"F\"\n");
}

TEST(FramerInput, IsTotal) {
  EXPECT_EQ(framer_input("").cuts, std::vector<std::size_t>{1});
  EXPECT_EQ(framer_input("").stream, "");
  const FramerInput input = framer_input(std::string_view("\2\1\4\7PING\n", 9));
  EXPECT_EQ(input.limits.body_bytes_max, 4U);
  EXPECT_EQ(input.cuts, (std::vector<std::size_t>{5, 8}));
  EXPECT_EQ(input.stream, "PING\n");
}

}  // namespace
}  // namespace fuzz
