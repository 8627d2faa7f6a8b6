// What Framer must do, said as simply as can be: the stream as a whole, with copies. The fast one
// is compared with it under any cuts; so are the framers of others, with the readings they declare.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/readings.h"
#include "server/wire/framer.h"

namespace irc {

// Stands for the notice of an overlong line. No line holds CR LF, whatever else may end one, so it
// cannot be mistaken for one.
inline const std::string kOverlong = "\r\n";

// The bytes of the terminator that `rest` begins with; 0 if it does with none.
inline std::size_t terminator_bytes(std::string_view rest, const fuzz::Readings& readings) {
  using enum fuzz::Reading;
  if (rest.starts_with("\r\n")) return 2;
  if (rest.starts_with('\n')) return readings.has(bare_lf_is_data) ? 0 : 1;
  if (rest.starts_with('\r')) return readings.has(bare_cr_is_data) ? 0 : 1;
  return 0;
}

// How many bytes of the line keep its limits: all, if it is not overlong.
inline std::size_t fitting_bytes(std::string_view line, const LineLimits& limits,
                                 const fuzz::Readings& readings) {
  const bool has_tags = line.starts_with('@') && !readings.has(fuzz::Reading::one_limit);
  const std::size_t tags = has_tags ? std::min(line.find(' '), line.size() - 1) + 1 : 0;
  if (tags > limits.tags_bytes_max) return limits.tags_bytes_max;
  return tags + std::min(line.size() - tags, limits.body_bytes_max);
}

// What a line that is not empty, or the unterminated end of a stream, is given as.
inline std::vector<std::string> frames_of_line(std::string_view line, bool complete,
                                               const LineLimits& limits,
                                               const fuzz::Readings& readings) {
  using enum fuzz::Reading;
  std::vector<std::string> frames;
  std::size_t fitting = fitting_bytes(line, limits, readings);
  while (fitting < line.size() && readings.has(overlong_goes_on)) {
    frames.emplace_back(line.substr(0, fitting));
    line.remove_prefix(fitting);
    fitting = fitting_bytes(line, limits, readings);
  }
  const bool gives = fitting == line.size() || readings.has(overlong_is_cut);
  if (gives && complete) frames.emplace_back(line.substr(0, fitting));
  const bool tells = complete || !readings.has(overlong_at_terminator);
  if (!gives && tells && !readings.has(overlong_is_silent)) frames.push_back(kOverlong);
  return frames;
}

inline std::vector<std::string> reference_frames(std::string_view stream, LineLimits limits = {},
                                                 const fuzz::Readings& readings = {}) {
  using enum fuzz::Reading;
  std::string without_cr;
  if (readings.has(cr_is_dropped)) {
    without_cr = stream;
    std::erase(without_cr, '\r');
    stream = without_cr;
  }
  std::vector<std::string> frames;
  while (!stream.empty()) {
    std::size_t end = stream.find_first_of("\r\n");
    while (end < stream.size() && terminator_bytes(stream.substr(end), readings) == 0) {
      end = stream.find_first_of("\r\n", end + 1);
    }
    const bool complete = end < stream.size();
    end = std::min(end, stream.size());
    std::vector<std::string> given;
    if (end > 0) given = frames_of_line(stream.substr(0, end), complete, limits, readings);
    if (end == 0 && readings.has(empty_lines_given)) given.emplace_back();
    for (std::string& frame : given) {
      if (readings.has(nul_ends_frame)) frame.resize(std::min(frame.find('\0'), frame.size()));
      if (frame.empty() && !readings.has(empty_lines_given)) continue;
      frames.push_back(std::move(frame));
    }
    stream.remove_prefix(complete ? end + terminator_bytes(stream.substr(end), readings) : end);
  }
  return frames;
}

}  // namespace irc
