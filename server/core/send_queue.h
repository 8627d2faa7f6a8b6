// SendQueue: the lines that wait for one client, in order.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "server/wire/check.h"

namespace irc {

class SendQueue {
 public:
  // What is to be sent next. Valid until the queue is changed.
  std::string_view pending() const { return std::string_view(bytes_).substr(sent_); }
  std::size_t size() const { return bytes_.size() - sent_; }
  // What memory it holds, in bytes; none but its own when it is empty.
  std::size_t capacity() const { return bytes_.capacity(); }

  void append(std::string_view line) {
    // Moved to the front only when at least as much has gone as stays: constant on average.
    if (sent_ > size()) {
      bytes_.erase(0, sent_);
      sent_ = 0;
    }
    bytes_ += line;
  }

  // The first `count` bytes have gone. Requires: count <= size().
  void consume(std::size_t count) {
    CHECK(count <= size());
    sent_ += count;
    mid_line_ = count == 0 ? mid_line_ : bytes_[sent_ - 1] != '\n';
    if (size() > 0) return;
    hold({});
  }

  // Forgets all lines but the rest of one that has gone in part.
  void drop_lines() {
    const std::size_t line_end = mid_line_ ? bytes_.find('\n', sent_) + 1 : sent_;
    hold(bytes_.substr(sent_, line_end - sent_));
  }

 private:
  // Swapped in, as a string that is assigned a short one keeps its memory.
  void hold(std::string bytes) {
    bytes_.swap(bytes);
    sent_ = 0;
  }

  std::string bytes_;
  std::size_t sent_ = 0;   // How many of bytes_ have gone.
  bool mid_line_ = false;  // The last byte that has gone was not the end of a line.
};

}  // namespace irc
