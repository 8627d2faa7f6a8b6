// Inbox: what one client has received, as raw bytes, with the lines that stand in them and how the
// stream ended. The bytes are kept whole: the line audit judges them, not what was cut out of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conform {

enum class StreamEnd : std::uint8_t {
  open,
  eof,    // The server sent FIN.
  reset,  // ECONNRESET.
};

class Inbox {
 public:
  struct Line {
    std::size_t offset = 0;
    std::size_t bytes = 0;      // With its terminator, which ends in LF.
    bool housekeeping = false;  // An answer to a barrier of ours, or a PING that was answered.
    bool echo = false;          // What we sent ourselves, come back: says nothing of the server.
    bool matched = false;       // By an expectation that the server met.
  };

  void append(std::string_view bytes);
  void end(StreamEnd how) { end_ = how; }

  // Leaves only what no LF has ended yet: lines are counted from 0 again.
  void forget();
  // What it takes of our memory, roughly.
  std::size_t footprint_bytes() const { return bytes_.size() + lines_.size() * sizeof(Line); }

  StreamEnd end() const { return end_; }
  bool closed() const { return end_ != StreamEnd::open; }

  std::size_t line_count() const { return lines_.size(); }
  Line& line(std::size_t index) { return lines_[index]; }
  const Line& line(std::size_t index) const { return lines_[index]; }
  // The views are valid until the next append.
  std::string_view raw(std::size_t index) const;   // With its terminator.
  std::string_view text(std::size_t index) const;  // Without it.
  std::string_view bytes() const { return bytes_; }
  // Bytes behind the last LF.
  std::string_view unfinished() const;

 private:
  std::string bytes_;
  std::vector<Line> lines_;
  std::size_t cut_ = 0;  // Where the next line begins.
  StreamEnd end_ = StreamEnd::open;
};

}  // namespace conform
