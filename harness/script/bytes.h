// Classes of bytes in scripts, and how bytes are shown to people.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace conform::script {

constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
// Names of clients, captures, loops and lets.
constexpr bool is_name_byte(char c) {
  return is_letter(c) || is_digit(c) || c == '_';
}
// What else may stand in a name of ISUPPORT: "draft/X", "CHANLIMIT.#".
constexpr bool is_isupport_byte(char c) {
  return c == '.' || c == '/' || c == '#' || c == '&';
}
// Slugs, areas, tags and the anchors of citations are made of less, and verbs too.
constexpr bool is_word_byte(char c) {
  return is_name_byte(c) || c == '-';
}
constexpr bool is_control(char c) {
  return (c >= '\0' && c < ' ') || c == '\x7f';
}

// The value of a hex digit, or -1.
int hex_value(char c);

// "\xHH".
std::string hex_escape(char c);

// What stands at `at`, as it is shown in one line: ASCII and UTF-8 as they are, a tab as a blank,
// anything else as \xHH. Requires: at < text.size().
struct Glyph {
  std::string text;
  std::size_t bytes = 1;    // In the original.
  std::size_t columns = 1;  // On the terminal.
};
Glyph next_glyph(std::string_view text, std::size_t at);

}  // namespace conform::script
