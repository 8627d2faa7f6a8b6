#include "server/core/session.h"

#include <algorithm>
#include <string_view>

namespace irc {
namespace {

constexpr std::string_view kNickSpecial = "[]\\`_^{|}";  // RFC 2812 2.3.1

bool is_letter(char byte) {
  return ('a' <= byte && byte <= 'z') || ('A' <= byte && byte <= 'Z');
}
bool is_digit(char byte) {
  return '0' <= byte && byte <= '9';
}
bool begins_nick(char byte) {
  return is_letter(byte) || kNickSpecial.find(byte) != std::string_view::npos;
}
bool continues_nick(char byte) {
  return begins_nick(byte) || is_digit(byte) || byte == '-';
}

}  // namespace

bool is_nick(std::string_view name, std::size_t bytes_max) {
  return !name.empty() && name.size() <= bytes_max && begins_nick(name.front()) &&
         std::ranges::all_of(name, continues_nick);
}

}  // namespace irc
