// What an operator of the server decides: names, passwords, limits and times.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server/core/password.h"
#include "server/net/clock.h"
#include "server/wire/casemap.h"

namespace irc {

// Who may become an IRC operator with OPER.
struct Operator {
  std::string name;
  std::string password;  // As ServerConfig::is_oper_password wants it.
};

// What ADMIN tells (RFC 2812 3.4.9).
struct Admin {
  std::string location;      // City, state, country.
  std::string organisation;  // Whose server it is.
  std::string email;         // Of whoever answers for it.
};

// The server's own client, which answers in private and on channels; see bot.h.
struct BotConfig {
  std::string nick = "refbot";        // With more underscores where it is taken.
  std::vector<std::string> channels;  // Which it joins by itself; on others it has to be invited.
  std::uint64_t seed = 0;             // Of its dice.

  // The same bot comes of both, whatever it throws.
  bool operator==(const BotConfig& other) const {
    return nick == other.nick && channels == other.channels;
  }
};

// Advertised in RPL_ISUPPORT, unless they say otherwise. The defaults are such that every reply
// about a user, a channel and its topic fits into 512 bytes.
struct Limits {
  std::size_t nick_bytes_max = 30;
  std::size_t user_bytes_max = 18;
  std::size_t channel_bytes_max = 50;
  std::size_t topic_bytes_max = 307;
  std::size_t kick_bytes_max = 307;
  std::size_t away_bytes_max = 307;
  std::size_t key_bytes_max = 23;        // RFC 2812 2.3.1
  std::size_t realname_bytes_max = 120;  // Not advertised; it is cut.
  // Not advertised. Of a ban, which would be cut in RPL_BANLIST if it were longer; of WHO and LIST,
  // which find nothing by a longer one: to match is to take time.
  std::size_t mask_bytes_max = 120;
  std::size_t masks_max = 64;     // Of each list of a channel: bans, exceptions, invitations.
  std::size_t invited_max = 64;   // Not advertised. Of a channel; an operator's are forgotten last.
  std::size_t channels_max = 20;  // A client may be on.
  std::size_t targets_max = 4;    // Of one PRIVMSG, NOTICE, TAGMSG, NAMES, LIST.
  std::size_t modes_with_parameter_max = 6;  // Of one MODE.
};

struct ServerConfig {
  std::string name = "irc.reference.test";  // With a dot, by which clients tell it from a nickname.
  std::string network = "Reference";
  std::string version = "irc-refd";
  std::optional<std::string> password;
  std::vector<Operator> operators;
  // Whether what a client gave to OPER is the password that is kept, plain or as a hash.
  bool (*is_oper_password)(std::string_view kept, std::string_view given) = is_password;
  // Of nobody, as it would be kept: a name that is not known is to take no less time than one that
  // is.
  std::string nobodys_password;
  // For so long after a wrong OPER nobody of the same network_of may try one; not at all where not
  // set. For passwords that take time to be compared, for which nobody else is served.
  std::optional<Duration> oper_pause;
  // After so many wrong OPERs in a row a client is ended; any number where not set.
  std::optional<std::size_t> failed_opers_max = 3;
  std::vector<std::string> motd;
  std::optional<Admin> admin;
  std::optional<BotConfig> bot;
  // Capabilities that are not offered, by name. Those of no name that is known are as good as none.
  std::set<std::string, std::less<>> capabilities_off;
  std::string config_name = "configuration";  // What REHASH reads, as its answer (382) calls it.
  Limits limits;
  // That of RFC 1459, so that both it and what differs from ASCII are seen.
  Casemapping casemapping = Casemapping::rfc1459;
  // Lines that are not UTF-8 are refused (IRCv3 utf8-only); from the start or never, as what has
  // been said before would have to be UTF-8, too.
  bool utf8_only = false;
  Duration registration_timeout = std::chrono::seconds(60);
  Duration ping_interval = std::chrono::seconds(120);
  Duration ping_timeout = std::chrono::seconds(60);
  // What may wait for one client. Enough for a client that was stopped for a while amid a flood
  // to find everything when it goes on.
  std::size_t sendq_bytes_max = std::size_t{16} << 20;
  // What may wait for all clients together, give or take a share of 64 KiB of each: beyond it, who
  // has more than that waiting is ended. Any amount where not set.
  std::optional<std::size_t> sendq_all_bytes_max;
  // Connections at once, those that are still being closed included; any number where not set.
  std::optional<std::size_t> clients_max;
  std::optional<std::size_t> clients_per_address_max;  // Of IPv6, per /64.
  // Unix time when TimePoint was 0: the clock that runs is not the one that is shown.
  Millis unix_time_of_epoch{0};
};

}  // namespace irc
