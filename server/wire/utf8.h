// UTF-8 (RFC 3629): no surrogates, nothing overlong.
#pragma once

#include <cstddef>
#include <string_view>

namespace irc {

// How many bytes the character at `at` has, or 0 if there is none. Requires: at < text.size().
std::size_t utf8_length(std::string_view text, std::size_t at);

// The character that `text` begins with, or its first byte where that begins none; empty if it is.
std::string_view first_character(std::string_view text);

// Whether it is all characters.
bool is_utf8(std::string_view text);

}  // namespace irc
