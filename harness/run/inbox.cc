#include "harness/run/inbox.h"

namespace conform {

void Inbox::append(std::string_view bytes) {
  std::size_t scan = bytes_.size();
  bytes_ += bytes;
  for (std::size_t at = 0; (at = bytes_.find('\n', scan)) != std::string::npos; scan = cut_) {
    lines_.push_back({.offset = cut_, .bytes = at + 1 - cut_});
    cut_ = at + 1;
  }
}

void Inbox::forget() {
  bytes_.erase(0, cut_);
  lines_.clear();
  cut_ = 0;
}

std::string_view Inbox::raw(std::size_t index) const {
  return std::string_view(bytes_).substr(lines_[index].offset, lines_[index].bytes);
}

std::string_view Inbox::text(std::size_t index) const {
  std::string_view line = raw(index);
  line.remove_suffix(1);
  while (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view Inbox::unfinished() const {
  return std::string_view(bytes_).substr(cut_);
}

}  // namespace conform
