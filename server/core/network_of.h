// What connections are counted by where there is a limit for each address.
#pragma once

#include <string>
#include <string_view>

namespace irc {

// The /64 of an IPv6 address, "2001:db8:0:1::/64", as everybody gets at least as many addresses
// (RFC 6177 section 2, RFC 4291 2.5.1); any other host as it is. `host` is an address as
// inet_ntop writes it (RFC 5952), maybe with a 0 in front of "::", or a name.
std::string network_of(std::string_view host);

}  // namespace irc
