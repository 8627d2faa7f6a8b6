#include "harness/report/deaths.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "harness/report/display.h"
#include "harness/run/named_fault.h"

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

std::string shown_by(const Manner& manner) {
  if (manner.last->of_learning) return "before the first case";
  const std::vector<std::string>& suspects = manner.last->suspects;
  if (!suspects.empty()) {
    return displayed(fmt::format("one of these did it: {}", fmt::join(suspects, ", ")));
  }
  if (manner.shown_by.empty()) return "no case alone shows it";
  return displayed(fmt::format("shown by {}", fmt::join(manner.shown_by, ", ")));
}

std::string manner_text(const Manner& manner, Style style) {
  constexpr std::size_t kIndent = 4;
  const std::string times = manner.times == 1 ? "" : fmt::format(" ({} times)", manner.times);
  const std::string line = fmt::format("{} target {}{}; {}", style.paint(Ink::red, "DEATH"),
                                       displayed(manner.last->how), times, shown_by(manner));
  std::string text = style.fold(line, kIndent) + "\n";
  if (!manner.last->stderr_tail.empty()) text += "  its last words:\n";
  return text + displayed_lines(manner.last->stderr_tail, "    ") + "\n";
}

}  // namespace

std::string_view last_words(std::string_view tail) {
  if (const std::string_view fault = named_fault(tail); !fault.empty()) return fault;
  const std::size_t end = tail.find_last_not_of(" \t\r\n");
  if (end == tail.npos) return {};
  tail = tail.substr(0, end + 1);
  tail.remove_prefix(std::min(tail.rfind('\n') + 1, tail.size()));
  return tail.substr(tail.find_first_not_of(" \t\r"));
}

std::string deaths_text(const std::vector<Death>& deaths, Style style) {
  std::string text;
  for (const Manner& manner : manners_of(deaths)) text += manner_text(manner, style);
  return text;
}

}  // namespace conform
