// What has to hold of a framer for every stream and every way to cut it. A template, so that it can
// be held against framers with a fault: an oracle that cannot fail says nothing.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/choices.h"
#include "fuzz/finding.h"
#include "fuzz/reference_framer.h"
#include "fuzz/steps.h"
#include "server/wire/framer.h"

namespace fuzz {

// A stream, the limits of its lines, and how it comes: in reads of these sizes, again and again.
struct FramerInput {
  irc::LineLimits limits;
  std::vector<std::size_t> cuts;  // Never empty, each at least 1.
  std::string_view stream;
};

// The byte form: limits, number of cuts, cuts, stream. The stream is a view into the bytes.
FramerInput framer_input(std::string_view bytes);
std::string text_of(const FramerInput& input);

using Frames = std::vector<std::string>;  // irc::kOverlong for one that was dropped.
std::string text_of(const Frames& frames);

// How long the parts of a stream between terminators are, the empty ones left out; the last may
// be without terminator.
std::vector<std::size_t> part_sizes(std::string_view stream);

namespace oracles {

inline constexpr Oracle kSegmentation{"FR-SEG", "the frames do not depend on how a stream is cut",
                                      "RFC 2812 2.3: messages are what the stream holds"};
inline constexpr Oracle kReference{"FR-REF", "the frames are those of the naive framer",
                                   "RFC 2812 2.3.1; RFC 1459 2.3, 8; IRCv3 message-tags"};
inline constexpr Oracle kForm{"FR-FORM", "a line is not empty, has no CR or LF, keeps its limits",
                              "RFC 2812 2.3, 2.3.1"};
inline constexpr Oracle kBound{"FR-BOUND", "what is held never exceeds the limits and one read",
                               "Framer: memory is bounded by the limits"};
inline constexpr Oracle kConservation{"FR-CONS",
                                      "every byte is in a line, a terminator, or dropped",
                                      "RFC 2812 2.3.1: a message ends at CR LF only"};
inline constexpr Oracle kPrefix{"FR-PREFIX", "a line is given as soon as its terminator has come",
                                "RFC 2812 2.3: a line is complete at its terminator"};
inline constexpr Oracle kConcatenation{"FR-CONCAT", "behind a terminator a stream begins afresh",
                                       "RFC 2812 2.3.1"};
inline constexpr Oracle kIdle{"FR-IDLE", "between lines no memory is held", "Framer::capacity"};
inline constexpr Oracle kMidLine{"FR-MID", "mid_line is true where the last line has no terminator",
                                 "Framer::mid_line"};

inline constexpr Oracle kFramerLinear{
    "FR-LINEAR", "the steps grow with the bytes, not faster",
    "Framer: every byte is searched once, a line moved at most once"};

}  // namespace oracles

// Far more than it takes, far less than to go through a line again for each read.
inline constexpr std::uint64_t kFramerStepsPerByte = 64;
inline constexpr std::uint64_t kFramerStepsOfAStream = 20'000;

// The most that a framer may want to hold: the longest line and a read.
inline constexpr std::size_t kFramerRoomMax = 4096;

template <class FramerT>
class FramerRun {
 public:
  explicit FramerRun(irc::LineLimits limits) : framer_(limits) {}

  // The stream in reads of these sizes, or smaller where there is no room.
  void feed(std::string_view stream, const std::vector<std::size_t>& cuts) {
    for (std::size_t i = 0; !stream.empty(); ++i) {
      std::string_view read = stream.substr(0, cuts[i % cuts.size()]);
      stream.remove_prefix(read.size());
      while (!read.empty() && room_bytes_ > 0) read.remove_prefix(feed_some(read));
    }
  }
  const Frames& frames() const { return frames_; }
  bool mid_line() const { return framer_.mid_line(); }
  std::size_t capacity() const { return framer_.capacity(); }
  // The most from the first byte to the last that it offered to be filled, in one buffer: it may
  // take another when it holds nothing. 0 if it offered none.
  std::size_t span_bytes() const { return span_bytes_; }
  bool had_room() const { return room_bytes_ > 0; }
  std::uint64_t steps_taken() const { return steps_taken_; }

 private:
  std::size_t feed_some(std::string_view read) {
    dropping_ &= framer_.mid_line();
    const bool held_nothing = !framer_.mid_line() || dropping_;
    const std::uint64_t before = steps();
    const std::span<char> room = framer_.writable();
    room_bytes_ = room.size();
    const char* const begin = room.data();
    const char* const end = begin + room.size();
    const bool is_elsewhere = end < first_ || begin > last_;
    const bool is_new = first_ == nullptr || (held_nothing && is_elsewhere);
    first_ = is_new ? begin : std::min(first_, begin);
    last_ = is_new ? end : std::max(last_, end);
    span_bytes_ = std::max(span_bytes_, static_cast<std::size_t>(last_ - first_));
    const std::size_t taken = read.copy(room.data(), room.size());
    framer_.commit(taken);
    while (const auto frame = framer_.next()) {
      dropping_ = frame->overlong;
      frames_.push_back(frame->overlong ? irc::kOverlong : std::string(frame->line));
    }
    steps_taken_ += steps() - before;
    return taken;
  }

  FramerT framer_;
  Frames frames_;
  const char* first_ = nullptr;
  const char* last_ = nullptr;
  std::size_t span_bytes_ = 0;
  bool dropping_ = false;  // Perhaps inside a line that was reported as overlong.
  std::size_t room_bytes_ = 1;
  std::uint64_t steps_taken_ = 0;
};

template <class FramerT>
Verdict judge_steps(const FramerInput& input, const FramerRun<FramerT>& run) {
  const std::uint64_t allowed = kFramerStepsPerByte * input.stream.size() + kFramerStepsOfAStream;
  if (run.steps_taken() <= allowed) return {};
  return Finding{oracles::kFramerLinear, text_of(input), "at most " + std::to_string(allowed),
                 std::to_string(run.steps_taken()) + " steps"};
}

template <class FramerT>
Frames frames_of(const FramerInput& input, std::string_view stream) {
  FramerRun<FramerT> run(input.limits);
  run.feed(stream, input.cuts);
  return run.frames();
}

inline Verdict differ(const Oracle& oracle, const FramerInput& input, const Frames& expected,
                      const Frames& actual) {
  if (expected == actual) return {};
  return Finding{oracle, text_of(input), text_of(expected), text_of(actual)};
}

// Of one run: what can be seen of its frames without knowing what they should be.
template <class FramerT>
Verdict judge_run(const FramerInput& input, const FramerRun<FramerT>& run) {
  const auto says = [&input](const Oracle& oracle, std::string expected, std::string actual) {
    return Finding{oracle, text_of(input), std::move(expected), std::move(actual)};
  };
  const std::size_t line_bytes_max = input.limits.tags_bytes_max + input.limits.body_bytes_max;
  if (!run.had_room()) return says(oracles::kBound, "room for a read", "none");
  if (run.span_bytes() > line_bytes_max + kFramerRoomMax) {
    return says(oracles::kBound, "at most " + std::to_string(line_bytes_max + kFramerRoomMax),
                std::to_string(run.span_bytes()) + " bytes");
  }
  const std::vector<std::size_t> parts = part_sizes(input.stream);
  const bool unterminated =
      !input.stream.empty() && input.stream.back() != '\r' && input.stream.back() != '\n';
  for (std::size_t i = 0; i < run.frames().size(); ++i) {
    const std::string& line = run.frames()[i];
    if (i == parts.size()) {
      return says(oracles::kConservation, std::to_string(parts.size()) + " frames at most",
                  text_of(run.frames()));
    }
    if (line == irc::kOverlong) continue;
    if (line.empty() || line.size() > line_bytes_max ||
        line.find_first_of("\r\n") != std::string::npos) {
      return says(oracles::kForm, "a line within its limits", escaped(line));
    }
    if (line.size() != parts[i]) {
      return says(oracles::kConservation,
                  std::to_string(parts[i]) + " bytes in line " + std::to_string(i + 1),
                  escaped(line));
    }
  }
  if (run.frames().size() + (unterminated ? 1 : 0) < parts.size()) {
    return says(oracles::kConservation, std::to_string(parts.size()) + " frames",
                text_of(run.frames()));
  }
  if (run.mid_line() != unterminated) {
    return says(oracles::kMidLine, unterminated ? "true" : "false",
                run.mid_line() ? "true" : "false");
  }
  if (!run.mid_line() && run.capacity() > 0) {
    return says(oracles::kIdle, "0 bytes", std::to_string(run.capacity()));
  }
  return {};
}

// The first oracle that does not hold.
template <class FramerT = irc::Framer>
Verdict judge_framer(const FramerInput& input) {
  FramerRun<FramerT> run(input.limits);
  run.feed(input.stream, input.cuts);
  if (Verdict verdict = judge_run(input, run)) return verdict;

  // The first cut is as good a place as any.
  FramerInput head = input;
  head.stream = input.stream.substr(0, input.cuts.front());
  const Frames so_far = irc::reference_frames(head.stream, head.limits);
  const Frames before = frames_of<FramerT>(head, head.stream);
  if (Verdict verdict = differ(oracles::kPrefix, head, so_far, before)) return verdict;

  FramerInput whole = input;
  whole.cuts = {std::max<std::size_t>(input.stream.size(), 1)};
  const Frames in_one = frames_of<FramerT>(whole, input.stream);
  if (Verdict verdict = differ(oracles::kSegmentation, input, in_one, run.frames())) return verdict;
  FramerInput bytes = input;
  bytes.cuts = {1};
  FramerRun<FramerT> by_byte(bytes.limits);
  by_byte.feed(bytes.stream, bytes.cuts);
  if (Verdict verdict = differ(oracles::kSegmentation, bytes, in_one, by_byte.frames())) {
    return verdict;
  }
  if (Verdict verdict = judge_steps(bytes, by_byte)) return verdict;

  const Frames naive = irc::reference_frames(input.stream, input.limits);
  if (Verdict verdict = differ(oracles::kReference, input, naive, in_one)) return verdict;

  const std::size_t end = input.stream.find_first_of("\r\n", input.cuts.front());
  if (end == std::string_view::npos) return {};
  Frames both = frames_of<FramerT>(input, input.stream.substr(0, end + 1));
  std::ranges::copy(frames_of<FramerT>(input, input.stream.substr(end + 1)),
                    std::back_inserter(both));
  return differ(oracles::kConcatenation, input, in_one, both);
}

}  // namespace fuzz
