// Globs on case ids, and what a mistyped one may have meant.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conform {

// How many bytes of `text` must be changed, added or removed until `glob` matches it: `*` matches
// any bytes, '/' included, `?` any one. 0 where it matches. O(glob x text).
std::size_t glob_distance(std::string_view glob, std::string_view text);

inline bool glob_matches(std::string_view glob, std::string_view text) {
  return glob_distance(glob, text) == 0;
}

// The candidate that `glob` is nearest to, if that is near enough to be a slip of the finger.
std::optional<std::string> nearest(std::string_view glob,
                                   const std::vector<std::string>& candidates);

}  // namespace conform
