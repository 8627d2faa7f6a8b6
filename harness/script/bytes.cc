#include "harness/script/bytes.h"

#include <fmt/format.h>

#include "server/wire/utf8.h"

namespace conform::script {

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string hex_escape(char c) {
  return fmt::format("\\x{:02x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
}

Glyph next_glyph(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '\t') return {" ", 1, 1};
  const std::size_t length = irc::utf8_length(text, at);
  if (length == 0 || is_control(c)) return {hex_escape(c), 1, 4};
  return {std::string(text.substr(at, length)), length, 1};
}

}  // namespace conform::script
