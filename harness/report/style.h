// How text looks: in colour, where the reader wants it and sees it, and folded to a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace conform {

enum class ColorMode : std::uint8_t { automatic, always, never };

// What automatic means for a stream: it is a terminal that is not "dumb", and NO_COLOR is unset or
// empty (https://no-color.org). `no_color` and `term` are the environment's values or null.
bool use_color(ColorMode mode, bool is_terminal, const char* no_color, const char* term);

enum class Ink : std::uint8_t { red, green, yellow, magenta, cyan, bold, faint };

struct Style {
  bool color = false;
  std::size_t columns = 0;  // Of the terminal; 0 where there is none.

  // The text painted, or as it is without colour.
  std::string paint(Ink ink, std::string_view text) const;
  // A line, without its newline, broken at blanks so that it fits the terminal; what is broken off
  // stands behind `indent` blanks. A word wider than the terminal stays whole. Painted text has the
  // width of its letters.
  std::string fold(std::string_view line, std::size_t indent) const;
};

}  // namespace conform
