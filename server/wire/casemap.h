// Case folding of nicknames and channel names (RFC 1459 2.2, RFC 2812 2.2, ISUPPORT CASEMAPPING).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace irc {

enum class Casemapping : std::uint8_t {
  ascii,           // A-Z only.
  rfc1459,         // and []\^ are the upper case of {}|~
  rfc1459_strict,  // and []\ are the upper case of {}|, but ^ and ~ differ.
};

// By its ISUPPORT name ("rfc1459-strict" and "strict-rfc1459" are both in use); nothing for a name
// that is not known, "rfc7613" among them.
std::optional<Casemapping> casemapping_of(std::string_view isupport_value);

// Its ISUPPORT name; of the strict mapping that of Modern IRC, "rfc1459-strict".
std::string_view isupport_value(Casemapping mapping);

char fold(Casemapping mapping, char byte);
std::string fold(Casemapping mapping, std::string_view name);
bool equal(Casemapping mapping, std::string_view a, std::string_view b);

// Commands, tokens and letters of a mode are compared so, whatever the mapping.
inline bool equal_ascii(std::string_view a, std::string_view b) {
  return equal(Casemapping::ascii, a, b);
}

}  // namespace irc
