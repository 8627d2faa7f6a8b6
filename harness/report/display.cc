#include "harness/report/display.h"

#include <fmt/format.h>

#include <algorithm>

namespace conform {
namespace {

// The code point at the front of some bytes; `bytes` is 0 where they are not well-formed UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 0;
};

// How many bytes the sequence that `lead` opens has, the bits of the code point that `lead` holds,
// and the least value that needs so many bytes.
struct Sequence {
  std::size_t bytes;
  char32_t bits;
  char32_t least;
};

Sequence sequence_of(unsigned char lead) {
  if (lead < 0x80) return {1, lead, 0};
  if (lead >= 0xC0 && lead < 0xE0) return {2, lead & 0x1Fu, 0x80};
  if (lead >= 0xE0 && lead < 0xF0) return {3, lead & 0x0Fu, 0x800};
  if (lead >= 0xF0 && lead < 0xF8) return {4, lead & 0x07u, 0x10000};
  return {0, 0, 0};
}

// Requires: `text` is not empty.
CodePoint decode(std::string_view text) {
  const Sequence sequence = sequence_of(static_cast<unsigned char>(text.front()));
  if (sequence.bytes == 0 || sequence.bytes > text.size()) return {};
  char32_t value = sequence.bits;
  for (const char byte : text.substr(1, sequence.bytes - 1)) {
    const auto bits = static_cast<unsigned char>(byte);
    if ((bits & 0xC0) != 0x80) return {};
    value = value << 6 | (bits & 0x3Fu);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < sequence.least || surrogate || value > 0x10FFFF) return {};
  return {value, sequence.bytes};
}

struct Range {
  char32_t first;
  char32_t last;
};

// What a terminal would obey, or what makes text look like other text.
constexpr Range kNotShown[] = {
    {0x00, 0x1F},      // C0 controls
    {0x7F, 0x9F},      // DEL and C1 controls: U+009B is CSI
    {0x200B, 0x200F},  // zero width, direction marks
    {0x2028, 0x202E},  // line and paragraph separator, bidirectional overrides
    {0x2060, 0x206F},  // invisible operators, isolates
    {0xFEFF, 0xFEFF},  // byte order mark
    {0xFFF9, 0xFFFB},  // interlinear annotation
};

bool is_shown(char32_t value) {
  return std::ranges::none_of(kNotShown, [value](const Range& range) {
    return value >= range.first && value <= range.last;
  });
}

std::string escaped(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    switch (byte) {
      case '\r':
        text += "\\r";
        break;
      case '\n':
        text += "\\n";
        break;
      case '\t':
        text += "\\t";
        break;
      case '\0':
        text += "\\0";
        break;
      default:
        text += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
    }
  }
  return text;
}

// `bytes` with every code point that `keep` refuses, and every ill-formed byte, escaped.
template <class Keep>
std::string escaped_unless(std::string_view bytes, Keep keep) {
  std::string text;
  while (!bytes.empty()) {
    const CodePoint point = decode(bytes);
    const std::string_view piece = bytes.substr(0, std::max<std::size_t>(point.bytes, 1));
    text += point.bytes > 0 && keep(point.value) ? std::string(piece) : escaped(piece);
    bytes.remove_prefix(piece.size());
  }
  return text;
}

std::size_t columns_of(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

}  // namespace

std::string displayed(std::string_view bytes) {
  return escaped_unless(bytes, is_shown);
}

std::string displayed_lines(std::string_view bytes, std::string_view indent) {
  std::string text;
  while (!bytes.empty()) {
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    text += fmt::format("{}{}\n", indent, displayed(line));
    bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
  }
  return text;
}

DisplayedLine displayed_line(std::string_view line, std::size_t column) {
  std::string blanks(line);
  std::ranges::replace(blanks, '\t', ' ');
  const std::string_view text = blanks;
  const std::size_t bytes_before = std::min(text.size(), std::max<std::size_t>(column, 1) - 1);
  const std::string before = displayed(text.substr(0, bytes_before));
  return {.text = displayed(text), .column = columns_of(before) + 1};
}

std::string as_utf8(std::string_view bytes) {
  return escaped_unless(bytes, [](char32_t) { return true; });
}

std::string displayed(irc::Duration duration) {
  const auto nanoseconds = static_cast<double>(duration.count());
  if (nanoseconds < 1e3) return fmt::format("{} ns", duration.count());
  if (nanoseconds < 1e6) return fmt::format("{:.1f} us", nanoseconds / 1e3);
  if (nanoseconds < 1e9) return fmt::format("{:.1f} ms", nanoseconds / 1e6);
  return fmt::format("{:.1f} s", nanoseconds / 1e9);
}

}  // namespace conform
