// Session: what the server knows of one client, from its connection to its end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/core/capabilities.h"
#include "server/core/send_queue.h"
#include "server/net/clock.h"

namespace irc {

// A connection by name, counted up and never used again; clients are always visited in this order.
enum class ConnId : std::uint64_t {};

// Where a connection comes from, as who accepted it knows.
struct Origin {
  std::string_view host;  // An address or a name.
  bool secure = false;    // By TLS.
};

struct Channel;

//     registering --welcome--> registered
//          |                       |
//          +-----> leaving <-------+    marked: nothing more is said to it or done for it
//                     |
//                  closing              peers have been told, its nickname is free; only its
//                                       output still has to go
enum class Stage : std::uint8_t { registering, registered, leaving, closing };

// Lines and their bytes, terminators included.
struct Traffic {
  std::uint64_t lines = 0;
  std::uint64_t bytes = 0;

  void count(std::size_t line_bytes) {
    ++lines;
    bytes += line_bytes;
  }
};

struct Session {
  ConnId id{};
  std::string host;
  bool secure = false;
  std::string nick;  // Empty until there is a valid one.
  std::string user;
  std::string realname;
  std::string password;  // As given by the last PASS; forgotten once it has been compared.
  std::optional<std::string> away;
  Stage stage = Stage::registering;
  bool negotiating = false;  // Between CAP LS or REQ and CAP END.
  bool speaks_302 = false;   // Has said so in CAP LS.
  Capabilities caps;
  bool bot = false;  // User modes B, i, o, w.
  bool invisible = false;
  bool oper = false;
  std::size_t failed_opers = 0;  // In a row.
  bool wallops = false;
  std::vector<Channel*> channels;  // In the order they were joined.
  TimePoint connected;
  TimePoint signed_on;  // When it was let in.
  TimePoint active;     // The last PRIVMSG, NOTICE or TAGMSG, for the idle time in WHOIS.
  TimePoint deadline;   // When to ask whether it is still there, or to give it up.
  bool awaiting_pong = false;
  std::string leave_reason;
  bool dismissed = false;  // The server or an operator ended it.
  SendQueue output;
  Traffic received, sent;

  std::string source() const { return nick + '!' + user + '@' + host; }
  // What numerics call it (IRCv3 capability-negotiation: an asterisk before it has a nickname).
  std::string_view target() const { return nick.empty() ? std::string_view("*") : nick; }
  bool present() const { return stage == Stage::registering || stage == Stage::registered; }
};

// RFC 2812 2.3.1: letters, digits and specials, of which neither a digit nor '-' begins it.
bool is_nick(std::string_view name, std::size_t bytes_max);

}  // namespace irc
