#include "harness/script/words.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/script/bytes.h"

namespace conform::script {

namespace {

// The number of insertions, deletions, replacements and swaps of neighbours between two words.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const std::size_t replaced = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({replaced, cost[i - 1][j] + 1, cost[i][j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.size() <= 4 && text.front() != '0' &&
         std::ranges::all_of(text, is_digit);
}

template <class T, std::size_t N>
bool holds(const std::array<Word<T>, N>& table, std::string_view word) {
  return value_of(table, word).has_value();
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> known) {
  constexpr std::size_t kWordMax = 20;
  if (word.empty() || word.size() > kWordMax) return std::nullopt;
  std::optional<std::string_view> best;
  std::size_t best_distance = word.size() <= 3 ? 2 : 3;  // Exclusive.
  for (const std::string_view candidate : known) {
    const std::size_t longer = std::max(word.size(), candidate.size());
    const std::size_t shorter = std::min(word.size(), candidate.size());
    if (longer - shorter >= best_distance) continue;
    const std::size_t slips = distance(word, candidate);
    if (slips >= best_distance || slips >= candidate.size()) continue;
    best = candidate;
    best_distance = slips;
  }
  return best;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> known) {
  const auto found = nearest(word, known);
  return found ? fmt::format("; did you mean '{}'?", *found) : "";
}

bool is_built_in_name(std::string_view name) {
  if (name == "chan" || name == "server" || name == "password") return true;
  if (name.starts_with("isupport.")) return name != "isupport.";
  if (name.starts_with("chan")) return all_digits(name.substr(4)) && name != "chan1";
  return (name.starts_with("t") || name.starts_with("T")) && all_digits(name.substr(1));
}

bool is_reserved(std::string_view word) {
  return holds(kStatements, word) || holds(kVerbs, word) || holds(kGrades, word) ||
         holds(kEvents, word) || word == "case" || word == "raw" || word == "isupport" ||
         is_built_in_name(word);
}

}  // namespace conform::script
