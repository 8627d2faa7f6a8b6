// One IRC message: the parts of a line, as views into it (RFC 1459 2.3, RFC 2812 2.3.1, IRCv3
// message-tags). parse_message is total: every sequence of bytes gives a message or a ParseError,
// and never allocates. serialize is its inverse for everything that can be said on the wire.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace irc {

// RFC 1459 2.3: fourteen middle parameters and a trailing one.
inline constexpr std::size_t kParamsMax = 15;

enum class ParseError : std::uint8_t {
  none,
  empty,           // Nothing but spaces.
  no_command,      // Only tags or a source.
  bad_command,     // Neither letters only nor exactly three digits.
  forbidden_byte,  // NUL, CR or LF in the line.
};

// Views point into the line that was parsed and are valid as long as it is.
struct Message {
  std::string_view tags;     // Raw, without '@'; see tag_value.
  std::string_view source;   // Without ':'; empty if the message has none.
  std::string_view command;  // As received; compare without regard to case.
  std::array<std::string_view, kParamsMax> param_storage;
  std::size_t param_count = 0;

  std::span<const std::string_view> params() const { return {param_storage.data(), param_count}; }
  // The parameter, or an empty view if there are fewer.
  std::string_view param(std::size_t index) const {
    return index < param_count ? param_storage[index] : std::string_view{};
  }
};

struct ParseResult {
  Message message;  // Meaningful only when error is none.
  ParseError error = ParseError::none;
  explicit operator bool() const { return error == ParseError::none; }
};

// `line` is without terminator. The fifteenth parameter takes the rest of the line whether or not
// it begins with ':' (RFC 2812 2.3.1, second alternative of params). Spaces before the first part
// and after the last middle parameter are ignored.
ParseResult parse_message(std::string_view line);

// "nick!user@host", "nick@host" or "server.name" taken apart; parts that are missing are empty.
// The host begins behind the first '@': neither a nickname nor a user holds one (RFC 2812 2.3.1).
struct Source {
  std::string_view name, user, host;
};
Source parse_source(std::string_view source);

// The unescaped value of `key` in raw tags: the last one where it stands more than once (IRCv3
// message-tags). False if the key is not there; a key without value gives an empty one.
bool tag_value(std::string_view tags, std::string_view key, std::string& value);

// Puts ":source command param param :last" together, without terminator. The last parameter gets a
// ':' where it needs one: it is empty, begins with ':' or holds a space.
// Requires: no NUL, CR or LF anywhere; no space in the source (empty: there is none); the command
// is letters or three digits; at most kParamsMax parameters, none but the last needs a ':'.
std::string serialize(std::string_view source, std::string_view command,
                      std::span<const std::string_view> params);

}  // namespace irc
