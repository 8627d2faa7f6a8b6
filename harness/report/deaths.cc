#include "harness/report/deaths.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "harness/report/display.h"

namespace conform {
namespace {

// Deaths that look the same.
struct Manner {
  const Death* last = nullptr;
  std::size_t times = 0;
  std::vector<std::string> shown_by;
};

std::vector<Manner> manners_of(const std::vector<Death>& deaths) {
  std::vector<Manner> manners;
  for (const Death& death : deaths) {
    const auto is_same = [&death](const Manner& manner) {
      return manner.last->how == death.how &&
             last_words(manner.last->stderr_tail) == last_words(death.stderr_tail);
    };
    auto manner = std::ranges::find_if(manners, is_same);
    if (manner == manners.end()) manner = manners.insert(manners.end(), Manner());
    manner->last = &death;
    ++manner->times;
    std::vector<std::string>& ids = manner->shown_by;
    const bool is_new = std::ranges::find(ids, death.case_id) == ids.end();
    if (!death.case_id.empty() && is_new) ids.push_back(death.case_id);
  }
  return manners;
}

std::string manner_text(const Manner& manner, Style style) {
  constexpr std::size_t kIndent = 4;
  const std::string times = manner.times == 1 ? "" : fmt::format(" ({} times)", manner.times);
  const std::string shown = displayed(fmt::format("{}", fmt::join(manner.shown_by, ", ")));
  const std::string line =
      fmt::format("{} target {}{}; {}", style.paint(Ink::red, "DEATH"), displayed(manner.last->how),
                  times, shown.empty() ? "no case alone shows it" : "shown by " + shown);
  std::string text = style.fold(line, kIndent) + "\n";
  if (!manner.last->stderr_tail.empty()) text += "  its last words:\n";
  return text + displayed_lines(manner.last->stderr_tail, "    ") + "\n";
}

}  // namespace

std::string_view last_words(std::string_view tail) {
  std::string_view last;
  while (!tail.empty()) {
    const std::string_view line = tail.substr(0, tail.find('\n'));
    tail.remove_prefix(std::min(line.size() + 1, tail.size()));
    if (line.starts_with("SUMMARY: ")) return line;
    const std::size_t begin = line.find_first_not_of(" \t\r");
    const bool says_something = begin != std::string_view::npos && !line.ends_with("==ABORTING");
    if (says_something) last = line.substr(begin);
  }
  return last;
}

std::string deaths_text(const std::vector<Death>& deaths, Style style) {
  std::string text;
  for (const Manner& manner : manners_of(deaths)) text += manner_text(manner, style);
  return text;
}

}  // namespace conform
