// Showing a place in a script.

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "harness/script/bytes.h"
#include "harness/script/parse.h"

namespace conform::script {

namespace {

// Long lines are shown from some bytes before the place on.
constexpr std::size_t kBytesBefore = 100;
constexpr std::size_t kBytesShown = 200;

struct Shown {
  std::string text;
  std::size_t caret = 0;  // Columns before it.
};

Shown show(std::string_view line, std::size_t place) {
  Shown shown;
  std::size_t at = place > kBytesShown ? place - kBytesBefore : 0;
  while (at > 0 && at < place && (static_cast<unsigned char>(line[at]) & 0xc0) == 0x80) ++at;
  const std::size_t end = std::min(line.size(), at + kBytesShown);
  if (at > 0) shown.text = "...";
  shown.caret = shown.text.size();
  while (at < end) {
    const Glyph glyph = next_glyph(line, at);
    if (at + glyph.bytes <= place) shown.caret += glyph.columns;
    at += glyph.bytes;
    shown.text += glyph.text;
  }
  if (end < line.size()) shown.text += "...";
  return shown;
}

}  // namespace

std::string_view SourceText::line(std::uint32_t line) const {
  std::string_view left = text;
  for (std::uint32_t number = 1; number < line && !left.empty(); ++number) {
    left.remove_prefix(std::min(left.find('\n'), left.size() - 1) + 1);
  }
  left = left.substr(0, left.find('\n'));
  if (left.ends_with('\r')) left.remove_suffix(1);
  return line == 0 ? std::string_view{} : left;
}

std::string format(const SourceText& source, const Problem& problem) {
  const std::string_view line = source.line(problem.span.line);
  const std::size_t column = std::max<std::size_t>(problem.span.column, 1);
  const Shown shown = show(line, std::min(column - 1, line.size()));
  const std::string head =
      fmt::format("{}:{}:{}: error: {}\n", source.name, problem.span.line, column, problem.message);
  return head + fmt::format("{:>5} | {}\n{:>5} | {:>{}}\n", problem.span.line, shown.text, "", "^",
                            shown.caret + 1);
}

}  // namespace conform::script
