#include "server/wire/message.h"

#include <algorithm>

#include "server/wire/check.h"

namespace irc {
namespace {

constexpr std::string_view kForbidden("\0\r\n", 3);

bool is_letter(char byte) {
  return ('a' <= byte && byte <= 'z') || ('A' <= byte && byte <= 'Z');
}
bool is_digit(char byte) {
  return '0' <= byte && byte <= '9';
}

bool is_command(std::string_view word) {
  if (word.size() == 3 && std::ranges::all_of(word, is_digit)) return true;
  return !word.empty() && std::ranges::all_of(word, is_letter);
}

bool has_forbidden_byte(std::string_view text) {
  // Each is looked for in the whole text; find_first_of would look for each byte among the three.
  return std::ranges::any_of(kForbidden,
                             [text](char byte) { return text.find(byte) != text.npos; });
}

// Cuts the part before the first `separator`, all of it if there is none, off the front of `rest`.
std::string_view take_until(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

void skip_spaces(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
}

std::string_view take_word(std::string_view& rest) {
  const std::string_view word = take_until(rest, ' ');
  skip_spaces(rest);
  return word;
}

ParseResult failure(ParseError error) {
  return ParseResult{.message = {}, .error = error};
}

// IRCv3 message-tags, "Escaping values"; a lone backslash at the end is dropped.
void unescape(std::string_view escaped, std::string& value) {
  value.clear();
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    if (escaped[i] != '\\') {
      value += escaped[i];
    } else if (++i < escaped.size()) {
      switch (escaped[i]) {
        case ':':
          value += ';';
          break;
        case 's':
          value += ' ';
          break;
        case 'r':
          value += '\r';
          break;
        case 'n':
          value += '\n';
          break;
        default:
          value += escaped[i];
          break;
      }
    }
  }
}

bool needs_colon(std::string_view param) {
  return param.empty() || param.front() == ':' || param.find(' ') != std::string_view::npos;
}

}  // namespace

ParseResult parse_message(std::string_view line) {
  if (has_forbidden_byte(line)) return failure(ParseError::forbidden_byte);
  std::string_view rest = line;
  skip_spaces(rest);
  if (rest.empty()) return failure(ParseError::empty);

  Message message;
  if (rest.starts_with('@')) message.tags = take_word(rest).substr(1);
  if (rest.starts_with(':')) message.source = take_word(rest).substr(1);
  if (rest.empty()) return failure(ParseError::no_command);

  message.command = take_word(rest);
  if (!is_command(message.command)) return failure(ParseError::bad_command);

  while (!rest.empty()) {
    const bool last = message.param_count + 1 == kParamsMax;
    const bool trailing = rest.starts_with(':');
    if (trailing) rest.remove_prefix(1);
    const bool takes_all = trailing || last;
    message.param_storage[message.param_count++] = takes_all ? rest : take_word(rest);
    if (takes_all) break;
  }
  return ParseResult{.message = message, .error = ParseError::none};
}

Source parse_source(std::string_view source) {
  Source parts;
  std::string_view name_and_user = take_until(source, '@');
  parts.host = source;
  parts.name = take_until(name_and_user, '!');
  parts.user = name_and_user;
  return parts;
}

bool tag_value(std::string_view tags, std::string_view key, std::string& value) {
  bool found = false;
  while (!tags.empty()) {
    std::string_view escaped = take_until(tags, ';');
    if (take_until(escaped, '=') != key) continue;
    unescape(escaped, value);
    found = true;
  }
  return found;
}

std::string serialize(std::string_view source, std::string_view command,
                      std::span<const std::string_view> params) {
  CHECK(source.find(' ') == std::string_view::npos);
  CHECK(is_command(command));
  CHECK(params.size() <= kParamsMax);
  std::string line;
  if (!source.empty()) line.append(":").append(source).append(" ");
  line += command;
  for (std::size_t i = 0; i < params.size(); ++i) {
    const bool colon = needs_colon(params[i]);
    CHECK(!colon || i + 1 == params.size());
    line.append(colon ? " :" : " ").append(params[i]);
  }
  CHECK(!has_forbidden_byte(line));
  return line;
}

}  // namespace irc
