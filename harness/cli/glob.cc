#include "harness/cli/glob.h"

#include <algorithm>
#include <numeric>

namespace conform {

// Levenshtein's table, a row for each byte of the glob, in which a star costs nothing.
std::size_t glob_distance(std::string_view glob, std::string_view text) {
  std::vector<std::size_t> above(text.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  std::vector<std::size_t> row(above.size());
  for (const char byte : glob) {
    const bool star = byte == '*';
    row[0] = above[0] + (star ? 0 : 1);
    for (std::size_t i = 1; i < row.size(); ++i) {
      const bool same = byte == '?' || byte == text[i - 1];
      row[i] = star ? std::min(above[i], row[i - 1])
                    : std::min({above[i - 1] + (same ? 0 : 1), above[i] + 1, row[i - 1] + 1});
    }
    above.swap(row);
  }
  return above.back();
}

std::optional<std::string> nearest(std::string_view glob,
                                   const std::vector<std::string>& candidates) {
  std::optional<std::string> best;
  std::size_t least = glob.size() / 3 + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = glob_distance(glob, candidate);
    if (distance >= least) continue;
    least = distance;
    best = candidate;
  }
  return best;
}

}  // namespace conform
