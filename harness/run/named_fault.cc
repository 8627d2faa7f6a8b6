#include "harness/run/named_fault.h"

#include <algorithm>

namespace conform {

std::string_view named_fault(std::string_view stderr_tail) {
  static constexpr std::string_view kMarks[] = {
      "SUMMARY: ", "runtime error: ", "Assertion ",  "what():",
      "Error: ",   "Exception",       "panicked at", "panic: ",
  };
  std::string_view words;
  while (!stderr_tail.empty()) {
    const std::string_view line = stderr_tail.substr(0, stderr_tail.find('\n'));
    stderr_tail.remove_prefix(std::min(line.size() + 1, stderr_tail.size()));
    const bool names_a_fault = std::ranges::any_of(
        kMarks, [line](std::string_view mark) { return line.find(mark) != line.npos; });
    if (names_a_fault) words = line;
  }
  const std::size_t blanks = std::min(words.find_first_not_of(" \t"), words.size());
  return words.substr(blanks);
}

}  // namespace conform
