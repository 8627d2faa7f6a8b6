#include "harness/report/style.h"

#include <fmt/format.h>

#include <algorithm>

namespace conform {
namespace {

// The parameter of SGR, ECMA-48 8.3.117.
std::string_view sgr_of(Ink ink) {
  switch (ink) {
    case Ink::red:
      return "1;31";
    case Ink::green:
      return "32";
    case Ink::yellow:
      return "33";
    case Ink::magenta:
      return "1;35";
    case Ink::cyan:
      return "36";
    case Ink::bold:
      return "1";
    case Ink::faint:
      return "2";
  }
  return "0";
}

// UTF-8 takes a column for each code point, and what paint() adds takes none.
std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  bool painting = false;
  for (const char byte : text) {
    const bool continues = (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
    painting |= byte == '\x1b';
    columns += painting || continues ? 0 : 1;
    if (byte == 'm') painting = false;
  }
  return columns;
}

}  // namespace

bool use_color(ColorMode mode, bool is_terminal, const char* no_color, const char* term) {
  if (mode != ColorMode::automatic) return mode == ColorMode::always;
  const bool refused = no_color != nullptr && *no_color != '\0';
  const bool dumb = term != nullptr && std::string_view(term) == "dumb";
  return is_terminal && !refused && !dumb;
}

std::string Style::paint(Ink ink, std::string_view text) const {
  if (!color) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", sgr_of(ink), text);
}

std::string Style::fold(std::string_view line, std::size_t indent) const {
  if (columns == 0) return std::string(line);
  std::string text;
  std::size_t column = 0;
  while (!line.empty()) {
    const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
    const std::size_t end = std::min(line.find(' ', begin), line.size());
    const std::size_t width = columns_of(line.substr(0, end));
    if (column == 0 || column + width <= columns) {
      text += line.substr(0, end);
      column += width;
    } else {
      text += fmt::format("\n{:{}}{}", "", indent, line.substr(begin, end - begin));
      column = indent + width - begin;
    }
    line.remove_prefix(end);
  }
  return text;
}

}  // namespace conform
