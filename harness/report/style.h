// Colour, where the reader wants it and sees it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace conform {

enum class ColorMode : std::uint8_t { automatic, always, never };

// What automatic means for a stream: it is a terminal that is not "dumb", and NO_COLOR is unset or
// empty (https://no-color.org). `no_color` and `term` are the environment's values or null.
bool use_color(ColorMode mode, bool is_terminal, const char* no_color, const char* term);

enum class Ink : std::uint8_t { red, green, yellow, magenta, cyan, bold, faint };

// Paints text, or leaves it as it is.
struct Style {
  bool color = false;
  std::string paint(Ink ink, std::string_view text) const;
};

}  // namespace conform
