// Profile: what was learnt of a target before the first case, and everything that cases need to
// know of it. Filled in by learn(); a value, the same for all cases of a run.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/net/clock.h"
#include "server/wire/casemap.h"

namespace conform {

using irc::Duration;

// How a client makes sure that everything it sent before has been dealt with: by something that the
// target answers in a way that can be recognised. In the order of preference.
enum class Barrier : std::uint8_t {
  ping,             // PING token, PONG with the token as its last parameter.
  join,             // JOIN of a fresh channel, any line that names it.
  self_message,     // A message to oneself that holds the token.
  unknown_command,  // A command that does not exist, an error that repeats it.
  refusal,          // Before registration: any 451, 421 or 464 to a PING.
  silence,          // Nothing answers: no byte for a while. What rests on it is marked.
};

std::string_view to_string(Barrier barrier);

// The order in which this target takes a registration.
enum class RegistrationOrder : std::uint8_t {
  nick_user,      // [PASS] NICK USER
  cap_nick_user,  // CAP LS 302, [PASS] NICK USER, CAP END
  user_nick,      // [PASS] USER NICK
};

std::string_view to_string(RegistrationOrder order);

// What a line may take when many come at once, before a target counts as one with flood control
// (RFC 1459 8.10).
inline constexpr Duration kUsualLineDelay = std::chrono::milliseconds(50);

struct Profile {
  RegistrationOrder order = RegistrationOrder::nick_user;
  bool welcomes = true;  // 001 comes; else a barrier that is answered tells.
  std::string server;    // The source of the welcome; may be empty.
  std::string software;  // Version, from 004 or 002.
  Barrier barrier = Barrier::ping;
  Barrier raw_barrier = Barrier::ping;  // Before registration.
  std::map<std::string, std::string> isupport;
  std::vector<std::string> caps;  // Offered by CAP LS.
  // Answered with 421, or not at all; PING also where its token does not come back.
  std::vector<std::string> missing_commands;
  Duration time_to_welcome{};  // From connect.
  Duration line_delay{};       // Of each line when many come at once.
  Duration round_trip{};       // Of one barrier, the slowest of a few.
  irc::Casemapping casemapping = irc::Casemapping::rfc1459;

  // What the user told us of the target.
  std::string password;
  std::string oper_name, oper_password;

  // What isupport says, by the names that scripts have for it: the tokens, and of those that are
  // lists of pairs the numbers: "CHANLIMIT.#" of CHANLIMIT=#&:20, "TARGMAX.PRIVMSG" of
  // TARGMAX=PRIVMSG:4,JOIN: which has none for JOIN.
  std::map<std::string, std::string> announced() const;
  // The first of CHANTYPES that suits, '#' wherever it is among them.
  char chantype() const;
  // What a line may have in bytes with its terminator: LINELEN, else 512.
  std::size_t line_bytes_max() const;
};

// What was learnt, for people: "barrier" -> "PING", "time to welcome" -> "1.2 ms".
std::map<std::string, std::string> texts_of(const Profile& profile);

}  // namespace conform
