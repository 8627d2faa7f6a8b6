#include "harness/script/words.h"

#include <algorithm>
#include <numeric>

#include "harness/script/bytes.h"

namespace conform::script {

namespace {

// The number of insertions, deletions and replacements between two short words.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
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
    const std::size_t d = distance(word, candidate);
    if (d >= best_distance || d >= candidate.size()) continue;
    best = candidate;
    best_distance = d;
  }
  return best;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> known) {
  const auto found = nearest(word, known);
  return found ? "; did you mean '" + std::string(*found) + "'?" : "";
}

bool opens_block(Statement statement) {
  using enum Statement;
  return statement == glue || statement == repeat || statement == for_each ||
         statement == unordered || statement == one_of || statement == if_holds;
}

bool is_built_in_name(std::string_view name) {
  if (name == "chan" || name == "server" || name == "password") return true;
  if (name.starts_with("isupport.")) return true;
  if (name.starts_with("chan")) return all_digits(name.substr(4)) && name != "chan1";
  return name.starts_with("t") && all_digits(name.substr(1));
}

bool is_reserved(std::string_view word) {
  return holds(kStatements, word) || holds(kVerbs, word) || holds(kGrades, word) ||
         holds(kEvents, word) || word == "case" || word == "raw" || word == "isupport" ||
         is_built_in_name(word);
}

}  // namespace conform::script
