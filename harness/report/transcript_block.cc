#include "harness/report/transcript_block.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "harness/report/display.h"

namespace conform {
namespace {

constexpr std::string_view kIndent = "    ";

using Lines = std::vector<std::string>;

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// The client of a line that says that it sent one byte: NAME > "x", or an escape in its place.
std::string_view sender_of_byte(std::string_view line) {
  constexpr std::string_view kSends = " > \"";
  const std::size_t at = line.find(kSends);
  if (at == std::string_view::npos || !line.ends_with('"')) return "";
  std::string_view bytes = line.substr(at + kSends.size());
  bytes.remove_suffix(std::min<std::size_t>(bytes.size(), 1));
  const bool escape = bytes.starts_with('\\') && (bytes.size() == 2 || bytes.starts_with("\\x"));
  const bool one = bytes.size() == 1 || (escape && bytes.size() <= 4);
  return one ? line.substr(0, at) : "";
}

Lines without_single_bytes(const Lines& lines) {
  constexpr std::size_t kShown = 3;
  Lines kept;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::string_view sender = sender_of_byte(lines[begin]);
    std::size_t end = begin + 1;
    while (!sender.empty() && end < lines.size() && sender_of_byte(lines[end]) == sender) ++end;
    const std::size_t more = end - begin > kShown + 1 ? end - begin - kShown : 0;
    kept.insert(kept.end(), &lines[begin], &lines[begin] + (end - begin - more));
    if (more > 0) kept.push_back(fmt::format("# ... {} more single bytes ...", more));
    begin = end;
  }
  return kept;
}

}  // namespace

std::string transcript_block(std::string_view transcript) {
  constexpr std::size_t kHead = 12, kTail = 24;
  if (transcript.empty()) return "";
  const Lines lines = without_single_bytes(lines_of(transcript));
  const bool fits = lines.size() <= kHead + kTail + 1;
  std::string text = "  transcript:\n";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!fits && i == kHead) {
      const std::size_t hidden = lines.size() - kHead - kTail;
      text += fmt::format("{}# ... {} lines left out; --output keeps them ...\n", kIndent, hidden);
      i += hidden;
    }
    text += fmt::format("{}{}\n", kIndent, displayed(lines[i]));
  }
  return text;
}

}  // namespace conform
