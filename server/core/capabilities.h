// Capabilities: which of the IRCv3 extensions a client has turned on, and which there are.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "server/core/config.h"

namespace irc {

struct Capabilities {
  bool away_notify = false;        // AWAY of those on the same channels.
  bool cap_notify = false;         // CAP NEW and DEL; implied by CAP LS 302.
  bool echo_message = false;       // Its own PRIVMSG, NOTICE and TAGMSG.
  bool extended_join = false;      // Account and real name in a JOIN.
  bool message_tags = false;       // Tags of other clients, and TAGMSG.
  bool multi_prefix = false;       // All prefixes of a member, not the highest alone.
  bool server_time = false;        // When it was, with every line.
  bool userhost_in_names = false;  // nick!user@host in NAMES.
};

struct Capability {
  std::string_view name;  // Case-sensitive (IRCv3 capability-negotiation, rules for naming).
  bool Capabilities::*enabled;
};
inline constexpr auto kCapabilities = std::to_array<Capability>({
    {"away-notify", &Capabilities::away_notify},
    {"cap-notify", &Capabilities::cap_notify},
    {"echo-message", &Capabilities::echo_message},
    {"extended-join", &Capabilities::extended_join},
    {"message-tags", &Capabilities::message_tags},
    {"multi-prefix", &Capabilities::multi_prefix},
    {"server-time", &Capabilities::server_time},
    {"userhost-in-names", &Capabilities::userhost_in_names},
});

// The names of those of which `wanted(Capability)` is true, with spaces between them.
template <class Wanted>
std::string capability_names(Wanted wanted) {
  std::string names;
  for (const Capability& each : kCapabilities) {
    if (wanted(each)) names.append(names.empty() ? "" : " ").append(each.name);
  }
  return names;
}

// Whether clients may turn it on. One that cannot be taken back from those who say 302 is always
// there: cap-notify.
bool is_offered(const ServerConfig& config, const Capability& capability);

}  // namespace irc
