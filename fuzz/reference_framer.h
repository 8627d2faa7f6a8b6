// What Framer must do, said as simply as can be: the stream as a whole, with copies. The fast one
// is compared with it under any cuts.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "server/wire/framer.h"

namespace irc {

// Stands for the notice of an overlong line. No line holds a LF, so it cannot be mistaken for one.
inline const std::string kOverlong = "\n";

inline std::vector<std::string> reference_frames(std::string_view stream, LineLimits limits = {}) {
  std::vector<std::string> frames;
  while (!stream.empty()) {
    const std::size_t end = stream.find_first_of("\r\n");
    const std::string_view line = stream.substr(0, end);
    const std::size_t tags =
        line.starts_with('@') ? std::min(line.find(' '), line.size() - 1) + 1 : 0;
    const bool overlong =
        tags > limits.tags_bytes_max || line.size() - tags > limits.body_bytes_max;
    const bool complete = end != std::string_view::npos && !line.empty();
    if (overlong || complete) frames.push_back(overlong ? kOverlong : std::string(line));
    stream.remove_prefix(std::min(line.size() + 1, stream.size()));
  }
  return frames;
}

}  // namespace irc
