// Framer: cuts a byte stream into lines, without copying them.
//
// A line ends at CR LF, at a bare LF or at a bare CR (RFC 1459 section 8 describes a server that
// takes either; Modern IRC: LF SHOULD, CR MAY be accepted), so no frame ever holds CR or LF. Empty
// lines vanish (RFC 2812 2.3.1), which also swallows the LF of a CR LF that came in two reads.
// NUL is data, and so are leading spaces. A line over its limit is dropped up to its terminator,
// however long that takes, and reported once, at the moment it is known to be too long: nothing of
// its tail is ever a frame.
//
// Memory is bounded by the limits, and none is held between lines; every byte is searched once,
// however the stream is cut.
//
//     begin_ <= section_ <= scan_ <= end_ <= capacity()
//     | consumed | tags, once complete | searched | not searched | room |
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace irc {

// How long a line may be, in bytes. The defaults are what a server accepts of a client.
struct LineLimits {
  // Source, command and parameters without the terminator: 512 with CR LF (RFC 1459 2.3).
  std::size_t body_bytes_max = 510;
  // "@tags " with its '@' and the first space behind it (IRCv3 message-tags, size limit). Only a
  // line that begins with '@' has tags; without any space it is nothing but tags.
  std::size_t tags_bytes_max = 4096;
};

// One line, or the notice that one was dropped.
struct Frame {
  // Without terminator; empty when overlong. Valid until the next call of next() or writable().
  std::string_view line;
  bool overlong = false;
};

class Framer {
 public:
  explicit Framer(LineLimits limits = {});

  // Room for the next read, never empty. Frames handed out before become invalid.
  // Requires: next() has returned nothing since the last commit().
  std::span<char> writable();

  // The first `bytes` of writable() were filled; 0 gives the room back. Requires: bytes <=
  // writable().size().
  void commit(std::size_t bytes);

  // The next line that is complete, or overlong; nothing when more bytes are needed.
  std::optional<Frame> next();

  // True when bytes of a line without terminator are held or being dropped: what an end of the
  // stream now would cut off. Requires: next() has returned nothing since the last commit().
  bool mid_line() const;

  // What memory it holds, in bytes; 0 after next() has returned nothing, unless it is mid-line.
  std::size_t capacity() const { return buffer_ ? buffer_bytes_max() : 0; }

 private:
  std::size_t buffer_bytes_max() const;
  void free_if_empty();
  bool in_tags() const;
  std::size_t section_bytes_max() const;
  void begin_line_at(std::size_t position);
  void check_invariant() const;

  LineLimits limits_;
  std::unique_ptr<char[]> buffer_;  // None while nothing is held: an idle connection costs nothing.
  std::size_t begin_ = 0;           // Of the line.
  std::size_t section_ = 0;         // Of the line's tags or, behind them, of its body.
  std::size_t scan_ = 0;
  std::size_t end_ = 0;
  bool dropping_ = false;  // Inside a line that was already reported as overlong.
};

}  // namespace irc
