// Bytes that came from a server, made fit to be shown: nothing here lets a control sequence reach a
// terminal or a byte that is no UTF-8 reach a JSON string. Total functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "server/net/clock.h"

namespace conform {

// One line for a terminal. Control characters, bytes that are not well-formed UTF-8 and code points
// that reorder or hide text become the notation's escapes (\r \n \t \0 \xHH). Other text stays.
std::string displayed(std::string_view bytes);

// Several lines for a terminal: each displayed() behind `indent`, and ended by a newline. A newline
// at the end of `bytes` adds no empty line.
std::string displayed_lines(std::string_view bytes, std::string_view indent);

// A line of a source file and the column of its byte `column` (from 1), both as they are displayed;
// a tab is one blank.
struct DisplayedLine {
  std::string text;
  std::size_t column = 1;
};
DisplayedLine displayed_line(std::string_view line, std::size_t column);

// Well-formed UTF-8: any other byte becomes \xHH.
std::string as_utf8(std::string_view bytes);

// Three digits or so: "840 ns", "12.5 us", "1.2 ms", "3.2 s".
std::string displayed(irc::Duration duration);

}  // namespace conform
