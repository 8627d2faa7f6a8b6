// Framers that misbehave: LineFramer does what a Rule says, the others spoil the project's own.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "server/wire/framer.h"

namespace irc::mutants {

// The first line of what is held: its bytes, and how many go with it.
struct Cut {
  std::size_t line_bytes = 0;
  std::size_t taken_bytes = 0;
};

// The longest line that the project's framer takes: text, and tags before it if it has any.
constexpr std::size_t line_bytes_max(std::string_view held) {
  const LineLimits limits;
  if (!held.starts_with('@')) return limits.body_bytes_max;
  const std::size_t blank = held.find(' ');
  const bool fits = blank < limits.tags_bytes_max;
  return fits ? blank + 1 + limits.body_bytes_max : limits.tags_bytes_max;
}

// Keeps what it was given in a string; Rule::first says where the first line ends, if it does, and
// Rule::bytes_max how long one may be before it is reported and dropped.
template <class Rule>
class LineFramer {
 public:
  std::span<char> writable() { return read_; }
  void commit(std::size_t bytes) { held_.append(read_.data(), bytes); }

  std::optional<Frame> next() {
    while (true) {
      if (is_open(held_)) return std::nullopt;
      const std::optional<Cut> cut = Rule::first(held_);
      const std::size_t waiting_bytes = cut ? cut->line_bytes : held_.size();
      const bool overlong = !dropping_ && waiting_bytes > Rule::bytes_max(held_);
      const bool wanted = cut && cut->line_bytes > 0 && !dropping_ && !overlong;
      if (!cut && (overlong || dropping_)) held_.clear();
      if (cut) line_ = held_.substr(0, cut->line_bytes);
      if (cut) held_.erase(0, cut->taken_bytes);
      searched_ = 0;
      dropping_ = !cut && (dropping_ || overlong);
      if (overlong) return Frame{.line = {}, .overlong = true};
      if (wanted) return Frame{.line = line_, .overlong = false};
      if (!cut) return std::nullopt;
    }
  }

 private:
  // Whether no line ends in it and none is too long yet. Looks at each byte once only.
  bool is_open(std::string_view held) {
    const bool ends = held.find_first_of("\r\n", searched_) != held.npos;
    searched_ = held.size();
    return !ends && !dropping_ && held.size() <= Rule::bytes_max(held);
  }

  std::array<char, 2048> read_{};
  std::string held_;
  std::size_t searched_ = 0;
  std::string line_;
  bool dropping_ = false;
};

// A line that is too long is executed in pieces.
struct RunsTailOfOverlong {
  static std::optional<Cut> first(std::string_view held) {
    const std::size_t end = held.find_first_of("\r\n");
    const std::size_t most = line_bytes_max(held);
    if (std::min(end, held.size()) > most) return Cut{.line_bytes = most, .taken_bytes = most};
    if (end == held.npos) return std::nullopt;
    return Cut{.line_bytes = end, .taken_bytes = end + 1};
  }
  static std::size_t bytes_max(std::string_view held) { return line_bytes_max(held); }
};

// No line is too long.
struct Unbounded {
  static std::optional<Cut> first(std::string_view held) {
    const std::size_t end = held.find_first_of("\r\n");
    if (end == held.npos) return std::nullopt;
    return Cut{.line_bytes = end, .taken_bytes = end + 1};
  }
  static std::size_t bytes_max(std::string_view /*held*/) {
    return std::numeric_limits<std::size_t>::max();
  }
};

// Only LF ends a line; a CR that does not stand before it belongs to the line, and is relayed.
struct CrIsText {
  static std::optional<Cut> first(std::string_view held) {
    const std::size_t end = held.find('\n');
    if (end == held.npos) return std::nullopt;
    const bool cr = end > 0 && held[end - 1] == '\r';
    return Cut{.line_bytes = end - (cr ? 1 : 0), .taken_bytes = end + 1};
  }
  static std::size_t bytes_max(std::string_view held) { return line_bytes_max(held) + 1; }
};

// Only CR LF ends a line.
struct OnlyCrLf {
  static std::optional<Cut> first(std::string_view held) {
    const std::size_t end = held.find("\r\n");
    if (end == held.npos) return std::nullopt;
    return Cut{.line_bytes = end, .taken_bytes = end + 2};
  }
  static std::size_t bytes_max(std::string_view held) { return line_bytes_max(held) + 1; }
};

// The project's framer, begun anew with every read.
class LosesPartialTail {
 public:
  std::span<char> writable() {
    framer_ = Framer();
    return framer_.writable();
  }
  void commit(std::size_t bytes) { framer_.commit(bytes); }
  std::optional<Frame> next() { return framer_.next(); }

 private:
  Framer framer_;
};

// The project's framer, fed with what Feed makes of each read.
template <class Feed>
class FedFramer {
 public:
  std::span<char> writable() { return read_; }
  void commit(std::size_t bytes) {
    fed_.erase(0, taken_);
    taken_ = 0;
    feed_.read({read_.data(), bytes}, fed_);
  }
  std::optional<Frame> next() {
    while (true) {
      if (const std::optional<Frame> frame = framer_.next()) return frame;
      if (taken_ == fed_.size()) return std::nullopt;
      const std::span<char> room = framer_.writable();
      const std::size_t bytes = std::min(room.size(), fed_.size() - taken_);
      fed_.copy(room.data(), bytes, taken_);
      framer_.commit(bytes);
      taken_ += bytes;
    }
  }

 private:
  std::array<char, 16384> read_{};
  std::string fed_;
  std::size_t taken_ = 0;
  Feed feed_;
  Framer framer_;
};

// A line that fills a buffer of so many bytes ends there; what follows is another line.
template <std::size_t BufferBytes>
class EndsWithTheBuffer {
 public:
  void read(std::string_view bytes, std::string& fed) {
    for (const char byte : bytes) {
      if (line_bytes_ == BufferBytes) fed += '\n';
      if (line_bytes_ == BufferBytes) line_bytes_ = 0;
      fed += byte;
      line_bytes_ = byte == '\n' ? 0 : line_bytes_ + 1;
    }
  }

 private:
  std::size_t line_bytes_ = 0;
};

// The same, but only as long as no line has begun with USER.
template <std::size_t BufferBytes>
class EndsWithTheBufferUnregistered {
 public:
  void read(std::string_view bytes, std::string& fed) {
    seen_.append(bytes.substr(0, kKept));
    registered_ |= seen_.find("USER ") == 0 || seen_.find("\nUSER ") != std::string::npos;
    if (seen_.size() > kKept) seen_.erase(0, seen_.size() - kKept);
    if (registered_) {
      fed += bytes;
    } else {
      ends_.read(bytes, fed);
    }
  }

 private:
  static constexpr std::size_t kKept = 64;

  std::string seen_;
  bool registered_ = false;
  EndsWithTheBuffer<BufferBytes> ends_;
};

// Of a line that is too long, drops no more than has come with the same read.
class DropsOneRead {
 public:
  void read(std::string_view bytes, std::string& fed) {
    fed += bytes;
    const std::size_t newline = bytes.rfind('\n');
    const bool goes_on = newline == bytes.npos;
    line_bytes_ = goes_on ? line_bytes_ + bytes.size() : bytes.size() - newline - 1;
    if (line_bytes_ <= LineLimits().body_bytes_max) return;
    fed += '\n';
    line_bytes_ = 0;
  }

 private:
  std::size_t line_bytes_ = 0;
};

// Takes tags of up to so many bytes.
template <std::size_t TagsBytesMax>
class TagsUpTo : public Framer {
 public:
  TagsUpTo() : Framer({.tags_bytes_max = TagsBytesMax}) {}
};

// Knows a PONG only where it comes in one read.
class PongOfOneRead {
 public:
  std::span<char> writable() { return framer_.writable(); }
  void commit(std::size_t bytes) {
    goes_on_ = framer_.mid_line();
    framer_.commit(bytes);
  }
  std::optional<Frame> next() {
    std::optional<Frame> frame = framer_.next();
    const bool in_pieces = std::exchange(goes_on_, false);
    if (frame && in_pieces && frame->line.starts_with("PONG")) frame = framer_.next();
    return frame;
  }

 private:
  Framer framer_;
  bool goes_on_ = false;  // The next line began in an earlier read.
};

// One line of each read; the others that came with it are lost.
class OneLineARead {
 public:
  std::span<char> writable() {
    had_line_ = false;
    return framer_.writable();
  }
  void commit(std::size_t bytes) { framer_.commit(bytes); }
  std::optional<Frame> next() {
    const std::optional<Frame> first = framer_.next();
    if (!std::exchange(had_line_, true)) return first;
    while (framer_.next()) {
    }
    return std::nullopt;
  }

 private:
  Framer framer_;
  bool had_line_ = false;
};

// Runs a line whose end came by a later read as often as Times::of says.
template <class Times>
class LateLines {
 public:
  std::span<char> writable() { return read_ = framer_.writable(); }
  void commit(std::size_t bytes) {
    if (bytes == 0) return;
    is_late_ = is_open_;
    is_open_ = read_[bytes - 1] != '\n';
    framer_.commit(bytes);
  }
  std::optional<Frame> next() {
    while (times_ == 0) {
      const std::optional<Frame> frame = framer_.next();
      if (!frame || frame->overlong) return frame;
      line_ = frame->line;
      times_ = std::exchange(is_late_, false) ? Times::of(line_) : 1;
    }
    --times_;
    return Frame{.line = line_, .overlong = false};
  }

 private:
  Framer framer_;
  std::span<char> read_;
  bool is_open_ = false;  // The last read ended within a line.
  bool is_late_ = false;  // So that the end of the next line comes behind that.
  std::string line_;
  int times_ = 0;
};

struct TwiceIfPing {
  static int of(std::string_view line) { return line.starts_with("PING ") ? 2 : 1; }
};

struct NeverIfJoin {
  static int of(std::string_view line) { return line.starts_with("JOIN ") ? 0 : 1; }
};

}  // namespace irc::mutants
