// What a barrier says and how its answer is recognised.
#pragma once

#include <string>
#include <string_view>

#include "harness/run/profile.h"

namespace conform {

// The line to send, with CR LF; empty for Barrier::silence. `token` is fresh: of FreshNames::token,
// or ::channel for Barrier::join.
std::string barrier_line(Barrier barrier, std::string_view token, std::string_view nick);

// Whether this line, without terminator, answers the barrier.
bool barrier_answered(Barrier barrier, std::string_view token, std::string_view line);

// The token of a PING from the server, with what precedes it in a PONG's parameters; nothing if the
// line is no PING. Answering with the same last parameter is right everywhere (Modern IRC: PONG).
struct ServerPing {
  bool is_ping = false;
  std::string token;
};
ServerPing server_ping(std::string_view line);

}  // namespace conform
