// The lines a server sends. The only place that writes CR LF, and that cuts what is too long for
// a line (RFC 2812 2.3: 512 bytes with CR LF, tags not counted).
#pragma once

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace irc {

inline constexpr std::size_t kLineBytesMax = 512;

using Middles = std::initializer_list<std::string_view>;

// ":source command middle middle" CR LF; no source if it is empty. A middle that a client made up
// and that could not stand there (empty, with a space or a leading ':') is shortened or is "*".
// `command` may carry parameters of its own that are known to be sound ("324 nick #c +i").
// Requires: no NUL, CR or LF anywhere.
std::string line(std::string_view source, std::string_view command, Middles middles);

// The same with a last parameter that may hold anything but NUL, CR and LF. Its end is cut off,
// between two UTF-8 characters, where the line would be too long.
std::string line(std::string_view source, std::string_view command, Middles middles,
                 std::string_view text);

// As many lines as it takes, with all words in their last parameters, separated by spaces.
// Requires: a word fits into a line.
std::vector<std::string> list_lines(std::string_view source, std::string_view command,
                                    Middles middles, std::span<const std::string> words);

// The longest prefix of at most `bytes_max` that does not end within a UTF-8 character. Bytes
// that are not UTF-8 are cut anywhere.
std::string_view cut(std::string_view text, std::size_t bytes_max);

// The items of a list, with commas between them unless told otherwise (RFC 2812 2.3.1), empty ones
// included. Views into `list`.
std::vector<std::string_view> split_list(std::string_view list, char separator = ',');

// Whether it has no items but empty ones: "", ",".
bool is_empty_list(std::string_view list);

// What stands between the spaces of a text. Views into `text`.
std::vector<std::string_view> words_of(std::string_view text);

}  // namespace irc
