#include "server/wire/framer.h"

#include <algorithm>

#include "server/wire/check.h"

namespace irc {
namespace {

// The least room for a read behind the longest line that is still waiting for its end.
constexpr std::size_t kRoomBytesMin = 512;

bool is_terminator(char byte) {
  return byte == '\r' || byte == '\n';
}

}  // namespace

Framer::Framer(LineLimits limits) : limits_(limits) {}

std::span<char> Framer::writable() {
  CHECK(scan_ == end_);
  if (!buffer_) buffer_ = std::make_unique_for_overwrite<char[]>(buffer_bytes_max());
  // A line is moved at most once: it then begins at 0, and stays there until it is complete.
  if (begin_ == end_ || capacity() - end_ < kRoomBytesMin) {
    std::copy(buffer_.get() + begin_, buffer_.get() + end_, buffer_.get());
    section_ -= begin_;
    scan_ = end_ -= begin_;
    begin_ = 0;
  }
  check_invariant();
  CHECK(end_ < capacity());
  return std::span(buffer_.get(), capacity()).subspan(end_);
}

void Framer::commit(std::size_t bytes) {
  CHECK(bytes <= capacity() - end_);
  end_ += bytes;
  free_if_empty();
}

// Requires: a byte of the line has been received. Asked for each byte, hence inline.
inline bool Framer::in_tags() const {
  return section_ == begin_ && buffer_[begin_] == '@';
}

inline std::size_t Framer::section_bytes_max() const {
  return in_tags() ? limits_.tags_bytes_max : limits_.body_bytes_max;
}

std::optional<Frame> Framer::next() {
  check_invariant();
  while (scan_ < end_) {
    const char byte = buffer_[scan_];
    if (is_terminator(byte)) {
      const std::string_view line(buffer_.get() + begin_, scan_ - begin_);
      begin_line_at(scan_ + 1);
      dropping_ = false;
      if (!line.empty()) return Frame{.line = line, .overlong = false};
    } else if (dropping_) {
      begin_line_at(scan_ + 1);
    } else if (scan_ - section_ == section_bytes_max()) {
      begin_line_at(scan_ + 1);
      dropping_ = true;
      return Frame{.line = {}, .overlong = true};
    } else {
      const bool tags_end = byte == ' ' && in_tags();
      ++scan_;
      if (tags_end) section_ = scan_;
    }
  }
  free_if_empty();
  return std::nullopt;
}

bool Framer::mid_line() const {
  return dropping_ || begin_ < end_;
}

std::size_t Framer::buffer_bytes_max() const {
  return limits_.tags_bytes_max + limits_.body_bytes_max + kRoomBytesMin;
}

void Framer::free_if_empty() {
  if (begin_ < end_) return;
  buffer_.reset();
  begin_line_at(end_ = 0);
}

void Framer::begin_line_at(std::size_t position) {
  begin_ = section_ = scan_ = position;
}

void Framer::check_invariant() const {
  CHECK(begin_ <= section_);
  CHECK(section_ <= scan_);
  CHECK(scan_ <= end_);
  CHECK(end_ <= capacity());
}

}  // namespace irc
