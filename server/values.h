// What people write in options and configuration files, as values. Each function gives nothing for
// text that is not of its kind; who calls it knows where the text stood, and says so.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "server/net/clock.h"
#include "server/net/posix_net.h"

namespace irc {

// "HOST:PORT" or "[IPv6]:PORT"; the host may be empty, for any.
std::optional<Address> parse_address(std::string_view text);
std::string to_string(const Address& address);

// Whether it may stand as a source and as a parameter (RFC 1459 1.1: at most 63 bytes), and has a
// dot: no nickname has one, so that nobody can take the server's name.
bool is_server_name(std::string_view name);

// Whether it may stand within a line: no NUL, CR or LF.
bool is_text(std::string_view text);

// Whether it may be shown to clients: it also fits into every line in which it is, behind the
// longest name of a server and the longest nickname, with ease.
inline constexpr std::size_t kShownBytesMax = 400;
bool is_shown_text(std::string_view text);

// Whether it may be the name of the network: RPL_ISUPPORT announces it as one word, in which each
// byte may become four, on a line with twelve others.
inline constexpr std::size_t kNetworkBytesMax = 40;
bool is_network_name(std::string_view name);

// Of decimal digits, and of nothing else.
std::optional<std::size_t> parse_number(std::string_view text);

// A limit on how many there may be, of which 0 is none.
std::optional<std::size_t> most_of(std::size_t count);

// A time to wait for, between a thousandth and a million seconds.
std::optional<Duration> duration_of(double seconds);

}  // namespace irc
